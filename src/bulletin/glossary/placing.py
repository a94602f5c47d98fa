"""Where a place stands, and how English names it: with a level word before it, or known from the glossary."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.glossary import heads
from bulletin.glossary.capitals import CAPITAL, UPPER
from bulletin.glossary.chart import Chart, Found
from bulletin.glossary.localities import (
    CENTRAL_CITIES,
    CITY,
    DISTRICT,
    LEVELS,
    PROVINCE,
    PROVINCES,
    TOWN,
    TOWN_CITY,
    WARD,
    Level,
    Locality,
)
from bulletin.glossary.tokens import fold
from bulletin.language.families import COMMON
from bulletin.language.syllables import strip_diacritics

_FAMILIES = frozenset(map(fold, COMMON))
_LONGEST_NAME = 4
_HCMC = fold("Thành phố Hồ Chí Minh")
# levels whose places are hardly ever named after a person; wards and communes often are
_UNNAMED = frozenset({PROVINCE, CITY, DISTRICT, TOWN})


class Places:
    """Reads the places of one sentence. ``diacritics`` keeps the marks of those that no entry names."""

    def __init__(self, chart: Chart, *, diacritics: bool) -> None:
        self.chart = chart
        self.diacritics = diacritics

    def read(self, at: int, party: Level | None) -> Iterator[tuple[int, Locality]]:
        """Places that begin at a token: with a level word, known or not; without one, known ones only."""
        marked = self.chart.find(LEVELS, at)
        entries = self.chart.entries(at, "place")
        for found in entries:
            if marked and marked[0] < found.end:
                yield found.end, self._locality(found, *marked)
            elif self._stands_alone(found, party):
                yield found.end, self._locality(found, at, party)
        if marked:
            end, level = marked
            abbreviated = self.chart.word(at) == "tx" and self.chart.word(end) == "."
            if not any(found.end > end for found in entries):
                yield from self._named(end + abbreviated, level)
            yield end, Locality(level)

    def _stands_alone(self, found: Found, party: Level | None) -> bool:
        """Whether a place without a level word is one that bodies are named after, and no person's name."""
        if party is None and fold(found.entry.vi) not in PROVINCES | CENTRAL_CITIES | {_HCMC}:
            return False  # Quốc hội Lào
        after = self.chart.capitals[found.end : found.end + 1]
        # TPHCM Nguyễn Thiện Nhân: an abbreviation is no part of the name behind it
        alone = found.end - found.start > 1 or self.chart.capitals[found.start] == UPPER
        return alone or after not in (CAPITAL, UPPER)

    def _named(self, at: int, level: Level) -> Iterator[tuple[int, Locality]]:
        """Places that begin at a token, behind a word for their level: known, numbered, or capitalised."""
        known = self.chart.entries(at, "place")
        for found in known:
            yield found.end, self._locality(found, at, level)
        if known:
            return
        word = self.chart.word(at)
        if word.isdigit() and len(word) < 3 and level in (DISTRICT, WARD):
            yield at + 1, Locality(level, f"{level.noun.capitalize()} {word}", number=True)
            return
        end = self._capital_run(at)
        person = level in _UNNAMED and end - at > 2 and word in _FAMILIES  # Chủ tịch UBND TP Nguyễn Đức Chung
        if end > at and not person:
            first, last = self.chart.tokens.span(at, end)
            name = self.chart.tokens.text[first:last]
            name = " ".join((name if self.diacritics else strip_diacritics(name)).split())
            yield end, Locality(TOWN_CITY if level is CITY else level, name)

    def _locality(self, found: Found, at: int, level: Level | None) -> Locality:
        folded = " ".join(self.chart.tokens.folded[at : found.end])
        name = found.entry.form(self.chart.style).removeprefix("the ")
        for ending in (" province", " Province", " city"):
            name = name.removesuffix(ending)
        central = folded in CENTRAL_CITIES or name.endswith(" City") or fold(found.entry.vi) in CENTRAL_CITIES
        if level in (None, CITY, TOWN_CITY) and central:
            return Locality(CITY, name)
        if level is CITY:
            return Locality(TOWN_CITY, name)
        if level is None and fold(found.entry.vi) in PROVINCES:
            return Locality(PROVINCE, name)
        return Locality(level, name)

    def _capital_run(self, at: int) -> int:
        """Where a place that is not in the glossary ends: its capitals, less a title or person behind it."""
        chart = self.chart
        end = at
        while (
            end < len(chart.tokens) and chart.capitals[end] in "AU" and not (end > at and self._title_at(end))
        ):
            end += 1
        run = chart.tokens.folded[at:end]
        if len(run) > 2:
            for cut in (2, 3, 1):
                if cut < len(run) and run[cut] in _FAMILIES and 2 <= len(run) - cut <= 5:
                    return at + cut
        return min(end, at + _LONGEST_NAME)

    def _title_at(self, at: int) -> bool:
        return bool(
            self.chart.find(heads.HEADS, at)
            or self.chart.find(heads.MINISTERIAL, at)
            or self.chart.entries(at, "title")
        )
