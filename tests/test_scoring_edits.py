import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sacrebleu.metrics.lib_ter import translation_edit_rate

from bulletin.scoring.edits import DELETE, INSERT, KEEP, REPLACE, edit_script, ter_edits

words = st.lists(st.sampled_from("abcdef"), max_size=14)


@settings(deadline=None, max_examples=200)
@given(words, words)
@example([], ["a"])
@example(["a"], [])
@example([], [])
def test_edits_are_those_of_sacrebleu(hypothesis, reference):
    assert ter_edits(hypothesis, reference) == translation_edit_rate(hypothesis, reference)[0]


@pytest.mark.parametrize("seed", range(2))
def test_edits_of_long_texts_are_too_where_paths_leave_the_band(seed):
    rng = random.Random(seed)
    reference = [str(rng.randrange(60)) for _ in range(rng.randint(54, 60))]
    hypothesis = list(reference)
    for _ in range(3):
        start, end = sorted(rng.sample(range(len(hypothesis)), 2))
        run = hypothesis[start : min(end, start + 27)]
        del hypothesis[start : start + len(run)]
        place = rng.randint(0, len(hypothesis))
        hypothesis[place:place] = run
    if seed % 2:
        del hypothesis[20:55]
    assert ter_edits(hypothesis, reference) == translation_edit_rate(hypothesis, reference)[0]


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.sampled_from("abcdefghijklmnop"), min_size=55, max_size=75),
    st.lists(st.sampled_from("abcdefghijklmnop"), min_size=20, max_size=75),
)
def test_edits_of_long_texts_that_have_little_in_common_are_too(hypothesis, reference):
    assert ter_edits(hypothesis, reference) == translation_edit_rate(hypothesis, reference)[0]


@settings(deadline=None)
@given(words, words)
def test_a_script_makes_the_reference_from_as_many_words(hypothesis, reference):
    moves, script = edit_script(hypothesis, reference)
    assert script.count(KEEP) + script.count(REPLACE) + script.count(DELETE) == len(hypothesis)
    assert script.count(KEEP) + script.count(REPLACE) + script.count(INSERT) == len(reference)
    assert moves >= 0


def test_a_moved_run_is_one_edit():
    assert edit_script("c d e a b".split(), "a b c d e".split()) == (1, KEEP * 5)
