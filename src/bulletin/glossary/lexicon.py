"""A lexicon: terms by their folded syllables, the longest looked up first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from bulletin.glossary.tokens import fold

Value = TypeVar("Value")


class Lexicon(Generic[Value]):
    """Terms of one or more syllables, each with a value."""

    def __init__(self, terms: Iterable[tuple[Sequence[str], Value]]) -> None:
        self._values: dict[tuple[str, ...], Value] = {tuple(syllables): value for syllables, value in terms}
        lengths: dict[str, set[int]] = {}
        for syllables in self._values:
            lengths.setdefault(syllables[0], set()).add(len(syllables))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}
        self.openings = frozenset(syllables[:2] for syllables in self._values)
        """The first two syllables of each term, or the only one."""

    @classmethod
    def of(cls, terms: dict[str, Value]) -> Lexicon[Value]:
        """A lexicon of terms as written; several with one value are parted by ``|``."""
        return cls((fold(term).split(), value) for names, value in terms.items() for term in names.split("|"))

    def at(self, folded: Sequence[str], start: int) -> tuple[int, Value] | None:
        """The longest term that begins at ``start``, as its number of syllables and its value."""
        if start >= len(folded):
            return None
        for length in self._lengths.get(folded[start], ()):
            syllables = tuple(folded[start : start + length])
            value = self._values.get(syllables)
            if value is not None:
                return len(syllables), value
        return None

    def get(self, syllables: Sequence[str]) -> Value | None:
        """The value of one term, given whole."""
        return self._values.get(tuple(syllables))
