"""Finding the fixed terms of a sentence: leftmost, longest, on syllable boundaries."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import ahocorasick

from bulletin.glossary.abolished import is_abolished
from bulletin.glossary.capitals import CAPITAL, Fit, fit, pattern
from bulletin.glossary.chart import COMPOSED_OF, Chart, Found, Piece
from bulletin.glossary.codes import code_spans
from bulletin.glossary.collector import collector_paused
from bulletin.glossary.entry import Entry, TermMatch
from bulletin.glossary.homographs import is_common_word
from bulletin.glossary.layers import Glossary
from bulletin.glossary.lexicon import Lexicon
from bulletin.glossary.ministries import Ministry
from bulletin.glossary.neighbours import with_neighbours
from bulletin.glossary.roles import compose
from bulletin.glossary.tokens import Tokens, fold_token, split, tokenize
from bulletin.language.syllables import is_vietnamese_letter, strip_diacritics

FORMER = frozenset({"nguyên", "cựu"})
"""Before a title these say that it was held once, so that an expired term is in its place."""

_HIGHER = frozenset({"phó", "tổng", "phân", "tiểu"})
"""Syllables that make another title or body of the one behind them."""

_COMPOUNDS = frozenset({("ủy", "ban"), ("bệnh", "viện"), ("học", "viện"), ("thứ", "trưởng")})

_MINISTRY = "Ministry of "
_WORDS = re.compile(r"[a-z0-9]+")
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
    """A term at tokens ``start`` to ``end`` (exclusive): an entry, or a piece that the grammar composed."""

    start: int
    end: int
    term: Found | Piece


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
        self._codes = _Known()
        self._forms: dict[int, _English] = {}
        self._automaton = self._build()
        self._ministries = self._ministry_table()
        self._diacritics = any(
            is_vietnamese_letter(letter)
            for entry in glossary.entries
            if entry.kind == "place"
            for letter in entry.english.get(style, "")
        )

    @collector_paused()
    def match(self, text: str) -> tuple[TermMatch, ...]:
        """The terms of ``text`` that do not overlap: at each place the longest, from left to right."""
        chart, spans = self._read(text)
        whole = [span for span in spans if not is_cut(chart.tokens, span)]
        matches = [self._term_match(chart, span) for span in leftmost_longest(whole)]
        return with_neighbours(text, matches)

    def matches_nested(self, text: str, *, composed: bool = True) -> tuple[TermMatch, ...]:
        """All terms of ``text``, also those inside or across others; by start, longest first.

        Without ``composed`` only entries, not what the grammar makes of them.
        """
        chart, spans = self._read(text, composed=composed)
        return tuple(self._term_match(chart, span) for span in sorted(spans, key=_place))

    def _read(self, text: str, *, composed: bool = True) -> tuple[Chart, list[Span]]:
        tokens = tokenize(text)
        capitals = "".join(map(pattern, tokens.written))
        founds = list(self._entries(tokens, capitals))
        spans = [Span(found.start, found.end, found) for found in founds]
        # matches come by their end: the last of those that begin together is the longest
        by_start: dict[int, list[Found]] = {}
        for found in reversed(founds):
            if found.entry.kind in COMPOSED_OF:
                by_start.setdefault(found.start, []).append(found)
        chart = Chart(tokens, capitals, self.style, by_start)
        if not composed:
            return chart, outside_codes(tokens, spans)
        pieces = compose(chart, self._ministries, diacritics=self._diacritics)
        if pieces:
            taken = {(span.start, span.end) for span in spans}
            for piece in pieces:
                if (piece.start, piece.end) not in taken:
                    taken.add((piece.start, piece.end))
                    spans.append(Span(piece.start, piece.end, piece))
        return chart, outside_codes(tokens, spans)

    def _entries(self, tokens: Tokens, capitals: str) -> Iterator[Found]:
        if self._automaton is None:
            return
        encoded = "".join(map(self._codes.__getitem__, tokens.folded))
        for last, (length, candidates) in self._automaton.iter(encoded):
            end = last + 1
            found = self._choose(tokens, capitals, end - length, end, candidates)
            if found is None:
                continue
            lone = length == 1 and found.entry.kind == "place" and capitals[last] == CAPITAL
            if lone and is_common_word(tokens, capitals, last):
                continue
            yield found

    @collector_paused()
    def _build(self) -> ahocorasick.Automaton | None:
        keys: dict[str, list[Candidate]] = {}
        codes = _Codes(self._codes)
        committee = "".join(map(codes.__getitem__, _COMMITTEE))
        dropped = {codes[mark] for mark in _OPTIONAL}
        for order, entry in enumerate(self.glossary.entries):
            rank = 0
            for name in (entry.vi, *entry.variants):
                written = split(name)
                key = "".join([codes[token] for token in written])
                candidate = Candidate(entry, "".join(map(pattern, written)), rank, order)
                keys.setdefault(key, []).append(candidate)
                if committee in key or not dropped.isdisjoint(key):
                    for spelled in _spellings(written):
                        key = "".join([codes[token] for token in spelled])
                        candidate = Candidate(entry, "".join(map(pattern, spelled)), rank, order)
                        keys.setdefault(key, []).append(candidate)
                rank = 1
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
    ) -> Found | None:
        written = capitals[start:end]
        if len(candidates) == 1:
            entry = candidates[0].entry
            if fit(entry.case, entry.kind, candidates[0].capitals, written) is Fit.NONE:
                return None
            return Found(start, end, entry, "" if self.valid(entry) else "expired")
        found = []
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
        if not self.valid(best):
            status = "expired"
        return Found(start, end, best, status, tuple(rivals))

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

    def _ministry_table(self) -> Lexicon[Ministry]:
        """What follows ``Bộ`` in the names of ministries, with its English; those in force go first."""
        table: dict[tuple[str, ...], Ministry] = {}
        for entry in self.glossary.entries:
            if entry.kind != "institution" or _MINISTRY not in entry.form(self.style):
                continue
            form, _ = without_article(entry.form(self.style))
            if not form.startswith(_MINISTRY):
                continue
            ministry = Ministry(form.removeprefix(_MINISTRY), "" if self.valid(entry) else "expired")
            for name in (entry.vi, *entry.variants):
                bo, *field = map(fold_token, split(name))
                if bo == "bộ" and field and (tuple(field) not in table or table[tuple(field)].status):
                    table[tuple(field)] = ministry
        return Lexicon(table.items())

    def _term_match(self, chart: Chart, span: Span) -> TermMatch:
        tokens, term = chart.tokens, span.term
        first, last = tokens.span(span.start, span.end)
        source = tokens.text[first:last]
        if isinstance(term, Found):
            name, kind, english = term.entry.id, term.entry.kind, self._english(term)
        else:
            name = "role:" + "-".join(_WORDS.findall(strip_diacritics(source).lower()))
            # headlines leave inner articles out
            headlines = [form.replace(" of the ", " of ") for form in term.forms[:4]]
            kind, english = term.kind, _English.of([*term.forms, *headlines], term.forbidden)
        status = term.status
        if not status and self.date and isinstance(term, Piece):
            status = "expired" if is_abolished(tokens.folded[span.start : span.end], self.date) else ""
        if status == "expired" and is_past(tokens, span):
            status = ""
        return TermMatch(
            id=name,
            kind=kind,
            start=first,
            end=last,
            source=source,
            target=english.target,
            article=english.article,
            accepted=english.accepted,
            forbidden=english.forbidden,
            status=status,
        )

    def _english(self, found: Found) -> _English:
        entry = found.entry
        known = None if found.rivals else self._forms.get(id(entry))
        if known is None:
            further = [*entry.accepted, entry.plural, entry.feminine, entry.short]
            further += [rival.form(self.style) for rival in found.rivals]
            forms = (entry.form(self.style), *(form for form in further if form))
            known = _English.of(forms, entry.forbidden)
            if not found.rivals:
                self._forms[id(entry)] = known
        return known


@dataclass(frozen=True, slots=True)
class _English:
    target: str
    article: bool
    accepted: tuple[str, ...]
    forbidden: tuple[str, ...]

    @classmethod
    def of(cls, forms: Sequence[str], forbidden: Sequence[str]) -> _English:
        """English forms without their articles, the first of them the target."""
        target, article = without_article(forms[0])
        accepted = dict.fromkeys(without_article(form)[0] for form in forms)
        del accepted[target]
        return cls(
            target, article, tuple(accepted), tuple(dict.fromkeys(without_article(f)[0] for f in forbidden))
        )


def without_article(form: str) -> tuple[str, bool]:
    """An English form without a leading ``the``, and whether it had one."""
    return (form[4:].lstrip(), True) if form[:4] in ("the ", "The ") else (form, False)


def outside_codes(tokens: Tokens, spans: list[Span]) -> list[Span]:
    """The spans that do not lie in the number of a document."""
    codes = code_spans(tokens.text)
    if not codes:
        return spans
    return [
        span
        for span in spans
        if not any(
            start <= tokens.spans[span.start][0] and tokens.spans[span.end - 1][1] <= end
            for start, end in codes
        )
    ]


def is_cut(tokens: Tokens, span: Span) -> bool:
    """Whether a term is the rest of another that nobody entered: ``Phó | Hồng y``, ``Ủy | ban Dân nguyện``.

    To render it would be to promote a deputy, or to name another body: it is left to the translation.
    """
    if not span.start:
        return False
    before, first = tokens.folded[span.start - 1], tokens.folded[span.start]
    kind = span.term.entry.kind if isinstance(span.term, Found) else span.term.kind
    if before in _HIGHER:
        return kind in ("title", "institution", "organisation")
    return (before, first) in _COMPOUNDS and tokens.written[span.start].islower()


def is_past(tokens: Tokens, span: Span) -> bool:
    """Whether the text says that a term is of former times: ``nguyên Bộ trưởng``, ``UBND huyện (cũ)``."""
    if tokens.folded[span.start] in FORMER or (span.start and tokens.folded[span.start - 1] in FORMER):
        return True
    behind = tokens.folded[span.end : span.end + 2]
    return behind == ["(", "cũ"] or behind[:1] == ["cũ"]


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


_COMMITTEE = ["ủy", "ban"]
_OPTIONAL = frozenset({"-", ","})


def _spellings(written: list[str]) -> Iterator[list[str]]:
    """What a name is also found by: without its hyphens or commas, or with ``UB`` for ``Ủy ban``."""
    if "ban" in written:
        folded = [fold_token(token) for token in written]
        for at in range(len(written) - 2):
            if folded[at : at + 2] == _COMMITTEE:
                yield [*written[:at], "UB", *written[at + 2 :]]
    marks = sorted(_OPTIONAL.intersection(map(fold_token, written[1:-1])))
    for count in range(1, len(marks) + 1):
        for dropped in itertools.combinations(marks, count):
            yield [token for token in written if fold_token(token) not in dropped]


class _Known(dict[str, str]):
    """The code of each folded token that some term has; all others share one."""

    def __missing__(self, folded: str) -> str:
        return _NONE


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
