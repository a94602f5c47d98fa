"""Checker: the fixed terms of a segment, and what is to be said of its English as it stands now."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from bulletin.checking.segment import segment_findings
from bulletin.drafting.draft import Draft, Unit
from bulletin.finding import Finding, Severity
from bulletin.glossary.entry import TermMatch
from bulletin.glossary.matcher import Matcher
from bulletin.glossary.table import Glossary
from bulletin.memory.unit import MemoryMatch
from bulletin.publishing.restyle import departures
from bulletin.publishing.rules.names import Originals, read_originals
from bulletin.publishing.style import Style
from bulletin.terminology.audit import audit_findings, occurrences
from bulletin.terminology.spans import fixed_spans


class Lookup(Protocol):
    """A translation memory, as far as the editor needs one."""

    def lookup(
        self, source: str, previous: str = "", next: str = "", *, style: str = "", limit: int = 5
    ) -> Sequence[MemoryMatch]:
        """Matches for ``source``, best first."""


class Checker:
    """Checks segments against the glossary and the style that ``load`` gives; loads them when first asked.

    Safe to use from several threads.
    """

    def __init__(self, load: Callable[[], tuple[Glossary, Style]], draft: Draft) -> None:
        self._load = load
        self._date = draft.date
        self._sources = tuple(unit.source for unit in draft.units)
        self._lock = threading.Lock()
        self._tools: _Tools | None = None

    @property
    def style(self) -> Style:
        """The house style."""
        return self._ready().style

    def terms(self, source: str) -> tuple[TermMatch, ...]:
        """The fixed terms, names, dates and figures of a Vietnamese sentence."""
        return self._ready().spans(source)

    def match(self, source: str) -> tuple[TermMatch, ...]:
        """The glossary's terms alone, as the translation memory wants them."""
        return self._ready().matcher.match(source)

    def check(self, unit: Unit, *, provisional: bool = False) -> Unit:
        """``unit`` with its audit and findings of now; ``provisional`` says it is a made-up headline."""
        return self._ready().check(unit, provisional)

    def reload(self) -> None:
        """Take glossary and style from disk again when next asked."""
        with self._lock:
            self._tools = None

    def _ready(self) -> _Tools:
        with self._lock:
            if self._tools is None:
                glossary, style = self._load()
                matcher = Matcher(glossary, style.name, self._date)
                self._tools = _Tools(matcher, style, read_originals(self._sources))
            return self._tools


class _Tools:
    def __init__(self, matcher: Matcher, style: Style, originals: Originals) -> None:
        self.matcher = matcher
        self.style = style
        self.originals = originals
        self.spans = functools.lru_cache(maxsize=4096)(self._spans)

    def _spans(self, source: str) -> tuple[TermMatch, ...]:
        return fixed_spans(
            source, self.matcher, diacritics=self.style.names.diacritics, date_order=self.style.dates.order
        )

    def check(self, unit: Unit, provisional: bool) -> Unit:
        before = {(line.id, line.start, line.end, line.found): line.how for line in unit.occurrences}
        lines = tuple(
            # what the machine brought in and no one has touched keeps the step that brought it
            replace(line, how=before.get((line.id, line.start, line.end, line.found), line.how))
            for line in occurrences(unit.id, unit.target, self.spans(unit.source))
        )
        found = segment_findings(unit.id, unit.source, unit.target, diacritics=self.style.names.diacritics)
        findings = [*audit_findings(lines), *found, *self._departures(unit)]
        if provisional:
            findings.insert(0, _provisional(unit.id))
        return replace(unit, occurrences=lines, findings=tuple(findings))

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


def _provisional(segment: str) -> Finding:
    return Finding(
        "headline-provisional",
        Severity.WARNING,
        "the article has no headline; a provisional one was made from its lead",
        segment=segment,
        mend="write one, or confirm this one",
    )
