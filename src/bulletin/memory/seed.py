"""The seed memory: set phrases and sentences of official news, in house style."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bulletin.errors import MemoryStoreError
from bulletin.memory.store import Store
from bulletin.memory.unit import MemoryUnit

SEED = Path(__file__).with_name("seed.tsv")
"""One unit a line: Vietnamese, a tab, English."""


@cache
def seed_units() -> tuple[MemoryUnit, ...]:
    """The units that ship. Raises MemoryStoreError where the file is missing or damaged."""
    try:
        lines = SEED.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise MemoryStoreError(
            f"{SEED.name}: missing from this installation; install bulletin again"
        ) from error
    units = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        source, tab, target = line.partition("\t")
        if not tab or not target.strip():
            raise MemoryStoreError(
                f"{SEED.name}:{number}: expected Vietnamese, a tab, English; mend the line"
            )
        units.append(MemoryUnit(source, target, article="seed", style="vna", author="bulletin"))
    return tuple(units)


def seed_store() -> Store:
    """The seed memory, in a database of its own in memory."""
    store = Store()
    store.add(seed_units())
    return store
