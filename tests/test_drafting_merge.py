from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.drafting.draft import State
from bulletin.drafting.edit import Edit
from bulletin.drafting.merge import merge_article, merge_edits
from bulletin.errors import DraftError
from bulletin.terminology.occurrence import Status
from drafting_samples import FINDING, FULL, OCCURRENCE, draft, unit

BASE = draft(
    unit("b1.s1", source="Một.", target="One.", occurrences=(OCCURRENCE,), findings=(FINDING,)),
    unit("b1.s2", source="Hai.", target="Two.", state=State.FINAL),
    unit("b2.s1", source="Ba.", target="Three."),
)


def edits_of(base) -> list[Edit]:
    return [Edit(item.id, item.source, item.target, None, line) for line, item in enumerate(base.units, 2)]


def codes(findings) -> list[tuple[str, str]]:
    return [(finding.code, finding.segment) for finding in findings]


def test_a_changed_segment_is_taken_and_reported():
    edits = edits_of(BASE)
    edits[1] = replace(edits[1], target="A pair.")
    after, findings = merge_edits(BASE, edits, file="a.docx")
    assert after.units[1].target == "A pair."
    assert after.units[1].hypothesis == "Two."
    # a text that was signed off and changed needs signing off again
    assert after.units[1].state is State.TRANSLATED
    assert codes(findings) == [("segment-changed", "b1.s2")]
    assert (findings[0].file, findings[0].line) == ("a.docx", 3)
    assert "Two." in findings[0].message


def test_states_come_from_the_file_or_from_the_caller():
    edits = [replace(edit, state=State.REVIEWED) for edit in edits_of(BASE)]
    assert {item.state for item in merge_edits(BASE, edits)[0].units} == {State.REVIEWED}
    assert {item.state for item in merge_edits(BASE, edits, state=State.FINAL)[0].units} == {State.FINAL}


def test_terms_are_looked_up_in_the_new_text_and_old_findings_go():
    def edited(text):
        return merge_edits(BASE, [replace(edits_of(BASE)[0], target=text)])[0].units[0]

    good = edited("Then the National Assembly met.")
    [occurrence] = good.occurrences
    assert good.target[occurrence.found_start : occurrence.found_end] == "National Assembly"
    assert (occurrence.status, occurrence.how) == (Status.EXACT, "edited")
    assert edited("The International Assembly met.").occurrences[0].status is Status.MISSING
    assert good.findings == ()


def test_missing_added_and_moved_segments_are_reported_and_nothing_is_dropped():
    first, second, third = edits_of(BASE)
    after, findings = merge_edits(BASE, [third, first, Edit("x1", "Bốn.", "Four.", None, 9)])
    assert [item.target for item in after.units] == ["One.", "Two.", "Three."]
    assert sorted(codes(findings)) == [
        ("segment-added", "x1"), ("segment-missing", "b1.s2"), ("segment-moved", "b2.s1")
    ] or sorted(codes(findings)) == [
        ("segment-added", "x1"), ("segment-missing", "b1.s2"), ("segment-moved", "b1.s1")
    ]  # fmt: skip
    assert any("Four." in finding.message for finding in findings)
    assert second.target == after.units[1].target


def test_renumbered_ids_are_matched_by_source():
    edits = [Edit(f"n{n}", item.source, item.target + "!") for n, item in enumerate(BASE.units)]
    after, findings = merge_edits(BASE, edits)
    assert [item.target for item in after.units] == ["One.!", "Two.!", "Three.!"]
    assert ("id-differs", "b1.s1") in codes(findings)


def test_shifted_ids_follow_their_source_not_their_number():
    edits = [Edit("b1.s1", "Hai.", "Pair."), Edit("b1.s2", "Ba.", "Trio.")]
    after, _ = merge_edits(BASE, edits)
    assert [item.target for item in after.units] == ["One.", "Pair.", "Trio."]


def test_a_corrected_source_is_taken_by_id_with_a_warning():
    after, findings = merge_edits(BASE, [Edit("b1.s1", "Mốt.", "Fashion.")])
    assert after.units[0].target == "Fashion."
    assert after.units[0].source == "Một."
    assert ("source-differs", "b1.s1") in codes(findings)


def test_an_empty_text_never_replaces_one():
    edits = [replace(edit, target="  ") for edit in edits_of(BASE)]
    after, findings = merge_edits(BASE, edits)
    assert after == BASE
    assert {code for code, _ in codes(findings)} == {"target-empty"}


def test_a_file_of_another_article_is_refused():
    with pytest.raises(DraftError, match=r"other.tsv: none of its segments is in hop-bao"):
        merge_edits(BASE, [Edit("z", "Khác.", "Other.")], file="other.tsv")


def test_twin_sources_are_each_matched_once():
    twins = draft(unit("a", source="Vâng.", target="Yes."), unit("b", source="Vâng.", target="Indeed."))
    after, _ = merge_edits(twins, [Edit("x", "Vâng.", "1"), Edit("y", "Vâng.", "2")])
    assert [item.target for item in after.units] == ["1", "2"]


@settings(deadline=None)
@given(st.permutations(range(6)), st.sets(st.integers(0, 5), max_size=4))
def test_order_and_loss_never_lose_a_text(order, lost):
    base = draft(*(unit(f"s{n}", source=f"Câu {n}.", target=f"Text {n}.") for n in range(6)))
    edits = [edits_of(base)[n] for n in order if n not in lost]
    after, findings = merge_edits(base, edits)
    assert after == base
    assert sorted(f.segment for f in findings if f.code == "segment-missing") == [
        f"s{n}" for n in sorted(lost)
    ]
    still = [n for n in order if n not in lost]
    assert any(f.code == "segment-moved" for f in findings) == (still != sorted(still))


def test_a_re_delivered_article_keeps_the_edits_of_what_did_not_change():
    edited = replace(
        BASE, units=tuple(replace(item, target=item.target + " (edited)") for item in BASE.units)
    )
    fresh = draft(
        unit("b1.s1", source="Không.", target="Zero."),
        unit("b1.s2", source="Một.", target="one"),
        unit("b2.s1", source="Hai lăm.", target="Two-five."),
        unit("b3.s1", source="Ba./.", target="three"),
    )
    after, findings = merge_article(edited, fresh)
    assert [item.target for item in after.units] == ["Zero.", "One. (edited)", "Two-five.", "Three. (edited)"]
    assert after.units[1].occurrences[0].segment == "b1.s2"
    assert codes(findings) == [("segment-new", "b1.s1"), ("source-changed", "b2.s1")]
    assert "Two. (edited)" in findings[1].message


def test_a_segment_that_moved_takes_its_text_along_and_one_that_went_is_reported():
    fresh = draft(unit("b1.s1", source="Ba.", target="3"), unit("b1.s2", source="Một.", target="1"))
    after, findings = merge_article(BASE, fresh)
    assert [item.target for item in after.units] == ["Three.", "One."]
    assert ("segment-gone", "b1.s2") in codes(findings)
    assert {code for code, _ in codes(findings)} == {"segment-gone", "segment-moved"}


def test_an_unchanged_article_changes_nothing():
    assert merge_article(FULL, FULL) == (FULL, ())
