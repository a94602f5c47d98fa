"""Inject: the house's English put inside the Vietnamese source, for engines that carry it through."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin.glossary.entry import TermMatch
from bulletin.translation.engine import TERM_CLOSE, TERM_OPEN

_FOREIGN_MARKS = str.maketrans({TERM_OPEN: "[", TERM_CLOSE: "]"})


def inject(source: str, matches: Sequence[TermMatch]) -> str:
    """Replace each matched span of ``source`` by its English between markers.

    ``matches`` do not overlap. Markers that stood in the source itself become square brackets, so
    that nothing but a term is ever marked (Dinu et al. 2019, the replace variant, with marks).
    """
    parts: list[str] = []
    at = 0
    for match in sorted(matches, key=lambda m: m.start):
        parts += [
            source[at : match.start].translate(_FOREIGN_MARKS),
            f"{TERM_OPEN}{match.target}{TERM_CLOSE}",
        ]
        at = match.end
    parts.append(source[at:].translate(_FOREIGN_MARKS))
    return "".join(parts)


def injected_spans(matches: Sequence[TermMatch]) -> list[tuple[int, int]]:
    """Where each match stands, markers included, in the string that ``inject`` makes; in the given order."""
    spans: dict[TermMatch, tuple[int, int]] = {}
    shift = 0
    for match in sorted(matches, key=lambda m: m.start):
        start = match.start + shift
        length = len(match.target) + len(TERM_OPEN) + len(TERM_CLOSE)
        spans[match] = (start, start + length)
        shift += length - (match.end - match.start)
    return [spans[match] for match in matches]


def without_marks(english: str) -> str:
    """``english`` with no marker left in it, whatever the engine did."""
    if TERM_OPEN not in english and TERM_CLOSE not in english:
        return english
    return " ".join(english.replace(TERM_OPEN, " ").replace(TERM_CLOSE, " ").split())
