"""The endless, repeatable stream of training batches.

Everything is a pure function of (seed, round): a round draws pairs from each domain by weight, carries
terms in some of them, and packs them into batches of like length. So a resumed run needs only the
number of its round and batch to go on exactly where it stopped.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bulletin.training.carrying import Carrying, Substitutes, carry
from bulletin.training.pairs import Pair
from bulletin.training.spans import Span

Encode = Callable[[list[str]], list[list[int]]]
Sample = Callable[[Sequence[int], random.Random], list[int]]


@dataclass(frozen=True, slots=True)
class Pool:
    """One domain's pairs, the spans that may be carried in each, and the domain's weight."""

    name: str
    pairs: Sequence[Pair]
    weight: float
    spans: Callable[[int], Sequence[Span]] | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """Source and target as piece numbers, with their start and end pieces."""

    source: list[int]
    target: list[int]


Batch = list[Example]


@dataclass(frozen=True, slots=True)
class Stream:
    """Draws rounds of batches from pools."""

    pools: Sequence[Pool]
    encode_source: Encode
    encode_target: Encode
    carrying: Carrying
    substitutes: Substitutes
    round_pairs: int
    batch_tokens: int
    max_length: int
    seed: int
    sample: Sample | None = None

    def draw(self, number: int) -> list[Pair]:
        """Return round ``number``'s pairs, terms carried."""
        total = sum(pool.weight for pool in self.pools)
        drawn: list[Pair] = []
        for pool in self.pools:
            count = max(1, round(self.round_pairs * pool.weight / total))
            for place in range(number * count, (number + 1) * count):
                turn, position = divmod(place, len(pool.pairs))
                index = _permuted(position, len(pool.pairs), f"{self.seed}/{pool.name}/{turn}")
                pair = pool.pairs[index]
                if pool.spans is not None:
                    rng = random.Random(f"{self.seed}/{pool.name}/{turn}/{index}")
                    pair = carry(pair, pool.spans(index), self.carrying, self.substitutes, rng)
                drawn.append(pair)
        return drawn

    def batches(self, number: int) -> list[Batch]:
        """Return round ``number``'s batches, shuffled; overlong pairs are left out."""
        pairs = self.draw(number)
        sources = self.encode_source([pair.source for pair in pairs])
        if self.sample is not None:
            cutting = random.Random(f"{self.seed}/sampling/{number}")
            sources = [self.sample(source, cutting) for source in sources]
        targets = self.encode_target([pair.target for pair in pairs])
        examples = [
            Example(source, target)
            for source, target in zip(sources, targets, strict=True)
            if 2 < len(source) <= self.max_length and 2 < len(target) <= self.max_length
        ]
        rng = random.Random(f"{self.seed}/batches/{number}")
        # target lengths in bands of 6, then source lengths: 94 % of what is computed is text, not padding;
        # the noise keeps the same pairs from always meeting
        examples.sort(key=lambda e: ((len(e.target) + rng.random() * 6) // 6, len(e.source)))
        batches = list(_pack(examples, self.batch_tokens))
        rng.shuffle(batches)
        return batches


def _pack(examples: Sequence[Example], tokens: int) -> Sequence[Batch]:
    """Pack so that padded source plus padded target stay within ``tokens``."""
    batches: list[Batch] = []
    batch: Batch = []
    width = height = 0
    for example in examples:
        wider, higher = max(width, len(example.source)), max(height, len(example.target))
        if batch and (wider + higher) * (len(batch) + 1) > tokens:
            batches.append(batch)
            batch, wider, higher = [], len(example.source), len(example.target)
        batch.append(example)
        width, height = wider, higher
    if batch:
        batches.append(batch)
    return batches


_PERMUTATIONS: dict[tuple[int, str], list[int]] = {}


def _permuted(position: int, size: int, seed: str) -> int:
    """Return the index at ``position`` of a seeded shuffle of ``range(size)``."""
    key = (size, seed)
    if key not in _PERMUTATIONS:
        if len(_PERMUTATIONS) > 32:
            _PERMUTATIONS.clear()
        order = list(range(size))
        random.Random(seed).shuffle(order)
        _PERMUTATIONS[key] = order
    return _PERMUTATIONS[key][position]
