"""What editing cost: the way from the machine's version to the final text, by article and by week."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bulletin.drafting.draft import Draft, State, Unit
from bulletin.scoring.edits import DELETE, INSERT, KEEP, edit_script
from bulletin.scoring.metrics import make_metric

KINDS = ("term", "name", "figure", "order", "added", "removed", "wording")
"""What an edit concerned: a fixed term, a name, a figure or date, the order of words, words that the
machine had left out or made up, or any other wording."""

_DATE_WORD = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|million|billion|trillion|percent|per cent|vnd|usd)\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SegmentEffort:
    """One segment: ``edits`` of ``words`` final words, by kind; ``chrf`` of the machine's version.

    ``seconds`` is the time spent on it in the editor, 0 where none is known.
    """

    id: str
    edits: int
    words: int
    chrf: float
    kinds: tuple[tuple[str, int], ...]
    seconds: float = 0.0

    @property
    def hter(self) -> float:
        """Edits by final words, in per cent."""
        return 100 * self.edits / self.words if self.words else 0.0

    def as_dict(self) -> dict[str, Any]:
        """The effort for JSON."""
        return {
            "id": self.id,
            "hter": self.hter,
            "chrf": self.chrf,
            "kinds": dict(self.kinds),
            "seconds": self.seconds,
        }


@dataclass(frozen=True, slots=True)
class DraftEffort:
    """One article, or several together: the sums of its segments.

    ``week`` is the ISO week of its date (``2026-W03``), empty without one. ``reviewed`` counts
    segments that a person has signed, ``untouched`` those left as the machine wrote them.
    """

    name: str
    week: str
    segments: int
    reviewed: int
    untouched: int
    edits: int
    words: int
    chrf: float
    kinds: tuple[tuple[str, int], ...]
    seconds: float = 0.0
    parts: tuple[SegmentEffort, ...] = ()

    @property
    def hter(self) -> float:
        """Edits by final words, in per cent."""
        return 100 * self.edits / self.words if self.words else 0.0

    def as_dict(self) -> dict[str, Any]:
        """The effort for JSON."""
        return {
            "name": self.name,
            "week": self.week,
            "segments": self.segments,
            "reviewed": self.reviewed,
            "untouched": self.untouched,
            "edits": self.edits,
            "words": self.words,
            "hter": self.hter,
            "chrf": self.chrf,
            "kinds": dict(self.kinds),
            "seconds": self.seconds,
            "parts": [part.as_dict() for part in self.parts],
        }


def draft_effort(draft: Draft, times: Mapping[str, int] | None = None) -> DraftEffort:
    """HTER, chrF++ and edits by kind between the machine's versions and the texts of a draft.

    ``times`` gives the milliseconds spent on segments, by id.

    HTER (Snover and others 2006) is TER against the edited text, moves of words included. Segments
    without a machine's version or without a text are left out.
    """
    units = [unit for unit in draft.units if unit.hypothesis.strip() and unit.target.strip()]
    week = ""
    if draft.date:
        year, number, _ = draft.date.isocalendar()
        week = f"{year}-W{number:02}"
    parts = tuple(_segment(unit, (times or {}).get(unit.id, 0) / 1000) for unit in units)
    return DraftEffort(
        draft.name,
        week,
        len(units),
        sum(unit.state in (State.REVIEWED, State.FINAL) for unit in units),
        sum(unit.hypothesis == unit.target for unit in units),
        sum(part.edits for part in parts),
        sum(part.words for part in parts),
        _chrf([unit.hypothesis for unit in units], [unit.target for unit in units]),
        _sum_kinds(parts),
        sum((times or {}).values()) / 1000,
        parts,
    )


def by_week(drafts: Sequence[DraftEffort]) -> tuple[DraftEffort, ...]:
    """The articles of each week together, in order; those without a date last, as week ``""``.

    A week's chrF++ is the mean of its articles', weighted by segments.
    """
    weeks: dict[str, list[DraftEffort]] = {}
    for each in drafts:
        weeks.setdefault(each.week, []).append(each)
    order = sorted(weeks, key=lambda week: (not week, week))
    return tuple(total(weeks[week], f"week {week}" if week else "undated", week) for week in order)


def total(drafts: Sequence[DraftEffort], name: str, week: str = "") -> DraftEffort:
    """Several articles together."""
    segments = sum(each.segments for each in drafts)
    return DraftEffort(
        name,
        week,
        segments,
        sum(each.reviewed for each in drafts),
        sum(each.untouched for each in drafts),
        sum(each.edits for each in drafts),
        sum(each.words for each in drafts),
        sum(each.chrf * each.segments for each in drafts) / segments if segments else 0.0,
        _sum_kinds(drafts),
        sum(each.seconds for each in drafts),
    )


def _segment(unit: Unit, seconds: float) -> SegmentEffort:
    ours, final = unit.hypothesis.split(), unit.target.split()
    kinds = _kinds(unit, ours, final)
    return SegmentEffort(
        unit.id,
        sum(kinds.values()),
        len(final),
        _chrf([unit.hypothesis], [unit.target]),
        tuple((kind, kinds[kind]) for kind in KINDS if kinds[kind]),
        seconds,
    )


def _kinds(unit: Unit, ours: list[str], final: list[str]) -> Counter[str]:
    """Each edit by what it concerned, as far as the words and the term audit tell."""
    moves, script = edit_script(ours, final)
    spans = [
        (occurrence.found_start, occurrence.found_end, occurrence.kind)
        for occurrence in unit.occurrences
        if occurrence.found_start >= 0
    ]
    owners = [_owner(word, spans) for word in re.finditer(r"\S+", unit.target)]
    kinds: Counter[str] = Counter({"order": moves}) if moves else Counter()
    place = 0
    for step in script:
        if step == DELETE:
            kinds["removed"] += 1
            continue
        if step != KEEP:
            kinds[owners[place] or ("added" if step == INSERT else "wording")] += 1
        place += 1
    return kinds


def _owner(word: re.Match[str], spans: Sequence[tuple[int, int, str]]) -> str:
    """``term``, ``name`` or ``figure`` for a word of the final text that is part of one, else nothing."""
    for start, end, kind in spans:
        if word.start() < end and word.end() > start:
            if kind in ("date", "figure"):
                return "figure"
            return "name" if kind == "name" else "term"
    if any(letter.isdigit() for letter in word[0]) or _DATE_WORD.fullmatch(word[0]):
        return "figure"
    return ""


def _chrf(hypotheses: Sequence[str], finals: Sequence[str]) -> float:
    if not finals:
        return 0.0
    return float(make_metric("chrf").corpus_score(hypotheses, [finals]).score)


def _sum_kinds(parts: Sequence[SegmentEffort] | Sequence[DraftEffort]) -> tuple[tuple[str, int], ...]:
    sums: Counter[str] = Counter()
    for part in parts:
        sums.update(dict(part.kinds))
    return tuple((kind, sums[kind]) for kind in KINDS if sums[kind])
