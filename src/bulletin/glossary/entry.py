"""Entry and TermMatch: a fixed rendering, and the place in a sentence where it applies."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum


class CasePolicy(StrEnum):
    """How the Vietnamese of an entry is matched.

    ``exact``: as written, but a capital first letter is always allowed (``Đảng`` is not ``đảng``).
    ``initial``: the first letter may be either case; where it is as in the entry, inner capitals may
    differ too, names aside. ``any``: case is not looked at.
    """

    EXACT = "exact"
    INITIAL = "initial"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Entry:
    """One term of the glossary: one row of a CSV file.

    English forms keep a leading ``the`` where running text has one (``the Politburo``).
    ``english`` maps a style name to its form; the key ``vna`` is always there.
    ``kind``: institution, title, organisation, document, event, honour, place, person, phrase.
    ``short`` is the form after the first mention, where the style wants one (``NA``).
    """

    id: str
    vi: str
    english: dict[str, str]
    variants: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    short: str = ""
    feminine: str = ""
    plural: str = ""
    kind: str = "phrase"
    case: CasePolicy = CasePolicy.INITIAL
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    authority: str = ""
    sources: int = 1
    note: str = ""
    file: str = ""
    line: int = 0

    def form(self, style: str) -> str:
        """The English of this entry in ``style``, or in ``vna`` where the style has none of its own."""
        return self.english.get(style) or self.english["vna"]


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A span of a source sentence whose English is fixed.

    ``start`` and ``end`` are character offsets in the sentence; ``source`` is the text between.
    ``id`` is the entry's id, or ``name``, ``date``, ``figure``, or ``role:...`` for a title composed
    by the grammar. ``target`` is the English without a leading article; ``article`` says that
    running text puts ``the`` before it. ``accepted`` are further right renderings (plural,
    feminine, short form, the style's other spellings), ``forbidden`` known wrong ones.
    ``status`` is empty, or ``expired``, or ``ambiguous`` (then ``accepted`` holds the rivals).
    ``gender`` is ``m`` or ``f`` where a name or the holder of a title is known for a man or a woman.
    """

    id: str
    kind: str
    start: int
    end: int
    source: str
    target: str
    article: bool = False
    accepted: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    status: str = ""
    gender: str = ""
