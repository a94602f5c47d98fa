"""Signals: what can be told of a machine's segment without a reference, each the higher the worse."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from bulletin.drafting.draft import Unit
from bulletin.language.detect import vietnamese_remains
from bulletin.language.english_dates import compare_dates
from bulletin.language.english_figures import compare_figures
from bulletin.language.names import english_name, find_names
from bulletin.terminology.occurrence import Status

SIGNALS = ("unsure", "short", "long", "size", "terms", "facts", "repeated", "vietnamese")
"""The names of the signals, in the order of ``Signals.values``."""

WORDS_A_SYLLABLE = 0.9
"""English words for a Vietnamese syllable in news; lengths are judged by their distance from it."""

LOOPING = 0.3
"""A share of repeated runs beyond which the engine has looped; no calibration sees enough of these."""

_FEW = 5
_RIGHT = frozenset({Status.EXACT, Status.ACCEPTED})
_WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")


@dataclass(frozen=True, slots=True)
class Signals:
    """What is measured of one segment.

    ``unsure`` is the negative mean log-probability of the engine's pieces, None where it gave none;
    ``ratio`` is English words by those expected of the source's length; ``size`` is the source's
    syllables; ``repeated`` is the share of runs of three English words said again, beyond what the source
    repeats. The others are what was found, in words.
    """

    unsure: float | None
    ratio: float
    size: int
    terms: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    repeated: float = 0.0
    vietnamese: tuple[str, ...] = ()

    @property
    def wrong(self) -> bool:
        """Whether a rule finds something wrong, whatever the model thinks of it."""
        return bool(self.terms or self.facts or self.vietnamese) or self.repeated >= LOOPING

    def values(self) -> tuple[float, ...]:
        """The numbers that are weighed, in the order of ``SIGNALS``; not a number where unknown."""
        log_ratio = math.log(self.ratio) if self.ratio > 0 else -2.0
        # a segment of a few words is long or short by chance
        if self.size < _FEW:
            log_ratio = 0.0
        return (
            math.nan if self.unsure is None else min(self.unsure, 4.0),
            min(max(0.0, -log_ratio), 2.0),
            min(max(0.0, log_ratio), 2.0),
            math.log2(max(1, min(self.size, 128))),
            float(min(len(self.terms), 3)),
            float(min(len(self.facts), 3)),
            min(self.repeated, 0.5),
            float(min(len(self.vietnamese), 3)),
        )


def measure(units: Sequence[Unit]) -> list[Signals]:
    """The signals of a draft's units, in order.

    What one segment of a block leaves out and another of the same block tells is not held against it.
    """
    found: list[Signals] = []
    for _, group in groupby(units, key=lambda unit: unit.block):
        block = list(group)
        source = " ".join(unit.source for unit in block)
        english = " ".join(unit.target for unit in block)
        across = set(_facts(source, english)) if len(block) > 1 else None
        found += [_signals(unit, across) for unit in block]
    return found


def _signals(unit: Unit, across: set[str] | None) -> Signals:
    syllables, words = len(_WORD.findall(unit.source)), len(_WORD.findall(unit.target))
    facts = _facts(unit.source, unit.target)
    return Signals(
        None if unit.score is None else max(0.0, -unit.score),
        words / (syllables * WORDS_A_SYLLABLE) if syllables else 1.0,
        syllables,
        _terms(unit),
        tuple(facts if across is None else [fact for fact in facts if fact in across]),
        max(0.0, _repetition(unit.target) - _repetition(unit.source)),
        tuple(unit.target[start:end] for start, end in vietnamese_remains(unit.target)),
    )


def _terms(unit: Unit) -> tuple[str, ...]:
    """The fixed terms of the source that came out neither as the house writes them nor acceptably."""
    return tuple(
        f"the {each.kind} {(each.expected[0] if each.expected else each.source)!r} is {each.status}"
        for each in unit.occurrences
        if each.status not in _RIGHT and each.status is not Status.EXPIRED
    )


def _facts(source: str, english: str) -> list[str]:
    found = []
    for what, differences in (
        ("figure", compare_figures(source, english)),
        ("date", compare_dates(source, english)),
    ):
        for each in differences:
            where = "English" if each.missing else "source"
            found.append(f"the {what} {each.match.source!r} is not in the {where}")
    spelled = " ".join(english.split())
    for name in find_names(source):
        forms = (english_name(name.source), english_name(name.source, diacritics=True))
        if not any(form in spelled for form in forms):
            found.append(f"the name {forms[0]!r} is not in the English")
    return found


def _repetition(text: str) -> float:
    words = [word.casefold() for word in _WORD.findall(text)]
    runs = Counter(zip(words, words[1:], words[2:], strict=False))
    total = sum(runs.values())
    return (total - len(runs)) / total if total else 0.0
