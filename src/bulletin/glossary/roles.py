"""Titles that no list can hold, composed: head + institution + place.

``Bí thư Tỉnh ủy Hà Nam`` is made of a head (Secretary), a body (the provincial Party Committee) and
a place; ``Bộ trưởng Bộ Tài chính và Bộ Công Thương`` of a head and two ministries. Each rule is one
method; what a rule cannot read, it leaves to the entries.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bulletin.glossary import bodies, heads
from bulletin.glossary.bodies import Bodies
from bulletin.glossary.chart import Chart, Found, Piece, distinct
from bulletin.glossary.lexicon import Lexicon
from bulletin.glossary.ministries import MANY, Ministries, Ministry
from bulletin.glossary.numbered import compose_numbered
from bulletin.glossary.placing import Places
from bulletin.glossary.tokens import fold

# two posts that one person holds, said in one breath
_JOINED = {(fold("Tổng Bí thư"), fold("Chủ tịch nước"))}
_JOINTS = frozenset({",", "-", "kiêm"})
# words that say how a post is or was held; the English stands before the title
_HELD = {"quyền": ("Acting",), "nguyên": ("former", "Former", "ex-"), "cựu": ("former", "Former", "ex-")}
_FORMER = "former"
_DEPUTY = "phó"
# thẩm quyền, ủy quyền Thủ tướng: the power of the Prime Minister, not an acting one
_POWER = "quyền"
_POWERS = frozenset(
    map(fold, "thẩm ủy chính phân nhân toàn đặc bản chủ lợi có lạm cầm nắm trao đúng theo vượt".split())
)


def compose(chart: Chart, ministries: Lexicon[Ministry], *, diacritics: bool = False) -> list[Piece]:
    """Every title and body that the grammar reads in a sentence, overlapping ones too.

    ``ministries`` has what follows ``Bộ`` in their names. ``diacritics`` keeps the marks of places
    that no entry names.
    """
    roles = _Roles(chart, Ministries(chart, ministries), Places(chart, diacritics=diacritics))
    pieces: dict[tuple[int, int], Piece] = {}
    folded = chart.tokens.folded
    for at, word in enumerate(folded):
        # what extends an entry goes before what is composed of words: it has the entry's accepted forms
        if at in chart.by_start:
            _gather(pieces, roles.extended(at))
        if word in _FIRST and ((word, chart.word(at + 1)) in _OPENINGS or word in _WORDS):
            _gather(pieces, roles.read(at))
    _gather(pieces, compose_numbered(chart, pieces))
    return list(pieces.values())


def _gather(pieces: dict[tuple[int, int], Piece], read: Iterable[Piece]) -> None:
    """Keep a piece, or add its forms to those of another reading of the same words."""
    for piece in read:
        place = piece.start, piece.end
        known = pieces.get(place)
        pieces[place] = (
            piece if known is None else replace(known, forms=distinct([*known.forms, *piece.forms]))
        )


class _Roles:
    def __init__(self, chart: Chart, ministries: Ministries, places: Places) -> None:
        self.chart = chart
        self.ministries = ministries
        self.bodies = Bodies(chart, places, ministries)

    def read(self, at: int) -> Iterator[Piece]:
        """What the grammar's own words open at a token."""
        word = self.chart.word(at)
        if word in MANY:
            yield from self.bodies.party_committees(at)
            yield from self.ministries.several(at)
            return
        if word in _HELD:
            yield from self._held(at, _HELD[word])
        if word == _DEPUTY:
            yield from self._deputy(at)
        yield from self.roles(at)
        yield from self.bodies.party_committees(at)
        yield from self.bodies.worded(at)

    def extended(self, at: int) -> Iterator[Piece]:
        """What an entry at a token becomes by what stands behind it."""
        for found in self.chart.entries(at, "title"):
            yield from self._joined_posts(found)
            yield from self.bodies.placed(found)
        yield from self.bodies.extended(at)

    def roles(self, at: int) -> Iterator[Piece]:
        """Titles whose head begins at a token."""
        ministerial = self.chart.find(heads.MINISTERIAL, at)
        if ministerial:
            end, head = ministerial
            yield from self.ministries.ministers(at, end, head)
            yield from self._minister_and_chairman(at, end, head)
        general = self.chart.find(heads.HEADS, at)
        if general:
            end, key = general
            for owner in self.bodies.read(end + (self.chart.word(end) == "của")):
                yield _role(at, heads.head_for(key, owner.forms[0]), owner)
            yield from self._through_ban(at, end, key)

    def _through_ban(self, at: int, end: int, key: str) -> Iterator[Piece]:
        """``Trưởng Ban Tổ chức Trung ương``: the head's ``Ban`` is the institution's too."""
        if self.chart.word(end - 1) == "ban" and key.removesuffix(" thường trực").endswith("ban"):
            for owner in self.bodies.read(end - 1):
                yield _role(at, heads.head_for(key, owner.forms[0]), owner)

    def _minister_and_chairman(self, start: int, at: int, head: heads.Head) -> Iterator[Piece]:
        """``Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ`` is one post."""
        if self.chart.word(at) not in _JOINTS or head.english != "Minister":
            return
        if (self.chart.word(at + 1), self.chart.word(at + 2)) != ("chủ", "nhiệm"):
            return
        for found in self.chart.entries(at + 1, "title"):
            forms = self.chart.piece(found).forms
            yield Piece(start, found.end, _minister_and(forms), "title", found.status)
        for piece in self.roles(at + 1):
            yield Piece(start, piece.end, _minister_and(piece.forms), "title", piece.status)

    def _joined_posts(self, first: Found) -> Iterator[Piece]:
        """``Tổng Bí thư, Chủ tịch nước``: Party General Secretary and State President."""
        if self.chart.word(first.end) not in _JOINTS:
            return
        for second in self.chart.entries(first.end + 1, "title"):
            if (fold(first.entry.vi), fold(second.entry.vi)) in _JOINED:
                ones, others = self.chart.piece(first).forms[:4], self.chart.piece(second).forms[:4]
                forms = [f"{one} and {other}" for one, other in itertools.product(ones, others)]
                yield Piece(first.start, second.end, distinct(forms), "title", first.status or second.status)

    def _deputy(self, at: int) -> Iterator[Piece]:
        """``Phó`` before a title without a deputy of its own: ``Phó Chủ tịch phường``, ``Phó Đại sứ Úc``."""
        for found in self.chart.entries(at + 1, "title"):
            piece = self.chart.piece(found)
            forms = [deputy for form in piece.forms[:6] for deputy in heads.deputies(form)]
            if forms:
                yield Piece(at, piece.end, distinct(forms), "title", piece.status)

    def _held(self, at: int, words: Sequence[str]) -> Iterator[Piece]:
        """``Quyền Bộ trưởng``, ``nguyên Bí thư Tỉnh ủy``: what was held once cannot be out of date."""
        if self.chart.word(at) == _POWER and self.chart.word(at - 1) in _POWERS:
            return
        entries = [self.chart.piece(found) for found in self.chart.entries(at + 1, "title")]
        deputies = self._deputy(at + 1) if self.chart.word(at + 1) == _DEPUTY else ()
        for piece in (*self.extended(at + 1), *self.roles(at + 1), *entries, *deputies):
            if piece.kind != "title":
                continue
            former = words[0] == _FORMER
            forms = [f"{word} {form}".replace("- ", "-") for form in piece.forms[:6] for word in words]
            forms += piece.forms[:6] if former else ()
            yield Piece(
                at, piece.end, distinct(forms), "title", "" if former else piece.status, piece.forbidden
            )


_GENERIC = re.compile(r"\b(?:Committee|Council|Court|Procuracy|Board|Commission|Department|Delegation)\Z")


def _role(start: int, head: heads.Head, owner: Piece) -> Piece:
    owners = [f"the {form}" if _GENERIC.search(form) and form[:4] != "the " else form for form in owner.forms]
    own, further = owners[0], owners[1:]
    forms = [f"{name}{head.link}{own}" for name in head.forms()]
    forms += [f"{head.english}{head.link}{form}" for form in further[:6]]
    forms += [f"{form.removeprefix('the ')} {head.english}" for form in owners[:4]]
    forms += [f"{head.english}{head.link}{form}" for form in further[6:]]
    if head.feminine:
        forms += [f"{head.feminine}{head.link}{form}" for form in further[:4]]
        forms += [f"{form.removeprefix('the ')} {head.feminine}" for form in owners[:3]]
    return Piece(start, owner.end, distinct(forms), "title", owner.status)


def _minister_and(forms: Sequence[str]) -> tuple[str, ...]:
    with_and = [f"Minister and {form}" for form in forms[:6]]
    return distinct([*with_and, f"Minister, {forms[0]}", f"Minister-{forms[0]}"])


_OPENINGS = heads.HEADS.openings | heads.MINISTERIAL.openings | bodies.OPENINGS
_WORDS = (
    frozenset({*_HELD, _DEPUTY, "bộ"})
    | MANY
    | frozenset(opening[0] for opening in bodies.OPENINGS if len(opening) == 1)
)
_FIRST = _WORDS | {opening[0] for opening in _OPENINGS}
