"""Institutions in a sentence, from entries and composed: bodies of places, parts of other institutions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from bulletin.glossary.capitals import CAPITAL, LOWER
from bulletin.glossary.chart import Chart, Found, Piece, distinct
from bulletin.glossary.lexicon import Lexicon
from bulletin.glossary.localities import (
    BODIES,
    CITY,
    LEVELS,
    LOCAL_POLICE,
    PARTY_LEVELS,
    PROVINCE,
    TOWN_CITY,
    YOUTH_LEVELS,
    Level,
    Locality,
    body_forms,
    insert_place,
    joined,
    possessive,
)
from bulletin.glossary.ministries import MANY, Ministries
from bulletin.glossary.placing import Places

_AND = frozenset({",", "và"})
_NATIONAL_ASSEMBLY = "the National Assembly"

# parts of an institution: `the Ministry of Justice's Party Civil Affairs Committee`; and `the Office of ...`
_PARTS = Lexicon.of(
    {
        "ban cán sự đảng|bcsđ|ban cán sự": "Party Civil Affairs Committee",
        "đảng đoàn": "Party Delegation",
        "đảng ủy": "Party Committee",
        "đảng bộ": "Party Organisation",
    }
)
_SECTIONS = Lexicon.of(
    {
        "văn phòng": "Office",
        "thanh tra": "Inspectorate",
        "ban thường vụ|btv": "Standing Board",
        "ban chấp hành|bch": "Executive Board",
        "thường trực": "Permanent Board",
        "ủy ban kiểm tra|ubkt": "Inspection Commission",
    }
)
OPENINGS = BODIES.openings | PARTY_LEVELS.openings | _PARTS.openings | _SECTIONS.openings
"""How what is composed here begins, ministries and plurals aside: two syllables, or the only one."""
_OF_PARTY = frozenset({"Standing Board", "Permanent Board", "Executive Board", "Inspection Commission"})


_ELECTED = frozenset({"People's Council", "People's Committee"})
_OWNED = frozenset({"Office", "Inspection Commission"})


class Bodies:
    """Reads the institutions of one sentence."""

    def __init__(self, chart: Chart, places: Places, ministries: Ministries) -> None:
        self.chart = chart
        self.places = places
        self.ministries = ministries
        self._known: dict[int, list[Piece]] = {}

    def read(self, at: int) -> list[Piece]:
        """Institutions that begin at a token, longest first, entries among them."""
        known = self._known.get(at)
        if known is None:
            entries = self.chart.entries(at, "institution", "organisation")
            known = [*self.extended(at), *self.worded(at), *map(self.chart.piece, entries)]
            known.sort(key=lambda piece: -piece.end)
            self._known[at] = known
        return known

    def extended(self, at: int) -> Iterator[Piece]:
        """What an institution's entry at a token becomes by its place or owner behind it."""
        for found in self.chart.entries(at, "institution", "organisation"):
            yield from self.placed(found)
            yield from self._of_the_assembly(found)

    def worded(self, at: int) -> Iterator[Piece]:
        """Institutions that the grammar's own words open at a token."""
        yield from self._bodies(at)
        yield from self._party_bodies(at)
        yield from self._parts(at)
        yield from self._sections(at)
        if self.chart.word(at) == "bộ" and self.chart.capitals[at] != LOWER:
            yield from self.ministries.one(at)

    def placed(self, found: Found) -> Iterator[Piece]:
        """An entry that leaves its place open, and the place: ``Sở Tài chính`` + ``tỉnh Bến Tre``."""
        if self.chart.capitals[found.end : found.end + 1] in ("", LOWER) and not self.chart.find(
            LEVELS, found.end
        ):
            return  # what most often follows is no place: a small word
        words = self.chart.tokens.folded[found.start : found.end]
        size = next((size for size in (2, 1) if LEVELS.get(words[-size:])), 0)
        held = PARTY_LEVELS.get(words[-2:]) or YOUTH_LEVELS.get(words[-2:])
        body = next((names[0] for n in (1, 3, 4) if (names := BODIES.get(words[-n:]))), "")
        body = body if body in _ELECTED else ""
        if not size and not held and not body and "sở" not in words:
            return
        for end, locality in self.places.read(found.end - size, held):
            if not locality.name:
                continue
            entry = self.chart.piece(found)
            put = insert_place if size or held or not body else partial(_with_body, body)
            forms = [form for first in entry.forms[:1] for form in put(first, locality)]
            if not forms:
                return
            further = [form for first in entry.forms[1:] for form in put(first, locality, least=True)]
            yield Piece(
                found.start,
                end,
                distinct([*forms, *further, entry.forms[0]]),
                found.entry.kind,
                found.status,
                entry.forbidden,
            )

    def _of_the_assembly(self, found: Found) -> Iterator[Piece]:
        """``Ủy ban Pháp luật`` + ``của Quốc hội``: the National Assembly's Committee for Legal Affairs."""
        linked = self.chart.word(found.end) == "của"
        if not linked and self.chart.word(found.end) != "quốc":
            return
        for owner in self.chart.entries(found.end + linked, "institution", "organisation"):
            form = owner.entry.form(self.chart.style)
            owned = self.chart.piece(found)
            own = owned.forms[0]
            if form != _NATIONAL_ASSEMBLY or not own.startswith("the ") or own.startswith(_NATIONAL_ASSEMBLY):
                continue
            forms = [f"{possessive(form)} {name.removeprefix('the ')}" for name in owned.forms]
            forms += [f"{own} of {form}", own]
            yield Piece(found.start, owner.end, distinct(forms), "institution", found.status, owned.forbidden)

    def _bodies(self, at: int) -> Iterator[Piece]:
        """``UBND tỉnh An Giang``, and several bodies of one place: ``HĐND, UBND tỉnh``."""
        listed: list[tuple[str, ...]] = []
        place = at
        while found := self.chart.find(BODIES, place):
            place = found[0]
            listed.append(found[1])
            if self.chart.word(place) not in _AND or not self.chart.find(BODIES, place + 1):
                break
            place += 1
        if not listed:
            return
        for end, locality in self.places.read(place, None):
            yield Piece(at, end, distinct(_bodies_at(listed, locality)), "institution")
        if self.chart.word(place) in MANY:
            yield from self._bodies_of_many(at, place + 1, [names[0] for names in listed])

    def _bodies_of_many(self, start: int, at: int, bodies: list[str]) -> Iterator[Piece]:
        """``UBND các tỉnh, thành phố``: the People's Committees of provinces and cities."""
        levels = self._levels(at)
        if not levels:
            return
        end, found = levels
        plural = joined([f"{body}s" for body in bodies])
        places = joined([*dict.fromkeys(level.plural for level in found)])
        adjectives = joined([*dict.fromkeys(level.adjective for level in found)])
        forms = [f"the {plural} of {places}", f"{adjectives} {plural}", f"the {plural} of the {places}"]
        yield Piece(start, end, distinct(forms), "institution")

    def _levels(self, at: int) -> tuple[int, list[Level]] | None:
        """Levels in a row, without a name behind the last: ``tỉnh, thành phố``."""
        levels: list[Level] = []
        while found := self.chart.find(LEVELS, at):
            at = found[0]
            levels.append(found[1])
            if self.chart.word(at) not in _AND or not self.chart.find(LEVELS, at + 1):
                named = self.chart.capitals[at : at + 1] == CAPITAL
                return None if named else (at, levels)
            at += 1
        return None

    def _party_bodies(self, at: int) -> Iterator[Piece]:
        """``Tỉnh ủy``, ``Tỉnh ủy Hà Nam``."""
        found = self.chart.find(PARTY_LEVELS, at)
        if found is None:
            return
        end, level = found
        alone = body_forms("Party Committee", Locality(level))
        yield Piece(at, end, tuple(alone), "institution")
        for after, locality in self.places.read(end, level):
            if locality.name:
                forms = [*body_forms("Party Committee", locality), alone[0]]
                yield Piece(at, after, distinct(forms), "institution")

    def party_committees(self, at: int) -> Iterator[Piece]:
        """``các tỉnh ủy, thành ủy``: provincial and municipal Party Committees."""
        start = at
        adjectives: list[str] = []
        at += self.chart.word(at) in MANY
        while found := self.chart.find(PARTY_LEVELS, at):
            at = found[0]
            adjectives.append(found[1].adjective)
            if self.chart.word(at) not in _AND or not self.chart.find(PARTY_LEVELS, at + 1):
                break
            at += 1
        if len(adjectives) < 2:
            return
        adjectives = list(dict.fromkeys(adjectives))
        forms = [f"{joined(adjectives)} Party Committees"]
        forms += [" and ".join(f"{adjective} Party Committees" for adjective in adjectives)]
        forms += [f"{joined(adjectives)}-level Party Committees"]
        yield Piece(start, at, distinct(forms), "institution")

    def _parts(self, at: int) -> Iterator[Piece]:
        """A part of an institution, which it owns: ``Ban cán sự đảng Bộ Tư pháp``."""
        found = self.chart.find(_PARTS, at)
        if found is None:
            return
        end, part = found
        for owner in self.read(end):
            forms = [f"{possessive(form)} {part}" for form in owner.forms[:4]]
            forms += [f"the {part} of {form}" for form in owner.forms[:2]]
            yield Piece(at, owner.end, distinct(forms), "institution", owner.status)

    def _sections(self, at: int) -> Iterator[Piece]:
        """A part that is ``of`` an institution: ``Văn phòng Bộ Y tế``, ``Ban Thường vụ Tỉnh ủy``."""
        found = self.chart.find(_SECTIONS, at)
        if found is None:
            return
        end, part = found
        for owner in self.read(end):
            council = "People's Council" in owner.forms[0]
            party = "Party" in owner.forms[0]
            if part in _OF_PARTY and not (party or (council and part == "Permanent Board")):
                continue
            name = "Standing Board" if council and part == "Permanent Board" else part
            of = [f"the {name} of {form}" for form in owner.forms[:4]]
            owned = [f"{possessive(form)} {name}" for form in owner.forms[:3]]
            # the house writes the provincial Party Committee's Office, but the Office of the Ministry
            committee = owner.forms[0].endswith("Party Committee")
            forms = [*owned, *of] if committee and name in _OWNED else [*of, *owned]
            yield Piece(at, owner.end, distinct(forms), "institution", owner.status)


def _with_body(body: str, form: str, locality: Locality, *, least: bool = False) -> list[str]:
    """A form whose elected body leaves its place open (``Ban Pháp chế HĐND``), with the place put in."""
    nouns = body_forms(body, locality, least=least)
    if f"the {body}" in form:
        return [form.replace(f"the {body}", noun) for noun in nouns]
    if body in form:
        return [form.replace(body, noun.removeprefix("the ")) for noun in nouns]
    return [f"{form} of {noun}" for noun in nouns]


def _bodies_at(listed: Sequence[tuple[str, ...]], locality: Locality) -> list[str]:
    below = locality.level not in (None, PROVINCE, CITY, TOWN_CITY)
    spelt = [LOCAL_POLICE if below and "Police" in names else names for names in listed]
    body = joined([names[0] for names in spelt])
    forms = body_forms(body, locality)
    if len(spelt) == 1:
        forms += [form for name in spelt[0][1:] for form in body_forms(name, locality, least=True)]
    else:
        forms.append(f"{body_forms(spelt[0][0], locality)[0]} and the {spelt[-1][0]}")
    if locality.name and locality.level:
        forms += body_forms(body, Locality(locality.level))[:1]
    return forms
