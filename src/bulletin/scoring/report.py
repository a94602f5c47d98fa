"""The report: one self-contained HTML page to decide by."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.scoring.evaluate import Evaluation
from bulletin.scoring.metrics import LOWER_IS_BETTER
from bulletin.scoring.plots import Series, Whisker, legend, lines, whiskers

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

WORST = 12
SIGNIFICANT = 0.05
_BINS = 10
_LENGTHS = (0, 10, 20, 30, 40, 50, 60)


@dataclass(frozen=True, slots=True)
class Worst:
    """A segment far from its reference; the two texts with their differences marked."""

    number: int
    score: float
    source: str
    hypothesis: Markup
    reference: Markup


def dump_report(
    evaluations: Sequence[Evaluation],
    *,
    reference: str,
    baseline: Evaluation | None = None,
    title: str = "Scores",
) -> str:
    """One HTML page on all systems: figures with intervals, distributions, worst segments, terms missed.

    Nothing is fetched, no script runs; the same evaluations give the same page. ``reference`` names
    the reference; ``baseline``, where given, is one of ``evaluations``.
    """
    sentence = [_sentence_scores(each) for each in evaluations]
    # what is decided on stands open: the systems, not what they are held against
    opened = [each for each in evaluations if each is not baseline][:1] or evaluations[:1]
    return page_template("report.html").render(
        title=title,
        reference=reference,
        evaluations=evaluations,
        baseline=baseline,
        verdicts=[verdict(each, baseline) for each in evaluations if baseline and each.comparisons],
        opened=opened[0],
        legend=[legend(number) for number in range(len(evaluations))],
        lower=LOWER_IS_BETTER,
        intervals=_interval_plots(evaluations),
        distribution=_distribution(evaluations, sentence),
        lengths=_by_length(evaluations, sentence),
        worst=[(each, _worst(each, scores)) for each, scores in zip(evaluations, sentence, strict=True)],
        missed=[(each, _missed(each)) for each in evaluations if each.terms and each.terms.missed],
        documents=[name for name, _ in evaluations[0].scores.documents],
        places=[
            {name: place for place, (name, _) in enumerate(each.scores.documents)} for each in evaluations
        ],
    )


def verdict(system: Evaluation, baseline: Evaluation) -> str:
    """What to decide by, in words: where a system differs from the baseline beyond chance, and where not.

    By paired approximate randomisation, at a p-value below SIGNIFICANT.
    """
    parts: dict[str, list[str]] = {"better": [], "worse": [], "alike": []}
    for metric, each in zip(system.scores.metrics, system.comparisons, strict=True):
        how = "better" if each.better else "worse"
        parts[how if each.p_randomisation < SIGNIFICANT else "alike"].append(
            f"{metric.name} ({each.difference:+.2f})"
        )
    told = [
        f"{how} than {baseline.name} by {', '.join(parts[how])}" for how in ("better", "worse") if parts[how]
    ]
    chance = f"{', '.join(parts['alike'])} may be chance"
    if not told:
        return f"{system.name} is not shown to differ from {baseline.name}: {chance}."
    return f"{system.name} is {', and '.join(told)}{'; ' + chance if parts['alike'] else ''}."


def page_template(name: str) -> Template:
    """A template of this package; everything put into it is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("bulletin.scoring"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["dict"] = dict
    environment.filters["rate"] = lambda value: "–" if value is None else f"{value:.1f}"
    environment.filters["p"] = lambda value: "p < 0.001" if value < 0.001 else f"p = {value:.3f}"
    return environment.get_template(name)


def marked(text: str, other: str, tag: str) -> Markup:
    """``text`` with the words that ``other`` has not put in ``tag``."""
    from markupsafe import Markup, escape

    words, others = text.split(), other.split()
    parts: list[str] = []
    for step, start, end, _, _ in difflib.SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        if start == end:
            continue
        run = escape(" ".join(words[start:end]))
        parts.append(str(run) if step == "equal" else f"<{tag}>{run}</{tag}>")
    return Markup(" ".join(parts))


def _sentence_scores(evaluation: Evaluation) -> list[float]:
    """Figures by segment: chrF++ where it was computed, else the first metric."""
    statistics = next(
        (each for each in evaluation.statistics if each.key == "chrf"), evaluation.statistics[0]
    )
    return statistics.segments()


def _interval_plots(evaluations: Sequence[Evaluation]) -> list[tuple[str, Markup]]:
    if not all(each.intervals for each in evaluations):
        return []
    return [
        (
            metric.name,
            whiskers(
                f"{metric.name} with 95 % intervals",
                [
                    Whisker(
                        each.name,
                        each.scores.metrics[place].value,
                        each.intervals[place].low,
                        each.intervals[place].high,
                    )
                    for each in evaluations
                ],
            ),
        )
        for place, metric in enumerate(evaluations[0].scores.metrics)
    ]


def _distribution(evaluations: Sequence[Evaluation], sentence: Sequence[Sequence[float]]) -> Markup:
    series = []
    for each, scores in zip(evaluations, sentence, strict=True):
        counts = Counter(min(int(max(score, 0) // (100 / _BINS)), _BINS - 1) for score in scores)
        total = len(scores)
        width = 100 / _BINS
        points = tuple((width * (place + 0.5), 100 * counts[place] / total) for place in range(_BINS))
        series.append(Series(each.name, points))
    return lines("Distribution of segment scores", "score of a segment", series, "% of segments")


def _by_length(evaluations: Sequence[Evaluation], sentence: Sequence[Sequence[float]]) -> Markup:
    series = []
    for each, scores in zip(evaluations, sentence, strict=True):
        texts = each.aligned.sources or each.aligned.references[0]
        groups: list[list[float]] = [[] for _ in _LENGTHS]
        for text, score in zip(texts, scores, strict=True):
            groups[max(at for at, start in enumerate(_LENGTHS) if len(text.split()) >= start)].append(score)
        points = tuple(
            (start + 5.0, sum(group) / len(group) if group else None)
            for start, group in zip(_LENGTHS, groups, strict=True)
        )
        series.append(Series(each.name, points))
    whose = "Vietnamese syllables" if evaluations[0].aligned.sources else "reference words"
    return lines(
        "Mean segment score by length", f"length in {whose} (last point: 60 and more)", series, "score"
    )


def _worst(evaluation: Evaluation, scores: Sequence[float]) -> list[Worst]:
    aligned = evaluation.aligned
    order = sorted(range(len(scores)), key=lambda index: (scores[index], index))
    return [
        Worst(
            index + 1,
            scores[index],
            aligned.sources[index] if aligned.sources else "",
            marked(aligned.hypotheses[index], aligned.references[0][index], "del"),
            marked(aligned.references[0][index], aligned.hypotheses[index], "ins"),
        )
        for index in order[:WORST]
    ]


def _missed(evaluation: Evaluation) -> list[tuple[str, str, int, str]]:
    """Vietnamese, English, how often it was missed, and in which segments."""
    assert evaluation.terms is not None
    places: dict[tuple[str, str], list[int]] = {}
    for each in evaluation.terms.missed:
        places.setdefault((each.source, each.target), []).append(each.segment + 1)
    rows = [(source, target, len(at), _numbers(at)) for (source, target), at in places.items()]
    return sorted(rows, key=lambda row: (-row[2], row[0]))


def _numbers(segments: Sequence[int]) -> str:
    each = list(dict.fromkeys(segments))
    return ", ".join(map(str, each[:12])) + ("…" if len(each) > 12 else "")
