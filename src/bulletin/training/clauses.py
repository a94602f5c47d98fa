"""Long pairs cut in two, so that a model also learns to translate what it is given of a long sentence.

Long sentences are translated clause by clause (``translation.clauses``), and a clause is no sentence: it
may begin in the middle and end without a stop. Pairs are cut where the word alignment lets them be: at
a mark, or before a word that opens a clause, on both sides, with next to no link from one part's words
to the other's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from bulletin.files import write_atomic
from bulletin.training.alignment import Links, Tokens, make_linker
from bulletin.training.pairs import Pair, read_pairs

LEAST_WORDS = 24
"""Vietnamese syllables and marks from which a pair is worth cutting."""

_LEARN_FROM = 40_000
_LEAST_PART = 5
_STRAY = 0.04
"""Of all links, this share at most may lead from one part to the other: alignments are not exact."""

_SOURCE_EDGE = re.compile(
    r"(?<=[,;:])\s+|\s+(?=(?:và|nhằm|để|nhưng|đồng thời|trong đó|nhất là|góp phần|qua đó|từ đó)\s)"
)
_TARGET_EDGE = re.compile(r"(?<=[,;:])\s+|\s+(?=(?:and|but|which|while|so as to|in order to|to|thereby)\s)")


def cut_in_two(pair: Pair, source: Tokens, target: Tokens, links: Links) -> tuple[Pair, Pair] | None:
    """Return the two parts of a pair, cut as near its middle as the alignment lets it be; None if nowhere."""
    middle = len(pair.source) / 2
    edges = sorted(_edges(pair.source, _SOURCE_EDGE, source), key=lambda edge: abs(edge[0] - middle))
    others = list(_edges(pair.target, _TARGET_EDGE, target))
    for at, words in edges[:4]:
        best = min(
            others, key=lambda other: (_crossing(links, words, other[1]), abs(other[1] - words)), default=None
        )
        if best is None or _crossing(links, words, best[1]) > _STRAY * len(links):
            continue
        parts = (
            Pair(pair.source[:at].strip(), pair.target[: best[0]].strip()),
            Pair(pair.source[at:].strip(), pair.target[best[0] :].strip()),
        )
        if all(part.source and part.target for part in parts):
            return parts
    return None


def _edges(text: str, pattern: re.Pattern[str], tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Where a text may be cut: (offset, words before it), each part of five words at least."""
    for match in pattern.finditer(text):
        words = sum(end <= match.start() for _, end in tokens.places)
        if _LEAST_PART <= words <= len(tokens.words) - _LEAST_PART:
            yield match.start(), words


def _crossing(links: Links, one: int, two: int) -> int:
    """How many links lead from before a cut to behind it, or the other way about."""
    return sum((first < one) != (second < two) for first, second in links)


def clause_pairs(pairs: Sequence[Pair], folder: Path) -> list[Pair]:
    """Return the parts of all ``pairs`` that are long and can be cut; found once, then read from ``folder``.

    Raises TrainingError where the file there is damaged.
    """
    digest = hashlib.sha256("\n".join(f"{pair.source}\t{pair.target}" for pair in pairs).encode())
    cache = folder / f"clauses-{digest.hexdigest()[:12]}.tsv"
    if not cache.is_file():
        found = [part for parts in _cut_all(pairs) for part in parts]
        write_atomic(cache, "vi\ten\n" + "".join(f"{part.source}\t{part.target}\n" for part in found))
    return list(read_pairs(cache))


def _cut_all(pairs: Sequence[Pair]) -> Iterator[tuple[Pair, Pair]]:
    cut = [(Tokens.of(pair.source), Tokens.of(pair.target)) for pair in pairs]
    link = make_linker(cut, learn_from=_LEARN_FROM)
    for pair, (source, target) in zip(pairs, cut, strict=True):
        if len(source.words) < LEAST_WORDS:
            continue
        if parts := cut_in_two(pair, source, target, link(source, target)):
            yield parts
