"""What the pages show: rows, term spans, differences. No HTML here; the templates make it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bulletin.drafting.draft import Draft, State, Unit
from bulletin.drafting.markup import visible
from bulletin.finding import Finding
from bulletin.glossary.entry import TermMatch
from bulletin.terminology.occurrence import Occurrence, Status

_TOKEN = re.compile(r"\w+(?:[-'’]\w+)*|\s+|[^\w\s]")
_LONGEST_DIFF = 4000
_KINDS = {
    "headline": "Headline",
    "standfirst": "Standfirst",
    "subheading": "Subheading",
    "paragraph": "Text",
    "list-item": "List item",
    "caption": "Caption",
    "byline": "Byline",
}
STATE_NAMES = {
    State.INITIAL: "Initial",
    State.TRANSLATED: "Translated",
    State.REVIEWED: "Reviewed",
    State.FINAL: "Final",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the source: plain, or the ``number``-th term with its English and how it stands."""

    text: str
    number: int = 0
    english: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One segment as the page shows it. ``number`` counts from 1; ``first`` begins its paragraph."""

    id: str
    number: int
    version: int
    kind: str
    first: bool
    last: bool
    source: tuple[Piece, ...]
    target: str
    state: State
    findings: tuple[Finding, ...]
    conflict: str | None


@dataclass(frozen=True, slots=True)
class TermLine:
    """A fixed term as the panel lists it. ``said`` is its state in words."""

    number: int
    source: str
    english: str
    article: bool
    accepted: tuple[str, ...]
    status: str
    said: str


_SAID = {
    Status.EXACT: "in the English",
    Status.ACCEPTED: "in the English, in an accepted form",
    Status.MISSING: "missing",
    Status.FORBIDDEN: "rendered in a forbidden form",
    Status.EXPIRED: "not in use at the article's date",
    Status.AMBIGUOUS: "may be rendered in several ways",
}


def row_of(draft: Draft, place: int, version: int, conflict: str | None = None) -> Row:
    """The row of the unit at ``place``."""
    unit = draft.units[place]
    before = draft.units[place - 1] if place else None
    after = draft.units[place + 1] if place + 1 < len(draft.units) else None
    return Row(
        unit.id,
        place + 1,
        version,
        _KINDS[unit.kind.value],
        before is None or before.block != unit.block,
        after is None or after.block != unit.block,
        pieces(unit),
        visible(unit.target),
        unit.state,
        unit.findings,
        conflict,
    )


def pieces(unit: Unit) -> tuple[Piece, ...]:
    """The source of a unit, cut at its terms."""
    found: list[Piece] = []
    at = 0
    for number, line in enumerate(in_order(unit.occurrences, unit.source), 1):
        if line.start > at:
            found.append(Piece(visible(unit.source[at : line.start])))
        found.append(
            Piece(
                visible(unit.source[line.start : line.end]),
                number,
                line.expected[0] if line.expected else "",
                line.status.value,
            )
        )
        at = line.end
    if at < len(unit.source):
        found.append(Piece(visible(unit.source[at:])))
    return tuple(found)


def in_order(lines: Sequence[Occurrence], source: str) -> list[Occurrence]:
    """Occurrences by place; none that overlaps another or lies outside, as in a damaged file."""
    kept: list[Occurrence] = []
    at = 0
    for line in sorted(lines, key=lambda line: (line.start, -line.end)):
        if at <= line.start < line.end <= len(source):
            kept.append(line)
            at = line.end
    return kept


def term_lines(unit: Unit, matches: Sequence[TermMatch]) -> tuple[TermLine, ...]:
    """The terms of a unit for the panel, numbered as in its row."""
    by_place = {(match.start, match.end): match for match in matches}
    lines = []
    for number, line in enumerate(in_order(unit.occurrences, unit.source), 1):
        match = by_place.get((line.start, line.end))
        lines.append(
            TermLine(
                number,
                visible(line.source),
                line.expected[0] if line.expected else "",
                match.article if match else False,
                _others(line.expected)[:2],
                line.status.value,
                "told elsewhere in the paragraph"
                if line.status is Status.ACCEPTED and line.found_start < 0
                else _SAID[line.status],
            )
        )
    return tuple(lines)


def _others(forms: Sequence[str]) -> tuple[str, ...]:
    """Accepted forms after the first, without those that differ in capitals only."""
    by_letters = {form.casefold(): form for form in reversed(forms)}
    return tuple(form for form in forms[1:] if by_letters[form.casefold()] is form)


def offered(now: str, text: str) -> tuple[tuple[str, str], ...]:
    """An offer as it differs from the English of now; as it is, where they have little in common."""
    parts = difference(now, text)
    same = sum(len(words) for kind, words in parts if kind == "same")
    return parts if 3 * same >= 2 * max(len(now), len(text)) else (("same", visible(text)),)


def difference(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """How ``old`` became ``new``, word by word: pairs of ``same``, ``gone`` or ``new`` and text."""
    if len(old) + len(new) > _LONGEST_DIFF:
        return (("same", old),) if old == new else (("gone", visible(old)), ("new", visible(new)))
    a, b = _TOKEN.findall(visible(old)), _TOKEN.findall(visible(new))
    parts: list[tuple[str, str]] = []
    for step, start, end, new_start, new_end in difflib.SequenceMatcher(None, a, b, False).get_opcodes():
        if step == "equal":
            parts.append(("same", "".join(a[start:end])))
            continue
        if end > start:
            parts.append(("gone", "".join(a[start:end])))
        if new_end > new_start:
            parts.append(("new", "".join(b[new_start:new_end])))
    return tuple(parts)
