"""Fitting the estimate of risk to segments whose reference is known, and measuring what it is worth.

Weights are a ridge regression on sentence chrF++ that may not be negative, since a signal that
speaks against a segment must never lower its risk; a logistic curve over their sum then gives the
chance of being among the worst quarter (Platt 1999).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bulletin.errors import ScoringError
from bulletin.scoring.qe import Calibration, Measured, Weight
from bulletin.scoring.signals import SIGNALS, Signals

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

FOLDS = 10
RIDGE = 10.0
RESAMPLES = 1000
SEED = 12345
FEWEST = 40
"""Segments, below which nothing can be fitted."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A segment with its sentence chrF++; ``group`` is its document, which no fold and no draw splits."""

    signals: Signals
    chrf: float
    group: str
    testset: str


def fit(
    samples: Sequence[Sample], model: str, revision: str, decoding: str, measured: Sequence[Measured] = ()
) -> Calibration:
    """Fit the weights. Raises ScoringError for fewer than ``FEWEST`` samples."""
    import numpy as np

    if len(samples) < FEWEST:
        raise ScoringError(f"{len(samples)} segments are too few to calibrate on; give at least {FEWEST}")
    raw = np.array([sample.signals.values() for sample in samples])
    chrf = np.array([sample.chrf for sample in samples])
    known = np.isfinite(raw)
    mean = np.array(
        [column[ok].mean() if ok.any() else 0.0 for column, ok in zip(raw.T, known.T, strict=True)]
    )
    scale = np.array(
        [column[ok].std() if ok.any() else 0.0 for column, ok in zip(raw.T, known.T, strict=True)]
    )
    scale[scale < 1e-9] = 1.0
    table = np.where(known, (raw - mean) / scale, 0.0)
    weights = _positive_ridge(table, (chrf.mean() - chrf) / max(float(chrf.std()), 1e-9))
    worst = float(np.quantile(chrf, 0.25))
    slope, intercept = _logistic(table @ weights, (chrf < worst).astype(float))
    return Calibration(
        model,
        revision,
        decoding,
        len(samples),
        round(worst, 2),
        round(intercept, 4),
        {
            name: Weight(
                round(float(mean[i]), 5), round(float(scale[i]), 5), round(float(slope * weights[i]), 4)
            )
            for i, name in enumerate(SIGNALS)
        },
        tuple(measured),
    )


def cross_validate(samples: Sequence[Sample], folds: int = FOLDS, *, alone: bool = False) -> list[float]:
    """The risk of each sample by weights that were fitted without its document.

    ``alone`` gives the log-odds of the weights, without the least risk of what rules find wrong.
    """
    groups = sorted({sample.group for sample in samples})
    random.Random(SEED).shuffle(groups)
    fold_of = {group: place % folds for place, group in enumerate(groups)}
    found = [0.0] * len(samples)
    for fold in range(min(folds, len(groups))):
        rest = [sample for sample in samples if fold_of[sample.group] != fold]
        calibration = fit(rest, "", "", "")
        for index, sample in enumerate(samples):
            if fold_of[sample.group] == fold:
                value = calibration.log_odds if alone else calibration.risk
                found[index] = value(sample.signals)
    return found


def measure_risks(name: str, risks: Sequence[float], samples: Sequence[Sample]) -> Measured:
    """How risks follow chrF++, with bootstrap intervals over documents; correlations are with its fall."""
    import numpy as np

    risk, chrf = np.array(risks), np.array([sample.chrf for sample in samples])
    groups: dict[str, list[int]] = {}
    for index, sample in enumerate(samples):
        groups.setdefault(sample.group, []).append(index)
    rng = np.random.default_rng(SEED)
    members = [np.array(rows) for rows in groups.values()]
    draws = [
        np.concatenate([members[i] for i in rng.integers(0, len(members), len(members))])
        for _ in range(RESAMPLES)
    ]

    def interval(figure: Callable[[Array, Array], float]) -> tuple[float, float, float]:
        made = [figure(risk[rows], chrf[rows]) for rows in draws]
        low, high = np.nanquantile(made, [0.025, 0.975])
        return round(figure(risk, chrf), 3), round(float(low), 3), round(float(high), 3)

    return Measured(
        name, len(samples), interval(pearson), interval(spearman), interval(auc), interval(found_first)
    )


def pearson(risk: Array, chrf: Array) -> float:
    """Pearson's correlation of the risk with minus chrF++; not a number where one does not vary."""
    import numpy as np

    if np.ptp(risk) == 0 or np.ptp(chrf) == 0:
        return float("nan")
    return float(np.corrcoef(risk, -chrf)[0, 1])


def spearman(risk: Array, chrf: Array) -> float:
    """Spearman's rank correlation of the risk with minus chrF++."""
    return pearson(_ranks(risk), _ranks(chrf))


def auc(risk: Array, chrf: Array) -> float:
    """The area under the curve: how often one of the worst quarter has the higher risk of a pair."""
    import numpy as np

    bad = chrf <= np.quantile(chrf, 0.25)
    size, others = int(bad.sum()), int((~bad).sum())
    if not size or not others:
        return float("nan")
    return float((_ranks(risk)[bad].sum() - size * (size + 1) / 2) / (size * others))


def found_first(risk: Array, chrf: Array) -> float:
    """The share of the worst quarter, in per cent, among as many segments of the highest risk."""
    import numpy as np

    size = max(1, len(chrf) // 4)
    return float(
        100
        * len(np.intersect1d(np.argsort(chrf, kind="stable")[:size], np.argsort(-risk, kind="stable")[:size]))
        / size
    )


def _ranks(values: Array) -> Array:
    """Ranks from 1, equal values sharing the mean of theirs."""
    import numpy as np

    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks: Array = (ends - (counts - 1) / 2)[place]
    return ranks


def _positive_ridge(table: Array, wanted: Array) -> Array:
    """Least squares with a ridge and no weight under 0, by coordinate descent."""
    import numpy as np

    gram = table.T @ table + RIDGE * np.eye(table.shape[1])
    goal = table.T @ wanted
    weights = np.zeros(table.shape[1])
    for _ in range(500):
        before = weights.copy()
        for i in range(len(weights)):
            weights[i] = max(0.0, (goal[i] - gram[i] @ weights + gram[i, i] * weights[i]) / gram[i, i])
        if np.abs(weights - before).max() < 1e-9:
            break
    return weights


def _logistic(x: Array, label: Array) -> tuple[float, float]:
    """(slope, intercept) of a logistic curve by Newton's method, Platt's smoothing of the labels."""
    import numpy as np

    positive, negative = label.sum(), len(label) - label.sum()
    goal = np.where(label > 0, (positive + 1) / (positive + 2), 1 / (negative + 2))
    design = np.stack([x, np.ones_like(x)], axis=1)
    ridge: Any = np.diag([1e-3, 1e-6])
    theta = np.zeros(2)
    for _ in range(100):
        chance = 1 / (1 + np.exp(-np.clip(design @ theta, -30, 30)))
        slope = design.T @ (goal - chance) - ridge @ theta
        bend = design.T @ (design * (chance * (1 - chance))[:, None]) + ridge
        step = np.linalg.solve(bend, slope)
        theta = theta + step
        if np.abs(step).max() < 1e-9:
            break
    return max(0.0, float(theta[0])), float(theta[1])
