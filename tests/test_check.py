"""``bulletin check``: documents against the glossary, their source and themselves."""

from __future__ import annotations

import dataclasses
import functools
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.article import BlockKind
from bulletin.checking.beside import Side, align_sides, anchors_of
from bulletin.checking.check import Spotter, check_documents
from bulletin.checking.codes import CODES
from bulletin.checking.pair import Document, Pair
from bulletin.checking.published import parse_published
from bulletin.cli.check import command
from bulletin.drafting.xliff import write_draft
from bulletin.errors import ReadingError
from bulletin.glossary.layers import load_glossary
from bulletin.publishing.bulletin import make_bulletin
from bulletin.publishing.formats import write_bulletin
from bulletin.publishing.style import load_style
from publishing_samples import DATA, sample_draft

ARTICLE = DATA / "sample-article.vi.md"


@pytest.fixture(scope="module")
def spotter():
    return Spotter(load_glossary(), load_style("vna"))


@pytest.fixture(scope="module", autouse=True)
def _read_once():
    """The built-in glossary as it is, read once for all the commands of this file."""
    from bulletin.glossary import layers

    once = functools.cache(layers.load_glossary)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layers, "load_glossary", once)
        yield


def document(*pairs, file="a.xlf", **more) -> Document:
    """Pairs of (Vietnamese, English), each a block of its own."""
    made = tuple(Pair(vi, en, n, f"b{n}.s1", 10 * n) for n, (vi, en) in enumerate(pairs, 1))
    return Document(file, made, **more)


def check(spotter, *pairs, **more):
    return check_documents([document(*pairs, **more)], spotter)[0].findings


def codes(findings, *, standing=True):
    return [finding.code for finding in findings if finding.stands or not standing]


CLEAN = (
    "Sáng 12/3, tại Hà Nội, Bộ Chính trị họp về kế hoạch năm 2026.",
    "The Politburo met in Hanoi on the morning of March 12 on the plan for 2026.",
)


@pytest.mark.parametrize(
    "pairs",
    [
        [("“Hãy làm ngay”, ông nói.", '"Do it at once," he said.')],
        [("''Hãy làm ngay'', ông nói.", '"Do it at once," he said.')],
        # over two segments, over two paragraphs, and told without marks
        [("“Hãy làm ngay.", '"Do it at once.'), ("Đừng chờ”, ông nói.", 'Do not wait," he said.')],
        [("“Hãy làm ngay.", '"Do it at once, and do not wait."')],
        [("“Hãy làm ngay”, ông nói.", "He told them to do it at once.")],
        [("Họ họp ở làng.", "The people's and the voters' rights; the '90s.")],
    ],
)
def test_quotations_in_pairs_are_no_finding(spotter, pairs):
    assert "quote-unpaired" not in codes(check(spotter, *pairs))


def test_the_segment_that_lost_a_quotation_mark_is_named(spotter):
    pairs = (
        Pair("“Hãy làm ngay.", '"Do it at once.', 1, "b1.s1"),
        Pair("Đừng chờ”, ông nói.", "Do not wait, he said.", 1, "b1.s2"),
    )
    (checked,) = check_documents([Document("a.xlf", pairs)], spotter)
    found = [each.segment for each in checked.findings if each.code == "quote-unpaired"]
    assert found == ["b1.s2"]


def test_a_right_translation_has_no_findings(spotter):
    assert check(spotter, CLEAN) == ()


@pytest.mark.parametrize(
    ("source", "english", "expected"),
    [
        (CLEAN[0], CLEAN[1].replace("Politburo", "board"), ["term-missing"]),
        (CLEAN[0], CLEAN[1].replace("March 12", "March 13"), ["date-differs", "date-differs"]),
        (CLEAN[0], "", ["empty"]),
        (CLEAN[0], CLEAN[0], ["untranslated"]),
        (CLEAN[0], CLEAN[1].replace("plan", "kế hoạch"), ["vietnamese-left"]),
        (CLEAN[0], CLEAN[1].replace("the plan", "the the plan"), ["word-doubled"]),
        (CLEAN[0], CLEAN[1].replace("the plan", "a the plan"), ["word-doubled"]),
        ("“Hãy làm ngay”, ông nói với họ.", "“Do it at once, he told them.", ["quote-unpaired"]),
        (CLEAN[0], CLEAN[1] + '"', ["quote-unpaired"]),
        (CLEAN[0], "Politburo, Hanoi, March 12, 2026.", ["length-odd"]),
        (
            "Ông Trần Văn Hiến phát biểu tại buổi lễ.",
            "Tran Van Hine spoke at the ceremony.",
            ["name-differs"],
        ),
        ("Ông Trần Văn Hiến phát biểu tại buổi lễ.", "He spoke at the ceremony.", ["name-missing"]),
        (
            "Ông Trần Văn Hiến phát biểu tại buổi lễ.",
            "Tran Van Hien and Le Thi Hoa spoke at the ceremony.",
            ["name-added"],
        ),
        (
            "Ông Trần Văn Hiến phát biểu tại buổi lễ.",
            "Tran Van Hien, Tran Van Hien spoke at the ceremony.",
            ["repeated"],
        ),
        (
            "Đó là trách nhiệm của mỗi người dân và mỗi gia đình ở làng.",
            "It is the duty of each village family, each village family and each citizen.",
            ["repeated"],
        ),
        (
            "Tổng vốn đạt 1.250,5 tỷ đồng trong năm nay.",
            "Total capital reached 1,205.5 billion VND this year.",
            ["figure-differs", "figure-differs"],
        ),
    ],
)
def test_each_fault_has_its_code_and_nothing_else(spotter, source, english, expected):
    findings = check(spotter, (source, english))
    assert codes(findings) == expected
    assert all(
        (finding.file, finding.line, finding.segment) == ("a.xlf", 10, "b1.s1") for finding in findings
    )
    assert all(finding.mend for finding in findings)


def test_a_figure_that_was_changed_is_worse_than_one_that_is_missing(spotter):
    source = "Tổng vốn đạt 1.250,5 tỷ đồng."
    (missing,) = check(spotter, (source, "Total capital grew greatly."))
    changed = check(spotter, (source, "Total capital reached 1,205.5 billion VND."))
    assert missing.severity == "warning"
    assert {finding.severity for finding in changed} == {"error"}


def test_forms_that_the_house_accepts_are_right(spotter):
    assert not codes(
        check(
            spotter,
            ("Tổng vốn đạt 1.500 tỷ đồng.", "Total capital reached 1.5 trillion VND."),
            ("Quốc hội họp ngày 2/9/2023.", "The NA met on 2 September 2023."),
        )
    )


@pytest.mark.parametrize(
    ("source", "english"),
    [
        # a list of people with one post repeats itself in the source too
        (
            "Dự họp có: Lê Thị Hoa, Ủy viên Trung ương Đảng; Vũ Văn Bình, Ủy viên Trung ương Đảng;"
            " Đỗ Thị Lan, Ủy viên Trung ương Đảng.",
            "Attending were Le Thi Hoa, member of the Party Central Committee; Vu Van Binh, member of the"
            " Party Central Committee; Do Thi Lan, member of the Party Central Committee.",
        ),
        (
            "UBND tỉnh trình HĐND tỉnh.",
            "The provincial People's Committee asks the provincial People's Council.",
        ),
        (
            "Công an tỉnh An Giang họp.",
            "The An Giang provincial police met; the An Giang police had had time.",
        ),
        (
            "Ông Trần Văn Hiến phát biểu. Ông nói lễ hội năm nay sẽ kéo dài.",
            "Tran Van Hien spoke at length, and in the end Tran Van Hien said it would be long.",
        ),
    ],
)
def test_what_repeats_itself_rightly_is_left_alone(spotter, source, english):
    assert not {"repeated", "word-doubled", "name-added"} & set(codes(check(spotter, (source, english))))


def test_a_person_whom_another_paragraph_names_may_be_named_again(spotter):
    found = check(
        spotter,
        ("Ông Trần Văn Hiến phát biểu tại buổi lễ.", "Tran Van Hien spoke at the ceremony."),
        ("Ông cho biết lễ hội sẽ kéo dài.", "Tran Van Hien said that the festival would be long."),
    )
    assert codes(found) == []


def test_the_audit_counts_a_value_in_another_spelling_as_accepted(spotter):
    pair = ("Ngày 2/9/2023, tổng vốn đạt 1.500 tỷ đồng.", "On 2 Sept. 2023 capital reached 1.5 trillion VND.")
    (checked,) = check_documents([document(pair)], spotter)
    assert codes(checked.findings) == []
    assert {line.status.value for line in checked.occurrences} <= {"exact", "accepted"}


def test_a_person_named_before_may_be_he(spotter):
    later = check(
        spotter,
        ("Ông Trần Văn Hiến phát biểu tại buổi lễ.", "Tran Van Hien spoke at the ceremony."),
        ("Ông Trần Văn Hiến cho biết thêm.", "He said more."),
    )
    assert (codes(later), codes(later, standing=False)) == ([], ["name-missing"])


def test_an_institution_or_title_named_before_may_be_named_shortly(spotter):
    first = (
        "Phó Thủ tướng làm việc với Bộ Tài chính.",
        "The Deputy Prime Minister worked with the Ministry of Finance.",
    )
    later = check(
        spotter,
        first,
        ("Phó Thủ tướng yêu cầu làm nhanh.", "He asked for quick work."),
        ("Bộ Tài chính đồng ý.", "The ministry agreed."),
    )
    assert (codes(later), codes(later, standing=False)) == ([], ["term-missing", "term-missing"])
    lost = check(
        spotter,
        first,
        ("Phó Thủ tướng yêu cầu làm nhanh.", "Quick work was asked for."),
        ("Bộ Tài chính đồng ý.", "They agreed."),
    )
    assert codes(lost) == ["term-missing", "term-missing"]
    before = check(spotter, ("Bộ Tài chính đồng ý.", "The ministry agreed."), first)
    assert codes(before) == ["term-missing"]


def test_what_one_sentence_of_a_paragraph_tells_for_another_is_not_missing(spotter):
    pairs = (
        Pair("Bộ Chính trị họp sáng 12/3.", "The Politburo met", 1, "b1.s1"),
        Pair("Ban Bí thư cũng họp.", "on March 12, as did the Secretariat.", 1, "b1.s2"),
        Pair("Quốc hội họp.", "So did others.", 1, "b1.s3"),
    )
    (checked,) = check_documents([Document("a", pairs)], spotter)
    assert codes(checked.findings) == ["term-missing"]
    swapped = (dataclasses.replace(pairs[0], block=7), *pairs[1:])
    (checked,) = check_documents([Document("a", swapped)], spotter)
    assert sorted(codes(checked.findings)) == ["date-differs", "date-differs", "term-missing"]


def test_one_mention_does_not_answer_for_two_sentences(spotter):
    pairs = (
        Pair("Chính phủ họp.", "They met.", 1, "b1.s1"),
        Pair("Chính phủ quyết định.", "The Government decided.", 1, "b1.s2"),
    )
    (checked,) = check_documents([Document("a", pairs)], spotter)
    assert codes(checked.findings) == ["term-missing"]


def test_a_merged_segment_is_empty_without_standing(spotter):
    pairs = (
        Pair(
            "Bộ Chính trị họp sáng 12/3.",
            "The Politburo met on March 12, and the Secretariat met.",
            1,
            "b1.s1",
        ),
        Pair("Ban Bí thư họp.", "", 1, "b1.s2"),
    )
    (checked,) = check_documents([Document("a", pairs)], spotter)
    assert (codes(checked.findings), codes(checked.findings, standing=False)) == ([], ["empty"])


def test_the_same_english_for_two_sources_is_reported(spotter):
    english = "The conference closed in the afternoon of that day."
    found = check(spotter, ("Hội nghị bế mạc chiều cùng ngày.", english), ("Đoàn rời thành phố.", english))
    assert "segment-doubled" in codes(found)
    again = check(
        spotter, ("Hội nghị bế mạc chiều cùng ngày.", english), ("Hội nghị bế mạc chiều cùng ngày!", english)
    )
    assert "segment-doubled" not in codes(again)


def test_a_term_with_two_names_is_inconsistent_within_and_across_documents(spotter):
    source = "Kỳ họp thứ 5, Quốc hội khóa XV sẽ diễn ra; Ngân hàng Nhà nước Việt Nam công bố."
    rows = [row for row in spotter.glossary.entries if row.kind == "institution" and len(row.accepted) > 1]
    entry = next(
        row
        for row in rows
        for form in row.accepted
        if not {*form.lower().split()} & {*row.english["vna"].lower().split()}
        and " " in form and row.english["vna"].startswith("the ") and not row.valid_from and not row.valid_to
    )  # fmt: skip
    other = next(
        form for form in entry.accepted
        if " " in form and not {*form.lower().split()} & {*entry.english["vna"].lower().split()}
    )  # fmt: skip
    assert source
    one = document((f"Hôm nay {entry.vi} họp.", f"Today {entry.english['vna']} met."), file="one.xlf")
    two = document((f"Hôm nay {entry.vi} họp.", f"Today {other} met."), file="two.xlf")
    first, second = check_documents([one, two], spotter)
    found = [f for each in (first, second) for f in each.findings if f.code == "term-inconsistent"]
    assert [f.file for f in found] == ["two.xlf"]
    assert "in one.xlf" in found[0].message


def test_terms_are_judged_by_the_date_of_the_document(spotter):
    import datetime

    pair = ("Bộ Nông nghiệp và Môi trường họp.", "The Ministry of Agriculture and Environment met.")
    before = check(spotter, pair, date=datetime.date(2020, 1, 1))
    assert codes(before) == ["term-expired"]
    assert codes(check(spotter, pair, date=datetime.date(2026, 1, 1))) == []


def test_every_code_that_the_rules_give_is_documented():
    import re

    import bulletin.checking as package
    import bulletin.terminology.audit as audit

    files = [*Path(package.__file__).parent.glob("*.py"), Path(audit.__file__)]
    given_codes = set()
    for file in files:
        text = file.read_text(encoding="utf-8")
        given_codes |= set(re.findall(r'(?:Finding|_finding)\(\s*"([a-z-]+)"', text))
    assert given_codes
    assert given_codes <= set(CODES)
    help_text = CliRunner().invoke(command, ["--help"]).output
    assert all(code in help_text for code in CODES)


# a bulletin beside its article


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The sample article published, with the draft beside it."""
    folder = tmp_path_factory.mktemp("published")
    draft = sample_draft()
    write_bulletin(make_bulletin(draft, load_style("vna")), folder, ("md", "txt", "html", "docx"))
    write_draft(draft, folder / "draft.xlf")
    return folder


def run(*arguments):
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


@pytest.mark.parametrize("name", ["bulletin.md", "bulletin.txt", "bulletin.html", "bulletin.docx"])
def test_a_right_bulletin_passes_in_every_format(published, name):
    result = run(published / name, "--source", ARTICLE)
    assert (result.exit_code, result.output) == (0, "no findings\n")


def test_a_right_draft_passes_also_beside_its_article(published):
    assert run(published / "draft.xlf").output == "no findings\n"
    assert run(published / "draft.xlf", "--source", ARTICLE).exit_code == 0
    assert run(published).exit_code == 0


def test_a_wrong_title_in_print_is_found_with_its_line(published, tmp_path):
    text = (published / "bulletin.txt").read_text(encoding="utf-8")
    lines = text.splitlines()
    at = next(n for n, line in enumerate(lines) if "Minister and Chairman of the Government Office" in line)
    lines[at] = lines[at].replace(
        "Minister and Chairman of the Government Office", "Minister and Head of Cabinet"
    )
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("\n".join(lines), encoding="utf-8")
    result = run(wrong, "--source", ARTICLE, "--format", "json")
    assert result.exit_code == 3
    (finding,) = json.loads(result.output)["findings"]
    assert (finding["code"], finding["line"], finding["file"]) == ("term-missing", at + 1, str(wrong))


def test_a_paragraph_left_out_and_one_added_are_found(published, tmp_path):
    lines = (published / "bulletin.txt").read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("Pham Thi Thu Hien"))
    lines[at] = "The weather in the north stayed cold and rainy throughout the week of the fair."
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("\n".join(lines), encoding="utf-8")
    result = run(wrong, "--source", ARTICLE, "--format", "json")
    found = {finding["code"]: finding for finding in json.loads(result.output)["findings"]}
    assert set(found) == {"left-out", "added"}
    assert found["added"]["line"] == at + 1
    assert "Phạm Thị Thu Hiên" in found["left-out"]["message"]


def test_paragraphs_joined_split_or_moved_still_find_their_source(published, tmp_path):
    paragraphs = (published / "bulletin.txt").read_text(encoding="utf-8").split("\n\n")
    photo = next(n for n, text in enumerate(paragraphs) if text.startswith("[Photo] Politburo"))
    paragraphs.append(paragraphs.pop(photo))
    first = next(n for n, text in enumerate(paragraphs) if text.startswith("However"))
    paragraphs[first - 1 : first + 1] = [f"{paragraphs[first - 1]} {paragraphs[first]}"]
    moved = tmp_path / "moved.txt"
    moved.write_text("\n\n".join(paragraphs), encoding="utf-8")
    result = run(moved, "--source", ARTICLE)
    assert (result.exit_code, result.output) == (0, "no findings\n")


def test_without_its_article_the_english_is_checked_by_itself(tmp_path):
    file = tmp_path / "bulletin.txt"
    file.write_text("The the Politburo met the Premier Minister in Hà Nội.\n", encoding="utf-8")
    result = run(file)
    assert result.exit_code == 3
    assert "term-forbidden: 'Premier Minister' is not what the house writes" in result.output
    assert "word-doubled" in result.output
    assert "vietnamese-left" in result.output


def test_a_draft_of_an_older_article_says_what_is_new(published, tmp_path):
    article = tmp_path / "article.md"
    article.write_text(
        ARTICLE.read_text(encoding="utf-8")
        + "\nHội nghị đã thông qua một nghị quyết mới về chuyển đổi số.\n",
        encoding="utf-8",
    )
    result = run(published / "draft.xlf", "--source", article, "--format", "json")
    assert result.exit_code == 3
    assert {f["code"] for f in json.loads(result.output)["findings"]} == {"source-differs", "left-out"}


def test_a_provisional_headline_stands_until_someone_writes_one(tmp_path):
    draft = sample_draft()
    first = dataclasses.replace(draft.units[0], source="")
    made = dataclasses.replace(draft, units=(first, *draft.units[1:]), headline_provisional=True)
    write_draft(made, tmp_path / "draft.xlf")
    assert "headline-provisional" in run(tmp_path / "draft.xlf").output
    written = dataclasses.replace(first, target="Central Offices go digital")
    write_draft(dataclasses.replace(made, units=(written, *draft.units[1:])), tmp_path / "draft.xlf")
    assert run(tmp_path / "draft.xlf").exit_code == 0


# the command


def test_a_draft_with_a_fault_in_every_format(tmp_path):
    draft = sample_draft()
    units = tuple(
        dataclasses.replace(unit, target=unit.target.replace("Politburo", "Political Office"))
        for unit in draft.units
    )
    file = tmp_path / "draft.xlf"
    write_draft(dataclasses.replace(draft, units=units), file)
    text = run(file)
    assert text.exit_code == 3
    line = next(line for line in text.output.splitlines() if "term-" in line)
    number = int(line.split(":")[1].split()[0])
    segment = line.split()[1].rstrip(":")
    assert segment in "".join(file.read_text(encoding="utf-8").splitlines()[number - 3 : number + 1])
    assert json.loads(run(file, "--format", "json").output)["stands"] > 0
    assert ElementTree.fromstring(run(file, "--format", "junit").output).findall(".//failure")
    assert json.loads(run(file, "--format", "sarif").output)["runs"][0]["results"]
    assert run(file, "--format", "github").output.startswith("::")


def test_the_audit_lists_every_fixed_term(published):
    result = run(published / "draft.xlf", "--audit")
    assert result.exit_code == 0
    data = json.loads(run(published / "draft.xlf", "--audit", "--format", "json").output)
    assert len(data["audit"]) > 60
    assert {row["status"] for row in data["audit"]} <= {"exact", "accepted"}
    assert f"{len(data['audit'])} fixed terms" in result.output
    assert run(published / "draft.xlf", "--audit", "--format", "sarif").exit_code == 2


def test_a_table_is_checked_by_document(tmp_path):
    file = tmp_path / "pairs.tsv"
    file.write_text(
        "doc\tvi\ten\na\tBộ Chính trị họp.\tThe Politburo met.\nb\tBộ Chính trị họp.\tThe board met.\n",
        encoding="utf-8",
    )
    result = run(file)
    assert result.exit_code == 3
    assert "pairs.tsv:3 line-3: warning term-missing" in result.output


@pytest.mark.parametrize("part", ["a", "ố", "1-", "a.", "“", "A.", "I", "漢"])
def test_a_word_without_end_is_checked_like_any_other(tmp_path, part):
    # read from each of its letters, it would take minutes
    word = part * (50_000 // len(part))
    table = tmp_path / "pairs.tsv"
    table.write_text(f"vi\ten\nQuốc hội họp.\t{word}\n{word}\tThe Assembly met.\n", encoding="utf-8")
    result = run(table)
    assert result.exit_code == 3
    assert "term-missing" in result.output


def test_one_unreadable_file_is_told_and_the_others_are_checked(published, tmp_path):
    broken = tmp_path / "broken.xlf"
    broken.write_text("<xliff", encoding="utf-8")
    result = run(broken, published / "draft.xlf")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    assert result.stdout == "no findings in what could be read\n"
    # and nothing is said of nothing
    assert run(broken).stdout == ""


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("gone.xlf", None),
        ("gone.txt", None),
        ("empty.txt", b" \n"),
        ("draft.xlf", b""),
        ("foreign.xlf", b'<?xml version="1.0"?><xliff version="1.2"><file/></xliff>'),
        ("bomb.xlf", b'<!DOCTYPE a [<!ENTITY b "c">]><xliff version="2.1">&b;</xliff>'),
        ("picture.docx", b"\x89PNG\r\n\x1a\n"),
        ("report.pdf", b"%PDF-1.7"),
        ("one.tsv", b"only\nlines\n"),
        ("binary.txt", bytes(range(256)) * 4),
    ],
)
def test_a_bad_file_is_one_line_of_error(tmp_path, name, data):
    file = tmp_path / name
    if data is not None:
        file.write_bytes(data)
    result = run(file)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1


def test_wrong_usage_is_refused(published, tmp_path):
    assert run(published / "bulletin.md", published / "bulletin.txt", "--source", ARTICLE).exit_code == 2
    assert run().exit_code == 2
    assert run(published, "--source", ARTICLE).exit_code == 1
    (tmp_path / "none").mkdir()
    assert run(tmp_path / "none").exit_code == 1


def test_the_codes_are_listed():
    result = run("--codes")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.output.splitlines()] == list(CODES)


# laying texts beside each other


def test_furniture_is_taken_off():
    paragraphs = parse_published(
        "HANOI (VNA) – The Politburo met.\n\n- One point;\n\n[Photo] A hall (Photo: VNA)\n".encode(), "a.txt"
    )
    assert [paragraph.text for paragraph in paragraphs] == ["The Politburo met.", "One point;", "A hall"]


def test_no_text_is_an_error():
    with pytest.raises(ReadingError, match="no article text"):
        parse_published(b"<html><body><script>1</script></body></html>", "a.html")


sides = st.lists(
    st.builds(
        lambda words: Side(anchors_of(words), len(words)),
        st.lists(st.sampled_from("Politburo Hanoi 2026 15 Government Hue".split()), max_size=5),
    ),
    max_size=7,
)


@settings(max_examples=60, deadline=None)
@given(sides, sides)
def test_every_paragraph_is_laid_somewhere_once(ours, theirs):
    groups = align_sides(ours, theirs)
    assert sorted(i for group in groups for i in group.ours) == list(range(len(ours)))
    assert sorted(j for group in groups for j in group.theirs) == list(range(len(theirs)))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(alphabet="abcdefgh", min_size=4, max_size=9), unique=True, min_size=1, max_size=9))
def test_equal_sides_are_laid_one_by_one(words):
    same = [Side(anchors_of([word, word + "x", word + "y"]), 3) for word in words]
    assert [(group.ours, group.theirs) for group in align_sides(same, same)] == [
        ((n,), (n,)) for n in range(len(words))
    ]


def test_very_many_paragraphs_stay_quick_and_in_order():
    many = [Side(anchors_of([f"word{n}", f"other{n}", "Hanoi"]), 20) for n in range(400)]
    groups = align_sides(many, many[:200] + many[203:])
    assert [group.ours for group in groups if not group.theirs] == [(200,), (201,), (202,)]


def test_a_heading_is_no_sentence_and_no_addition(spotter):
    from bulletin.checking.documents import lay_beside
    from bulletin.checking.published import Paragraph
    from bulletin.reading import read_article

    article = read_article(
        data="Bộ Chính trị họp tại Hà Nội sáng 12/3 về kế hoạch năm 2026.".encode(), name="a.txt"
    )
    paragraphs = [
        Paragraph("Politburo meets in Hanoi to discuss the plan for the year", 1, BlockKind.HEADLINE),
        Paragraph("The Politburo met in Hanoi on the morning of March 12 on the plan for 2026.", 3),
    ]
    laid = lay_beside("a.txt", paragraphs, article, lambda text: spotter.spans(text, None))
    assert laid.findings == ()
    assert [pair.source != "" for pair in laid.pairs] == [True, False]


words = st.sampled_from(
    "Bộ Chính trị|Politburo|the the|12/3|March 12|1.250,5 tỷ đồng|Trần Văn Hiến|Tran Van Hien|UBND tỉnh|"
    "⟦x⟧|<b>|&amp;|\u202e|\x00|()|[|*|đồng chí|ông|của|of|,|.|“|👩‍👧|ﬁ|\u0301|A\u030a|TT-NHNN|((((|\\".split(
        "|"
    )
)
mixed = st.lists(words | st.text(max_size=8), max_size=10).map(" ".join)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(mixed, mixed, st.integers(0, 2)), max_size=5))
def test_whatever_stands_in_a_document_is_checked_and_placed(spotter, rows):
    pairs = tuple(Pair(vi, en, block, f"s{n}", n) for n, (vi, en, block) in enumerate(rows))
    (checked,) = check_documents([Document("any", pairs)], spotter)
    for finding in checked.findings:
        assert finding.code in CODES
        assert finding.file == "any"
        assert finding.segment in {pair.segment for pair in pairs}
    english = {pair.segment: pair.english for pair in pairs}
    for line in checked.occurrences:
        assert line.found == (
            english[line.segment][line.found_start : line.found_end] if line.found_start >= 0 else ""
        )
    # what is not rendered is reported
    missing = [
        line
        for line in checked.occurrences
        if line.status not in ("exact", "accepted") and line.kind not in ("name", "date", "figure")
    ]
    assert sum(
        finding.code.startswith("term-") and finding.code != "term-inconsistent"
        for finding in checked.findings
    ) == len(missing)
