"""Rules over dates and figures: by value, whatever their spelling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulletin.checking.pair import Pair
from bulletin.finding import Finding, Severity
from bulletin.language.english_dates import DateDifference, compare_dates
from bulletin.language.english_figures import FigureDifference, compare_figures


def date_findings(pairs: Sequence[Pair]) -> Iterator[Finding]:
    """``date-differs``, over the segments of one block."""
    source, english = _whole(pairs)
    across = {(each.missing, each.match.source) for each in compare_dates(source, english)}
    for pair in pairs:
        if pair.source and pair.english:
            found = compare_dates(pair.source, pair.english)
            yield from _findings("date", pair, [d for d in found if (d.missing, d.match.source) in across])


def figure_findings(pairs: Sequence[Pair]) -> Iterator[Finding]:
    """``figure-differs``, over the segments of one block."""
    source, english = _whole(pairs)
    across = {(each.missing, each.match.source) for each in compare_figures(source, english)}
    for pair in pairs:
        if pair.source and pair.english:
            found = compare_figures(pair.source, pair.english)
            yield from _findings("figure", pair, [d for d in found if (d.missing, d.match.source) in across])


def _whole(pairs: Sequence[Pair]) -> tuple[str, str]:
    return " ".join(pair.source for pair in pairs), " ".join(pair.english for pair in pairs)


def _findings(
    what: str, pair: Pair, differences: Sequence[DateDifference | FigureDifference]
) -> Iterator[Finding]:
    """One finding a difference; a missing one beside a strange one is an error: it was changed."""
    missing = [each.match.source for each in differences if each.missing]
    strange = [each.match.source for each in differences if not each.missing]
    severity = Severity.ERROR if missing and strange else Severity.WARNING
    for text in missing:
        yield Finding(
            f"{what}-differs",
            severity,
            f"the {what} {text!r} is not in the English",
            line=pair.line,
            segment=pair.segment,
            mend=f"put it in; the English has {', '.join(map(repr, strange))}" if strange else "put it in",
        )
    for text in strange:
        yield Finding(
            f"{what}-differs",
            severity,
            f"the {what} {text!r} is not in the source",
            line=pair.line,
            segment=pair.segment,
            mend="see what the source says",
        )
