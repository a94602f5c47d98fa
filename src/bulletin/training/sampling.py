"""Sub-word sampling (Kudo 2018): a source word is now and then cut into other pieces than the likeliest.

A model that has seen a rare word in several cuts leans less on one of them. Only words of a Unigram
vocabulary can be cut anew; a word with an unknown piece, and every added or special piece, stay as they are.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any

from bulletin.errors import TrainingError

_BEGINS = "▁"
_CUTS = 8
"""Of each word this many of its likeliest cuts are drawn from."""


def cuts(word: str, scores: Mapping[str, float], most: int = _CUTS) -> list[tuple[float, tuple[str, ...]]]:
    """Return the likeliest ways to cut ``word`` into pieces, best first, each with its log-probability.

    Exact n-best over the lattice of pieces; empty where the pieces cannot spell the word.
    """
    best: list[list[tuple[float, tuple[str, ...]]]] = [[(0.0, ())]]
    for end in range(1, len(word) + 1):
        ways = [
            (before + scores[piece], (*pieces, piece))
            for begin in range(end)
            if (piece := word[begin:end]) in scores
            for before, pieces in best[begin]
        ]
        best.append(sorted(ways, key=lambda way: (-way[0], way[1]))[:most])
    return best[-1]


def make_sampler(tokenizer: Any, sharpness: float) -> Callable[[Sequence[int], random.Random], list[int]]:
    """Return a function that cuts the words of a row of piece numbers anew, by chance.

    A cut is drawn with probability in proportion to its own to the power of ``sharpness`` (Kudo's alpha):
    near 0 all of the eight likeliest cuts are alike, at 1 and above the likeliest nearly always wins.
    Raises TrainingError where the tokenizer is not a Unigram one.
    """
    table = json.loads(tokenizer.backend_tokenizer.to_str())
    if table["model"]["type"] != "Unigram":
        raise TrainingError(
            f"schedule.sampling wants a Unigram vocabulary, and this model's is {table['model']['type']}; "
            "set it to 0"
        )
    whole = {added["id"] for added in table["added_tokens"]}
    pieces = [piece for piece, _ in table["model"]["vocab"]]
    scores = {
        piece: float(score)
        for number, (piece, score) in enumerate(table["model"]["vocab"])
        if number not in whole
    }
    numbers = {piece: number for number, piece in enumerate(pieces) if number not in whole}

    @lru_cache(maxsize=100_000)
    def ways(word: str) -> tuple[list[list[int]], list[float]]:
        found = cuts(word, scores)
        weights = [math.exp(sharpness * (score - found[0][0])) for score, _ in found]
        return [[numbers[piece] for piece in way] for _, way in found], list(accumulate(weights))

    def sample(row: Sequence[int], rng: random.Random) -> list[int]:
        sampled: list[int] = []
        word: list[int] = []

        def close() -> None:
            if word:
                choices, weights = ways("".join(pieces[number] for number in word))
                sampled.extend(rng.choices(choices, cum_weights=weights)[0])
                word.clear()

        for number in row:
            if number in whole:
                close()
                sampled.append(number)
                continue
            if pieces[number].startswith(_BEGINS):
                close()
            word.append(number)
        close()
        return sampled

    return sample
