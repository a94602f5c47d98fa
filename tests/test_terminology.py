"""Terms that hold: injection, verification, repair and the cascade over them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.glossary.entry import Entry, TermMatch
from bulletin.glossary.layers import load_glossary, make_glossary
from bulletin.glossary.matcher import Matcher
from bulletin.terminology.audit import audit_findings, occurrences
from bulletin.terminology.cascade import Steps, render
from bulletin.terminology.clausal import split_sentence
from bulletin.terminology.inject import inject, injected_spans, without_marks
from bulletin.terminology.occurrence import Status
from bulletin.terminology.repair import drop_doubled, mend_form, replace_aligned
from bulletin.terminology.spans import fixed_spans
from bulletin.terminology.verify import verify
from bulletin.translation.clauses import split_clauses
from bulletin.translation.engine import Constraint, Decoding, Hypothesis


def term(source: str, target: str, start: int = 0, **more) -> TermMatch:
    more.setdefault("kind", "institution")
    return TermMatch("t." + source, more.pop("kind"), start, start + len(source), source, target, **more)


@dataclass
class Scripted:
    """An engine that answers from a table: what a model may do, at its worst."""

    answers: dict[str, list[str]]
    carries_terms: bool = False
    constrained: dict[str, str] = field(default_factory=dict)
    alignment: tuple[tuple[int, int], ...] | None = None
    name: str = "scripted"
    revision: str = "1"
    decoding: Decoding = field(default_factory=lambda: Decoding(beam=2))
    asked: list[str] = field(default_factory=list)

    def translate(self, sources, *, n_best=1, constraints=None, progress=None):
        self.asked += sources
        if constraints:
            return [(Hypothesis(self.constrained.get(source, ""), -1.0),) for source in sources]
        return [
            tuple(Hypothesis(text, -0.5) for text in self.answers.get(source, ["nothing"])[:n_best])
            for source in sources
        ]

    def split(self, source):
        return [source]

    def aligned(self, source, hypothesis):
        return Hypothesis(hypothesis.text, hypothesis.score, (), self.alignment)


# verify


@pytest.mark.parametrize(
    ("english", "status"),
    [
        ("He met the Politburo today.", Status.EXACT),
        ("Politburo members met.", Status.EXACT),
        ("the politburo met", Status.ACCEPTED),
        ("the Politburo’s report", Status.EXACT),
        ("the Political Bureau met", Status.ACCEPTED),
        ("the Ministry of Politics met", Status.FORBIDDEN),
        ("the Politburocracy met", Status.MISSING),
        ("", Status.MISSING),
    ],
)
def test_verify_tells_exact_accepted_forbidden_and_missing(english, status):
    match = term(
        "Bộ Chính trị", "Politburo", accepted=("the Political Bureau",), forbidden=("Ministry of Politics",)
    )
    (rendering,) = verify(english, [match])
    assert rendering.status is status


@pytest.mark.parametrize(
    ("form", "english"),
    [
        ("resolution", "Resolutions were passed"),
        ("deputy", "the deputies spoke"),
        ("Chairman of the Office", "Chairman of the Offices"),
        ("socio-economic", "socio economic growth"),
    ],
)
def test_number_and_hyphens_are_accepted(form, english):
    (rendering,) = verify(english, [term("x", form, kind="phrase")])
    assert rendering.right


@pytest.mark.parametrize(
    ("target", "accepted", "english"),
    [
        ("Hồ Chí Minh City", (), "in Ho Chi Minh City"),
        ("Ho Chi Minh City", (), "in Hồ Chí Minh City"),
        ("the Academy", ("Ho Chi Minh National Academy",), "at Hồ Chí Minh National Academy’s gate"),
    ],
)
def test_marks_on_vietnamese_letters_make_no_other_term(target, accepted, english):
    (rendering,) = verify(english, [term("x", target, accepted=accepted)])
    assert rendering.status is Status.ACCEPTED
    assert "Minh" in english[rendering.start : rendering.end]


def test_a_name_is_right_only_letter_for_letter():
    name = term("Trần Quốc Vượng", "Tran Quoc Vuong", kind="name")
    assert verify("Tran Quoc Vuong spoke", [name])[0].status is Status.EXACT
    assert verify("Tran quoc Vuong spoke", [name])[0].status is Status.MISSING


def test_a_longer_term_is_not_counted_as_the_shorter_inside_it():
    office = term("Văn phòng Trung ương Đảng", "Party Central Committee's Office")
    committee = term("Trung ương Đảng", "Party Central Committee", 40)
    both = verify("The Party Central Committee's Office reported.", [committee, office])
    assert [r.status for r in both] == [Status.MISSING, Status.EXACT]


def test_two_occurrences_need_two_renderings():
    first, second = term("Chính phủ", "Government"), term("Chính phủ", "Government", 30)
    once = verify("The Government met.", [first, second])
    assert [r.right for r in once].count(True) == 1
    assert all(r.right for r in verify("The Government met; the Government decided.", [first, second]))


# inject


MATCHES = [term("Bộ Chính trị", "Politburo", 5), term("Hà Nội", "Hanoi", 25)]


def test_terms_go_in_at_their_place_and_spans_point_at_them():
    source = "Nay, Bộ Chính trị họp tại Hà Nội."
    matches = [term("Bộ Chính trị", "Politburo", 5), term("Hà Nội", "Hanoi", source.index("Hà Nội"))]
    text = inject(source, matches)
    assert text == "Nay, ⟦Politburo⟧ họp tại ⟦Hanoi⟧."
    assert [text[a:b] for a, b in injected_spans(matches)] == ["⟦Politburo⟧", "⟦Hanoi⟧"]


@given(st.text(alphabet="ab ⟦⟧c", max_size=40))
def test_marks_of_the_source_itself_never_become_terms(source):
    assert "⟦" not in inject(source, ())
    assert "⟧" not in inject(source, ())


@given(st.text(alphabet="ab ⟦⟧.", max_size=40))
def test_no_mark_survives(english):
    assert not set(without_marks(english)) & {"⟦", "⟧"}


# clauses


@given(
    st.lists(
        st.sampled_from(["Bộ Chính trị", "họp,", "và", "bàn;", "Hà Nội", "kế hoạch"]), min_size=1, max_size=30
    )
)
def test_a_sentence_in_clauses_keeps_every_term_and_word(words):
    source = " ".join(words)
    matches, at = [], 0
    for word in words:
        if word in {"Bộ Chính trị", "Hà Nội"}:
            matches.append(term(word, "X Y" if word == "Hà Nội" else "Politburo", at))
        at += len(word) + 1
    clauses = split_sentence(source, matches, lambda text: split_clauses(text, 25, len))
    assert " ".join(clause.source for clause in clauses) == source
    assert [m.source for clause in clauses for m in clause.matches] == [m.source for m in matches]
    for clause in clauses:
        for match in clause.matches:
            assert clause.source[match.start : match.end] == match.source


# repair


def test_case_is_mended_for_titles_and_left_in_phrases():
    title = term("x", "Deputy Prime Minister", kind="title")
    phrase = term("y", "socio-economic", kind="phrase")
    assert mend_form("the deputy prime minister spoke on Socio-Economic aims", [title, phrase]) == (
        "the Deputy Prime Minister spoke on Socio-Economic aims"
    )


def test_words_left_out_are_put_back_and_plurals_stay():
    title = term(
        "x", "Party General Secretary", kind="title", accepted=("General Secretary", "Party leaders")
    )
    assert mend_form("The General Secretary spoke", [title]) == "The Party General Secretary spoke"
    assert mend_form("The Party leaders spoke", [title]) == "The Party leaders spoke"


@pytest.mark.parametrize(
    ("target", "english", "mended"),
    [
        ("Ho Chi Minh City", "He left Hồ Chí Minh City.", "He left Ho Chi Minh City."),
        ("Hồ Chí Minh City", "He left Ho Chi Minh City.", "He left Hồ Chí Minh City."),
    ],
)
def test_marks_are_mended_to_what_the_house_writes(target, english, mended):
    assert mend_form(english, [term("x", target, kind="place")]) == mended


def test_bodies_that_share_their_words_are_left_as_they_are():
    bodies = [term("x", "provincial People's Committee"), term("y", "municipal People's Committee", 20)]
    english = "The provincial and municipal People's Committees met."
    assert mend_form(english, bodies) == english


def test_a_term_is_put_over_the_words_aligned_to_it_with_its_article():
    source = "Hôm nay Bộ Chính trị họp"
    english = "Today political ministry met in full."
    match = term("Bộ Chính trị", "Politburo", 8, article=True)
    alignment = ((0, 0), (8, 6), (11, 16), (21, 25))
    mended = replace_aligned(english, match, (8, 20), alignment, [])
    assert mended == "Today the Politburo met in full."
    assert source


def test_alignment_that_wanders_replaces_nothing():
    english = "a b c d e f g h i j k l m n o p q r s t"
    match = term("x", "Politburo")
    everywhere = tuple((0, i) for i in range(len(english)))
    assert replace_aligned(english, match, (0, 1), everywhere, []) is None


def test_immediate_repetition_is_dropped_and_real_repetition_kept():
    match = term("x", "Politburo member")
    assert drop_doubled("Politburo member Politburo member spoke", [match]) == "Politburo member spoke"
    kept = "One Politburo member spoke; a Politburo member listened"
    assert drop_doubled(kept, [match]) == kept


# the cascade


SOURCE = "Bộ Chính trị họp."
POLITBURO = term("Bộ Chính trị", "Politburo", article=True, forbidden=("Ministry of Politics",))


def test_an_engine_that_carries_terms_is_given_them():
    engine = Scripted({"⟦Politburo⟧ họp.": ["The Politburo meets."]}, carries_terms=True)
    (item,) = render([SOURCE], [[POLITBURO]], engine)
    assert item.text == "The Politburo meets."
    assert item.how == ("injected",)


def test_the_second_hypothesis_is_taken_where_it_holds_the_term():
    engine = Scripted({SOURCE: ["The bureau meets.", "The Politburo meets."]})
    (item,) = render([SOURCE], [[POLITBURO]], engine)
    assert item.text == "The Politburo meets."
    assert item.how == ("n-best",)
    assert item.alternatives == ("The bureau meets.",)


def test_then_decoding_is_constrained_by_what_is_missing():
    engine = Scripted({SOURCE: ["The bureau meets."]}, constrained={SOURCE: "The Politburo is meeting."})
    (item,) = render([SOURCE], [[POLITBURO]], engine)
    assert item.text == "The Politburo is meeting."
    assert item.how == ("constrained",)


def test_a_term_tacked_on_after_the_sentence_is_no_rendering():
    engine = Scripted({SOURCE: ["The bureau meets."]}, constrained={SOURCE: "The bureau meets. Politburo."})
    (item,) = render([SOURCE], [[POLITBURO]], engine)
    assert item.text == "The bureau meets."
    assert not item.renderings[0].right


def test_then_a_forbidden_form_is_replaced():
    engine = Scripted({SOURCE: ["The Ministry of Politics meets."]})
    (item,) = render([SOURCE], [[POLITBURO]], engine)
    assert item.text == "The Politburo meets."
    assert item.how == ("repaired",)


def test_then_the_aligned_words_are_replaced():
    engine = Scripted({SOURCE: ["A bureau meets."]}, alignment=((0, 2), (13, 9)))
    (item,) = render([SOURCE], [[POLITBURO]], engine)
    assert item.text == "A Politburo meets."


def test_what_fails_everywhere_is_reported():
    engine = Scripted({SOURCE: ["Something else."]})
    (item,) = render([SOURCE], [[POLITBURO]], engine)
    lines = occurrences("b1.s1", item.text, item.matches, item.how, item.renderings)
    (finding,) = audit_findings(lines)
    assert (finding.code, finding.segment) == ("term-missing", "b1.s1")
    assert "Politburo" in finding.message


def test_each_step_can_be_left_out():
    engine = Scripted(
        {SOURCE: ["The bureau meets.", "The Politburo meets."]}, constrained={SOURCE: "The Politburo!"}
    )
    off = Steps(inject=False, n_best=False, constrain=False, repair=False)
    assert render([SOURCE], [[POLITBURO]], engine, off)[0].text == "The bureau meets."
    assert (
        render([SOURCE], [[POLITBURO]], engine, Steps(n_best=False, repair=False))[0].text == "The Politburo!"
    )


def test_a_worse_constrained_text_is_not_taken():
    hanoi = term("Hà Nội", "Hanoi", 20)
    engine = Scripted({SOURCE: ["Hanoi waits."]}, constrained={SOURCE: "Nothing at all."})
    (item,) = render([SOURCE], [[POLITBURO, hanoi]], engine)
    assert item.text == "Hanoi waits."


texts = st.text(alphabet="aB ⟦⟧.,Politburo'", max_size=60)


@given(st.lists(texts, min_size=1, max_size=3), texts, st.booleans())
def test_whatever_an_engine_writes_nothing_is_silent_and_no_mark_survives(answers, constrained, carries):
    source = SOURCE if not carries else "⟦Politburo⟧ họp."
    engine = Scripted({source: answers}, carries, {source: constrained}, ((0, 0), (1, 3)))
    (item,) = render([SOURCE], [[POLITBURO]], engine)
    assert not set(item.text) & {"⟦", "⟧"}
    lines = occurrences("s", item.text, item.matches, item.how, item.renderings)
    assert len(lines) == 1
    right = lines[0].status in {Status.EXACT, Status.ACCEPTED}
    assert right == (not audit_findings(lines))
    if right:
        assert item.text[lines[0].found_start : lines[0].found_end] == lines[0].found
        assert lines[0].found.casefold().startswith("politburo")


# with the real glossary and the real model


@pytest.fixture(scope="module")
def matcher():
    return Matcher(load_glossary())


def test_spans_are_terms_names_dates_and_figures_without_overlap(matcher):
    text = (
        "Sáng 12/3, đồng chí Lê Văn Tám, Uỷ viên Trung ương Đảng, Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ "
        "cho biết tổng vốn đạt 1.250,5 tỷ đồng, tăng 8,02%."
    )
    spans = fixed_spans(text, matcher)
    assert [(s.kind, s.target) for s in spans] == [
        ("date", "March 12"),
        ("name", "Le Van Tam"),
        ("title", "member of the Party Central Committee"),
        ("title", "Minister and Chairman of the Government Office"),
        ("figure", "1,250.5 billion VND"),
        ("figure", "8.02%"),
    ]
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert all(text[s.start : s.end] == s.source for s in spans)


def test_a_persons_name_wins_over_the_place_in_it(matcher):
    (span,) = [s for s in fixed_spans("Ông Nguyễn Thái Bình phát biểu.", matcher) if "Bình" in s.source]
    assert (span.kind, span.target) == ("name", "Nguyen Thai Binh")


def test_the_model_that_ships_holds_a_chain_of_titles(engine, matcher):
    source = (
        "Đồng chí Trần Văn Hiến, Ủy viên Bộ Chính trị, Thường trực Ban Bí thư dự và phát biểu tại Hội nghị."
    )
    matches = fixed_spans(source, matcher)
    (item,) = render([source], [matches], engine)
    assert all(rendering.right for rendering in item.renderings), item.text
    assert "Tran Van Hien" in item.text
    assert "Permanent Member of the Party Central Committee's Secretariat" in item.text


def test_the_model_obeys_a_term_it_cannot_know(engine):
    entry = Entry("made.up", "Chính phủ", {"vna": "the Zealous Council of Otters"}, kind="institution")
    source = "Sáng nay, Chính phủ họp phiên thường kỳ tại Hà Nội."
    matches = Matcher(make_glossary([entry])).match(source)
    (item,) = render([source], [matches], engine)
    assert "Zealous Council of Otters" in item.text


def test_required_and_banned_make_one_constraint(engine):
    assert Constraint(("a",), ("b",)) != Constraint(("a",))


# how English varies a form


@pytest.mark.parametrize(
    ("form", "english"),
    [
        ("Chairman of the provincial People's Committee", "Chairpersons of provincial People's Committees"),
        (
            "Chairman of the provincial People's Committee",
            "Chairman of provincial People’s Committee elected",
        ),
        (
            "Chairman of the provincial People's Committee",
            "Chairmen of the provincial and municipal People's Committees",
        ),
        ("provincial People's Committee", "provincial, district and communal People's Committees"),
        ("Party Committee of Ha Nam", "the Party Committees and the People's Committee of Ha Nam"),
        ("EU-Vietnam Free Trade Agreement", "the EU - Vietnam Free Trade Agreement"),
        ("Secretary of the Party Committee", "Secretaries of Party Committees"),
        ("President of the WB", "the WB President"),
        (
            "People's Committees of districts and towns",
            "the People's Committees of border districts and towns",
        ),
        ("Secretary-General of the United Nations", "the United Nations (UN) Secretary-General"),
        ("municipal People's Committee", "the Kien Thuy city Party Committee and People's Committee"),
        ("ward People's Committee", "People's Committees of districts, wards and communes"),
        ("head of the National Assembly delegation", "head of the Da Nang National Assembly delegation"),
    ],
)
def test_number_articles_and_coordination_are_accepted(form, english):
    (rendering,) = verify(english, [term("x", form, kind="title")])
    assert rendering.status is Status.ACCEPTED


@pytest.mark.parametrize(
    ("form", "english"),
    [
        ("Chairman of the provincial People's Committee", "Chairmen of the municipal People's Committees"),
        ("Chairman of the provincial People's Committee", "the provincial and municipal authorities"),
        ("Chairman of the provincial People's Committee", "the provincial People's Committee"),
        ("Party Committee of Ha Nam", "the People's Committee of Ha Nam"),
        ("Party Committee of Ha Nam", "the Party Committee and the People's Committee"),
        ("Deputy Prime Minister", "the Prime Minister"),
        ("Ministry of Finance", "the Finance Ministry"),
        ("Minister of Finance", "the Ministry of Planning and Finance"),
        ("ward People's Committee", "the People's Committees of districts and communes"),
        ("district People's Committee", "the provincial Party Committee and People's Committee"),
    ],
)
def test_variation_never_stands_for_what_is_not_there(form, english):
    (rendering,) = verify(english, [term("x", form, kind="title")])
    assert rendering.status is Status.MISSING


def test_a_longer_accepted_form_goes_before_the_exact_one_inside_it():
    chair = term("Chủ tịch Quốc hội", "National Assembly Chairman", kind="title")
    assembly = term("Quốc hội", "National Assembly", 40)
    english = "National Assembly Chairwoman Le Thi Hoa said the National Assembly agreed."
    found = verify(english, [chair, assembly])
    assert [rendering.right for rendering in found] == [True, True]
    assert english[found[0].start : found[0].end] == "National Assembly Chairwoman"


def test_a_place_inside_a_form_stays_free_for_its_own_term():
    head = term("trưởng đoàn", "head of the provincial delegation", kind="title")
    place = term("Hà Nam", "Ha Nam", 20, kind="place")
    assert all(each.right for each in verify("the head of the Ha Nam provincial delegation", [head, place]))
    assert not all(each.right for each in verify("the head of the provincial delegation", [head, place]))


def test_shared_words_answer_for_each_of_the_bodies_once():
    english = "Chairmen of the provincial and municipal People's Committees"
    bodies = [
        term("x", "provincial People's Committee"),
        term("y", "municipal People's Committee", 20),
        term("z", "district People's Committee", 40),
    ]
    assert [rendering.right for rendering in verify(english, bodies)] == [True, True, False]


@given(st.text(alphabet="aA of,-and'the", min_size=1, max_size=30))
def test_every_form_is_found_as_written(form):
    form = " ".join(form.split())
    if form:
        assert verify(f"({form})", [term("x", form)])[0].right or not form.strip("-',")


def test_a_short_name_behind_the_full_one_may_be_dropped_and_not_before_it():
    full, short = (
        term("UBND tỉnh An Giang", "An Giang provincial People's Committee"),
        term("UBND tỉnh", "provincial People's Committee", 40),
    )
    english = "The An Giang provincial People's Committee met; it decided."
    (note,) = audit_findings(occurrences("s", english, [full, short]))
    assert not note.stands
    (lost,) = audit_findings(
        occurrences("s", english, [full, term("UBND huyện", "district People's Committee", 40)])
    )
    assert lost.stands


def test_a_second_mention_that_english_drops_is_a_note_and_a_first_one_is_not():
    twice = [term("Chính phủ", "Government"), term("Chính phủ", "Government", 30)]
    (note,) = audit_findings(occurrences("s", "The Government met; it decided.", twice))
    assert not note.stands
    lost = audit_findings(occurrences("s", "They met; they decided.", twice))
    assert [finding.stands for finding in lost] == [True, True]


def test_a_missing_term_is_required_beside_what_holds_its_words():
    source = "Phó Giám đốc thường trực và Phó Giám đốc"
    matches = (
        term("Phó Giám đốc thường trực", "Permanent Vice President", kind="title"),
        term("Phó Giám đốc", "Vice President", source.rindex("Phó Giám đốc"), kind="title"),
    )
    asked: list[Constraint] = []

    class Asked(Scripted):
        def translate(self, sources, *, n_best=1, constraints=None, progress=None):
            asked.extend(constraints or ())
            return super().translate(sources, n_best=n_best, constraints=constraints, progress=progress)

    engine = Asked({source: ["The Permanent Vice President and a man"]})
    render([source], [matches], engine)
    assert [sorted(constraint.required) for constraint in asked] == [
        ["Permanent Vice President", "Vice President", "Vice President"],
        ["Vice President", "Vice President"],
    ]
