import pytest

from bulletin.drafting.tsv import dump_tsv
from bulletin.drafting.xliff import dump_draft
from bulletin.errors import ScoringError
from bulletin.scoring.align import align
from bulletin.scoring.evaluate import evaluate, score_against
from bulletin.scoring.texts import Text, parse_text, read_text
from drafting_samples import FULL, draft, unit

REFERENCE = Text(
    "ref.tsv",
    ("One.", "Two.", "Three.", "Four."),
    ("Câu một.", "Hòa bình./.", "Câu ba.", "Câu bốn."),
    ("a", "a", "b", "b"),
    (2, 3, 4, 5),
)


def test_sources_align_whatever_order_case_tone_marks_and_end_marks():
    ours = Text("run", ("3", "2", "1", "4"), ("câu ba", "Hoà  bình.", "Câu một./.", "Câu bốn:"))
    found = align(ours, [REFERENCE])
    assert found.hypotheses == ("1", "2", "3", "4")
    assert found.references == (REFERENCE.lines,)
    assert found.documents == REFERENCE.documents
    assert found.findings == ()


def test_lines_without_a_partner_are_findings_and_not_scored():
    ours = Text("run", ("1", "by", "3", "4"), ("Câu một.", "Thanh Mai", "Câu ba.", "Câu bốn."))
    found = align(ours, [REFERENCE])
    assert found.hypotheses == ("1", "3", "4")
    assert (found.covered, found.total) == (3, 4)
    missing, extra = found.findings
    assert (missing.code, missing.file, missing.line) == ("reference-unmatched", "ref.tsv", 3)
    assert "Hòa bình" in missing.message
    assert (extra.code, extra.file, extra.line) == ("hypothesis-unmatched", "run", 2)
    assert missing.stands and not extra.stands


def test_segments_that_were_split_or_joined_are_joined():
    split = Text("run", ("A", "B", "2", "3 and 4"), ("Câu", "một.", "Hòa bình.", "Câu ba. Câu bốn."))
    second = Text("ref2", ("I", "II", "III", "IV"))
    found = align(split, [REFERENCE, second])
    assert found.hypotheses == ("A B", "2", "3 and 4")
    assert found.references == (("One.", "Two.", "Three. Four."), ("I", "II", "III IV"))
    assert found.covered == 4
    assert found.findings == ()


def test_twins_keep_their_order():
    twins = Text("r", ("1", "2"), ("Vâng.", "Vâng."))
    assert align(Text("h", ("a", "b", "c"), ("Vâng.", "Vâng!", "Không")), [twins]).hypotheses == ("a", "b")


def test_without_sources_lines_go_by_number_or_not_at_all():
    assert align(Text("h", ("1", "2", "3", "4")), [REFERENCE]).hypotheses == ("1", "2", "3", "4")
    with pytest.raises(ScoringError, match=r"h has 3 lines, ref.tsv has 4"):
        align(Text("h", ("1", "2", "3")), [REFERENCE])
    with pytest.raises(ScoringError, match=r"ref2 has 1 lines, ref.tsv has 4"):
        align(Text("h", ("1", "2", "3", "4")), [REFERENCE, Text("ref2", ("x",))])
    with pytest.raises(ScoringError, match=r"no Vietnamese line of ref.tsv"):
        align(Text("h", ("1",), ("Chuyện khác.",)), [REFERENCE])


def test_a_run_is_scored_against_a_reference_file(tmp_path):
    path = tmp_path / "ref.tsv"
    path.write_text("vi\ten\nCâu một./.\tSentence one.\nCâu hai.\tSentence two.\n", encoding="utf-8")
    found = score_against(
        [("Headline", "Headline"), ("Câu hai.", "Sentence two."), ("Câu một.", "One.")], path
    )
    assert found.scores.segments == 2
    assert found.aligned.hypotheses == ("One.", "Sentence two.")
    assert [finding.code for finding in found.findings] == ["hypothesis-unmatched"]
    assert found.as_dict()["lines"] == 2


def test_files_of_every_kind_are_read(tmp_path):
    data = b"\xef\xbb\xbfOne.\r\nTwo\xe2\x80\xa8still two.\n"
    assert parse_text(data, "a.txt").lines == ("One.", "Two\u2028still two.")
    assert parse_text("One.\nTwo.".encode("utf-16"), "a.txt").lines == ("One.", "Two.")
    table = parse_text(b'doc\turl\tvi\ten\nd1\tu\tM\xe1\xbb\x99t\t"One\n\nd2\tu\tHai\tTwo\n', "a.tsv")
    assert table.lines == ('"One', "Two")
    assert (table.sources, table.documents, table.numbers) == (("Một", "Hai"), ("d1", "d2"), (2, 4))
    provisional = draft(unit("headline", source="", target="Lead"), *FULL.units)
    found = parse_text(dump_draft(provisional), "draft.xlf")
    assert found.lines == tuple(item.target for item in FULL.units)
    assert found.machine == tuple(item.hypothesis for item in FULL.units)
    assert parse_text(dump_tsv(FULL), "draft.tsv").sources == found.sources
    with pytest.raises(ScoringError, match="cannot be read"):
        read_text(tmp_path / "none")


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.txt", "a.txt: empty"),
        (b"vi\ten\n", "a.tsv", "a header and no lines"),
        (b"M\xe1\xbb\x99t\tOne\n", "a.tsv", "line 1: a table needs a header"),
        (b"vi\ten\nx\ty\tz\n", "a.tsv", "line 2: 3 cells under 2 columns"),
        (b"fine\n\xff\xff\n", "a.txt", "line 2: not text in UTF-8"),
        (b"<xliff", "a.xlf", "not well-formed"),
        (b"id\tstate\tsource\tdraft\tfinal\n1\tdone\ta\tb\tc\n", "a.tsv", "'done' is not one of"),
    ],
)
def test_bad_files_are_refused_with_their_place(data, name, message):
    with pytest.raises(ScoringError, match=message) as caught:
        parse_text(data, name)
    assert str(caught.value).startswith(name)


def test_systems_on_different_lines_cannot_be_compared():
    base = evaluate(Text("b", ("1", "2"), ("Câu một.", "Hòa bình.")), [REFERENCE])
    with pytest.raises(ScoringError, match="different lines"):
        evaluate(Text("h", ("3",), ("Câu ba.",)), [REFERENCE], baseline=base)
