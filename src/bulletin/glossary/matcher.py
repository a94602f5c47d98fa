"""Finding the fixed terms of a sentence: leftmost, longest, on syllable boundaries."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import ahocorasick

from bulletin.glossary.capitals import Fit, fit, pattern
from bulletin.glossary.entry import Entry, TermMatch
from bulletin.glossary.table import Glossary
from bulletin.glossary.tokens import Tokens, fold_token, split, tokenize

FORMER = frozenset({"nguyên", "cựu"})
"""Before a title these say that it was held once, so that an expired term is in its place."""

_NONE = "\x01"
_FIRST = 0x100
_SURROGATES = 0xD800
_AFTER_SURROGATES = 0x800


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way in which an entry is written: its own Vietnamese (``rank`` 0) or a variant (1)."""

    entry: Entry
    capitals: str
    rank: int
    order: int


@dataclass(frozen=True, slots=True)
class Span:
    """A term found at tokens ``start`` to ``end`` (exclusive)."""

    start: int
    end: int
    match: TermMatch


class Matcher:
    """Finds a glossary's terms in Vietnamese sentences, for one style and one date.

    ``date`` is the article's; entries valid on it go before others, and a term that only had a
    meaning at another time gets the status ``expired``. Without a date nothing is expired, and
    entries still in force go first. Building takes about a second for 100,000 entries; keep it.
    """

    def __init__(self, glossary: Glossary, style: str = "vna", date: datetime.date | None = None) -> None:
        self.glossary = glossary
        self.style = style
        self.date = date
        self._codes: dict[str, str] = {}
        self._automaton = self._build()

    def match(self, text: str) -> tuple[TermMatch, ...]:
        """The terms of ``text`` that do not overlap: at each place the longest, from left to right."""
        return tuple(span.match for span in leftmost_longest(self.spans(tokenize(text))))

    def matches_nested(self, text: str) -> tuple[TermMatch, ...]:
        """All terms of ``text``, also those inside or across others; by start, longest first."""
        spans = sorted(self.spans(tokenize(text)), key=_place)
        return tuple(span.match for span in spans)

    def spans(self, tokens: Tokens) -> list[Span]:
        """Every term in ``tokens``, overlapping ones too, in no order to rely on."""
        if self._automaton is None:
            return []
        encoded = "".join([self._codes.get(token, _NONE) for token in tokens.folded])
        capitals = "".join(map(pattern, tokens.written))
        spans = []
        for last, (length, candidates) in self._automaton.iter(encoded):
            start, end = last + 1 - length, last + 1
            match = self._choose(tokens, capitals, start, end, candidates)
            if match is not None:
                spans.append(Span(start, end, match))
        return spans

    def _build(self) -> ahocorasick.Automaton | None:
        keys: dict[str, list[Candidate]] = {}
        codes = _Codes(self._codes)
        for order, entry in enumerate(self.glossary.entries):
            for rank, name in enumerate((entry.vi, *entry.variants)):
                for written in _spellings(split(name)):
                    key = "".join([codes[token] for token in written])
                    candidate = Candidate(entry, "".join(map(pattern, written)), min(rank, 1), order)
                    if key in keys:
                        keys[key].append(candidate)
                    else:
                        keys[key] = [candidate]
        keys.pop("", None)
        if not keys:
            return None
        automaton = ahocorasick.Automaton()
        for key, candidates in keys.items():
            automaton.add_word(key, (len(key), candidates))
        automaton.make_automaton()
        return automaton

    def _choose(
        self, tokens: Tokens, capitals: str, start: int, end: int, candidates: list[Candidate]
    ) -> TermMatch | None:
        found = []
        written = capitals[start:end]
        for candidate in candidates:
            how = fit(candidate.entry.case, candidate.entry.kind, candidate.capitals, written)
            if how is not Fit.NONE:
                valid = self.valid(candidate.entry)
                found.append(((how is Fit.LOOSE, not valid, candidate.rank, how), candidate))
        if not found:
            return None
        found.sort(key=lambda item: (item[0], self._currency(item[1].entry), item[1].order))
        best = found[0][1].entry
        rivals = [
            item[1].entry
            for item in found[1:]
            if item[0] == found[0][0] and item[1].entry.form(self.style) != best.form(self.style)
        ]
        if rivals and self.date is None:
            rivals = [rival for rival in rivals if self._currency(rival) == self._currency(best)]
        status = "ambiguous" if rivals else ""
        if not self.valid(best) and not (start and tokens.folded[start - 1] in FORMER):
            status = "expired"
        return self.term_match(best, tokens, start, end, status, rivals)

    def valid(self, entry: Entry) -> bool:
        """Whether an entry is in force on the date; always, where there is no date."""
        if self.date is None:
            return True
        return (entry.valid_from is None or entry.valid_from <= self.date) and (
            entry.valid_to is None or self.date <= entry.valid_to
        )

    def _currency(self, entry: Entry) -> int:
        """Of entries that fit alike, which comes first: one still in force, then the one that ended last."""
        return -(entry.valid_to or datetime.date.max).toordinal()

    def term_match(
        self, entry: Entry, tokens: Tokens, start: int, end: int, status: str, rivals: list[Entry]
    ) -> TermMatch:
        """The match of an entry at tokens ``start`` to ``end``."""
        target, article = without_article(entry.form(self.style))
        further = [
            *entry.accepted,
            entry.plural,
            entry.feminine,
            entry.short,
            *(rival.form(self.style) for rival in rivals),
        ]
        accepted = dict.fromkeys(without_article(form)[0] for form in further if form)
        accepted.pop(target, None)
        first, last = tokens.starts[start], tokens.ends[end - 1]
        return TermMatch(
            id=entry.id,
            kind=entry.kind,
            start=first,
            end=last,
            source=tokens.text[first:last],
            target=target,
            article=article,
            accepted=tuple(accepted),
            forbidden=tuple(dict.fromkeys(without_article(form)[0] for form in entry.forbidden)),
            status=status,
        )


def without_article(form: str) -> tuple[str, bool]:
    """An English form without a leading ``the``, and whether it had one."""
    return (form[4:].lstrip(), True) if form[:4] in ("the ", "The ") else (form, False)


def leftmost_longest(spans: list[Span]) -> list[Span]:
    """Of spans that may overlap, those that stand: by start, then by length."""
    kept: list[Span] = []
    free = 0
    for span in sorted(spans, key=_place):
        if span.start >= free:
            kept.append(span)
            free = span.end
    return kept


def _place(span: Span) -> tuple[int, int]:
    return (span.start, -span.end)


_OPTIONAL = frozenset({"-", ","})


def _spellings(written: list[str]) -> Iterator[list[str]]:
    """The token sequences that a name is found by: as written, and without its hyphens or commas."""
    yield written
    marks = sorted(_OPTIONAL.intersection(map(fold_token, written[1:-1])))
    for count in range(1, len(marks) + 1):
        for dropped in itertools.combinations(marks, count):
            yield [token for token in written if fold_token(token) not in dropped]


class _Codes(dict[str, str]):
    """One character for each distinct folded token, so that a match ends only where a syllable does."""

    def __init__(self, by_folded: dict[str, str]) -> None:
        super().__init__()
        self.by_folded = by_folded

    def __missing__(self, written: str) -> str:
        folded = fold_token(written)
        code = self.by_folded.get(folded)
        if code is None:
            number = _FIRST + len(self.by_folded)
            if number >= _SURROGATES:
                number += _AFTER_SURROGATES
            code = self.by_folded[folded] = chr(number)
        self[written] = code
        return code
