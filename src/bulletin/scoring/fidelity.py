"""Names, dates and figures of the Vietnamese: how many of them stand in the English."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bulletin.language.dates import find_dates
from bulletin.language.english_dates import compare_dates
from bulletin.language.english_figures import compare_figures
from bulletin.language.figures import find_figures
from bulletin.language.names import english_name, find_names

KINDS = ("names", "dates", "figures")


@dataclass(frozen=True, slots=True)
class Fidelity:
    """``right`` of ``total`` items of one kind; ``missed`` pairs segment (from 0) and Vietnamese text."""

    kind: str
    total: int
    missed: tuple[tuple[int, str], ...]

    @property
    def right(self) -> int:
        """How many stand in the English."""
        return self.total - len(self.missed)

    @property
    def rate(self) -> float | None:
        """The share that stands in the English, in per cent; None where the source has none."""
        return 100 * self.right / self.total if self.total else None

    def as_dict(self) -> dict[str, Any]:
        """The accuracy for JSON."""
        return {"total": self.total, "right": self.right, "rate": self.rate}


def fidelity(sources: Sequence[str], hypotheses: Sequence[str]) -> tuple[Fidelity, ...]:
    """Accuracy of personal names, dates and figures, in that order, by the rules of the language package.

    A name is right when it stands in full, with or without its marks; dates and figures by value,
    in any spelling. What the rules never miss (a date without a year, ``two``) counts as right.
    """
    missers: dict[str, Callable[[str, str], tuple[int, list[str]]]] = {
        "names": _names,
        "dates": _dates,
        "figures": _figures,
    }
    found = []
    for kind in KINDS:
        total, missed = 0, []
        for index, (source, hypothesis) in enumerate(zip(sources, hypotheses, strict=True)):
            count, texts = missers[kind](source, hypothesis)
            total += count
            missed += [(index, text) for text in texts]
        found.append(Fidelity(kind, total, tuple(missed)))
    return tuple(found)


def _names(source: str, english: str) -> tuple[int, list[str]]:
    names = [match.source for match in find_names(source)]
    spelled = " ".join(english.split())
    missed = [
        name
        for name in names
        if english_name(name) not in spelled and english_name(name, diacritics=True) not in spelled
    ]
    return len(names), missed


def _dates(source: str, english: str) -> tuple[int, list[str]]:
    missed = [each.match.source for each in compare_dates(source, english) if each.missing]
    return len(find_dates(source)), missed


def _figures(source: str, english: str) -> tuple[int, list[str]]:
    missed = [each.match.source for each in compare_figures(source, english) if each.missing]
    return len(find_figures(source)), missed
