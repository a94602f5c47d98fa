"""BLEU, chrF++ and TER by sacrebleu, kept as counts by segment.

Every figure here (whole corpus, one document, one segment, one resample) is computed by sacrebleu
from sums of its own counts, so that it equals what its command line prints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bulletin.errors import ScoringError
from bulletin.scoring.edits import ter_edits

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Counts = NDArray[np.float64]

Progress = Callable[[int, int], None]
"""Called with (done, total) in segments, over all metrics."""

METRICS = ("bleu", "chrf", "ter")
LOWER_IS_BETTER = frozenset({"ter"})
_CHUNK = 500
_MANY = 4000
"""From so many segments on it pays to start further processes."""
_MOST_WORKERS = 8


@dataclass(frozen=True, slots=True)
class MetricScore:
    """One figure: ``key`` is one of METRICS, ``name`` and ``signature`` are sacrebleu's."""

    key: str
    name: str
    value: float
    signature: str

    def as_dict(self) -> dict[str, Any]:
        """The figure for JSON."""
        return {"name": self.name, "score": self.value, "signature": self.signature}


@dataclass(frozen=True, slots=True)
class Statistics:
    """A metric's counts, one row a segment, and the metric that makes figures of them."""

    key: str
    metric: Any
    counts: Counts

    def rows(self, rows: Sequence[int]) -> Statistics:
        """The counts of these segments alone."""
        return replace(self, counts=self.counts[list(rows)])

    def score(self) -> MetricScore:
        """The figure over all segments."""
        result = self.metric._compute_score_from_stats(list(self.counts.sum(axis=0)))
        return MetricScore(self.key, result.name, float(result.score), str(self.metric.get_signature()))

    def values(self, sums: Counts) -> Counts:
        """The figure of each row of summed counts, in the precision of the counts."""
        import numpy as np

        compute = self.metric._compute_score_from_stats
        return np.array([compute(list(row)).score for row in sums])

    def segments(self) -> list[float]:
        """The figure of each segment; sentence BLEU leaves out orders that a short sentence lacks."""
        metric = self.metric
        if self.key == "bleu":
            from sacrebleu.metrics.bleu import BLEU

            metric = BLEU(effective_order=True)
        return [float(metric._compute_score_from_stats(list(row)).score) for row in self.counts]


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of one system: over all segments, and by document where documents are known.

    ``length_ratio`` is English words written by English words of the first reference.
    """

    name: str
    segments: int
    metrics: tuple[MetricScore, ...]
    documents: tuple[tuple[str, tuple[MetricScore, ...]], ...] = ()
    length_ratio: float = 1.0

    def value(self, key: str) -> float:
        """One figure by its key. Raises ScoringError where it was not computed."""
        for metric in self.metrics:
            if metric.key == key:
                return metric.value
        raise ScoringError(
            f"{key!r} was not computed; known here: {', '.join(metric.key for metric in self.metrics)}"
        )

    def as_dict(self) -> dict[str, Any]:
        """The figures for JSON."""
        return {
            "name": self.name,
            "segments": self.segments,
            "length_ratio": self.length_ratio,
            "metrics": {metric.key: metric.as_dict() for metric in self.metrics},
            "documents": {
                name: {metric.key: {"score": metric.value} for metric in metrics}
                for name, metrics in self.documents
            },
        }


def count(
    hypotheses: Sequence[str],
    references: Sequence[Sequence[str]],
    metrics: Sequence[str] = METRICS,
    progress: Progress | None = None,
) -> tuple[Statistics, ...]:
    """The counts of each metric; ``references[k][i]`` is what reference k has for segment i.

    Raises ScoringError for nothing to score, unequal numbers of lines, or an unknown metric.
    """
    import numpy as np

    if not hypotheses or not references:
        raise ScoringError("there is nothing to score; give hypotheses and references")
    for number, reference in enumerate(references, start=1):
        if len(reference) != len(hypotheses):
            raise ScoringError(
                f"{len(hypotheses)} hypotheses, but reference {number} has {len(reference)} lines;"
                " they must go together line by line"
            )
    makers = [make_metric(key) for key in metrics]
    parts = [slice(start, start + _CHUNK) for start in range(0, len(hypotheses), _CHUNK)]
    jobs = [
        (key, hypotheses[part], [reference[part] for reference in references])
        for key in metrics
        for part in parts
    ]
    rows: dict[str, list[list[float]]] = {key: [] for key in metrics}
    total, done = len(hypotheses) * len(metrics), 0
    for (key, lines, _), found in zip(jobs, _work(jobs, len(hypotheses)), strict=True):
        rows[key] += found
        done += len(lines)
        if progress:
            progress(done, total)
    for metric in makers:
        # what its signature says, since each job made a metric of its own
        metric.num_refs = len(references)
    return tuple(
        Statistics(key, metric, np.array(rows[key], dtype=float))
        for key, metric in zip(metrics, makers, strict=True)
    )


Job = tuple[str, Sequence[str], Sequence[Sequence[str]]]


def _work(jobs: Sequence[Job], size: int) -> Iterator[list[list[float]]]:
    """Do the jobs in order; those of a large text on all cores."""
    import os

    cores = min(os.cpu_count() or 1, _MOST_WORKERS)
    if size < _MANY or cores == 1:
        yield from map(_count_part, jobs)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(cores) as pool:
        yield from pool.map(_count_part, jobs)


def _count_part(job: Job) -> list[list[float]]:
    key, hypotheses, references = job
    metric = make_metric(key)
    if key != "ter":
        rows: list[list[float]] = metric._extract_corpus_statistics(hypotheses, references)
        return rows
    # sacrebleu's words and counts, with edits that are found faster
    counted = []
    for hypothesis, info in zip(hypotheses, metric._cache_references(references), strict=True):
        words, others = metric._preprocess_segment(hypothesis).split(), info["ref_words"]
        edits = min(ter_edits(words, other) for other in others)
        counted.append([edits, sum(len(other) for other in others) / len(others)])
    return counted


def make_metric(key: str) -> Any:
    """sacrebleu's metric in its default setting; chrF with word bigrams, which is chrF++."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    if key == "bleu":
        # force only silences a warning about tokenised input
        return BLEU(force=True)
    if key == "chrf":
        return CHRF(word_order=2)
    if key == "ter":
        return TER()
    raise ScoringError(f"{key!r} is not a metric; known are {', '.join(METRICS)}")


def score_corpus(
    hypotheses: Sequence[str],
    references: Sequence[Sequence[str]],
    sources: Sequence[str] | None = None,
    *,
    documents: Sequence[str] | None = None,
    name: str = "system",
    metrics: Sequence[str] = METRICS,
    progress: Progress | None = None,
) -> Scores:
    """BLEU, chrF++ and TER of ``hypotheses`` against one or more references.

    ``references[k][i]`` is what reference k has for segment i; ``documents[i]`` names the document of
    segment i. ``sources`` are not used by these metrics. Raises ScoringError as ``count`` does.
    """
    statistics = count(hypotheses, references, metrics, progress)
    return summarise(name, statistics, hypotheses, references, documents)


def document_rows(documents: Sequence[str] | None) -> dict[str, list[int]]:
    """The segments of each document, in the order in which documents begin."""
    rows: dict[str, list[int]] = {}
    for index, document in enumerate(documents or ()):
        rows.setdefault(document, []).append(index)
    return rows


def summarise(
    name: str,
    statistics: Sequence[Statistics],
    hypotheses: Sequence[str],
    references: Sequence[Sequence[str]],
    documents: Sequence[str] | None = None,
) -> Scores:
    """The figures that counts add up to."""
    rows = document_rows(documents)
    words = sum(len(line.split()) for line in references[0])
    return Scores(
        name,
        len(hypotheses),
        tuple(each.score() for each in statistics),
        tuple(
            (document, tuple(each.rows(at).score() for each in statistics)) for document, at in rows.items()
        ),
        sum(len(line.split()) for line in hypotheses) / words if words else 1.0,
    )
