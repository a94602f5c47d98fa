"""Occurrence: what became of one fixed term of the source in the English."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How an occurrence came out."""

    EXACT = "exact"
    ACCEPTED = "accepted"
    MISSING = "missing"
    FORBIDDEN = "forbidden"
    EXPIRED = "expired"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One line of the audit.

    ``start``/``end`` are offsets in the source segment, ``found_start``/``found_end`` in the English
    (-1 where nothing was found). ``how`` names the step that brought the term in: ``injected``,
    ``model``, ``n-best``, ``constrained``, ``repaired``, ``memory``, ``edited``, or is empty.
    """

    segment: str
    id: str
    kind: str
    start: int
    end: int
    source: str
    expected: tuple[str, ...]
    found: str
    found_start: int
    found_end: int
    how: str
    status: Status
