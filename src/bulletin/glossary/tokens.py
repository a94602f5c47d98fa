"""A text as the matcher sees it: syllables and marks, folded, each with its place in the text."""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass

from bulletin.language.normal import fold_text

# zero-width characters and soft hyphens may stand inside a syllable; combining marks belong to it (NFD text)
_IGNORED = "\u00ad\u200b-\u200d\u2060\ufeff"
_PATTERN = (
    rf"(?:[Tt][Pp]\.(?=[ \u00a0]?\w)|[^\W_][\w\u0300-\u036f{_IGNORED}]*)"
    rf"|\n\s*\n|[^\w\s\u0300-\u036f{_IGNORED}]|_"
)
_TOKEN = re.compile(_PATTERN)
_PARTS = re.compile(f"({_PATTERN})")

_BOUND = 200_000


class _Folds(dict[str, str]):
    """Tokens folded so far; emptied when there are too many, so that no text fills the memory."""

    def __missing__(self, token: str) -> str:
        if len(self) > _BOUND:
            self.clear()
        folded = self[token] = _fold(token)
        return folded


fold_token = _Folds().__getitem__
"""One syllable or mark without what spelling varies in: case, place of the tone mark, i for y, dashes."""


def _fold(token: str) -> str:
    if token.isascii():
        small = token.lower()
        if "y" not in small and small.isalnum():
            return small
    text = fold_text(token, case=True, y_as_i=True)
    # GD&ĐT and GD-ĐT are the same abbreviation
    return "-" if text == "&" else text.rstrip(".") or text


@dataclass(frozen=True)
class Tokens:
    """The tokens of a text: as written, folded, and where each starts and ends, in characters."""

    text: str
    written: list[str]
    folded: list[str]
    starts: list[int]
    ends: list[int]

    @functools.cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where each token stands: start and end."""
        return list(zip(self.starts, self.ends, strict=True))

    def __len__(self) -> int:
        return len(self.written)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where tokens ``start`` to ``end`` (exclusive) stand in the text."""
        return self.starts[start], self.ends[end - 1]


def split(text: str) -> list[str]:
    """The tokens of ``text`` as written. White space only separates; an empty line is a token of its own."""
    return _TOKEN.findall(text)


def tokenize(text: str) -> Tokens:
    """Split ``text`` into tokens with their places."""
    parts = _PARTS.split(text)  # what stands between tokens, and the tokens, by turns
    places = list(itertools.accumulate(map(len, parts)))
    written = parts[1::2]
    return Tokens(text, written, [*map(fold_token, written)], places[:-1:2], places[1::2])


def fold(text: str) -> str:
    """A term in one spelling, to be compared with others: folded tokens joined by single spaces."""
    return " ".join(map(fold_token, split(text)))
