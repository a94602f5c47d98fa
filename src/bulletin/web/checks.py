"""Checker: the fixed terms of a draft, and what is to be said of its English as it stands now.

The rules are those of ``bulletin check``, a paragraph at a time: what one sentence leaves out may stand
in the next.
"""

from __future__ import annotations

import functools
import itertools
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bulletin.checking.facts import date_findings, figure_findings
from bulletin.checking.names import added_name_findings, name_findings, plain
from bulletin.checking.pair import Pair
from bulletin.checking.terms import RIGHT, audit_block, term_findings
from bulletin.checking.titles import gender_findings
from bulletin.checking.wording import own_findings, repeated_phrases
from bulletin.drafting.draft import Draft, Unit
from bulletin.finding import Finding, Severity
from bulletin.glossary.entry import Entry, TermMatch
from bulletin.glossary.layers import Glossary
from bulletin.glossary.matcher import Matcher
from bulletin.language.syllables import strip_diacritics
from bulletin.memory.unit import MemoryMatch
from bulletin.publishing.restyle import departures
from bulletin.publishing.rules.names import Originals, read_originals
from bulletin.publishing.style import Style
from bulletin.terminology.spans import fixed_spans, people_of

MAX_CHECKED = 3000
"""Characters up to which a segment is checked as one types; a sentence is far shorter."""


class Lookup(Protocol):
    """A translation memory, as far as the editor needs one."""

    def lookup(
        self, source: str, previous: str = "", next: str = "", *, style: str = "", limit: int = 5
    ) -> Sequence[MemoryMatch]:
        """Matches for ``source``, best first."""


class Checker:
    """Checks segments against the glossary and the style that ``load`` gives.

    They are loaded when first needed, which takes a second or two. Safe to use from several threads.
    """

    def __init__(self, load: Callable[[], tuple[Glossary, Style]], draft: Draft) -> None:
        self._load = load
        self._date = draft.date
        self._sources = tuple(unit.source for unit in draft.units)
        self._lock = threading.Lock()
        self._tools: _Tools | None = None
        self.edition = 1
        """Counts up when glossary and style are taken from disk again."""

    @property
    def ready(self) -> bool:
        """Whether glossary and style are loaded, so that a check takes no time."""
        return self._tools is not None

    def load(self) -> None:
        """Load glossary and style, if they are not. Raises GlossaryError where they cannot be."""
        self._ready()

    @property
    def style(self) -> Style:
        """The house style."""
        return self._ready().style

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The glossary's entries."""
        return self._ready().matcher.glossary.entries

    def terms(self, source: str) -> tuple[TermMatch, ...]:
        """The fixed terms, names, dates and figures of a Vietnamese sentence."""
        return self._ready().spans(source) if len(source) <= MAX_CHECKED else ()

    def match(self, source: str) -> tuple[TermMatch, ...]:
        """The glossary's terms alone, as the translation memory wants them."""
        return self._ready().matcher.match(source) if len(source) <= MAX_CHECKED else ()

    def check(self, draft: Draft, segments: Collection[str]) -> dict[str, Unit]:
        """The segments, and their neighbours in their paragraphs, with audit and findings of now, by id."""
        tools = self._ready()
        blocks = {unit.block for unit in draft.units if unit.id in segments}
        checked: dict[str, Unit] = {}
        known = _Known(set(), set())
        for block, group in itertools.groupby(draft.units, key=lambda unit: unit.block):
            units = list(group)
            if block in blocks:
                short = [unit for unit in units if not _is_long(unit)]
                checked.update((unit.id, unit) for unit in tools.check(short, known))
                checked.update((unit.id, _unchecked(unit)) for unit in units if _is_long(unit))
                units = [checked[unit.id] for unit in units]
            known.add(units)
        first = draft.units[0] if draft.units else None
        if draft.headline_provisional and first is not None and first.id in checked:
            unit = checked[first.id]
            checked[first.id] = replace(unit, findings=(_provisional(first.id), *unit.findings))
        return checked

    def reload(self) -> None:
        """Take glossary and style from disk again when next asked."""
        with self._lock:
            self._tools = None
            self.edition += 1

    def _ready(self) -> _Tools:
        with self._lock:
            if self._tools is None:
                glossary, style = self._load()
                matcher = Matcher(glossary, style.name, self._date)
                self._tools = _Tools(matcher, style, self._sources)
            return self._tools


class _Tools:
    def __init__(self, matcher: Matcher, style: Style, sources: Sequence[str]) -> None:
        self.matcher = matcher
        self.style = style
        self.everyone = plain(" ".join(sources))
        self.originals: Originals = read_originals(sources)
        self.people = people_of(sources, matcher)
        self.spans = functools.lru_cache(maxsize=4096)(self._spans)

    def _spans(self, source: str) -> tuple[TermMatch, ...]:
        return fixed_spans(
            source,
            self.matcher,
            diacritics=self.style.names.diacritics,
            date_order=self.style.dates.order,
            people=self.people,
        )

    def check(self, units: Sequence[Unit], known: _Known) -> list[Unit]:
        """One paragraph's units; ``known`` is what was named before it."""
        diacritics = self.style.names.diacritics
        pairs = [
            Pair(unit.source, unit.target, unit.block, unit.id, kind=unit.kind, made=unit.occurrences)
            for unit in units
        ]
        audited = audit_block(pairs, [self.spans(unit.source) for unit in units])
        # what has no English yet is empty, and that is all there is to say
        told = [item for item in audited if item.pair.english.strip()]
        findings = [
            *own_findings(pairs, diacritics=diacritics),
            *repeated_phrases(told),
            *term_findings(told, set(known.terms)),
            *name_findings(told, set(known.people)),
            *gender_findings(told, set()),
            *added_name_findings(told, self.everyone),
            *date_findings(pairs),
            *figure_findings(pairs),
        ]
        return [
            replace(
                unit,
                occurrences=item.lines,
                findings=(
                    *(found for found in findings if found.segment == unit.id),
                    *self._departures(unit),
                ),
            )
            for unit, item in zip(units, audited, strict=True)
        ]

    def _departures(self, unit: Unit) -> list[Finding]:
        return [
            Finding(
                f"style-{rule.code}",
                Severity.NOTE,
                f"{rule.about}: {edit.old.strip()!r}",
                segment=unit.id,
                mend=f"write {edit.new.strip()!r}" if edit.new.strip() else "take it out",
            )
            for rule, edit in departures(unit.target, self.style, self.originals)
        ]


def _is_long(unit: Unit) -> bool:
    return max(len(unit.source), len(unit.target)) > MAX_CHECKED


def _unchecked(unit: Unit) -> Unit:
    note = Finding(
        "segment-long",
        Severity.NOTE,
        f"longer than {MAX_CHECKED:,} characters, and not checked here",
        segment=unit.id,
        mend="split it, or see 'bulletin check'",
    )
    return replace(unit, occurrences=(), findings=(note,))


@dataclass(frozen=True, slots=True)
class _Known:
    """What the draft has named up to a place, people and terms: named again, both may be short."""

    people: set[str]
    terms: set[str]

    def add(self, units: Sequence[Unit]) -> None:
        """Count what ``units`` name."""
        for unit in units:
            for line in unit.occurrences:
                if line.status not in RIGHT or not line.expected:
                    continue
                if line.kind == "name":
                    self.people.add(strip_diacritics(line.expected[0]))
                else:
                    self.terms.add(line.expected[0])


def _provisional(segment: str) -> Finding:
    return Finding(
        "headline-provisional",
        Severity.WARNING,
        "the article has no headline; a provisional one was made from its lead",
        segment=segment,
        mend="write one, or confirm this one",
    )
