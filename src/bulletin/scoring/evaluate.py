"""Scoring whole files: read, align, count, compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bulletin.errors import ScoringError
from bulletin.finding import Finding
from bulletin.scoring.align import Aligned, align
from bulletin.scoring.metrics import METRICS, Progress, Scores, Statistics, count, summarise
from bulletin.scoring.significance import Comparison, Interval, compare, interval
from bulletin.scoring.texts import Text, read_text


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All there is to say of one system.

    ``intervals`` and ``comparisons`` are in the order of ``scores.metrics``; ``comparisons`` is empty
    for the baseline itself and where there is none.
    """

    aligned: Aligned
    scores: Scores
    statistics: tuple[Statistics, ...]
    intervals: tuple[Interval, ...] = ()
    comparisons: tuple[Comparison, ...] = ()

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
        return values


def score_against(
    units: Sequence[tuple[str, str]],
    reference: Path | Sequence[Path],
    *,
    name: str = "run",
    metrics: Sequence[str] = METRICS,
    progress: Progress | None = None,
) -> Evaluation:
    """Score pairs of Vietnamese source and English hypothesis against one or more reference files.

    Aligned by source text where the reference is a table with a column ``vi``, else by number.
    ``Evaluation.scores`` has the figures, ``Evaluation.findings`` the lines that could not be
    aligned. Raises ScoringError where the two do not go together.
    """
    paths = [reference] if isinstance(reference, Path) else list(reference)
    text = Text(name, tuple(english for _, english in units), tuple(source for source, _ in units))
    return evaluate(text, [read_text(path) for path in paths], metrics=metrics, progress=progress)


def evaluate(
    hypothesis: Text,
    references: Sequence[Text],
    *,
    metrics: Sequence[str] = METRICS,
    baseline: Evaluation | None = None,
    resamples: int = 0,
    progress: Progress | None = None,
) -> Evaluation:
    """Score one text; with ``resamples`` add intervals, and tests against ``baseline`` where given.

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
    return Evaluation(aligned, scores, statistics, intervals, comparisons)
