"""The chart: a sentence's tokens, the entries found in it, and pieces composed of them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from bulletin.glossary.entry import Entry
from bulletin.glossary.lexicon import Lexicon, Value
from bulletin.glossary.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Found:
    """An entry found at tokens ``start`` to ``end`` (exclusive), with its rivals where it has some."""

    start: int
    end: int
    entry: Entry
    status: str = ""
    rivals: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """English for tokens ``start`` to ``end``: right forms with their article, the house's first."""

    start: int
    end: int
    forms: tuple[str, ...]
    kind: str
    status: str = ""
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """What is known of one sentence; ``by_start`` lists the entries that begin at a token, longest first."""

    tokens: Tokens
    capitals: str
    style: str
    by_start: dict[int, list[Found]]

    def entries(self, start: int, *kinds: str) -> list[Found]:
        """The entries of these kinds that begin at a token, longest first."""
        return [found for found in self.by_start.get(start, ()) if found.entry.kind in kinds]

    def piece(self, found: Found) -> Piece:
        """An entry as a piece: its form in the style, then its accepted forms."""
        entry = found.entry
        further = [form for form in (*entry.accepted, entry.plural, entry.feminine, entry.short) if form]
        rivals = [rival.form(self.style) for rival in found.rivals]
        forms = tuple(dict.fromkeys([entry.form(self.style), *rivals, *further]))
        return Piece(found.start, found.end, forms, entry.kind, found.status, entry.forbidden)

    def word(self, at: int) -> str:
        """The folded token at a place, or nothing behind the end."""
        return self.tokens.folded[at] if 0 <= at < len(self.tokens.folded) else ""

    def find(self, lexicon: Lexicon[Value], at: int) -> tuple[int, Value] | None:
        """The longest term of a lexicon that begins at a token: where it ends, and its value."""
        found = lexicon.at(self.tokens.folded, at)
        return None if found is None else (at + found[0], found[1])


MOST_FORMS = 32
COMPOSED_OF = frozenset({"institution", "organisation", "title", "place"})
"""The kinds of entries that the grammar composes; others need not be in the chart."""


def distinct(forms: Sequence[str]) -> tuple[str, ...]:
    """Forms without repetition, in their order, and not too many."""
    return tuple(itertools.islice(dict.fromkeys(forms), MOST_FORMS))
