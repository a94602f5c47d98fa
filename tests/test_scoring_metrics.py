import json
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sacrebleu.significance import PairedTest

from bulletin.errors import ScoringError
from bulletin.scoring.metrics import METRICS, count, make_metric, score_corpus
from bulletin.scoring.significance import compare, interval

REFERENCE = [
    "The National Assembly Standing Committee met in Hanoi on January 16.",
    "Prime Minister Tran Van Binh said growth would reach 6.5 percent this year.",
    "Officials thanked the voters of the province for their trust.",
    "He asked ministries to report by the end of March.",
    "“Quality comes first”, she said; costs (about 12 million VND) come second.",
    "Photo: VNA",
    "",
    "The conference reviewed five years of work and set out tasks for the next term.",
] * 3
SECOND = [
    line.replace("said", "stated").replace("met", "convened").replace("The ", "A ") for line in REFERENCE
]


def spoiled(lines, seed, share):
    rng = random.Random(seed)
    out = []
    for line in lines:
        words = line.split()
        for place in range(len(words)):
            if rng.random() < share:
                words[place] = rng.choice(["the", "a", "of", words[rng.randrange(len(words))], ""])
        out.append(" ".join(word for word in words if word))
    return out


GOOD, BAD = spoiled(REFERENCE, 1, 0.15), spoiled(REFERENCE, 2, 0.35)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("score")
    for name, lines in {"ref": REFERENCE, "second": SECOND, "good": GOOD, "bad": BAD}.items():
        (folder / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder


def sacrebleu(folder, *arguments):
    command = [
        sys.executable,
        "-m",
        "sacrebleu",
        *arguments,
        "-m",
        "bleu",
        "chrf",
        "ter",
        "--chrf-word-order",
        "2",
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("references", [["ref"], ["ref", "second"]])
def test_figures_are_those_of_sacrebleu_to_the_last_digit(files, references):
    theirs = sacrebleu(files, *references, "-i", "good", "-w", "12")
    streams = {"ref": REFERENCE, "second": SECOND}
    ours = score_corpus(GOOD, [streams[name] for name in references])
    assert [metric.key for metric in ours.metrics] == list(METRICS)
    for metric, expected in zip(ours.metrics, theirs, strict=True):
        assert metric.name == expected["name"]
        assert round(metric.value, 12) == expected["score"]
        assert metric.signature == expected["signature"]


def test_intervals_and_paired_tests_are_those_of_sacrebleu(files):
    base, system = count(BAD, [REFERENCE]), count(GOOD, [REFERENCE])
    # its two ways to a mean differ from the sixth digit on, being in single precision
    confidence = sacrebleu(files, "ref", "-i", "good", "--confidence", "-w", "4")
    for statistics, expected in zip(system, confidence, strict=True):
        found = interval(statistics)
        assert round(found.mean, 4) == expected["confidence_mean"]
        assert round(found.half, 4) == expected["confidence_var"]
    results = [compare(*pair) for pair in zip(base, system, strict=True)]
    named = [("bad", BAD), ("good", GOOD)]
    for kind, field in (("bs", "p_bootstrap"), ("ar", "p_randomisation")):
        metrics = {key: make_metric(key) for key in METRICS}
        _, theirs = PairedTest(named, metrics, [REFERENCE], test_type=kind)()
        for result, key in zip(results, ("BLEU", "chrF2++", "TER"), strict=True):
            assert getattr(result, field) == theirs[key][1].p_value
    assert all(result.better for result in results)
    assert results[2].difference < 0 < results[0].difference


def test_a_text_against_itself_shows_no_difference():
    same = count(GOOD, [REFERENCE])
    for statistics in same:
        result = compare(statistics, statistics, resamples=50, trials=64)
        assert (result.difference, result.better) == (0.0, False)
        assert (result.p_bootstrap, result.p_randomisation) == (1.0, 1.0)


def test_documents_and_segments_are_scored_from_the_same_counts():
    documents = ["a"] * 8 + ["b"] * 16
    scores = score_corpus(GOOD, [REFERENCE], documents=documents)
    alone = score_corpus(GOOD[:8], [REFERENCE[:8]])
    assert [name for name, _ in scores.documents] == ["a", "b"]
    assert [m.value for m in scores.documents[0][1]] == [m.value for m in alone.metrics]
    from sacrebleu import sentence_bleu, sentence_chrf, sentence_ter

    bleu, chrf, ter = count(GOOD, [REFERENCE])
    for index in (0, 1, 5):
        hypothesis, reference = GOOD[index], [REFERENCE[index]]
        assert bleu.segments()[index] == pytest.approx(sentence_bleu(hypothesis, reference).score)
        assert chrf.segments()[index] == pytest.approx(
            sentence_chrf(hypothesis, reference, word_order=2).score
        )
        assert ter.segments()[index] == pytest.approx(sentence_ter(hypothesis, reference).score)


def test_perfect_text_scores_full_marks_and_progress_is_told():
    told = []
    scores = score_corpus(REFERENCE, [REFERENCE], progress=lambda done, total: told.append((done, total)))
    assert scores.value("bleu") == pytest.approx(100)
    assert scores.value("chrf") == pytest.approx(100)
    assert scores.value("ter") == 0
    assert scores.length_ratio == 1
    assert told[-1] == (72, 72)
    assert json.loads(json.dumps(scores.as_dict()))["metrics"]["ter"]["score"] == 0


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=30)), min_size=1, max_size=6))
def test_any_text_gets_figures_in_range(pairs):
    scores = score_corpus([hypothesis for hypothesis, _ in pairs], [[reference for _, reference in pairs]])
    assert 0 <= scores.value("bleu") <= 100.0001
    assert 0 <= scores.value("chrf") <= 100.0001
    assert scores.value("ter") >= 0


def test_texts_that_do_not_go_together_are_refused():
    with pytest.raises(ScoringError, match="2 hypotheses, but reference 1 has 1 lines"):
        score_corpus(["a", "b"], [["a"]])
    with pytest.raises(ScoringError, match="nothing to score"):
        score_corpus([], [[]])
    with pytest.raises(ScoringError, match="'rouge' is not a metric; known are bleu, chrf, ter"):
        score_corpus(["a"], [["a"]], metrics=["rouge"])
    with pytest.raises(ScoringError, match="same segments"):
        compare(count(["a"], [["a"]])[0], count(["a", "b"], [["a", "b"]])[0])
    with pytest.raises(ScoringError, match="'ter' was not computed"):
        score_corpus(["a"], [["a"]], metrics=["bleu"]).value("ter")
