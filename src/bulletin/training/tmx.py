"""The Vietnamese–English pairs of a TMX file, read as the translation memory reads them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bulletin.errors import MemoryStoreError, TrainingError
from bulletin.memory.tmx import read_tmx as read_units
from bulletin.memory.unit import MemoryUnit
from bulletin.training.pairs import MAX_SEGMENT, Pair, tidy

_LONGEST = 10 * MAX_SEGMENT


def read_tmx(path: Path) -> Iterator[Pair]:
    """Yield the pairs of a TMX 1.4 file, tidied; units without both languages are passed over.

    Raises TrainingError for a file that is not TMX, is damaged, or declares entities.
    """
    try:
        for item in read_units(path):
            if isinstance(item, MemoryUnit):
                pair = Pair(tidy(item.source), tidy(item.target))
                if pair.source and pair.target and max(map(len, (pair.source, pair.target))) <= _LONGEST:
                    yield pair
    except MemoryStoreError as error:
        raise TrainingError(str(error)) from error
