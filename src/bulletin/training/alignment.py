"""Word alignment and aligned phrases, found in the training pairs themselves.

IBM model 1 with a diagonal position prior (Dyer et al. 2013), both directions, joined by grow-diag
(Och and Ney 2003; Koehn et al. 2003), then consistent phrase pairs. Counts live in hashed tables, so
that memory stays bounded; a rare collision only blurs a count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Links = frozenset[tuple[int, int]]

TABLE_BITS = 24
TENSION = 4.0
"""How strongly words are held near the diagonal (fast_align's usual value)."""
NULL = 0.08
"""The prior of a word that renders nothing."""
_CHUNK = 20_000

_TOKEN = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Tokens:
    """A side's words with their character offsets."""

    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str) -> Tokens:
        """Cut ``text`` into words and marks."""
        found = list(_TOKEN.finditer(text))
        return cls(tuple(match.group().casefold() for match in found), tuple(match.span() for match in found))


class Aligner:
    """Aligns words of one direction: every word of the second side to at most one of the first."""

    def __init__(self, pairs: Sequence[tuple[Sequence[str], Sequence[str]]], *, iterations: int = 5) -> None:
        """Estimate translation counts from ``pairs`` by expectation–maximisation."""
        import numpy as np

        self._first: dict[str, int] = {}
        self._second: dict[str, int] = {}
        numbered = [
            (
                np.array(
                    [0] + [self._first.setdefault(w, len(self._first) + 1) for w in first], dtype=np.int64
                ),
                np.array([self._second.setdefault(w, len(self._second) + 1) for w in second], dtype=np.int64),
            )
            for first, second in pairs
        ]
        numbered = [(first, second) for first, second in numbered if len(first) > 1 and len(second)]
        # before the first iteration every pair of words is as likely as any other
        self._counts: NDArray[np.float32] = np.ones(1 << TABLE_BITS, dtype=np.float32)
        self._totals: NDArray[np.float32] = np.ones(len(self._first) + 1, dtype=np.float32)
        for _ in range(iterations if numbered else 0):
            counts = np.zeros(1 << TABLE_BITS, dtype=np.float64)
            totals = np.zeros(len(self._first) + 1, dtype=np.float64)
            for begin in range(0, len(numbered), _CHUNK):
                for keys, owners, shares in self._expect(numbered[begin : begin + _CHUNK]):
                    counts += np.bincount(keys, weights=shares, minlength=len(counts))
                    totals += np.bincount(owners, weights=shares, minlength=len(totals))
            self._counts = counts.astype(np.float32)
            self._totals = np.maximum(totals, 1e-6).astype(np.float32)

    def _expect(
        self, pairs: Sequence[tuple[NDArray[np.int64], NDArray[np.int64]]]
    ) -> Iterable[tuple[Any, Any, Any]]:
        """Yield (table keys, first-side words, posterior shares) of all links of ``pairs``."""
        import numpy as np

        keys, owners, shares = [], [], []
        for first, second in pairs:
            key = _keys(first, second)
            score = self._counts[key] / self._totals[first][None, :] * _prior(len(first) - 1, len(second))
            score /= np.maximum(score.sum(1, keepdims=True), 1e-30)
            keys.append(key.ravel())
            owners.append(np.broadcast_to(first[None, :], key.shape).ravel())
            shares.append(score.ravel())
        yield np.concatenate(keys), np.concatenate(owners), np.concatenate(shares)

    def align(self, first: Sequence[str], second: Sequence[str]) -> list[int]:
        """Return for each word of ``second`` the index in ``first`` it renders, or -1."""
        import numpy as np

        if not first or not second:
            return [-1] * len(second)
        one = np.array([0] + [self._first.get(word, 0) for word in first], dtype=np.int64)
        two = np.array([self._second.get(word, 0) for word in second], dtype=np.int64)
        score = self._counts[_keys(one, two)] / self._totals[one][None, :] * _prior(len(first), len(second))
        return [int(index) - 1 for index in score.argmax(1)]


def _keys(first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int64]:
    mixed = first[None, :] * 0x9E3779B1 + second[:, None] * 0x85EBCA77
    return (mixed ^ (mixed >> 29)) & ((1 << TABLE_BITS) - 1)


_PRIORS: dict[tuple[int, int], Any] = {}


def _prior(first: int, second: int) -> Any:
    """Return (second × first+1) prior weights; column 0 is for words that render nothing."""
    import numpy as np

    if (first, second) not in _PRIORS:
        ones = (np.arange(first) + 0.5) / first
        twos = (np.arange(second) + 0.5) / second
        near = np.exp(-TENSION * np.abs(twos[:, None] - ones[None, :]))
        near *= (1 - NULL) / near.sum(1, keepdims=True)
        _PRIORS[(first, second)] = np.concatenate([np.full((second, 1), NULL), near], 1).astype(np.float32)
    return _PRIORS[(first, second)]


def grow_diagonal(forward: Iterable[tuple[int, int]], backward: Iterable[tuple[int, int]]) -> Links:
    """Join two directions: their intersection, grown by neighbouring links of the union to bare words."""
    forward, backward = frozenset(forward), frozenset(backward)
    union = forward | backward
    links = set(forward & backward)
    ones, twos = {one for one, _ in links}, {two for _, two in links}
    frontier = list(links)
    while frontier:
        added = []
        for one, two in frontier:
            for right in (-1, 0, 1):
                for down in (-1, 0, 1):
                    link = (one + right, two + down)
                    if link in union and link not in links and (link[0] not in ones or link[1] not in twos):
                        links.add(link)
                        ones.add(link[0])
                        twos.add(link[1])
                        added.append(link)
        frontier = added
    return frozenset(links)


def make_linker(
    pairs: Sequence[tuple[Tokens, Tokens]], *, learn_from: int
) -> Callable[[Tokens, Tokens], Links]:
    """Return what links the words of a pair; learnt both ways from at most ``learn_from`` of ``pairs``."""
    step = max(1, -(-len(pairs) // learn_from))
    sample = [(s.words[:80], t.words[:80]) for s, t in pairs[::step] if s.words and t.words]
    to_target = Aligner(sample)
    to_source = Aligner([(target, source) for source, target in sample])

    def link(source: Tokens, target: Tokens) -> Links:
        forward = enumerate(to_target.align(source.words, target.words))
        backward = enumerate(to_source.align(target.words, source.words))
        return grow_diagonal(
            ((one, two) for two, one in forward if one >= 0),
            ((one, two) for one, two in backward if two >= 0),
        )

    return link


def consistent_phrases(
    links: Links, second: int, *, longest_first: int = 8, longest_second: int = 5
) -> list[tuple[int, int, int, int]]:
    """Return phrase pairs (first from, to, second from, to; ends exclusive) that no link leads out of."""
    of_second: dict[int, list[int]] = {}
    of_first: dict[int, list[int]] = {}
    for one, two in links:
        of_second.setdefault(two, []).append(one)
        of_first.setdefault(one, []).append(two)
    found = []
    for begin in range(second):
        if begin not in of_second:
            continue
        low, high = min(of_second[begin]), max(of_second[begin])
        for end in range(begin, min(second, begin + longest_second)):
            if end in of_second:
                low, high = min(low, *of_second[end]), max(high, *of_second[end])
            else:
                continue
            if high - low >= longest_first:
                break
            if all(begin <= two <= end for one in range(low, high + 1) for two in of_first.get(one, ())):
                found.append((low, high + 1, begin, end + 1))
    return found
