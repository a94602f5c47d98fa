"""The engine: what translates. Strings in, hypotheses out; no knowledge of glossaries or articles."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

TERM_OPEN = "⟦"
TERM_CLOSE = "⟧"
"""Around an English term inside a Vietnamese source, for engines that carry terms through.

``Sáng nay, ⟦Politburo member⟧ ⟦Tran Quoc Vuong⟧ dự hội nghị.`` The engine writes the term, bare, in
its place in the English sentence. One piece each in the built-in model's vocabulary.
"""

Progress = Callable[[int, int], None]
"""Called with (done, total), counted in distinct sources, after each batch."""


@dataclass(frozen=True, slots=True)
class Decoding:
    """How hypotheses are searched for; part of the signature of every draft.

    ``max_ratio`` bounds target pieces by source pieces (plus 16), so that a looping decoder stops.
    """

    beam: int = 4
    length_penalty: float = 1.0
    no_repeat_ngram: int = 0
    max_ratio: float = 2.5

    def __str__(self) -> str:
        return (
            f"beam:{self.beam}|lp:{self.length_penalty}|norepeat:{self.no_repeat_ngram}"
            f"|maxratio:{self.max_ratio}"
        )


@dataclass(frozen=True, slots=True)
class Constraint:
    """What one source's hypotheses must contain, and must not (plain English strings)."""

    required: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One translation of one source.

    ``score`` is the mean log-probability of its pieces (natural logarithm; 0 is certain).
    ``tokens`` are the target pieces as the tokenizer names them. ``alignment`` pairs character
    offsets ``(source, target)`` where the engine gives alignments, else None.
    """

    text: str
    score: float
    tokens: tuple[str, ...] = ()
    alignment: tuple[tuple[int, int], ...] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How likely an engine finds an English sentence beside a source: what it reads, not what it writes.

    ``pieces`` are (offset in the English, log-probability) of each piece in turn, natural logarithm; the
    offset is -1 for what begins or ends the sentence, and where the tokenizer tells none. No pieces where
    there is no English, or more of either side than the engine can read at once.
    """

    pieces: tuple[tuple[int, float], ...] = ()

    @property
    def total(self) -> float:
        """The log-probability of the whole; NaN where it was not read."""
        return sum(value for _, value in self.pieces) if self.pieces else math.nan

    def within(self, start: int, end: int) -> tuple[float, ...]:
        """The log-probabilities of the pieces that begin in ``[start, end)``."""
        return tuple(value for offset, value in self.pieces if start <= offset < end)


class Engine(Protocol):
    """Anything that translates Vietnamese into English."""

    @property
    def name(self) -> str:
        """The model's name as given (``builtin``, ``Helsinki-NLP/opus-mt-vi-en``, a folder)."""

    @property
    def revision(self) -> str:
        """What pins the weights: a hub revision, or a hash of the local files."""

    @property
    def carries_terms(self) -> bool:
        """Whether a term between TERM_OPEN and TERM_CLOSE in the source is carried through."""

    @property
    def decoding(self) -> Decoding:
        """How hypotheses are searched for."""

    def translate(
        self,
        sources: Sequence[str],
        *,
        n_best: int = 1,
        constraints: Sequence[Constraint] | None = None,
        progress: Progress | None = None,
    ) -> list[tuple[Hypothesis, ...]]:
        """Translate each source; result i holds at most ``n_best`` hypotheses, best first, never none.

        ``constraints``, where given, has one entry a source.
        """

    def split(self, source: str) -> list[str]:
        """The clauses in which the engine reads a long sentence; joined by spaces they give it back.

        A marked term is never cut, unless it alone is too long.
        """

    def aligned(self, source: str, hypothesis: Hypothesis) -> Hypothesis:
        """``hypothesis`` with its alignment to ``source``, or as it is where there is none to be had."""

    def read(self, pairs: Sequence[tuple[str, str]], progress: Progress | None = None) -> list[Reading]:
        """How likely each (source, English) pair's English is; an empty reading where it cannot be read."""
