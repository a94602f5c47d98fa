"""How long scoring takes: BLEU, chrF++ and TER of many segments, with intervals, on made-up text.

    python benchmarks/scoring.py [SEGMENTS]

Prints seconds, processor seconds and peak memory. The text is news-like in length (19 words a
segment on average) and differs from its reference as a middling translation does.
"""

from __future__ import annotations

import random
import resource
import sys
import time

from bulletin.scoring.evaluate import evaluate
from bulletin.scoring.texts import Text


def main() -> None:
    """Score and print."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rng = random.Random(1)
    references = [_sentence(rng) for _ in range(size)]
    hypotheses = [_translated(line, rng) for line in references]
    start, used = time.perf_counter(), time.process_time()
    done = evaluate(
        Text("hypotheses", tuple(hypotheses)), [Text("reference", tuple(references))], resamples=1000
    )
    seconds = time.perf_counter() - start
    # the workers are gone by now; making the text up is not counted
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(", ".join(f"{metric.name} {metric.value:.2f}" for metric in done.scores.metrics))
    print(f"segments          {size:>9,}")
    print(f"seconds           {seconds:>9.1f}")
    print(f"processor seconds {time.process_time() - used + others.ru_utime:>9.1f}")
    print(f"peak memory       {own.ru_maxrss / 1024:>9.0f} MB, each worker {others.ru_maxrss / 1024:.0f} MB")


def _sentence(rng: random.Random) -> str:
    # word lengths and frequencies as in English: few short words make up most of a text
    length = max(4, int(rng.gauss(19, 9)))
    return " ".join(_word(int(rng.paretovariate(0.7))) for _ in range(length)).capitalize() + "."


def _word(rank: int) -> str:
    letters = random.Random(rank % 30_000)
    return "".join(letters.choices("etaoinshrdlucmfwypvbgk", k=2 + min(8, rank % 9)))


def _translated(line: str, rng: random.Random) -> str:
    words = [_word(int(rng.paretovariate(0.7))) if rng.random() < 0.2 else word for word in line.split()]
    words = [word for word in words if rng.random() > 0.07] or words
    if len(words) > 8 and rng.random() < 0.6:
        start = rng.randrange(len(words) - 4)
        run = words[start : start + 3]
        del words[start : start + 3]
        place = rng.randrange(len(words))
        words[place:place] = run
    return " ".join(words)


if __name__ == "__main__":
    main()
