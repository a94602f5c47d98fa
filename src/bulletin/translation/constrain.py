"""Constrained decoding: phrases that must stand in the output, and phrases that must not.

transformers 5 has no constrained beam search. This is a logits processor in its place: it leans
towards a required phrase where the model itself considers it, finishes a phrase it has forced, and
does not let a hypothesis end while one is wanting (the hard side of Post & Vilar 2018, with the
soft lean and the negative constraints of Bogoychev & Chen 2023).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

LEAN = 2.0
"""Added to the log-probability of a wanted phrase's next piece (nats)."""


class RequirePhrases:
    """A transformers ``LogitsProcessor`` for one batch.

    ``required[i]`` and ``banned[i]`` are the phrases of source i as lists of piece ids; ``beams`` rows
    of the batch belong to one source. The state is read off each row's pieces, so that it survives
    the reordering of beams.
    """

    def __init__(
        self,
        required: Sequence[Sequence[Sequence[int]]],
        banned: Sequence[Sequence[Sequence[int]]],
        beams: int,
        end: int,
    ) -> None:
        self.required = [[tuple(phrase) for phrase in phrases if phrase] for phrases in required]
        self.banned = [[tuple(phrase) for phrase in phrases if phrase] for phrases in banned]
        self.beams = beams
        self.end = end
        self._forced: set[tuple[int, tuple[int, ...]]] = set()
        self._found: dict[tuple[int, tuple[int, ...]], tuple[int, ...]] = {}

    def __call__(self, input_ids: torch.LongTensor, scores: torch.FloatTensor) -> torch.FloatTensor:
        """Adjust ``scores`` (rows × vocabulary) for the pieces so far (rows × length)."""
        scores = scores.clone()  # type: ignore[assignment]
        for row, pieces in enumerate(input_ids.tolist()):
            source = row // self.beams
            if self.banned[source]:
                self._ban(self.banned[source], pieces, scores[row])
            if self.required[source]:
                wanted = self._unmet(source, tuple(pieces))
                if wanted:
                    self._require(source, wanted, tuple(pieces), scores[row])
        return scores

    def _unmet(self, source: int, pieces: tuple[int, ...]) -> list[tuple[int, ...]]:
        """The phrases that ``pieces`` do not hold yet; a phrase wanted twice must stand twice."""
        phrases = self.required[source]
        found = self._counts(source, pieces)
        seen: dict[tuple[int, ...], int] = {}
        unmet = []
        for phrase, times in zip(phrases, found, strict=True):
            seen[phrase] = seen.get(phrase, 0) + 1
            if seen[phrase] > times:
                unmet.append(phrase)
        return unmet

    def _counts(self, source: int, pieces: tuple[int, ...]) -> tuple[int, ...]:
        """How often each required phrase stands; a step adds one piece, so only endings are looked at."""
        before = self._found.get((source, pieces[:-1]))
        if before is None:
            before = self._counts(source, pieces[:-1]) if pieces else (0,) * len(self.required[source])
        counts = tuple(
            count + (pieces[-len(phrase) :] == phrase)
            for count, phrase in zip(before, self.required[source], strict=True)
        )
        self._found[source, pieces] = counts
        return counts

    def _require(
        self, source: int, wanted: list[tuple[int, ...]], pieces: tuple[int, ...], scores: torch.Tensor
    ) -> None:
        for phrase in wanted:
            done = _in_progress(phrase, pieces)
            if done and (source, pieces[: len(pieces) - done]) in self._forced:
                _only(scores, phrase[done])
                return
            scores[phrase[done]] += LEAN
        if int(scores.argmax()) == self.end:
            self._forced.add((source, pieces))
            _only(scores, wanted[0][0])
        else:
            scores[self.end] = float("-inf")

    def _ban(self, phrases: list[tuple[int, ...]], pieces: list[int], scores: torch.Tensor) -> None:
        for phrase in phrases:
            head = list(phrase[:-1])
            if not head or pieces[-len(head) :] == head:
                scores[phrase[-1]] = float("-inf")


def _only(scores: torch.Tensor, piece: int) -> None:
    """Leave ``piece`` alone possible. A floor keeps a forced beam alive beside its siblings."""
    kept = max(float(scores[piece]), -6.0)
    scores.fill_(float("-inf"))
    scores[piece] = kept


def _in_progress(phrase: tuple[int, ...], pieces: tuple[int, ...]) -> int:
    """How many pieces of ``phrase`` the end of ``pieces`` already holds (not all of them)."""
    for length in range(min(len(phrase) - 1, len(pieces)), 0, -1):
        if pieces[-length:] == phrase[:length]:
            return length
    return 0
