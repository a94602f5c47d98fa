"""Looking up, coverage and comparison: what a desk asks of its glossary."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.glossary.coverage import Gap, measure_coverage, official_phrases
from bulletin.glossary.diff import diff_glossaries, touched
from bulletin.glossary.entry import Entry
from bulletin.glossary.layers import Glossary, make_glossary
from bulletin.glossary.lookup import composed, look_up
from bulletin.glossary.matcher import Matcher

POLITBURO = Entry("bct", "Bộ Chính trị", {"vna": "the Politburo"}, variants=("BCT",), kind="institution")
ASSEMBLY = Entry("na", "Quốc hội", {"vna": "the National Assembly"}, short="NA", kind="institution")
SECRETARY = Entry(
    "sec", "Bí thư Tỉnh ủy", {"vna": "Secretary of the provincial Party Committee"}, kind="title"
)
HA_NAM = Entry("ha-nam", "Hà Nam", {"vna": "Ha Nam"}, kind="place")
ENTRIES = [POLITBURO, ASSEMBLY, SECRETARY, HA_NAM]
MATCHER = Matcher(make_glossary(ENTRIES))


@pytest.mark.parametrize(
    "term",
    ["Bộ Chính trị", "bộ chính trị", "bo chinh tri", "BCT", "Politburo", "the politburo", "Politbureau"],
)
def test_a_term_is_found_by_either_language_half_remembered(term: str) -> None:
    assert look_up(ENTRIES, term)[0].entry is POLITBURO


def test_the_term_itself_comes_first_with_full_score() -> None:
    longer = replace(
        ASSEMBLY, id="office", vi="Văn phòng Quốc hội", english={"vna": "the National Assembly Office"}
    )
    first, *others = look_up([longer, ASSEMBLY], "Quốc hội")
    assert (first.entry, first.score, first.form) == (ASSEMBLY, 100.0, "Quốc hội")
    assert all(hit.score < 100 for hit in others)


def test_what_is_nowhere_near_is_not_found() -> None:
    assert look_up(ENTRIES, "máy bay trực thăng") == []
    assert look_up(ENTRIES, "") == []
    assert len(look_up(ENTRIES, "Quốc hội", limit=1)) == 1


def test_a_title_is_composed_where_no_entry_has_it() -> None:
    title = composed(MATCHER, "Bí thư Tỉnh ủy Hà Nam ")
    assert title is not None
    assert title.target == "Secretary of the Ha Nam provincial Party Committee"
    assert composed(MATCHER, "Bộ Chính trị") is None
    assert composed(MATCHER, "Bí thư Tỉnh ủy Hà Nam và Quốc hội") is None


@pytest.mark.parametrize(
    ("sentence", "phrases"),
    [
        ("Theo Viện Nghiên cứu lập pháp, việc này đã xong.", ["Viện Nghiên cứu"]),
        ("Ban Chỉ đạo họp với Sở Du lịch và Sở Y tế.", ["Ban Chỉ đạo", "Sở Du lịch và Sở Y tế"]),
        ("Ông nhận Huân chương Hồ Chí Minh hôm nay.", ["Huân chương Hồ Chí Minh"]),
        ("Giám đốc Trung tâm phát biểu.", ["Giám đốc Trung tâm"]),
        ("Hôm nay trời đẹp ở xã.", []),
        ("giám đốc nói vậy", []),
        ("", []),
    ],
)  # fmt: skip
def test_what_looks_official(sentence: str, phrases: list[str]) -> None:
    assert official_phrases(sentence) == phrases


def test_coverage_counts_what_has_an_entry_and_ranks_what_has_not() -> None:
    articles = [
        ("a", ["Bộ Chính trị gặp Tổng cục Môi trường.", "Tổng cục Môi trường trả lời Quốc hội."]),
        ("b", ["Tổng cục môi trường và Viện Dầu khí.", "Ông Nguyễn Văn An ở Hà Nam."]),
    ]
    measured = measure_coverage(articles, MATCHER)
    assert measured.found == 2
    assert measured.gaps[0] == Gap("Tổng cục Môi trường", 2, 1, "Bộ Chính trị gặp Tổng cục Môi trường.")
    assert not any("Nguyễn" in gap.phrase or "Hà Nam" in gap.phrase for gap in measured.gaps)
    assert 0 < measured.share < 1
    assert measure_coverage([], MATCHER).share == 1.0


def test_changes_are_told_by_cell() -> None:
    old = make_glossary(ENTRIES)
    changed = replace(
        POLITBURO, english={"vna": "the Political Bureau", "vns": "the Politburo"}, variants=(), note="new"
    )
    minister = Entry("min", "Bộ trưởng", {"vna": "Minister"})
    changes = diff_glossaries(old, make_glossary([changed, SECRETARY, HA_NAM, minister]))
    assert changes.added == (minister,)
    assert changes.removed == (ASSEMBLY,)
    (change,) = changes.changed
    assert change.renders
    assert [str(cell) for cell in change.cells] == [
        "variants: 'BCT' is gone",
        "note: now 'new'",
        "English (vna): 'the Politburo' → 'the Political Bureau'",
        "English (vns): now 'the Politburo'",
    ]


def test_a_renamed_entry_is_one_that_changed() -> None:
    changes = diff_glossaries(make_glossary([ASSEMBLY]), make_glossary([replace(ASSEMBLY, id="assembly.na")]))
    assert (changes.added, changes.removed) == ((), ())
    (change,) = changes.changed
    assert [cell.name for cell in change.cells] == ["id"]
    assert not change.renders


def test_drafts_with_changed_terms_are_named() -> None:
    dated = replace(ASSEMBLY, valid_to=datetime.date(2025, 1, 1))
    changes = diff_glossaries(make_glossary(ENTRIES), make_glossary([POLITBURO, dated, SECRETARY]))
    texts = [
        ("one.xlf", ["Uỷ viên Bộ Chính trị.", "Quốc Hội họp, quốc hội bàn."]),
        ("two.xlf", ["Bộ Chính trị họp."]),
        ("three.xlf", ["Tỉnh Hà Nam."]),
    ]
    assert touched(changes, texts) == {"one.xlf": ["Quốc Hội"], "three.xlf": ["Hà Nam"]}


def test_a_new_note_touches_no_draft() -> None:
    changes = diff_glossaries(
        make_glossary([ASSEMBLY]), make_glossary([replace(ASSEMBLY, note="x", sources=2)])
    )
    assert changes
    assert touched(changes, [("one.xlf", ["Quốc hội họp."])]) == {}


@given(st.lists(st.sampled_from(ENTRIES), unique_by=id), st.lists(st.sampled_from(ENTRIES), unique_by=id))
def test_what_is_neither_added_nor_removed_stays(old: list[Entry], new: list[Entry]) -> None:
    def glossary(entries: list[Entry]) -> Glossary:
        return make_glossary(entries)

    changes = diff_glossaries(glossary(old), glossary(new))
    assert set(map(id, changes.added)) == set(map(id, new)) - set(map(id, old))
    assert set(map(id, changes.removed)) == set(map(id, old)) - set(map(id, new))
    assert changes.changed == ()
    assert bool(changes) == (set(map(id, old)) != set(map(id, new)))
