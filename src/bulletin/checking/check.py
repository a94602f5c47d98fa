"""Checking documents against the glossary, their source and themselves."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bulletin.checking.added import added_findings
from bulletin.checking.facts import date_findings, figure_findings
from bulletin.checking.names import added_name_findings, name_findings, plain
from bulletin.checking.omitted import omitted_findings
from bulletin.checking.pair import Document, Pair
from bulletin.checking.reader import Reader
from bulletin.checking.terms import (
    Audited,
    Use,
    audit_block,
    consistency_findings,
    term_findings,
)
from bulletin.checking.titles import gender_findings
from bulletin.checking.wording import doubled_segments, own_findings, repeated_phrases
from bulletin.checking.wrong_forms import wrong_form_findings, wrong_forms
from bulletin.finding import Finding
from bulletin.glossary.entry import TermMatch
from bulletin.glossary.layers import Glossary
from bulletin.glossary.matcher import Matcher
from bulletin.publishing.style import Style
from bulletin.terminology.occurrence import Occurrence
from bulletin.terminology.people import NOBODY, People
from bulletin.terminology.spans import fixed_spans, people_of


class Spotter:
    """Finds fixed spans by a house's glossary and style; keeps one matcher a date.

    ``wrong`` are the forms that the house never writes.
    """

    def __init__(self, glossary: Glossary, style: Style) -> None:
        self.glossary = glossary
        self.style = style
        self.wrong = wrong_forms(glossary, style.name)
        self._matchers: dict[datetime.date | None, Matcher] = {}

    def spans(self, text: str, date: datetime.date | None, people: People = NOBODY) -> tuple[TermMatch, ...]:
        """The fixed spans of a Vietnamese text of that date; ``people`` are its article's."""
        return fixed_spans(
            text,
            self._matcher(date),
            diacritics=self.style.names.diacritics,
            date_order=self.style.dates.order,
            people=people,
        )

    def people(self, texts: Sequence[str], date: datetime.date | None) -> People:
        """Who is a man and who a woman in an article of these texts."""
        return people_of(texts, self._matcher(date))

    def _matcher(self, date: datetime.date | None) -> Matcher:
        if date not in self._matchers:
            self._matchers[date] = Matcher(self.glossary, self.style.name, date)
        return self._matchers[date]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a document, by line, and the audit of its fixed spans, in reading order."""

    document: Document
    findings: tuple[Finding, ...]
    occurrences: tuple[Occurrence, ...]


def check_documents(
    documents: Sequence[Document],
    spotter: Spotter,
    date: datetime.date | None = None,
    reader: Reader | None = None,
) -> tuple[Checked, ...]:
    """Hold documents against the glossary, their sources, themselves and each other.

    The codes are in ``checking.codes``. ``date`` goes before the documents' own. Terms of a document
    without source cannot be looked for; its English is checked by itself. With ``reader``, an
    engine's, clauses that the English leaves out, or has of its own, are looked for too.
    """
    audits = [_audit(document, spotter, date or document.date) for document in documents]
    uses = [
        Use(number, document.file, item.pair, line)
        for number, (document, audited) in enumerate(zip(documents, audits, strict=True))
        for block in audited
        for item in block
        for line in item.lines
    ]
    inconsistent = list(consistency_findings(uses))
    checked = []
    for number, (document, audited) in enumerate(zip(documents, audits, strict=True)):
        found = [
            *document.findings,
            *_block_findings(audited, spotter.style.names.diacritics),
            *doubled_segments(document),
            *(omitted_findings(document, reader) if reader else ()),
            *(added_findings(document, reader) if reader else ()),
            *(
                finding
                for pair in document.pairs
                if not pair.source
                for finding in wrong_form_findings(pair, spotter.wrong)
            ),
            *(finding for owner, finding in inconsistent if owner == number),
        ]
        placed = (replace(finding, file=document.file) for finding in found)
        lines = tuple(line for block in audited for item in block for line in item.lines)
        checked.append(Checked(document, tuple(sorted(placed, key=_place)), lines))
    return tuple(checked)


def _audit(document: Document, spotter: Spotter, date: datetime.date | None) -> list[tuple[Audited, ...]]:
    """The fixed spans of each block; what was not translated at all has findings of its own."""
    people = spotter.people([pair.source for pair in document.pairs if pair.source], date)
    return [
        audit_block(
            pairs,
            [spotter.spans(pair.source, date, people) if _translated(pair, pairs) else () for pair in pairs],
        )
        for pairs in document.blocks()
    ]


def _translated(pair: Pair, block: Sequence[Pair]) -> bool:
    """Whether there is English to look in: its own, or that of the block, where it may have been drawn in."""
    if not pair.source.strip() or pair.source.strip() == pair.english.strip():
        return False
    return any(other.english.strip() for other in block)


def _block_findings(audited: Sequence[Sequence[Audited]], diacritics: bool) -> Iterator[Finding]:
    people: set[str] = set()
    called: set[str] = set()
    terms: set[str] = set()
    everyone = plain(" ".join(item.pair.source for block in audited for item in block))
    for block in audited:
        pairs = [item.pair for item in block]
        yield from own_findings(pairs, diacritics=diacritics)
        yield from repeated_phrases(block)
        yield from term_findings(block, terms)
        yield from name_findings(block, people)
        yield from gender_findings(block, called)
        yield from added_name_findings(block, everyone)
        yield from date_findings(pairs)
        yield from figure_findings(pairs)


def _place(finding: Finding) -> tuple[bool, int]:
    return (finding.line is None, finding.line or 0)
