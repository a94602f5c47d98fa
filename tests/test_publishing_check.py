"""Holding files against a house style, and putting issues together."""

import dataclasses

import docx
import pytest

from bulletin.drafting.xliff import write_draft
from bulletin.errors import BulletinError, PublishingError
from bulletin.finding import Severity
from bulletin.publishing import load_style, write_bulletin
from bulletin.publishing.check import check_style
from bulletin.publishing.issue_file import inconsistent_terms, read_issue
from bulletin.terminology.occurrence import Occurrence, Status
from publishing_samples import sample_bulletin, sample_draft

VNA, VNS = load_style("vna"), load_style("vns")


def checked(tmp_path, name, content, style=VNA):
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    return check_style(file, style)


def test_departures_come_with_line_and_mend(tmp_path):
    findings = checked(tmp_path, "a.txt", "All is well.\n\nIn Viet Nam, 5 per cent of 3 programs.\n")
    assert [(f.code, f.line, f.mend) for f in findings] == [
        ("style-country", 3, "write 'Vietnam'"),
        ("style-percent", 3, "write '5%'"),
        ("style-spelling", 3, "write 'programmes'"),
    ]
    assert all(f.severity is Severity.WARNING and f.file.endswith("a.txt") for f in findings)


def test_text_that_follows_the_style_has_no_findings(tmp_path):
    assert checked(tmp_path, "a.txt", "In Vietnam, 5% of the programmes ended on May 3, 2024.") == ()


@pytest.mark.parametrize("style", ["vna", "vns", "mofa"])
@pytest.mark.parametrize("name", ["txt", "md", "html", "docx"])
def test_what_is_published_follows_its_style(tmp_path, style, name):
    (path,) = write_bulletin(sample_bulletin(tmp_path / "article", style), tmp_path, [name])
    assert check_style(path, load_style(style)) == ()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "a.md",
            "---\nat: Viet Nam\n---\n```\nViet Nam\n```\n[See](Viet%20Nam.html) `Viet Nam` **Viet Nam**",
        ),
        ("a.html", "<script>Viet Nam</script><style>Viet Nam</style><div><p>See <b>Viet Nam</b></p></div>"),
    ],
)
def test_only_text_is_checked(tmp_path, name, content):
    assert [finding.code for finding in checked(tmp_path, name, content)] == ["style-country"]


def test_word_and_draft_files(tmp_path):
    document = docx.Document()
    document.add_paragraph("First.")
    document.add_paragraph("Ha Noi")
    document.save(str(tmp_path / "a.docx"))
    assert [(f.code, f.line) for f in check_style(tmp_path / "a.docx", VNA)] == [("style-place", 2)]
    write_draft(sample_draft(), tmp_path / "draft.xlf")
    names = [f for f in check_style(tmp_path / "draft.xlf", VNS) if f.code == "style-letters"]
    assert ("b3.s1", "write 'Trịnh Khắc Nhượng'") in [(f.segment, f.mend) for f in names]


def test_figures_first_and_mixed_trillions(tmp_path):
    findings = checked(
        tmp_path, "a.txt", "12 people came.\nIt cost 2 trillion VND, then 1,500 billion VND.\n"
    )
    assert [(f.code, f.severity) for f in findings] == [
        ("style-figure-first", Severity.NOTE),
        ("style-trillion", Severity.WARNING),
    ]


def test_small_numbers(tmp_path):
    text = "He named 3 points in Resolution 5 on 4 million trees, 6 km off, at 7 per cent."
    assert [(f.code, f.message) for f in checked(tmp_path, "a.txt", text, VNS)] == [
        ("style-numeral", "the number 3 is below ten")
    ]
    assert checked(tmp_path, "b.txt", text.replace("7 per cent", "7%")) == ()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.pdf", b"%PDF", "files of these kinds"),
        ("a.txt", b"\xff\xfe\x00", "not UTF-8"),
        ("a.docx", b"PK nothing", "no Word document"),
        ("a.xlf", b"<xliff", "a.xlf"),
        ("a.html", b"", None),
    ],
)
def test_files_that_cannot_be_checked(tmp_path, name, content, says):
    file = tmp_path / name
    file.write_bytes(content)
    if says is None:
        assert check_style(file, VNA) == ()
        return
    with pytest.raises(BulletinError, match=says):
        check_style(file, VNA)
    with pytest.raises(PublishingError, match="cannot be read"):
        check_style(tmp_path / "absent.txt", VNA)


ISSUE = """masthead = "Weekly bulletin"
number = "No. 12"
date = 2026-03-15
style = "vns"
[[sections]]
title = "Domestic affairs"
articles = ["one", "two/draft.xlf"]
[[sections]]
title = "External relations"
articles = ["one/draft.xlf"]
"""


def issue_folder(tmp_path, content=ISSUE):
    for name in ("one", "two"):
        write_draft(dataclasses.replace(sample_draft(), name=name), tmp_path / name / "draft.xlf")
    (tmp_path / "issue.toml").write_text(content, encoding="utf-8")
    return tmp_path / "issue.toml"


def test_an_issue_is_read_with_its_sections_in_order(tmp_path):
    issue, findings = read_issue(issue_folder(tmp_path))
    assert [(s.title, [b.name for b in s.bulletins]) for s in issue.sections] == [
        ("Domestic affairs", ["one", "two"]),
        ("External relations", ["one"]),
    ]
    assert (issue.title, issue.date_text, issue.style) == ("Weekly bulletin, No. 12", "March 15, 2026", "vns")
    assert issue.bulletins[0].dateline == "HÀ NỘI — "
    assert {finding.code for finding in findings} == {"image-missing", "alt-vietnamese", "alt-missing"}


def test_the_style_can_be_given_and_may_lie_beside_the_issue(tmp_path):
    file = issue_folder(tmp_path, ISSUE.replace('"vns"', '"house.toml"'))
    (tmp_path / "house.toml").write_text('extends = "vna"\n[dateline]\nagency = "TTPO"\n', encoding="utf-8")
    assert read_issue(file)[0].bulletins[0].dateline == "HANOI (TTPO) – "
    assert read_issue(file, style_name="mofa")[0].style == "mofa"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "an issue has a masthead"),
        ('masthead = "x"\n', "1 to 500 articles, this one 0"),
        ('mast = "x"\n', "did you mean 'masthead'"),
        ('masthead = "x"\ndate = "2026-03-15"\n', "date is a day without quotation marks"),
        ('masthead = "x"\narticles = "one"\n', "articles is a list"),
        ('masthead = "x"\n[sections]\n', "sections are tables"),
        ('masthead = "x"\n[[sections]]\narticles = ["one"]\n', "a section has a title"),
        ('masthead = "x"\narticles = ["absent"]\n', "absent"),
        ('masthead = "x"\nnumber = 12\narticles = ["one"]\n', "number takes a text"),
        ('masthead = "x"\nstyle = "vnn"\narticles = ["one"]\n', "no style 'vnn'"),
        ("masthead", "this is not TOML"),
    ],
)
def test_broken_issues(tmp_path, content, says):
    with pytest.raises(BulletinError) as caught:
        read_issue(issue_folder(tmp_path, content))
    assert says in str(caught.value)


def with_occurrence(name, found, source="Văn phòng Quốc hội"):
    unit = sample_draft().units[0]
    place = (unit.id, "assembly.office", "institution", 0, 5, source)
    occurrence = Occurrence(*place, (found,), found, 0, 5, "model", Status.ACCEPTED)
    return dataclasses.replace(
        sample_draft(), name=name, units=(dataclasses.replace(unit, occurrences=(occurrence,)),)
    )


def test_a_term_that_differs_between_articles_is_reported_once():
    drafts = [with_occurrence("one", "the National Assembly Office"), with_occurrence("two", "the NA Office")]
    (finding,) = inconsistent_terms(drafts)
    assert finding.code == "term-inconsistent"
    assert "'the National Assembly Office' in one, 'the NA Office' in two" in finding.message
    same = [
        with_occurrence("one", "The National Assembly Office's"),
        with_occurrence("two", "National Assembly Office"),
    ]
    assert inconsistent_terms(same) == ()
