"""Gates for continuous checks: a figure below its floor, or worse than the baseline beyond chance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bulletin.errors import ScoringError
from bulletin.scoring.evaluate import Evaluation
from bulletin.scoring.metrics import LOWER_IS_BETTER

CEILINGS = LOWER_IS_BETTER | {"hter"}
"""Figures that must not be above their bound; all others must not be below."""


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate of one system: its rule in words, whether it holds, and what was found."""

    system: str
    rule: str
    holds: bool
    found: str


def parse_bound(text: str) -> tuple[str, float]:
    """``chrf=60`` as a key and a number. Raises ScoringError for anything else."""
    key, sign, number = text.partition("=")
    try:
        value = float(number)
    except ValueError:
        value = math.nan
    if not sign or not key.strip() or not math.isfinite(value):
        raise ScoringError(f"{text!r} is not a gate; write a figure and its bound, such as chrf=60")
    return key.strip().lower(), value


def bounds(evaluation: Evaluation, wanted: Sequence[tuple[str, float]]) -> tuple[Gate, ...]:
    """A gate for each wanted bound. A figure with nothing to measure holds.

    Raises ScoringError for a figure that was not measured at all.
    """
    gates = []
    for key, bound in wanted:
        value = evaluation.figure(key)
        ceiling = key in CEILINGS
        holds = value is None or (value <= bound if ceiling else value >= bound)
        rule = f"{key} must be {'at most' if ceiling else 'at least'} {bound:g}"
        gates.append(
            Gate(evaluation.name, rule, holds, "nothing to measure" if value is None else f"{value:.2f}")
        )
    return tuple(gates)


def not_worse(evaluation: Evaluation, p: float) -> tuple[Gate, ...]:
    """A gate for each metric: not worse than the baseline with a p-value below ``p``.

    The p-value is that of paired approximate randomisation. Raises ScoringError without a baseline.
    """
    if not evaluation.comparisons:
        raise ScoringError(
            f"{evaluation.name}: there is no baseline to be worse than; give one with --baseline"
        )
    return tuple(
        Gate(
            evaluation.name,
            f"{each.key} must not be worse than the baseline with p < {p:g}",
            each.better or each.difference == 0 or each.p_randomisation >= p,
            f"difference {each.difference:+.2f}, p = {each.p_randomisation:.4f}",
        )
        for each in evaluation.comparisons
    )


def junit(gates: Sequence[Gate], evaluations: Sequence[Evaluation]) -> str:
    """The gates as a JUnit report, one test suite a system; without gates, that it was scored."""
    from xml.etree import ElementTree

    root = ElementTree.Element("testsuites", name="bulletin score")
    for evaluation in evaluations:
        own = [gate for gate in gates if gate.system == evaluation.name]
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            name=_printable(evaluation.name),
            tests=str(max(1, len(own))),
            failures=str(sum(not gate.holds for gate in own)),
        )
        properties = ElementTree.SubElement(suite, "properties")
        for metric in evaluation.scores.metrics:
            ElementTree.SubElement(properties, "property", name=metric.name, value=f"{metric.value:.4f}")
        if not own:
            ElementTree.SubElement(suite, "testcase", classname="bulletin.score", name="scored")
        for gate in own:
            case = ElementTree.SubElement(suite, "testcase", classname="bulletin.score", name=gate.rule)
            if not gate.holds:
                ElementTree.SubElement(case, "failure", message=f"{gate.rule}: {gate.found}")
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else "�" for character in text)
