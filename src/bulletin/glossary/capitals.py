"""Whether a term's capitals fit: what an entry's case policy allows."""

from __future__ import annotations

from enum import IntEnum

from bulletin.glossary.entry import CasePolicy

MARK, LOWER, CAPITAL, UPPER = "-aAU"
"""A token's capitals: none to speak of (figures, marks), all small, first capital, all capital.

One capital letter alone (``Y`` in ``Bộ Y tế``) is CAPITAL.
"""

_BOUND = 200_000


class _Patterns(dict[str, str]):
    """Tokens judged so far; emptied when there are too many."""

    def __missing__(self, token: str) -> str:
        if len(self) > _BOUND:
            self.clear()
        judged = self[token] = _judge(token)
        return judged


pattern = _Patterns().__getitem__
"""MARK, LOWER, CAPITAL or UPPER of a token: one character; those of a term are joined to a string."""


def _judge(token: str) -> str:
    if token.lower() == token.upper():
        return MARK
    if not token[0].isupper():
        return LOWER
    return UPPER if sum(map(str.isalpha, token)) > 1 and token.isupper() else CAPITAL


class Fit(IntEnum):
    """How well capitals fit; smaller is better. LOOSE: only inner capitals differ."""

    EXACT = 0
    INITIAL = 1
    LOOSE = 2
    NONE = 3


NAMES = frozenset({"place", "person"})
"""Kinds whose capitals tell them from common words: ``Hòa Bình`` is a province, ``hòa bình`` is peace."""


def fit(case: CasePolicy, kind: str, entry: str, text: str) -> Fit:
    """Judge the capitals of ``text`` by those of ``entry`` (patterns of the same tokens).

    A heading all in capitals fits any policy. Under ``initial``, inner capitals may differ where the
    first is as in the entry, names aside, since newspapers write ``Bí thư tỉnh ủy`` and ``Bộ Giáo
    Dục và Đào Tạo`` too; but ``bộ y tế``, all small, is the end of ``cán bộ y tế``.
    """
    if entry == text:
        return Fit.EXACT
    if case is CasePolicy.ANY:
        return Fit.LOOSE
    if len(text) > 1 and LOWER not in text and CAPITAL not in text[1:] and UPPER in text:
        return Fit.LOOSE
    rest = entry[1:] == text[1:]
    first = _first_fits(case, entry[0], text[0])
    if rest and first:
        return Fit.INITIAL
    if case is CasePolicy.EXACT or kind in NAMES or not first or (entry[0] != LOWER and text[0] == LOWER):
        return Fit.NONE
    for wanted, found in zip(entry[1:], text[1:], strict=True):
        # an abbreviation is never written small: UBND, but also Ubnd
        if wanted == UPPER and found == LOWER:
            return Fit.NONE
    return Fit.LOOSE


def _first_fits(case: CasePolicy, wanted: str, found: str) -> bool:
    if wanted == found:
        return True
    if case is CasePolicy.EXACT:
        return wanted == LOWER and found == CAPITAL
    if wanted == UPPER or found == UPPER:
        return {wanted, found} == {UPPER, CAPITAL}
    return True
