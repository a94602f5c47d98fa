"""Reading articles: blocks, captions, bylines, residue, in every format."""

import datetime
import hashlib
import io
import unicodedata

import docx
import pytest

from bulletin.article import BlockKind, Image
from bulletin.errors import ReadingError
from bulletin.reading import parse_dateline, read_article
from bulletin.reading.byline import is_byline
from bulletin.reading.captions import split_credit
from bulletin.reading.dateline import split_dateline
from bulletin.reading.residue import split_end_mark
from bulletin.reading.slug import slug
from reading_samples import HTML, MARKDOWN, SENTENCE, TEXT, reference_sentences, sample_docx, saved

SECOND = "Đồng chí Bộ trưởng nhấn mạnh, các bộ, ngành cần phối hợp chặt chẽ trong thời gian tới."


def read(text, name="bai.txt", **options):
    return read_article(data=text.encode() if isinstance(text, str) else text, name=name, **options)


def kinds(article):
    return [(str(block.kind), block.text) for block in article.blocks]


def removed(article, kind):
    return [removal.text for removal in article.removals if removal.kind == kind]


@pytest.fixture(scope="module")
def articles():
    return {
        "txt": read_article(TEXT),
        "md": read_article(MARKDOWN),
        "html": read_article(HTML),
        "docx": read_article(data=sample_docx(), name="sample-article.vi.docx"),
    }


@pytest.mark.parametrize("form", ["txt", "md", "html", "docx"])
def test_every_format_gives_the_same_sample_article(articles, form):
    article = articles[form]
    assert [segment.text for segment in article.segments] == reference_sentences()
    assert [(b.kind, b.text, b.credit) for b in article.blocks] == [
        (b.kind, b.text, b.credit) for b in articles["txt"].blocks
    ]
    assert article.dateline == "Hà Nội (TTXVN)"
    assert article.name == "sample-article-vi"


def test_sample_article_as_text(articles):
    article = articles["txt"]
    by_kind = [str(block.kind) for block in article.blocks]
    assert by_kind[0] == "headline"
    assert by_kind[-1] == "byline"
    assert by_kind.count("caption") == 2
    assert by_kind.count("subheading") == 1
    assert by_kind.count("list-item") == 3
    assert [block.credit for block in article.blocks if block.credit] == ["TTXVN"]
    assert removed(article, "residue") == ["leftcenterrightdel"] * 2
    assert removed(article, "end-mark") == ["./."]
    assert removed(article, "dateline") == ["Hà Nội (TTXVN) –"]
    lines = TEXT.read_text(encoding="utf-8").splitlines()
    for removal in article.removals:
        assert removal.text in lines[removal.line - 1]
    for block in article.blocks:
        assert block.segments[0].text in lines[block.line - 1]
    assert article.source_hash == hashlib.sha256(TEXT.read_bytes()).hexdigest()
    assert article.encoding == "utf-8"
    assert article.findings == ()


def test_front_matter_and_pictures(articles):
    article = articles["md"]
    assert article.date == datetime.date(2026, 3, 12)
    assert article.source == "Trang tin mẫu"
    images = [block.image for block in article.blocks if block.kind is BlockKind.CAPTION]
    assert images == [
        Image("images/hoi-nghi-1.jpg", "Một người đứng phát biểu trên bục"),
        Image("images/hoi-nghi-2.jpg", ""),
    ]


def test_page_furniture_and_scripts_are_removed_and_reported(articles):
    article = articles["html"]
    assert article.date == datetime.date(2026, 3, 12)
    assert article.source == "Trang tin mẫu"
    text = "\n".join(block.text for block in article.blocks)
    for furniture in ("kịch bản", "Chia sẻ", "Tin liên quan", "Xem thêm", "Bản quyền", "Trang chủ"):
        assert furniture not in text
    reported = " ".join(removal.text for removal in article.removals)
    for furniture in ("Chia sẻ", "Tin liên quan", "Xem thêm", "Bản quyền", "Trang chủ", "<script>"):
        assert furniture in reported
    images = [block.image.path for block in article.blocks if block.image]
    assert images == ["images/hoi-nghi-1.jpg", "images/hoi-nghi-2.jpg"]


def test_header_of_a_document_is_reported(articles):
    assert "VĂN PHÒNG MẪU" in removed(articles["docx"], "furniture")


def test_article_without_a_headline_gets_none():
    article = read(f"{SENTENCE}\n\n{SECOND}\n")
    assert [kind for kind, _ in kinds(article)] == ["paragraph", "paragraph"]


@pytest.mark.parametrize(
    ("first", "is_headline"),
    [
        ("Đẩy mạnh cải cách hành chính ở cơ sở", True),
        ("“Lấy dân làm gốc” trong cải cách hành chính", True),
        ("Hội nghị đã diễn ra.", False),
        ("Hội nghị đã diễn ra như thế nào?", False),
        (" ".join(["hội nghị"] * 14), False),
    ],
)
def test_headline_is_a_short_first_line_that_is_no_sentence(first, is_headline):
    article = read(f"{first}\n\n{SENTENCE}\n\n{SECOND}\n")
    assert (article.blocks[0].kind is BlockKind.HEADLINE) == is_headline


def test_headline_and_date_given_go_before():
    day = datetime.date(2026, 1, 2)
    article = read(f"Tin vắn trong ngày\n\n{SENTENCE}\n", headline="Cải cách hành chính", date=day)
    assert kinds(article)[0] == ("headline", "Cải cách hành chính")
    assert article.date == day
    assert "Tin vắn trong ngày" in {text for _, text in kinds(article)}


def test_paragraph_a_line_and_hard_wrapped_text_read_the_same():
    import textwrap

    paragraphs = [f"{SENTENCE} {SECOND}", f"{SECOND} {SENTENCE} {SECOND}", f"{SENTENCE} {SENTENCE}"]
    expected = [("paragraph", paragraph) for paragraph in paragraphs]
    assert kinds(read("\n".join(paragraphs))) == expected
    wrapped = "\n\n".join(textwrap.fill(p, 72, break_on_hyphens=False) for p in paragraphs)
    assert kinds(read(wrapped)) == expected
    assert kinds(read(wrapped.replace("\n", "\r\n"))) == expected


def test_caption_rules():
    article = read(
        f"{SENTENCE}\n\nleftcenterrightdel Quang cảnh buổi lễ\n\n{SECOND}\n\n"
        f"Toàn cảnh Hội nghị\n\n{SECOND}\n\nĐại biểu tham quan triển lãm. (Ảnh: Văn Minh/TTXVN)\n\n"
        f"{SECOND}\n\n"
        f"Lãnh đạo bộ tại buổi lễ\nẢnh: VGP\n\n{SECOND}\n"
    )
    assert [(b.text, b.credit) for b in article.blocks if b.kind is BlockKind.CAPTION] == [
        ("Quang cảnh buổi lễ", ""),
        ("Toàn cảnh Hội nghị", ""),
        ("Đại biểu tham quan triển lãm.", "Văn Minh/TTXVN"),
        ("Lãnh đạo bộ tại buổi lễ", "VGP"),
    ]


@pytest.mark.parametrize(
    ("text", "before", "credit"),
    [
        ("Quang cảnh. Ảnh: TTXVN", "Quang cảnh.", "TTXVN"),
        ("Quang cảnh (Ảnh: VGP/Nhật Bắc)", "Quang cảnh", "VGP/Nhật Bắc"),
        ("Quang cảnh (Ảnh: T.H).", "Quang cảnh", "T.H"),
        ("Quang cảnh - Ảnh: Thanh Hải", "Quang cảnh", "Thanh Hải"),
        ("Quang cảnh (Ảnh TTXVN)", "Quang cảnh", "TTXVN"),
        ("Ảnh: TTXVN", "", "TTXVN"),
    ],
)
def test_credits(text, before, credit):
    found = split_credit(text)
    assert found is not None
    assert (found.text, found.credit) == (before, credit)


@pytest.mark.parametrize(
    "text", ["Hình ảnh: một năm nhìn lại với nhiều đổi mới trong công tác phối hợp.", "Bức ảnh đẹp", "Ảnh:"]
)
def test_no_credit(text):
    assert split_credit(text) is None


@pytest.mark.parametrize(
    "line",
    [
        "Thanh Mai",
        "PV",
        "P.V",
        "Theo TTXVN",
        "(Theo TTXVN/Vietnam+)",
        "Thu Hà - Minh Đức",
        "Bài và ảnh: Nguyễn Văn Minh",
        "Nguồn: Báo Nhân Dân",
        "Nhóm PV",
        "Hải Yến (tổng hợp)",
        "Theo chinhphu.vn",
        "Phan Phương/TTXVN",
    ],
)
def test_bylines(line):
    assert is_byline(line)
    article = read(f"{SENTENCE}\n\n{SECOND}./.\n\n{line}\n")
    assert kinds(article)[-1] == ("byline", line)


@pytest.mark.parametrize(
    "line",
    ["Hội nghị kết thúc tốt đẹp", "Quang cảnh Hội nghị", SENTENCE, "Ai?", "Tại Hà Nội và các tỉnh", ""],
)
def test_not_bylines(line):
    assert not is_byline(line)


def test_byline_after_the_end_mark_on_one_line():
    article = read(f"{SENTENCE}\n\n{SECOND[:-1]}./. Thanh Mai\n")
    assert kinds(article)[-2:] == [("paragraph", SECOND), ("byline", "Thanh Mai")]


def test_source_is_taken_from_the_byline():
    assert read(f"{SENTENCE}\n\n{SECOND}\n\nTheo TTXVN\n").source == "TTXVN"


@pytest.mark.parametrize(
    ("lead", "dateline"),
    [
        ("NDO – ", "(NDO)"),
        ("(TTXVN) - ", "(TTXVN)"),
        ("Hà Nội (TTXVN) – ", "Hà Nội (TTXVN)"),
        ("TP. Hồ Chí Minh (TTXVN) — ", "TP. Hồ Chí Minh (TTXVN)"),
        ("Thành phố Hồ Chí Minh, 12/3 (TTXVN) — ", "Thành phố Hồ Chí Minh (TTXVN)"),
        ("VOV.VN - ", "(VOV.VN)"),
        ("(Chinhphu.vn) – ", "(Chinhphu.vn)"),
        ("QĐND Online - ", "(QĐND Online)"),
        ("(Dân trí) - ", "(Dân trí)"),
        ("SGGPO - ", "(SGGPO)"),
        ("Hà Nội - ", ""),
        ("ASEAN - ", ""),
        ("(Tin) ", ""),
        ("", ""),
    ],
)
def test_datelines(lead, dateline):
    article = read(f"{lead}{SENTENCE}\n\n{SECOND}\n")
    assert article.dateline == dateline
    assert article.blocks[0].text == (SENTENCE if dateline else lead + SENTENCE)
    place, agency = parse_dateline(dateline)
    assert (f"{place} ({agency})".strip() if agency else place) == dateline


def test_dateline_needs_a_sentence_after_it():
    assert split_dateline("NDO - hệ thống báo điện tử")[0] is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("được giao./.", ("được giao.", "./.", "")),
        ("được giao ./.", ("được giao.", "./.", "")),
        ("được giao”./.", ("được giao”.", "./.", "")),
        ("được giao./.”", ("được giao.", "./.", "”")),
        ("được giao/.", ("được giao.", "/.", "")),
        ("được giao.", ("được giao.", "", "")),
        ("ngày 16/1", ("ngày 16/1", "", "")),
    ],
)
def test_end_marks(text, expected):
    assert split_end_mark(text) == expected


def test_furniture_is_dropped_and_reported():
    article = read(
        "Đẩy mạnh cải cách hành chính\n\nThứ Năm, 16/01/2020, 15:30 (GMT+7)\n\nFacebook Twitter Bình luận\n\n"
        f"{SENTENCE}\n\nXem thêm: Bài khác của trang\n\n{SECOND}\n\n"
        "Tin liên quan\nBài thứ nhất\nBài thứ hai\n\n"
        "Từ khóa: cải cách, hành chính\n"
    )
    assert [kind for kind, _ in kinds(article)] == ["headline", "paragraph", "paragraph"]
    assert article.date == datetime.date(2020, 1, 16)
    assert removed(article, "furniture") == [
        "Thứ Năm, 16/01/2020, 15:30 (GMT+7)",
        "Facebook Twitter Bình luận",
        "Xem thêm: Bài khác của trang",
        "Tin liên quan",
        "Bài thứ nhất",
        "Bài thứ hai",
        "Từ khóa: cải cách, hành chính",
    ]


def test_text_that_only_looks_like_furniture_stays():
    for text in (
        "Bản quyền tác giả là vấn đề được quan tâm tại Hội nghị.",
        "Xem thêm nhiều tài liệu là việc cần làm.",
    ):
        assert ("paragraph", text) in kinds(read(f"{SENTENCE}\n\n{text}\n\n{SECOND}\n"))


def test_section_name_before_the_headline():
    article = read(f"Chính trị\n\nĐẩy mạnh cải cách hành chính\n\n{SENTENCE}\n")
    assert kinds(article) == [("headline", "Đẩy mạnh cải cách hành chính"), ("paragraph", SENTENCE)]
    assert removed(article, "furniture") == ["Chính trị"]


def test_residue_inside_a_line():
    article = read(f"{SENTENCE} leftcenterrightdel Quang cảnh buổi lễ\n\n{SECOND}\n")
    assert kinds(article) == [
        ("paragraph", SENTENCE),
        ("caption", "Quang cảnh buổi lễ"),
        ("paragraph", SECOND),
    ]


def test_long_text_after_residue_is_a_paragraph():
    long = f"{SENTENCE} {SECOND} {SENTENCE}"
    assert kinds(read(f"{SENTENCE}\n\nleftcenterrightdel\n{long}\n"))[1] == ("paragraph", long)


def test_numbered_lines_keep_their_numbers():
    article = read(f"{SENTENCE}\n\n1. Hoàn thiện thể chế.\n\n2. Nâng cao chất lượng cán bộ.\n\n{SECOND}\n")
    assert "1. Hoàn thiện thể chế." in [text for _, text in kinds(article)]


def test_word_bullets_are_list_items():
    article = read(f"{SENTENCE}\n\n\uf0b7 Hoàn thiện thể chế;\n• Nâng cao chất lượng.\n\n{SECOND}\n")
    assert [text for kind, text in kinds(article) if kind == "list-item"] == [
        "Hoàn thiện thể chế;",
        "Nâng cao chất lượng.",
    ]


def test_hidden_characters_and_icelandic_eth():
    article = read(f"\ufeff{SENTENCE}\n\nÐồng chí Bộ\u200b trưởng phát\u00adbiểu tại Hội nghị.\n")
    assert article.blocks[1].text == "Đồng chí Bộ trưởng phátbiểu tại Hội nghị."
    assert removed(article, "markup") == ["U+00AD × 1, U+200B × 1"]
    assert [finding.code for finding in article.findings] == ["letter-eth"]


def test_decomposed_text_reads_as_composed():
    assert kinds(read(unicodedata.normalize("NFD", f"{SENTENCE}\n\n{SECOND}"))) == kinds(
        read(f"{SENTENCE}\n\n{SECOND}")
    )


def test_formats_are_told_by_content_where_there_is_no_name():
    page = f"<!DOCTYPE html><html><body><p>{SENTENCE}</p><p>{SECOND}</p></body></html>"
    assert [text for _, text in kinds(read(page, name=""))] == [SENTENCE, SECOND]
    matter = f"---\ntitle: Cải cách hành chính\n---\n{SENTENCE}\n"
    assert kinds(read(matter, name=""))[0] == ("headline", "Cải cách hành chính")
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    article = read(saved(document), name="")
    assert kinds(article) == [("paragraph", SENTENCE)]
    assert article.name == "article"


def test_markdown_structure():
    article = read(
        f"# Cải cách hành chính\n\n{SENTENCE}\nCòn **dòng** [sau](https://vi.du/x).\n\n"
        "## Kết quả bước đầu\n\n1. Việc một.\n2. Việc hai.\n\n- Việc ba.\n\n![](a.jpg)\n\n"
        "*Quang cảnh buổi lễ. Ảnh: TTXVN*\n\n"
        f"<div>x</div>\n\n> {SECOND}\n",
        name="bai.md",
    )
    assert kinds(article) == [
        ("headline", "Cải cách hành chính"),
        ("paragraph", f"{SENTENCE} Còn dòng sau."),
        ("subheading", "Kết quả bước đầu"),
        ("list-item", "1. Việc một."),
        ("list-item", "2. Việc hai."),
        ("list-item", "Việc ba."),
        ("caption", "Quang cảnh buổi lễ."),
        ("paragraph", SECOND),
    ]
    caption = next(block for block in article.blocks if block.kind is BlockKind.CAPTION)
    assert (caption.image, caption.credit) == (Image("a.jpg"), "TTXVN")
    assert "https://vi.du/x" in removed(article, "markup")
    assert "<div>x</div>" in removed(article, "markup")


def test_front_matter_variants():
    article = read(
        "---\nheadline: 'Cải cách: việc chung'\ndate: 12/3/2026\nauthor: [Thu Hà, Minh Đức]\n"
        "standfirst: Việc chung của mọi nhà.\nrubric: Chính trị\nimages:\n  - a.jpg\n"
        f"  - {{path: b.jpg, caption: Quang cảnh, credit: TTXVN}}\n---\n{SENTENCE}\n\n{SECOND}\n",
        name="bai.md",
    )
    assert article.date == datetime.date(2026, 3, 12)
    assert [kind for kind, _ in kinds(article)] == [
        "headline",
        "standfirst",
        "paragraph",
        "caption",
        "paragraph",
        "byline",
    ]
    assert kinds(article)[-1] == ("byline", "Thu Hà, Minh Đức")
    assert [(f.code, f.line) for f in article.findings] == [("front-matter-unknown", 6)]


def test_html_of_an_older_site():
    page = (
        "<html><head><title>Cải cách hành chính - Báo Mẫu</title></head>"
        "<body><div id='menu'><a href='#'>Trang chủ</a></div>"
        f"<div class='content'><p class='sapo'>(Chinhphu.vn) - {SENTENCE}</p><p>{SECOND}</p>"
        "<table class='image'><tr><td><img src='a.jpg' alt='x'></td></tr>"
        "<tr><td class='pCaption'>Quang cảnh. Ảnh: VGP</td>"
        f"</tr></table><p>{SECOND}<br><br>{SENTENCE}</p><div class='author'>Thanh Mai</div></div>"
        "<div class='related'><a href='#'>Bài khác</a></div></body></html>"
    )
    article = read(page, name="bai.html")
    assert kinds(article) == [
        ("headline", "Cải cách hành chính"),
        ("standfirst", SENTENCE),
        ("paragraph", SECOND),
        ("caption", "Quang cảnh."),
        ("paragraph", SECOND),
        ("paragraph", SENTENCE),
        ("byline", "Thanh Mai"),
    ]
    assert article.dateline == "(Chinhphu.vn)"
    caption = article.blocks[3]
    assert (caption.credit, caption.image) == ("VGP", Image("a.jpg", "x"))


def test_docx_with_table_and_tracked_changes():
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Tổng số hồ sơ"
    table.cell(0, 1).text = "1.250 hồ sơ"
    paragraph = document.add_paragraph("Đồng chí ")
    from docx.oxml import parse_xml

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xml:space="preserve"'
    paragraph._p.append(
        parse_xml(f'<w:ins {space}><w:r><w:t xml:space="preserve">Bộ trưởng </w:t></w:r></w:ins>')
    )
    paragraph._p.append(parse_xml(f"<w:del {space}><w:r><w:delText>bỏ đi</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:r {space}><w:t>phát biểu.</w:t></w:r>"))
    assert [text for _, text in kinds(read(saved(document), name="bai.docx"))] == [
        SENTENCE,
        "Tổng số hồ sơ",
        "1.250 hồ sơ",
        "Đồng chí Bộ trưởng phát biểu.",
    ]


def test_docx_picture_gives_a_note_and_its_caption():
    from PIL import Image as Picture

    picture = io.BytesIO()
    Picture.new("RGB", (4, 4)).save(picture, "PNG")
    picture.seek(0)
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    document.add_paragraph().add_run().add_picture(picture)
    document.add_paragraph("Bộ trưởng phát biểu tại Hội nghị")
    document.add_paragraph(SECOND)
    article = read(saved(document), name="bai.docx")
    assert kinds(article)[1] == ("caption", "Bộ trưởng phát biểu tại Hội nghị")
    assert [finding.code for finding in article.findings] == ["pictures-embedded"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("seed-article.vi", "seed-article-vi"),
        ("Đại hội Đảng bộ (lần 2)", "dai-hoi-dang-bo-lan-2"),
        ("../../etc/passwd", "etc-passwd"),
        ("..", "article"),
        ("", "article"),
        ("新聞", "article"),
        ("CON", "con-article"),
        ("com1", "com1-article"),
        ("-rf", "rf"),
    ],
)
def test_slugs(text, expected):
    assert slug(text) == expected


def test_long_slug_is_cut_at_a_word():
    name = slug("cải cách " * 40)
    assert len(name) <= 80
    assert name.endswith(("-cach", "-cai"))


def test_needs_a_path_or_data():
    with pytest.raises(ValueError, match="path or data"):
        read_article()


def test_no_data_is_an_empty_article():
    with pytest.raises(ReadingError, match="standard input: is empty"):
        read_article(data=b"")


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_markdown_picture_keeps_its_caption_its_credit_and_its_alternative_text(between):
    text = (
        "Sáng nay, Chính phủ họp phiên thường kỳ tại Hà Nội.\n\n"
        f"![Quang cảnh phiên họp](a.png){between}*Thủ tướng phát biểu tại phiên họp. Ảnh: TTXVN*\n"
    )
    article = read_article(data=text.encode(), name="bai.md")
    (caption,) = [block for block in article.blocks if block.kind is BlockKind.CAPTION]
    assert caption.text == "Thủ tướng phát biểu tại phiên họp."
    assert caption.credit == "TTXVN"
    assert caption.image == Image("a.png", "Quang cảnh phiên họp")
