"""Whether a difference is more than chance: bootstrap intervals and two paired tests.

The same draws, figures and p-values as sacrebleu's ``--confidence``, ``--paired-bs`` and
``--paired-ar`` (Koehn 2004; Riezler and Maxwell 2005), in bounded memory for any number of segments.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bulletin.errors import ScoringError
from bulletin.scoring.metrics import LOWER_IS_BETTER, Statistics

if TYPE_CHECKING:
    from bulletin.scoring.metrics import Counts

SEED = 12345
RESAMPLES = 1000
TRIALS = 10_000
_CELLS = 4_000_000


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % bootstrap interval: ``mean`` of the resamples, plus and minus ``half``."""

    mean: float
    half: float

    @property
    def low(self) -> float:
        """The lower end."""
        return self.mean - self.half

    @property
    def high(self) -> float:
        """The upper end."""
        return self.mean + self.half


@dataclass(frozen=True, slots=True)
class Comparison:
    """A system against a baseline by one metric.

    ``difference`` is system minus baseline; ``better`` says whether that is an improvement.
    ``p_bootstrap`` and ``p_randomisation`` are two-sided; they are 1 where there is no difference.
    """

    key: str
    difference: float
    better: bool
    p_bootstrap: float
    p_randomisation: float

    def as_dict(self) -> dict[str, Any]:
        """The comparison for JSON."""
        return {
            "difference": self.difference,
            "better": self.better,
            "p_bootstrap": self.p_bootstrap,
            "p_randomisation": self.p_randomisation,
        }


def interval(statistics: Statistics, *, resamples: int = RESAMPLES, seed: int = SEED) -> Interval:
    """The 95 % interval of a corpus figure by bootstrap over segments."""
    from sacrebleu.significance import estimate_ci

    (sums,) = _resample([statistics.counts], resamples, seed)
    mean, half = estimate_ci(statistics.values(sums))
    return Interval(float(mean), float(half))


def compare(
    baseline: Statistics,
    system: Statistics,
    *,
    resamples: int = RESAMPLES,
    trials: int = TRIALS,
    seed: int = SEED,
) -> Comparison:
    """Test one system against a baseline by paired bootstrap and paired approximate randomisation.

    Raises ScoringError where the two are not of the same metric and the same segments.
    """
    if baseline.key != system.key or len(baseline.counts) != len(system.counts):
        raise ScoringError(
            f"a paired test needs the same segments: the baseline has {len(baseline.counts)},"
            f" the system {len(system.counts)}"
        )
    difference = system.score().value - baseline.score().value
    if difference == 0:
        # sacrebleu counts only draws above the difference, and calls two texts that are the same far apart
        return Comparison(system.key, difference, False, 1.0, 1.0)
    return Comparison(
        system.key,
        difference,
        (difference < 0) if system.key in LOWER_IS_BETTER else (difference > 0),
        _bootstrap(baseline, system, abs(difference), resamples, seed),
        _randomisation(baseline, system, abs(difference), trials, seed),
    )


def _bootstrap(
    baseline: Statistics, system: Statistics, difference: float, resamples: int, seed: int
) -> float:
    import numpy as np

    base, ours = _resample([baseline.counts, system.counts], resamples, seed)
    drawn = np.abs(system.values(ours) - baseline.values(base))
    return _p_value(drawn - drawn.mean(), difference)


def _randomisation(
    baseline: Statistics, system: Statistics, difference: float, trials: int, seed: int
) -> float:
    import numpy as np

    rng = np.random.default_rng(seed)
    size = len(baseline.counts)
    drawn = []
    # a multiple of 32, so that the generator's buffered bits fall as in one single draw
    step = max(32, _CELLS // size // 32 * 32)
    for start in range(0, trials, step):
        swap = rng.integers(2, size=(min(step, trials - start), size), dtype=bool)
        taken, left = swap.astype(float), (~swap).astype(float)
        first = taken @ baseline.counts + left @ system.counts
        second = left @ baseline.counts + taken @ system.counts
        drawn.append(np.abs(system.values(first) - system.values(second)))
    return _p_value(np.concatenate(drawn), difference)


def _resample(tables: list[Counts], resamples: int, seed: int) -> list[Counts]:
    """Summed counts of ``resamples`` draws of as many segments with replacement, the same in all tables."""
    import numpy as np

    rng = np.random.default_rng(seed)
    size = len(tables[0])
    parts: list[list[Counts]] = [[] for _ in tables]
    step = max(1, _CELLS // size)
    for start in range(0, resamples, step):
        drawn = rng.choice(size, size=(min(step, resamples - start), size), replace=True)
        weights = np.stack([np.bincount(row, minlength=size) for row in drawn]).astype(float)
        for part, table in zip(parts, tables, strict=True):
            # sacrebleu resamples in single precision; so do we, to print its last digit
            part.append((weights @ table).astype("float32"))
    return [np.concatenate(part) for part in parts]


def _p_value(drawn: Counts, difference: float) -> float:
    # one is added to both, so that a small number of draws cannot claim certainty
    return float(((drawn > difference).sum() + 1) / (len(drawn) + 1))
