"""Scoring whole files: read, align, count, compare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bulletin.errors import ScoringError
from bulletin.finding import Finding
from bulletin.glossary.entry import TermMatch
from bulletin.scoring.align import Aligned, align
from bulletin.scoring.fidelity import Fidelity, fidelity
from bulletin.scoring.learned import LearnedScore, learned_score
from bulletin.scoring.metrics import METRICS, Progress, Scores, Statistics, count, document_rows, summarise
from bulletin.scoring.significance import Comparison, Interval, compare, interval
from bulletin.scoring.terms import TermScores, term_scores
from bulletin.scoring.texts import Text, read_text

Expecting = Callable[[Aligned], Sequence[Sequence[TermMatch]]]
"""Called with the aligned segments, whose Vietnamese is known; gives the terms of each."""


MOST_DOCUMENTS = 200
"""Among more documents than these, single ones are not tested: it would take long and say little."""
_DOCUMENT_TRIALS = 1000


@dataclass(frozen=True, slots=True)
class DocumentTests:
    """Intervals and comparisons of one document, in the order of its metrics."""

    intervals: tuple[Interval, ...] = ()
    comparisons: tuple[Comparison, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All there is to say of one system.

    ``terms`` are there where terms were given, ``fidelity`` where the Vietnamese is known, ``hter``
    (TER of the machine's version against the edited text) where the file is a draft, ``learned`` (such
    as COMET) where asked for.
    ``intervals`` and ``comparisons`` are in the order of ``scores.metrics``; ``comparisons`` is empty
    for the baseline itself and where there is none. ``documents`` are in the order of
    ``scores.documents``; empty without resamples, and where there is one document or too many.
    """

    aligned: Aligned
    scores: Scores
    statistics: tuple[Statistics, ...]
    intervals: tuple[Interval, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    documents: tuple[DocumentTests, ...] = ()
    terms: TermScores | None = None
    fidelity: tuple[Fidelity, ...] = ()
    hter: float | None = None
    learned: LearnedScore | None = None

    @property
    def name(self) -> str:
        """The system's name."""
        return self.aligned.name

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What could not be aligned."""
        return self.aligned.findings

    def as_dict(self) -> dict[str, Any]:
        """The evaluation for JSON."""
        values = self.scores.as_dict()
        values["covered"], values["lines"] = self.aligned.covered, self.aligned.total
        for metric, each in zip(self.scores.metrics, self.intervals, strict=False):
            values["metrics"][metric.key]["interval"] = [each.low, each.high]
        for comparison in self.comparisons:
            values["metrics"][comparison.key]["against_baseline"] = comparison.as_dict()
        for (name, metrics), tests in zip(self.scores.documents, self.documents, strict=False):
            for place, metric in enumerate(metrics):
                figures = values["documents"][name][metric.key]
                figures["interval"] = [tests.intervals[place].low, tests.intervals[place].high]
                if tests.comparisons:
                    figures["against_baseline"] = tests.comparisons[place].as_dict()
        if self.terms is not None:
            values["terms"] = self.terms.as_dict()
        values["fidelity"] = {each.kind: each.as_dict() for each in self.fidelity}
        if self.hter is not None:
            values["hter"] = self.hter
        if self.learned is not None:
            values["learned"] = self.learned.as_dict()
        return values

    def figure(self, key: str) -> float | None:
        """One figure by name, in per cent, for gates; None where there is nothing to measure.

        Metrics by their key, else ``terms``, ``terms-exact``, ``one-minus-term``, ``consistency``,
        ``names``, ``dates``, ``figures``, ``coverage``, ``length-ratio``, ``hter``, ``comet``. Raises
        ScoringError for others.
        """
        known: dict[str, float | None] = {metric.key: metric.value for metric in self.scores.metrics}
        known["coverage"] = 100 * self.aligned.covered / self.aligned.total
        known["length-ratio"] = 100 * self.scores.length_ratio
        known |= {each.kind: each.rate for each in self.fidelity}
        if self.terms is not None:
            known["terms"], known["terms-exact"] = self.terms.rate, self.terms.exact_rate
            known["one-minus-term"], known["consistency"] = self.terms.one_minus_term, self.terms.consistency
        if self.hter is not None:
            known["hter"] = self.hter
        if self.learned is not None:
            known["comet"] = self.learned.value
        if key not in known:
            raise ScoringError(f"{key!r} was not measured; known here are {', '.join(known)}")
        return known[key]


def score_against(
    units: Sequence[tuple[str, str]],
    reference: Path | Sequence[Path],
    *,
    name: str = "run",
    metrics: Sequence[str] = METRICS,
    terms: Expecting | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Score pairs of Vietnamese source and English hypothesis against one or more reference files.

    Aligned by source text where the reference is a table with a column ``vi``, else by number.
    ``Evaluation.scores`` has the figures, ``Evaluation.findings`` the lines that could not be
    aligned. Raises ScoringError where the two do not go together.
    """
    paths = [reference] if isinstance(reference, Path) else list(reference)
    text = Text(name, tuple(english for _, english in units), tuple(source for source, _ in units))
    return evaluate(
        text, [read_text(path) for path in paths], metrics=metrics, terms=terms, progress=progress
    )


def evaluate(
    hypothesis: Text,
    references: Sequence[Text],
    *,
    metrics: Sequence[str] = METRICS,
    baseline: Evaluation | None = None,
    resamples: int = 0,
    terms: Expecting | None = None,
    comet: str | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Score one text; with ``resamples`` add intervals, and tests against ``baseline`` where given.

    ``terms`` gives the terms to expect in each aligned segment, from its Vietnamese; ``comet`` names
    a learned metric for pymarian to compute.

    Raises ScoringError where texts do not go together, or the baseline covers other segments.
    """
    aligned = align(hypothesis, references)
    statistics = count(aligned.hypotheses, aligned.references, metrics, progress)
    scores = summarise(aligned.name, statistics, aligned.hypotheses, aligned.references, aligned.documents)
    intervals: tuple[Interval, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    if resamples:
        intervals = tuple(interval(each, resamples=resamples) for each in statistics)
    if baseline is not None:
        if baseline.aligned.references != aligned.references:
            raise ScoringError(
                f"{aligned.name} and {baseline.name} cover different lines of the reference, so they"
                " cannot be compared; score texts of the same segments"
            )
        comparisons = tuple(
            compare(theirs, ours) for theirs, ours in zip(baseline.statistics, statistics, strict=True)
        )
    sources = aligned.sources
    expected = terms(aligned) if terms and sources else None
    return Evaluation(
        aligned,
        scores,
        statistics,
        intervals,
        comparisons,
        _document_tests(aligned, statistics, baseline, resamples),
        None
        if expected is None
        else term_scores(expected, aligned.hypotheses, aligned.references[0], aligned.documents),
        fidelity(sources, aligned.hypotheses) if sources else (),
        None
        if hypothesis.machine is None
        else count(hypothesis.machine, [hypothesis.lines], ["ter"])[0].score().value,
        None if comet is None else learned_score(aligned, comet),
    )


def _document_tests(
    aligned: Aligned, statistics: Sequence[Statistics], baseline: Evaluation | None, resamples: int
) -> tuple[DocumentTests, ...]:
    """Each document by itself, over the same counts; the baseline has the same segments in the same order."""
    rows = document_rows(aligned.documents)
    if not resamples or not 1 < len(rows) <= MOST_DOCUMENTS:
        return ()
    tests = []
    for at in rows.values():
        ours = [each.rows(at) for each in statistics]
        theirs = [each.rows(at) for each in baseline.statistics] if baseline is not None else []
        tests.append(
            DocumentTests(
                tuple(interval(each, resamples=resamples) for each in ours),
                tuple(
                    compare(one, other, resamples=resamples, trials=_DOCUMENT_TRIALS)
                    for one, other in zip(theirs, ours, strict=False)
                ),
            )
        )
    return tuple(tests)
