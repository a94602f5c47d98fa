"""Opening a memory to look segments up: the user's own store, and the seed that ships."""

from __future__ import annotations

from pathlib import Path

from bulletin.memory.database import default_location
from bulletin.memory.search import Memory, Terms
from bulletin.memory.seed import seed_store
from bulletin.memory.store import Store


def open_memory(
    location: str | Path | None = None,
    *,
    terms: Terms | None = None,
    seed: bool = True,
    must_exist: bool = False,
) -> Memory:
    """Open a memory for looking up, without changing it.

    ``location`` is a file or a PostgreSQL URL, by default the user's own; a file that is not there
    counts as empty unless it ``must_exist``. ``terms`` re-checks matches against a glossary
    (``Matcher(...).match``). ``seed`` adds the set phrases that ship with the package.
    Raises MemoryStoreError where a memory cannot be opened.
    """
    place = str(location or default_location())
    stores = []
    if must_exist or "://" in place or Path(place).exists():
        stores.append(Store(place, read_only=True))
    if seed:
        stores.append(seed_store())
    return Memory(tuple(stores), terms)
