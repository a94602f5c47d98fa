"""Risk without a reference: which segments of a draft to look at first.

A weighted sum of ``signals`` through a logistic curve, calibrated so that a risk of 0.4 means: of
such segments four in ten were among the worst quarter by sentence chrF++ against a reference. What
rules find wrong puts it at ``FOUND_WRONG`` at least. This is feature-based quality estimation
(Specia et al. 2013); it needs no network and loads no model.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bulletin.article import BlockKind
from bulletin.drafting.draft import Draft, State, Unit
from bulletin.errors import ScoringError
from bulletin.scoring.signals import LOOPING, SIGNALS, Signals, measure

FORMAT = 1

FOUND_WRONG = 0.5
"""The least risk of a segment with a wrong figure, date, name or term, Vietnamese left, or a loop.

chrF++ hardly sees a wrong digit, a reader does: the calibration alone would rank such segments low.
"""

_TELLING = 0.5
"""A signal is given as a reason when it raises the log-odds by this much."""


@dataclass(frozen=True, slots=True)
class Weight:
    """How one signal counts: ``weight`` log-odds for each ``scale`` that it lies over ``mean``."""

    mean: float
    scale: float
    weight: float


@dataclass(frozen=True, slots=True)
class Measured:
    """How well the estimate followed sentence chrF++ on segments that it was not fitted to.

    Each figure is (value, low, high), the ends of its 95 % interval. ``auc`` is the chance that a
    segment of the worst quarter has a higher risk than another; ``found`` the share of the worst
    quarter, in per cent, among the quarter of the highest risks (25 by chance).
    """

    name: str
    segments: int
    pearson: tuple[float, float, float]
    spearman: tuple[float, float, float]
    auc: tuple[float, float, float]
    found: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Calibration:
    """The weights, what they were fitted to, and how well they did.

    ``worst`` is the sentence chrF++ under which the worst quarter of the segments lay.
    """

    model: str
    revision: str
    decoding: str
    segments: int
    worst: float
    intercept: float
    weights: Mapping[str, Weight]
    measured: tuple[Measured, ...] = ()

    def contributions(self, signals: Signals) -> dict[str, float]:
        """What each signal adds to the log-odds; a signal that is not known adds nothing."""
        parts = {}
        for name, value in zip(SIGNALS, signals.values(), strict=True):
            weight = self.weights[name]
            parts[name] = 0.0 if math.isnan(value) else weight.weight * (value - weight.mean) / weight.scale
        return parts

    def log_odds(self, signals: Signals) -> float:
        """The weighted sum: the log-odds of being among the worst quarter."""
        return self.intercept + sum(self.contributions(signals).values())

    def risk(self, signals: Signals) -> float:
        """The risk from 0 to 1, at least ``FOUND_WRONG`` where something is found wrong."""
        chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, self.log_odds(signals)))))
        return max(chance, FOUND_WRONG) if signals.wrong else chance

    def as_dict(self) -> dict[str, Any]:
        """The calibration for JSON."""
        return {"format": FORMAT, **asdict(self)}


@dataclass(frozen=True, slots=True)
class Risk:
    """The estimate for one segment: ``risk`` from 0 to 1, and what speaks for it, the heaviest first.

    ``reviewed`` says that a person has passed the segment since: the risk is that of the machine.
    """

    segment: str
    risk: float
    reasons: tuple[str, ...]
    reviewed: bool = False


def estimate(draft: Draft, calibration: Calibration | None = None) -> tuple[Risk, ...]:
    """The risk of each segment that was translated, in the order of the draft.

    Bylines, and English that translates nothing, have none. ``calibration`` is the built-in one
    where None. A pure function of the draft: no model is loaded. Raises ScoringError where the
    built-in calibration is damaged.
    """
    chosen = calibration or builtin_calibration()
    return tuple(
        _risk(unit, signals, chosen)
        for unit, signals in zip(draft.units, measure(draft.units), strict=True)
        if unit.source.strip() and unit.kind is not BlockKind.BYLINE
    )


def worst_first(risks: Sequence[Risk]) -> list[Risk]:
    """Risks from the highest; equal ones in the order of the draft."""
    return sorted(risks, key=lambda risk: -risk.risk)


def note_on(draft: Draft, calibration: Calibration | None = None) -> str:
    """One line where the draft was not made by the model that the weights were fitted to, else empty."""
    chosen = calibration or builtin_calibration()
    made = draft.signature
    if made.revision == chosen.revision:
        return ""
    return (
        f"{draft.name}: made by {made.model}@{made.revision}, the estimate is calibrated on "
        f"{chosen.model}@{chosen.revision}; take the order of the segments, not the figures"
    )


@cache
def builtin_calibration() -> Calibration:
    """The calibration in the package. Raises ScoringError."""
    data = files("bulletin.scoring").joinpath("qe.json").read_bytes()
    return parse_calibration(data, "qe.json")


def dump_calibration(calibration: Calibration) -> bytes:
    """The calibration as JSON that ``parse_calibration`` gives back."""
    return (json.dumps(calibration.as_dict(), ensure_ascii=False, indent=2) + "\n").encode()


def parse_calibration(data: bytes, name: str) -> Calibration:
    """A calibration from JSON. Raises ScoringError where it is damaged or lacks a signal."""
    try:
        values = json.loads(data)
        if values["format"] != FORMAT or set(values["weights"]) != set(SIGNALS):
            raise ScoringError(
                f"{name}: a calibration of another version; fit it again with benchmarks/qe.py"
            )
        calibration = Calibration(
            str(values["model"]),
            str(values["revision"]),
            str(values["decoding"]),
            int(values["segments"]),
            float(values["worst"]),
            float(values["intercept"]),
            {
                signal: Weight(**{k: float(v) for k, v in values["weights"][signal].items()})
                for signal in SIGNALS
            },
            tuple(_measured(each) for each in values["measured"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ScoringError(
            f"{name}: a damaged calibration ({error}); fit it again with benchmarks/qe.py"
        ) from error
    if not all(weight.scale > 0 for weight in calibration.weights.values()):
        raise ScoringError(f"{name}: a scale must be more than 0; fit it again with benchmarks/qe.py")
    return calibration


def _measured(values: Mapping[str, Any]) -> Measured:
    def three(key: str) -> tuple[float, float, float]:
        value, low, high = (float(item) for item in values[key])
        return value, low, high

    return Measured(
        str(values["name"]),
        int(values["segments"]),
        *(three(key) for key in ("pearson", "spearman", "auc", "found")),
    )


def _risk(unit: Unit, signals: Signals, calibration: Calibration) -> Risk:
    reviewed = unit.state in (State.REVIEWED, State.FINAL)
    if not unit.target.strip():
        return Risk(unit.id, 1.0, ("the segment has no English",), reviewed)
    parts = calibration.contributions(signals)
    risk = calibration.risk(signals)
    return Risk(unit.id, round(risk, 4), _reasons(signals, parts), reviewed)


def _reasons(signals: Signals, parts: Mapping[str, float]) -> tuple[str, ...]:
    """In words; what is wrong beyond doubt is told whatever its weight."""
    told: list[tuple[float, str]] = []
    for name in ("terms", "facts"):
        told += [(parts[name], text) for text in getattr(signals, name)]
    told += [(parts["vietnamese"], f"Vietnamese is left: {text!r}") for text in signals.vietnamese]
    for name, words in _WORDS.items():
        if parts[name] >= _TELLING or (name == "repeated" and signals.repeated >= LOOPING):
            told.append((parts[name], words(signals)))
    return tuple(text for _, text in sorted(told, key=lambda item: -item[0]))


_WORDS: Mapping[str, Callable[[Signals], str]] = {
    "unsure": lambda s: f"the model is unsure (mean log-probability {-(s.unsure or 0.0):.2f})",
    "short": lambda s: f"the English is short ({100 * s.ratio:.0f} % of the length expected)",
    "long": lambda s: f"the English is long ({100 * s.ratio:.0f} % of the length expected)",
    "size": lambda s: f"the sentence is long ({s.size} syllables)",
    "repeated": lambda s: f"the English repeats itself ({100 * s.repeated:.0f} % of its runs of three words)",
}
