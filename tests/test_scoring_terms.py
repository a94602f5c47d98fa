import pytest

from bulletin.errors import ScoringError
from bulletin.glossary.entry import TermMatch
from bulletin.scoring.align import align
from bulletin.scoring.expected import read_expected
from bulletin.scoring.fidelity import fidelity
from bulletin.scoring.terms import term_scores
from bulletin.scoring.texts import Text


def term(source, target, start=0, **more):
    return TermMatch(source.lower(), "institution", start, start + len(source), source, target, **more)


POLITBURO = term("Bộ Chính trị", "Politburo", accepted=("Political Bureau",))
COMMITTEE = term("Trung ương Đảng", "Party Central Committee")
OFFICE = term("Văn phòng Trung ương Đảng", "Party Central Committee's Office")


def test_success_counts_exact_and_accepted_and_names_the_missed():
    references = ["The Politburo met."] * 4
    hypotheses = ["The Politburo met.", "The Political Bureau met.", "politburo met", "The bureau met."]
    found = term_scores([[POLITBURO]] * 4, hypotheses, references)
    assert (found.total, found.exact, found.accepted) == (4, 1, 2)
    assert found.rate == 75
    assert found.exact_rate == 25
    assert [(each.segment, each.target) for each in found.missed] == [(3, "Politburo")]


def test_one_stretch_of_english_answers_for_one_term():
    found = term_scores([[COMMITTEE, OFFICE]], ["The Party Central Committee's Office met."], ["x"])
    assert (found.total, found.exact, len(found.missed)) == (2, 1, 1)


def test_window_overlap_compares_content_words_beside_the_term():
    reference = ["Officials said that the Politburo adopted the new resolution."]
    same = term_scores([[POLITBURO]], reference, reference)
    assert dict(same.windows) == {2: 100, 3: 100}
    half = term_scores([[POLITBURO]], ["Officials said that the Politburo made rules."], reference)
    # of officials, said | adopted, new two stand beside the term here
    assert dict(half.windows)[2] == 50
    none = term_scores([[POLITBURO]], ["Nothing here."], reference)
    assert dict(none.windows)[2] is None


def test_one_minus_term_counts_an_error_in_a_term_twice():
    reference = ["the Politburo met today"]
    # five is the weight of the reference: three words and a term of one word
    wrong_term = term_scores([[POLITBURO]], ["the bureau met today"], reference)
    wrong_word = term_scores([[POLITBURO]], ["the Politburo met yesterday"], reference)
    assert wrong_term.one_minus_term == pytest.approx(100 * (1 - 2 / 5))
    assert wrong_word.one_minus_term == pytest.approx(100 * (1 - 1 / 5))
    assert term_scores([[POLITBURO]], reference, reference).one_minus_term == 100
    assert term_scores([[]], reference, reference).one_minus_term is None


def test_consistency_is_over_terms_that_a_document_repeats():
    texts = ["The Politburo.", "The Political Bureau.", "The Politburo.", "The Politburo."]
    found = term_scores([[POLITBURO]] * 4, texts, texts, ["a", "a", "a", "b"])
    assert found.repeated == 3
    assert found.consistency == pytest.approx(100 * 2 / 3)
    assert term_scores([[POLITBURO]], texts[:1], texts[:1]).consistency is None
    assert term_scores([[POLITBURO]] * 2, ["No.", "No."], texts[:2]).consistency == 0


REFERENCE = Text(
    "ref.tsv",
    ("The Politburo met.", "The Party Central Committee's Office."),
    ("Bộ Chính trị họp.", "Văn phòng Trung ương Đảng."),
    ("a", "b"),
)


def expected(tmp_path, content, reference=REFERENCE):
    path = tmp_path / "terms.tsv"
    path.write_text(content, encoding="utf-8")
    return read_expected(path, align(Text("h", reference.lines), [reference]), reference)


def test_terms_of_a_table_are_found_wherever_they_stand_longer_first(tmp_path):
    table = (
        "vi\ten\taccepted\nTrung ương Đảng\tthe Party Central Committee\t\n"
        "văn phòng Trung ương Đảng\tthe Party Central Committee's Office\tParty Office|CCO\n"
        "bộ chính trị\tthe Politburo\t\n"
    )
    first, second = expected(tmp_path, table)
    assert [(match.source, match.target, match.start, match.end) for match in first] == [
        ("Bộ Chính trị", "Politburo", 0, 12)
    ]
    assert [match.target for match in second] == ["Party Central Committee's Office"]
    assert second[0].accepted == ("Party Office", "CCO")


def test_terms_of_a_table_may_be_for_one_line(tmp_path):
    table = "doc\tline\tvi\ten\nb\t2\tTrung ương Đảng\tParty Central Committee\n"
    assert [[match.target for match in each] for each in expected(tmp_path, table)] == [
        [],
        ["Party Central Committee"],
    ]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("vi,en\n", r"terms.tsv, line 1: the header must name the columns vi and en"),
        ("vi\ten\nx\n", "line 2: 1 cells under 2 columns"),
        ("doc\tline\tvi\ten\na\t9\tx\ty\n", "line 2: ref.tsv has no line '9'"),
        ("doc\tline\tvi\ten\na\tone\tx\ty\n", "line 2: ref.tsv has no line 'one'"),
        ("doc\tline\tvi\ten\na\t2\tx\ty\n", "line 2: line 2 of ref.tsv is of document 'b', not 'a'"),
    ],
)
def test_bad_tables_are_refused_with_their_line(tmp_path, table, message):
    with pytest.raises(ScoringError, match=message):
        expected(tmp_path, table)
    with pytest.raises(ScoringError, match="need the Vietnamese"):
        expected(tmp_path, "vi\ten\n", Text("r", ("x",)))


def test_names_dates_and_figures_are_counted():
    sources = [
        "Chiều 16/1, đồng chí Trần Văn Bình trao 1.500 suất quà.",
        "Ông Lê Minh Hoàng dự.",
        "Không có gì.",
    ]
    good = [
        "On January 16, Tran Van Binh presented 1,500 gifts.",
        "Lê Minh Hoàng attended.",
        "Nothing.",
    ]
    assert [(each.kind, each.total, each.rate) for each in fidelity(sources, good)] == [
        ("names", 2, 100),
        ("dates", 1, 100),
        ("figures", 1, 100),
    ]
    bad = ["On January 17, Tran Binh presented 15 gifts.", "Mr Hoang attended.", ""]
    names, dates, figures = fidelity(sources, bad)
    assert names.missed == ((0, "Trần Văn Bình"), (1, "Lê Minh Hoàng"))
    assert [place for place, _ in dates.missed] == [0]
    assert [place for place, _ in figures.missed] == [0]
    assert fidelity(["Không."], ["No."])[0].rate is None
