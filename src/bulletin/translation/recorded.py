"""Scores read off the search while it runs, so that what was written need not be read again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

Prefix = tuple[int, ...]


class RecordScores:
    """A transformers ``LogitsProcessor`` that changes nothing and remembers what each beam scored.

    ``beams`` rows of the batch belong to one source. It keeps one step's scores (rows × vocabulary) and
    a number a prefix; transformers' own ``output_scores`` keeps every step's, a gigabyte for a batch. It
    stands before processors that bend the scores, so that a forced phrase counts as what the model
    thought of it.
    """

    def __init__(self, beams: int, end: int) -> None:
        self.beams = beams
        self.end = end
        self._sums: dict[tuple[int, Prefix], float] = {}
        self._rows: dict[tuple[int, Prefix], int] = {}
        self._logs: torch.Tensor | None = None
        self._ended: dict[tuple[int, Prefix], float] = {}

    def __call__(self, input_ids: torch.LongTensor, scores: torch.FloatTensor) -> torch.FloatTensor:
        """Take note of ``scores`` (rows × vocabulary) for the pieces so far (rows × length)."""
        rows = {(row // self.beams, tuple(pieces)): row for row, pieces in enumerate(input_ids.tolist())}
        sums = {key: self._sum(*key) for key in rows}
        # greedy search gives logits, beam search log-probabilities
        self._logs = scores.log_softmax(dim=-1) if self.beams == 1 else scores
        self._sums, self._rows = sums, rows
        for key, end in zip(rows, self._logs[list(rows.values()), self.end].tolist(), strict=True):
            self._ended[key] = sums[key] + end
        return scores

    def mean(self, source: int, pieces: Sequence[int]) -> float:
        """The mean log-probability of an output's pieces, its end included; ``pieces`` as generated.

        An output that the limit of length cut off has no end, and none is counted.
        """
        written = tuple(pieces)
        if self.end in written[1:]:
            written = written[: written.index(self.end, 1)]
            return self._ended[source, written] / len(written)
        return self._sum(source, written) / max(1, len(written) - 1)

    def _sum(self, source: int, prefix: Prefix) -> float:
        """The log-probability of a prefix of this step's length, its first piece given."""
        before = (source, prefix[:-1])
        if self._logs is None or before not in self._sums:
            return 0.0
        return self._sums[before] + float(self._logs[self._rows[before], prefix[-1]])
