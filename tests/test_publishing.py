"""From a draft to bulletin files: what is printed, where it stands, and that it is the same every time."""

import dataclasses
import datetime
import html as html_module
import io
import json
import re
import zipfile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bulletin.article import BlockKind
from bulletin.drafting.draft import Draft, Signature, State, Unit
from bulletin.errors import PublishingError
from bulletin.publishing import FORMATS, load_style, make_bulletin, write_bulletin
from bulletin.publishing.letters import has_vietnamese_letters, without_diacritics
from bulletin.publishing.markdown import escape

ROWS = [
    (BlockKind.HEADLINE, ["Party official urges four central offices to work as one"], ""),
    (BlockKind.STANDFIRST, ["A conference settles the tasks for 2021."], ""),
    (BlockKind.PARAGRAPH, ["The four offices met on March 12.", "They reviewed a year's work."], ""),
    (BlockKind.CAPTION, ["Le Minh Khoi speaks at the conference."], "Trí Dũng - TTXVN"),
    (BlockKind.SUBHEADING, ["Three results"], ""),
    (BlockKind.LIST_ITEM, ["A shared register;"], ""),
    (BlockKind.LIST_ITEM, ["savings of 41.2 billion VND."], ""),
    (BlockKind.PARAGRAPH, ["The register grew by 8.5 percent."], ""),
    (BlockKind.BYLINE, ["Thu Hằng"], ""),
]


def make_draft(rows=ROWS, **changes):
    units = [
        Unit(f"b{block + 1}.s{n + 1}", block, kind, "nguồn", text, text, " ", credit=credit if n == 0 else "")
        for block, (kind, texts, credit) in enumerate(rows)
        for n, text in enumerate(texts)
    ]
    draft = Draft(
        name="hoi-nghi",
        units=tuple(units),
        signature=Signature("0.1.0", "builtin", "r1", "g1", "vna", "beam:4"),
        source_hash="0" * 64,
        date=datetime.date(2021, 3, 12),
    )
    return dataclasses.replace(draft, **changes)


def published(style="vna", **changes):
    return make_bulletin(make_draft(**changes), load_style(style))


def written(tmp_path, bulletin, name):
    (path,) = write_bulletin(bulletin, tmp_path, [name])
    return path.read_bytes()


def test_blocks_headline_and_byline_find_their_places():
    bulletin = published()
    assert bulletin.headline == "Party official urges four central offices to work as one"
    assert bulletin.byline == "Thu Hang"
    assert [block.kind.value for block in bulletin.blocks] == [
        "standfirst", "paragraph", "caption", "subheading", "list-item", "list-item", "paragraph",
    ]  # fmt: skip
    assert bulletin.blocks[1].text == "The four offices met on March 12. They reviewed a year's work."
    assert bulletin.lead_block is bulletin.blocks[1]
    assert bulletin.summary == "A conference settles the tasks for 2021."
    assert bulletin.state is State.INITIAL


@pytest.mark.parametrize(
    ("style", "source", "dateline"),
    [
        ("vna", "", "HANOI (VNA) – "),
        ("vna", "Hà Nội (TTXVN)", "HANOI (VNA) – "),
        ("vna", "NDO", "HANOI (VNA) – "),
        ("vna", "TTXVN", "HANOI (VNA) – "),
        ("vna", "TP. Hồ Chí Minh, TTXVN", "HO CHI MINH CITY (VNA) – "),
        ("vna", "TP.HCM", "HO CHI MINH CITY (VNA) – "),
        ("vna", "Huế", "HUE (VNA) – "),
        ("vna", "ĐÀ NẴNG (TTXVN)", "DA NANG (VNA) – "),
        ("vns", "Hà Nội", "HÀ NỘI — "),
        ("vns", "Đắk Lắk", "ĐẮK LẮK — "),
        ("mofa", "Hà Nội", "Ha Noi, 12 March 2021 – "),
    ],
)
def test_dateline_is_the_houses(style, source, dateline):
    assert published(style, dateline=source).dateline == dateline


def test_agency_and_missing_date():
    style = load_style("vna")
    assert make_bulletin(make_draft(), style, agency="TTPO").dateline == "HANOI (TTPO) – "
    assert published("mofa", date=None).dateline == "Ha Noi – "
    assert published(date=None).date_text == ""


@pytest.mark.parametrize(
    ("style", "credit"),
    [("vna", "(Photo: Tri Dung - VNA)"), ("vns", "Trí Dũng - VNA/VNS Photo"),
     ("mofa", "Photo: Tri Dung - Viet Nam News Agency")],
)  # fmt: skip
def test_credits_are_the_houses(style, credit):
    assert published(style).blocks[2].credit == credit


def test_source_is_noted_unless_it_is_the_house():
    assert published(source="Báo Nhân Dân").source_note == "Source: Nhan Dan Newspaper"
    assert published(source="TTXVN").source_note == ""
    assert published().source_note == ""


def test_end_mark_closes_the_last_paragraph_only():
    texts = [block.text for block in published("vns").blocks]
    assert texts[-1].endswith("per cent. — VNS")
    assert sum(text.endswith("VNS") for text in texts) == 1


def test_a_block_without_english_is_left_out():
    rows = [(BlockKind.PARAGRAPH, ["", ""], ""), (BlockKind.PARAGRAPH, ["One.", "", "Two."], "")]
    assert [block.text for block in published(units=make_draft(rows).units).blocks] == ["One. Two."]


def test_plain_text_is_plain(tmp_path):
    text = written(tmp_path, published(source="Báo Nhân Dân"), "txt").decode()
    assert text == (
        "Party official urges four central offices to work as one\n\n"
        "March 12, 2021\n\n"
        "A conference settles the tasks for 2021.\n\n"
        "HANOI (VNA) – The four offices met on March 12. They reviewed a year's work.\n\n"
        "[Photo] Le Minh Khoi speaks at the conference. (Photo: Tri Dung - VNA)\n\n"
        "Three results\n\n"
        "- A shared register;\n- savings of 41.2 billion VND.\n\n"
        "The register grew by 8.5%.\n\n"
        "Thu Hang\n\n"
        "Source: Nhan Dan Newspaper\n"
    )
    assert not has_vietnamese_letters(text)


def test_markdown_has_the_structure(tmp_path):
    html = MarkdownIt().render(written(tmp_path, published(), "md").decode())
    assert html.startswith("<h1>Party official urges four central offices to work as one</h1>")
    assert "<p><strong>HANOI (VNA) –</strong> The four offices met on March 12." in html
    assert "<h2>Three results</h2>" in html
    assert "<ul>\n<li>A shared register;</li>\n<li>savings of 41.2 billion VND.</li>\n</ul>" in html


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), min_size=1))
def test_markdown_shows_exactly_the_text(text):
    line = " ".join(text.split())
    shown = MarkdownIt().render(escape(line) + "\n")
    if line:
        assert re.fullmatch(r"<p>(.*)</p>\n", shown), shown
        assert html_module.unescape(shown[3:-5]) == line
    else:
        assert shown == ""


def test_html_is_one_page_with_its_metadata(tmp_path):
    page = written(tmp_path, published(), "html").decode()
    assert page.startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    assert '<h1 class="headline">Party official urges' in page
    assert '<time datetime="2021-03-12">March 12, 2021</time>' in page
    assert '<span class="dateline">HANOI (VNA) – </span>The four offices' in page
    assert not re.search(r"(?:src|href)=\"(?!data:)", page)
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page).group(1))
    assert data["@type"] == "NewsArticle"
    assert data["datePublished"] == "2021-03-12"
    assert data["author"]["name"] == "Thu Hang"
    assert data["inLanguage"] == "en-GB"


def test_a_provisional_headline_is_metadata_not_print(tmp_path):
    bulletin = published(headline_provisional=True)
    assert (
        '<meta name="bulletin-headline" content="provisional">'
        in written(tmp_path, bulletin, "html").decode()
    )
    for name in ("txt", "md"):
        assert b"provisional" not in written(tmp_path, bulletin, name).lower()


def test_docx_has_real_styles_and_properties(tmp_path):
    document = docx.Document(io.BytesIO(written(tmp_path, published(), "docx")))
    styles = [(p.style.name, p.text) for p in document.paragraphs]
    assert ("Title", "Party official urges four central offices to work as one") in styles
    assert ("Subtitle", "A conference settles the tasks for 2021.") in styles
    assert ("Heading 2", "Three results") in styles
    assert ("Caption", "Le Minh Khoi speaks at the conference. (Photo: Tri Dung - VNA)") in styles
    assert [text for name, text in styles if name == "List Bullet"] == [
        "A shared register;", "savings of 41.2 billion VND.",
    ]  # fmt: skip
    core = document.core_properties
    assert (core.title, core.author, core.language) == (published().headline, "Thu Hang", "en-GB")
    assert core.created.date() == datetime.date(2021, 3, 12)


@pytest.mark.parametrize("name", FORMATS)
def test_same_draft_same_bytes(tmp_path, name):
    first = written(tmp_path / "a", published(), name)
    assert first == written(tmp_path / "b", published(), name)
    if first.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(first)) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("name", FORMATS)
def test_a_draft_without_headline_date_or_text_is_still_written(tmp_path, name):
    bulletin = published(units=(), date=None)
    if FORMATS[name].needs_date:
        with pytest.raises(PublishingError, match="give it with --date"):
            written(tmp_path, bulletin, name)
    else:
        assert written(tmp_path, bulletin, name)


def test_nothing_is_written_when_a_format_is_unknown(tmp_path):
    with pytest.raises(PublishingError, match="no format 'doc': the formats are md, txt, html, docx, pdf"):
        write_bulletin(published(), tmp_path / "out", ["md", "doc"])
    assert not (tmp_path / "out").exists()


@given(st.text())
def test_without_diacritics_leaves_no_vietnamese_letter(text):
    assert not has_vietnamese_letters(without_diacritics(text))


def test_letters():
    assert without_diacritics("Đặng Thị Ngọc Thịnh, Nguyễn Xuân Phúc, Đắk Lắk") == (
        "Dang Thi Ngoc Thinh, Nguyen Xuan Phuc, Dak Lak"
    )
    assert without_diacritics("Nguyễn") == "Nguyen"
    assert without_diacritics("Müller, Çelik") == "Müller, Çelik"
