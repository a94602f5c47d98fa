"""A file into a store: in batches, told as it goes, and taken up again where it stopped."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bulletin.errors import MemoryStoreError
from bulletin.memory.store import BATCH, Added, Store
from bulletin.memory.tmx import Position, Skipped, read_tmx
from bulletin.memory.unit import MemoryUnit

_SHOWN = 20
_MAX_LINE = 200_000


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: units read and where it was taken up, what entered, what was passed over.

    ``skipped`` counts those passed over, ``reasons`` are the first of them.
    """

    read: int
    resumed: int
    added: Added
    skipped: int
    reasons: tuple[Skipped, ...]
    known: bool = False


def import_file(
    store: Store,
    path: Path,
    *,
    style: str = "",
    progress: Position | None = None,
    again: bool = False,
    batch: int = BATCH,
) -> Imported:
    """Put the units of a TMX file, or of lines ``Vietnamese<tab>English`` (``.tsv``), into a store.

    Each ``batch`` is one transaction, which also notes how many units of the file (known by its
    SHA-256) are done, so that a second call after a stop goes on from there, and a file that is
    wholly in is not read again unless ``again``. Raises MemoryStoreError for a broken file, after
    keeping what came before the break, and for what the database refuses.
    """
    file_hash = _hash(path, style)
    before = store.progress(file_hash)
    if before.finished and not again:
        return Imported(before.done, before.done, Added(), 0, (), known=True)
    start = 0 if again else before.done
    reader = read_tsv if path.suffix.lower() == ".tsv" else read_tmx
    added = Added()
    skipped = read = 0
    reasons: list[Skipped] = []
    waiting: list[MemoryUnit] = []
    broken: MemoryStoreError | None = None
    stream = reader(path, style=style, progress=progress)
    while True:
        try:
            item = next(stream, None)
        except MemoryStoreError as error:
            broken = error
            break
        if item is None:
            break
        read += 1
        if read <= start:
            continue
        if isinstance(item, Skipped):
            skipped += 1
            if len(reasons) < _SHOWN:
                reasons.append(item)
        else:
            waiting.append(item)
        if len(waiting) >= batch:
            added += store.add_part(waiting, file_hash, path.name, read, end=False)
            waiting = []
    if broken is not None:
        if waiting:
            store.add_part(waiting, file_hash, path.name, read, end=False)
        kept = f" (the {read:,} units before it were read and kept)" if read else ""
        raise MemoryStoreError(f"{broken}{kept}") from broken
    added += store.add_part(waiting, file_hash, path.name, read, end=True)
    return Imported(read, start, added, skipped, tuple(reasons))


def read_tsv(
    path: Path, *, style: str = "", progress: Position | None = None
) -> Iterator[MemoryUnit | Skipped]:
    """Yield a unit for each line ``Vietnamese<tab>English`` of UTF-8; empty and ``#`` lines are none.

    Raises MemoryStoreError for what cannot be read or is not UTF-8.
    """
    number = 0
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            while raw := file.readline(_MAX_LINE):
                number += 1
                line = raw.decode("utf-8-sig").rstrip("\r\n")
                if not line.strip() or line.startswith("#"):
                    continue
                cells = line.split("\t")
                if len(cells) < 2 or not cells[0].strip() or not cells[1].strip():
                    yield Skipped(number, number, "is not Vietnamese, a tab, English")
                else:
                    yield MemoryUnit(cells[0], cells[1], style=style)
                if progress is not None and number % 1000 == 0:
                    progress(file.tell(), size)
    except UnicodeDecodeError as error:
        raise MemoryStoreError(f"{path}:{number}: not UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise MemoryStoreError(
            f"{path}: cannot be read ({error.strerror or error}); check its path and rights"
        ) from error


def _hash(path: Path, style: str) -> str:
    """The file's SHA-256, with the style that its units are given."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() + (f":{style}" if style else "")
    except OSError as error:
        raise MemoryStoreError(
            f"{path}: cannot be read ({error.strerror or error}); check its path and rights"
        ) from error
