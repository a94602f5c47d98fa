"""Laying a bulletin beside its article: which English paragraph translates which Vietnamese one.

Translations keep the order of paragraphs and carry names, figures and fixed terms over, so the
best monotone path by what the two sides share is taken (Gale and Church 1993, with anchors in place
of lengths alone); what moved is then looked for among what is left.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

MOST_CELLS = 15_000
"""Beyond so many pairs of paragraphs, only those near the diagonal are looked at."""

WORDS_A_SYLLABLE = 0.75
"""How many English words stand for a Vietnamese syllable in official news."""

NEUTRAL = 0.3
"""The likeness of two paragraphs that have nothing to be compared by."""

_LEAST = 0.25
_FOR_LENGTH = 0.2
_FOR_JOINING = 0.06
_LEAST_JOINED = 0.15
_MOVED = 0.5
# an anchor that at most so many paragraphs share tells them apart
_RARE = 1 / 4
_MOST_HOLDERS = 20
# (Vietnamese, English) paragraphs that may make one group, the plain pair first
_STEPS = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2))
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Side:
    """One paragraph as it is compared: its anchors, folded, and its length in words or syllables.

    What is ``alone``, a heading, is never joined with what stands before or after it.
    """

    anchors: Counter[str]
    length: int
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Paragraphs that go together, by index; one of the two is empty where nothing goes with the other."""

    ours: tuple[int, ...]
    theirs: tuple[int, ...]


def anchors_of(texts: Sequence[str]) -> Counter[str]:
    """The words and numbers by which texts are compared: figures without their marks, words of 3 letters."""
    found: Counter[str] = Counter()
    for text in texts:
        for word in _WORD.findall(text.casefold()):
            if word[0].isdigit():
                found[re.sub(r"\D", "", word)] += 1
            elif len(word) > 2:
                found[word] += 1
    return found


def align_sides(sources: Sequence[Side], english: Sequence[Side]) -> list[Group]:
    """Groups over all of both sides, in the order of the sources, then English that goes with none."""
    weights = _weights(sources)
    compared = _Compared(sources, english, weights)
    return _with_moved(_best_path(compared), compared)


def likeness(source: Side, english: Side, weights: Mapping[str, float]) -> float:
    """How much of the anchors two sides share, from 0 to 1, rare ones counting more."""
    here = sum(weights.get(word, 1.0) for word in source.anchors)
    # of the English only what could come from the source is held against it
    there = sum(weights[word] for word in english.anchors if word in weights)
    common = sum(weights.get(word, 1.0) for word in source.anchors if word in english.anchors)
    # one anchor or two say little: the less there is to compare, the nearer to neutral
    return (2 * common + NEUTRAL) / (here + max(there, common) + 1)


def _weights(sources: Sequence[Side]) -> dict[str, float]:
    counts = Counter(word for side in sources for word in side.anchors)
    return {word: 1 / count for word, count in counts.items()}


def _joined(sides: Sequence[Side]) -> Side:
    if len(sides) == 1:
        return sides[0]
    anchors: Counter[str] = Counter()
    for side in sides:
        anchors.update(side.anchors)
    return Side(anchors, sum(side.length for side in sides))


def _worth(sources: Sequence[Side], english: Sequence[Side], weights: Mapping[str, float]) -> float:
    """What it is worth to put these together; less than 0 is worse than leaving both alone."""
    source, other = _joined(sources), _joined(english)
    expected = source.length * WORDS_A_SYLLABLE
    long, short = max(expected, other.length), min(expected, other.length)
    close = short / long if long else 1.0
    joints = len(sources) + len(english) - 2
    return likeness(source, other, weights) - _LEAST + _FOR_LENGTH * close - _FOR_JOINING * joints


@dataclass(frozen=True, slots=True)
class _Compared:
    """Both sides, with what single paragraphs share, counted once."""

    sources: Sequence[Side]
    english: Sequence[Side]
    weights: Mapping[str, float]
    known: dict[tuple[int, int], float] = field(default_factory=dict)

    def single(self, i: int, j: int) -> float:
        """The likeness of two paragraphs."""
        if (i, j) not in self.known:
            self.known[i, j] = likeness(self.sources[i], self.english[j], self.weights)
        return self.known[i, j]

    def may_join(self, ours: range, theirs: range) -> bool:
        """Whether each paragraph has something in common with one of the other side, and none is alone."""
        if any(self.sources[i].alone for i in ours) or any(self.english[j].alone for j in theirs):
            return False
        return all(any(self.single(i, j) >= _LEAST_JOINED for j in theirs) for i in ours) and all(
            any(self.single(i, j) >= _LEAST_JOINED for i in ours) for j in theirs
        )

    def worth(self, ours: range, theirs: range) -> float:
        """What it is worth to put these together."""
        return _worth(
            self.sources[ours.start : ours.stop], self.english[theirs.start : theirs.stop], self.weights
        )


def _best_path(compared: _Compared) -> list[Group]:
    rows, columns = len(compared.sources), len(compared.english)
    # wide enough that the bands of neighbouring rows meet
    band = columns
    if rows * columns > MOST_CELLS:
        band = max(20, columns // rows + 1, MOST_CELLS // rows // 2)
    best: dict[tuple[int, int], float] = {(0, 0): 0.0}
    came: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(rows + 1):
        middle = i * columns // max(1, rows)
        for j in range(max(0, middle - band), min(columns, middle + band) + 1):
            options = [(best[at], at) for at in ((i - 1, j), (i, j - 1)) if at in best]
            for a, b in _STEPS:
                at = (i - a, j - b)
                ours, theirs = range(i - a, i), range(j - b, j)
                if at in best and (a + b == 2 or compared.may_join(ours, theirs)):
                    options.append((best[at] + compared.worth(ours, theirs), at))
            if options:
                # between equals the last wins: a group rather than two gaps
                score, at = max(reversed(options), key=lambda option: option[0])
                best[i, j], came[i, j] = score, at
    groups: list[Group] = []
    place = (rows, columns)
    while place != (0, 0):
        before = came[place]
        groups.append(Group(tuple(range(before[0], place[0])), tuple(range(before[1], place[1]))))
        place = before
    return groups[::-1]


def _with_moved(path: list[Group], compared: _Compared) -> list[Group]:
    """Put together what stands elsewhere on the other side: a caption, a quotation."""
    together = [group for group in path if group.ours and group.theirs]
    ours = {group.ours[0] for group in path if not group.theirs}
    theirs = {group.theirs[0] for group in path if not group.ours}
    likely = sorted(
        ((compared.single(i, j), i, j) for i, j in _sharing(compared, ours, theirs)), reverse=True
    )
    for worth, i, j in likely:
        if worth >= _MOVED and i in ours and j in theirs:
            together.append(Group((i,), (j,)))
            ours.remove(i)
            theirs.remove(j)
    together += [Group((i,), ()) for i in ours]
    return sorted(together, key=lambda group: group.ours) + [Group((), (j,)) for j in sorted(theirs)]


def _sharing(compared: _Compared, ours: set[int], theirs: set[int]) -> set[tuple[int, int]]:
    """Pairs that share an anchor which few paragraphs have."""
    holders: dict[str, list[int]] = {}
    for j in theirs:
        for word in compared.english[j].anchors:
            holders.setdefault(word, []).append(j)
    return {
        (i, j)
        for i in ours
        for word in compared.sources[i].anchors
        if compared.weights[word] >= _RARE
        for j in holders.get(word, ())[:_MOST_HOLDERS]
    }
