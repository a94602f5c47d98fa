"""Clauses with their terms: a long sentence goes through the cascade in parts and is joined again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bulletin.glossary.entry import TermMatch
from bulletin.terminology.inject import inject
from bulletin.translation.engine import TERM_CLOSE, TERM_OPEN

_MARKED = re.compile(f"{TERM_OPEN}[^{TERM_OPEN}{TERM_CLOSE}]*{TERM_CLOSE}")


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence: its Vietnamese, and its terms with offsets in it."""

    source: str
    matches: tuple[TermMatch, ...]


def split_sentence(
    source: str, matches: Sequence[TermMatch], split: Callable[[str], list[str]]
) -> tuple[Clause, ...]:
    """Cut a sentence where ``split`` (the engine's) cuts it with its terms put in; no term is cut.

    ``split`` sees the marked string because that is what the engine will read, and because a
    marked term is one thing to it. A sentence with a term too long to stay whole is not cut.
    """
    ordered = sorted(matches, key=lambda match: match.start)
    parts = split(inject(source, ordered))
    if len(parts) == 1:
        return (Clause(source, tuple(matches)),)
    marked = [len(_MARKED.findall(part)) for part in parts]
    if sum(marked) != len(ordered):
        return (Clause(source, tuple(matches)),)
    clauses: list[Clause] = []
    first = 0
    for part, count in zip(parts, marked, strict=True):
        clauses.append(_unmarked(part, ordered[first : first + count]))
        first += count
    return tuple(clauses)


def _unmarked(part: str, matches: Sequence[TermMatch]) -> Clause:
    """The clause with each marked term turned back into its Vietnamese."""
    text = ""
    at = 0
    placed: list[TermMatch] = []
    for mark, match in zip(_MARKED.finditer(part), matches, strict=True):
        text += part[at : mark.start()]
        placed.append(replace(match, start=len(text), end=len(text) + len(match.source)))
        text += match.source
        at = mark.end()
    return Clause(text + part[at:], tuple(placed))
