"""Looking a segment up: the same text, the same but for its values, or one that is near."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import sqlalchemy as sa

from bulletin.glossary.entry import TermMatch
from bulletin.language.english_dates import compare_dates
from bulletin.language.english_figures import compare_figures
from bulletin.language.names import NameMatch
from bulletin.memory.placeholders import Placeholder, fill_in, find_placeholders, general_words
from bulletin.memory.postings import candidates
from bulletin.memory.schema import units
from bulletin.memory.shape import context_key, shape_words, shingles, text_key
from bulletin.memory.store import Store, unit_of
from bulletin.memory.unit import MemoryMatch, MemoryUnit, clean_text
from bulletin.terminology.verify import verify

Terms = Callable[[str], Sequence[TermMatch]]
"""Finds the fixed terms of a Vietnamese sentence: ``Matcher.match`` of today's glossary."""

THRESHOLD = 70
"""Below this a match is more work than none."""

LONGEST = 3000
"""Characters up to which a text is looked at closely; of a longer one only the same text is found."""

_CANDIDATES = 60
_CLOSE = 6
_STYLE, _NO_STYLE = 5, 2
_TERM, _TERMS = 8, 24
_VALUE, _VALUES = 5, 15
_AGE_FROM, _AGE_MOST = 2, 5


@dataclass(frozen=True, slots=True)
class Memory:
    """Stores to look a segment up in, the user's first; and what a match is checked against.

    ``terms`` finds today's fixed terms (without it they are not re-checked); ``today`` is the day
    from which age is counted.
    """

    stores: tuple[Store, ...]
    terms: Terms | None = None
    today: datetime.date = field(default_factory=datetime.date.today)

    def lookup(
        self,
        source: str,
        previous: str = "",
        next: str = "",
        *,
        style: str = "",
        threshold: int = THRESHOLD,
        limit: int = 5,
    ) -> tuple[MemoryMatch, ...]:
        """Matches for ``source`` with a score of at least ``threshold``, best first, at most ``limit``.

        ``previous`` and ``next`` are the neighbouring sources, empty at an article's ends. A score is
        lowered for English of another ``style`` (5, or 2 where it has none), for age (a point a year
        from the third on, at most 5), for each term that today's glossary writes otherwise (8) and
        each value that could not be filled in (5). Where one text has several approved translations,
        the newest comes first and each says so. Raises MemoryStoreError for what a database refuses.
        """
        text = clean_text(source)
        if not text:
            return ()
        query = self._query(text, previous, next, style)
        found: dict[str, MemoryMatch] = {}
        for store in self.stores:
            for unit in self._units(store, query, threshold):
                match = self._match(query, unit)
                best = found.get(match.filled)
                if match.score >= threshold and (best is None or best.score < match.score):
                    found[match.filled] = match
        rivals = [match for match in found.values() if match.score >= 100]
        if len(rivals) > 1:
            told = f"one of {len(rivals)} approved translations"
            found |= {match.filled: replace(match, reasons=(*match.reasons, told)) for match in rivals}
        order = sorted(found.values(), key=lambda match: -match.score)
        return tuple(order[:limit])

    def close(self) -> None:
        """Close every store."""
        for store in self.stores:
            store.close()

    def _query(self, text: str, previous: str, next: str, style: str) -> _Query:
        matches = tuple(self.terms(text)) if self.terms and len(text) <= LONGEST else ()
        values = find_placeholders(text, _spans(matches)) if len(text) <= LONGEST else ()
        return _Query(
            text,
            text_key(text),
            context_key(clean_text(previous)),
            context_key(clean_text(next)),
            style,
            matches,
            values,
            tuple(general_words(text, values)),
        )

    def _units(self, store: Store, query: _Query, threshold: int) -> list[MemoryUnit]:
        """The units worth a close look: all of the same text, then the nearest by shape."""
        from rapidfuzz.distance import Indel, Levenshtein

        c = units.c
        words = shape_words(query.text)
        with store.database.reading() as connection:
            same = connection.execute(
                sa.select(units)
                .where(c.source_key == query.key)
                .order_by(c.created.desc(), c.id.desc())
                .limit(20)
            ).all()
            # the same text in the same style is there: nothing that is only near can beat it
            if len(query.text) > LONGEST or any(row.style == query.style or not query.style for row in same):
                return [unit_of(row) for row in same]
            least = threshold / 100
            ids = candidates(connection, shingles(words), 4 * _CANDIDATES)
            statement = sa.select(c.id, c.source).where(
                c.id.in_(ids), c.words >= int(len(words) * least), c.words <= int(len(words) / least) + 1
            )
            sources = {row.id: row.source for row in connection.execute(statement)} if ids else {}
            ranked = [key for key in ids if key in sources][:_CANDIDATES]
            near = {}
            for key in ranked:
                other = shape_words(sources[key])
                score = Levenshtein.normalized_similarity(words, other, score_cutoff=max(0.0, least - 0.1))
                if score:
                    near[key] = (score, Indel.normalized_similarity(query.text, sources[key]))
            close = sorted(near, key=lambda key: near[key], reverse=True)[:_CLOSE]
            rows = connection.execute(sa.select(units).where(c.id.in_(close))).all() if close else []
        order = {key: place for place, key in enumerate(close)}
        return [unit_of(row) for row in (*same, *sorted(rows, key=lambda row: order[row.id]))]

    def _match(self, query: _Query, unit: MemoryUnit) -> MemoryMatch:
        reasons: list[str] = []
        filled = unit.target
        open_values: tuple[str, ...] = ()
        if text_key(unit.source) == query.key:
            score = 101 if query.has_neighbours(unit) else 100
            if score == 101:
                reasons.append("the same between the same neighbours")
        else:
            terms = self.terms(unit.source) if self.terms else ()
            values = find_placeholders(unit.source, _spans(terms))
            score = _similarity(query.words, general_words(unit.source, values))
            if [value.kind for value in values] == [value.kind for value in query.values]:
                result = fill_in(unit.target, values, query.values)
                filled, open_values = result.text, result.open
                reasons += [f"{old} became {new}" for old, new in result.changes]
                reasons += _gender(values, query.values)
            else:
                open_values = tuple(v.value.source for v in _unlike(query.values, values))
        cost, why = self._penalties(query, unit, filled, open_values)
        return MemoryMatch(max(0, score - cost), unit.source, unit.target, filled, (*reasons, *why), unit)

    def _penalties(
        self, query: _Query, unit: MemoryUnit, filled: str, open_values: Sequence[str]
    ) -> tuple[int, list[str]]:
        cost, reasons = 0, []
        if query.style and unit.style != query.style:
            cost += _STYLE if unit.style else _NO_STYLE
            reasons.append(f"style {unit.style or 'unknown'}, not {query.style}")
        day = unit.date or (unit.created.date() if unit.created else None)
        years = (self.today - day).days // 365 if day else 0
        if years > _AGE_FROM:
            cost += min(_AGE_MOST, years - _AGE_FROM)
            reasons.append(f"{years} years old")
        values = dict.fromkeys(open_values)
        if max(len(query.text), len(filled)) <= LONGEST:
            values |= dict.fromkeys(_differences(query.text, filled))
        if values:
            cost += min(_VALUES, _VALUE * len(values))
            reasons.append(f"check: {', '.join(values)}")
        stale = [
            f"{match.source} is now {match.target}"
            for match, rendering in zip(query.terms, verify(filled, query.terms), strict=True)
            if not rendering.right and match.status != "ambiguous" and match.id not in _VALUE_IDS
        ]
        if stale:
            cost += min(_TERMS, _TERM * len(stale))
            reasons += stale
        return cost, reasons


@dataclass(frozen=True, slots=True)
class _Query:
    text: str
    key: int
    previous: int | None
    next: int | None
    style: str
    terms: tuple[TermMatch, ...]
    values: tuple[Placeholder, ...]
    words: tuple[str, ...]

    def has_neighbours(self, unit: MemoryUnit) -> bool:
        """Whether this segment and ``unit`` stand between the same neighbours, and have at least one."""
        return (self.previous, self.next) == (unit.previous, unit.next) != (None, None)


_VALUE_IDS = frozenset({"name", "date", "figure"})


def _differences(source: str, english: str) -> list[str]:
    """Dates and figures, as written, that only one of the two has."""
    dates = [difference.match.source for difference in compare_dates(source, english)]
    return dates + [difference.match.source for difference in compare_figures(source, english)]


def _similarity(words: Sequence[str], other: Sequence[str]) -> int:
    """The share of words that are the same, in per cent by edit distance; at most 99."""
    from rapidfuzz.distance import Levenshtein

    return min(99, int(100 * Levenshtein.normalized_similarity(list(words), list(other))))


def _unlike(values: Sequence[Placeholder], others: Sequence[Placeholder]) -> list[Placeholder]:
    known = {(value.kind, value.meaning) for value in others}
    return [value for value in values if (value.kind, value.meaning) not in known]


def _gender(old: Sequence[Placeholder], new: Sequence[Placeholder]) -> list[str]:
    """A warning where a man's name gave way to a woman's, since titles and pronouns follow it."""
    return [
        f"check the gender: {after.value.source}"
        for before, after in zip(old, new, strict=True)
        if isinstance(before.value, NameMatch)
        and isinstance(after.value, NameMatch)
        and {before.value.gender, after.value.gender} == {"m", "f"}
    ]


def _spans(terms: Sequence[TermMatch]) -> list[tuple[int, int]]:
    return [(match.start, match.end) for match in terms if match.id not in _VALUE_IDS]
