"""The audit: what became of every fixed term, and a finding for each that did not come out."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin.finding import Finding, Severity
from bulletin.glossary.entry import TermMatch
from bulletin.terminology.occurrence import Occurrence, Status
from bulletin.terminology.verify import Rendering, verify


def occurrences(
    segment: str,
    english: str,
    matches: Sequence[TermMatch],
    how: Sequence[str] = (),
    renderings: Sequence[Rendering] | None = None,
) -> tuple[Occurrence, ...]:
    """One occurrence for each match of a segment, in the order of the source.

    ``how`` says which step brought each term in; without it, a term that stands is ``edited``.
    """
    found = verify(english, matches) if renderings is None else renderings
    steps = how or ["edited"] * len(matches)
    lines = [
        _occurrence(segment, english, match, rendering, step)
        for match, rendering, step in zip(matches, found, steps, strict=True)
    ]
    return tuple(sorted(lines, key=lambda line: line.start))


def _occurrence(segment: str, english: str, match: TermMatch, rendering: Rendering, how: str) -> Occurrence:
    status = rendering.status
    if match.status and rendering.right:
        status = Status(match.status)
    return Occurrence(
        segment,
        match.id,
        match.kind,
        match.start,
        match.end,
        match.source,
        (match.target, *match.accepted),
        english[rendering.start : rendering.end] if rendering.start >= 0 else "",
        rendering.start,
        rendering.end,
        how if rendering.right else "",
        status,
    )


_RIGHT = {Status.EXACT, Status.ACCEPTED}
_WHAT = {"name": "name", "date": "date", "figure": "figure"}


def audit_findings(lines: Sequence[Occurrence]) -> tuple[Finding, ...]:
    """A finding for each occurrence that is not exact or accepted.

    A term that is missing, and stands in the same segment for another of its occurrences, is a note:
    English names a thing once and goes on with a pronoun, or shares one mention. So is the short name
    (``UBND tỉnh``) behind the full one (``UBND tỉnh An Giang``).
    """
    right = [line for line in lines if line.status in _RIGHT]
    return tuple(
        _finding(line, repeated=any(_names_again(line, other) for other in right))
        for line in lines
        if line.status not in _RIGHT
    )


def _names_again(line: Occurrence, other: Occurrence) -> bool:
    if line.segment != other.segment:
        return False
    shorter = other.start < line.start and other.source.casefold().startswith(line.source.casefold() + " ")
    return line.expected[0] == other.expected[0] or (shorter and line.kind == other.kind)


def _finding(line: Occurrence, *, repeated: bool) -> Finding:
    what = _WHAT.get(line.kind, "term")
    expected = line.expected[0]
    if line.status is Status.MISSING:
        message = f"{line.source!r} is not rendered as {expected!r}"
        mend = f"write {expected!r} for {line.source!r}"
        if repeated:
            message = f"{line.source!r} is not rendered a second time"
    elif line.status is Status.FORBIDDEN:
        message = f"{line.source!r} is rendered as {line.found!r}, which the house does not write"
        mend = f"write {expected!r}"
    elif line.status is Status.EXPIRED:
        message = f"{line.source!r} ({line.id}) was not in use at the article's date"
        mend = "check the date of the article, or the dates of the entry"
    else:
        message = f"{line.source!r} may be any of {', '.join(line.expected)}; {line.found!r} was taken"
        mend = "decide which is meant"
    severity = Severity.ERROR if line.status is Status.FORBIDDEN else Severity.WARNING
    if repeated and line.status is Status.MISSING and line.kind not in {"date", "figure"}:
        severity = Severity.NOTE
    return Finding(f"{what}-{line.status.value}", severity, message, segment=line.segment, mend=mend)
