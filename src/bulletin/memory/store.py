"""The store: units go in once each, with what finds them again."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bulletin.memory.database import IN_MEMORY, Database, now
from bulletin.memory.postings import posting_rows
from bulletin.memory.schema import imports, postings, units
from bulletin.memory.shape import shape_words, shingles, text_key
from bulletin.memory.unit import MAX_TEXT, MemoryUnit, clean_text

BATCH = 50_000
"""Units that are written in one transaction."""

_MANY = 500
"""Values in one IN list."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of units that were handed in: new ones, those renewed, and those left out.

    ``renewed`` were known, or replace the same article's earlier English; ``refused`` are empty or too
    long.
    """

    added: int = 0
    renewed: int = 0
    refused: int = 0

    def __add__(self, other: Added) -> Added:
        return Added(self.added + other.added, self.renewed + other.renewed, self.refused + other.refused)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a file's import has come: units read, units added, and whether it is whole."""

    done: int = 0
    added: int = 0
    finished: bool = False


@dataclass(frozen=True, slots=True)
class Stats:
    """What a memory holds, in numbers; ``conflicts`` are sources with more than one English."""

    units: int
    sources: int
    articles: int
    authors: int
    conflicts: int
    first: datetime.date | None
    last: datetime.date | None
    styles: tuple[tuple[str, int], ...]


class Store:
    """A memory's units in a database (see ``Database`` for ``location`` and the options).

    Every method raises MemoryStoreError, in one line, for what the database refuses.
    """

    def __init__(
        self,
        location: str | Path = IN_MEMORY,
        *,
        read_only: bool = False,
        must_exist: bool = False,
        wait: float = 5.0,
    ) -> None:
        self.database = Database(location, read_only=read_only, must_exist=must_exist, wait=wait)

    @property
    def name(self) -> str:
        """The file or URL, without a password."""
        return self.database.name

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, new: Iterable[MemoryUnit]) -> Added:
        """Put units in, a batch a transaction.

        A pair already there for the same style and neighbours is renewed, not doubled. A unit of an
        article replaces that article's earlier English of the same source in the same place.
        """
        total = Added()
        stream = iter(new)
        while batch := list(islice(stream, BATCH)):
            with self.database.writing() as connection:
                total += self._write(connection, batch)
        return total

    def add_part(self, batch: Sequence[MemoryUnit], file_hash: str, name: str, done: int, end: bool) -> Added:
        """Put one batch of a file in and note, in the same transaction, that ``done`` of it were read."""
        with self.database.writing() as connection:
            added = self._write(connection, batch)
            before = self._progress(connection, file_hash)
            connection.execute(imports.delete().where(imports.c.hash == file_hash))
            connection.execute(
                imports.insert().values(
                    hash=file_hash, name=name, done=done, added=before.added + added.added, finished=end
                )
            )
            if end:
                self.database.grown(connection)
        return added

    def progress(self, file_hash: str) -> Progress:
        """How far the import of a file (by its SHA-256) has come."""
        with self.database.reading() as connection:
            return self._progress(connection, file_hash)

    def count(self) -> int:
        """How many units there are."""
        with self.database.reading() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(units)) or 0

    def __iter__(self) -> Iterator[MemoryUnit]:
        """All units, in the order in which they came; a page at a time, in constant memory."""
        last = 0
        while True:
            with self.database.reading() as connection:
                rows = connection.execute(
                    sa.select(units).where(units.c.id > last).order_by(units.c.id).limit(2000)
                ).all()
            if not rows:
                return
            last = rows[-1].id
            for row in rows:
                yield unit_of(row)

    def sources(self, keys: Iterable[int]) -> dict[int, str]:
        """The source texts that have these keys (a unit's neighbours), where the memory has them."""
        found: dict[int, str] = {}
        wanted = list(dict.fromkeys(keys))
        with self.database.reading() as connection:
            for start in range(0, len(wanted), _MANY):
                part = wanted[start : start + _MANY]
                statement = sa.select(units.c.source_key, units.c.source).where(units.c.source_key.in_(part))
                found.update((row.source_key, row.source) for row in connection.execute(statement))
        return found

    def remove(self, unwanted: Iterable[MemoryUnit]) -> int:
        """Take units out, known by source, target and style; returns how many went."""
        gone = 0
        with self.database.writing() as connection:
            for unit in unwanted:
                source, target = clean_text(unit.source), clean_text(unit.target)
                result = connection.execute(
                    units.delete().where(
                        units.c.source_key == text_key(source),
                        units.c.source == source,
                        units.c.target == target,
                        units.c.style == unit.style,
                    )
                )
                gone += result.rowcount
        return gone

    def stats(self) -> Stats:
        """Count what is there."""
        c = units.c
        several = (
            sa.select(c.source_key)
            .group_by(c.source_key, c.style)
            .having(sa.func.count(sa.distinct(c.target)) > 1)
            .subquery()
        )
        with self.database.reading() as connection:
            row = connection.execute(
                sa.select(
                    sa.func.count(),
                    sa.func.count(sa.distinct(c.source_key)),
                    sa.func.count(sa.distinct(sa.func.nullif(c.article, ""))),
                    sa.func.count(sa.distinct(sa.func.nullif(c.author, ""))),
                    sa.func.min(c.date),
                    sa.func.max(c.date),
                )
            ).one()
            conflicts = connection.scalar(sa.select(sa.func.count()).select_from(several)) or 0
            styles = connection.execute(
                sa.select(c.style, sa.func.count()).group_by(c.style).order_by(sa.func.count().desc())
            ).all()
        total, sources, articles, authors, first, last = row
        return Stats(
            total, sources, articles, authors, conflicts, first, last, tuple((s, n) for s, n in styles)
        )

    def _progress(self, connection: sa.Connection, file_hash: str) -> Progress:
        row = connection.execute(sa.select(imports).where(imports.c.hash == file_hash)).first()
        return Progress(row.done, row.added, row.finished) if row else Progress()

    def _write(self, connection: sa.Connection, batch: Sequence[MemoryUnit]) -> Added:
        rows = [row for unit in batch if (row := _row(unit)) is not None]
        refused = len(batch) - len(rows)
        known = self._known(connection, {row["source_key"] for row in rows})
        renewals: dict[int, dict[str, Any]] = {}
        fresh: dict[int, dict[str, Any]] = {}
        first = number = (connection.scalar(sa.select(sa.func.max(units.c.id))) or 0) + 1
        for row in rows:
            old = _same(row, known.get(row["source_key"], ()))
            if old is None:
                row["id"] = number
                known.setdefault(row["source_key"], []).append(row)
                fresh[number] = row
                number += 1
            elif old["id"] >= first:
                # a later copy in the same batch
                row["id"] = old["id"]
                old.update(row)
                refreshed = fresh[old["id"]]
                refreshed.update(row)
            else:
                row["id"] = old["id"]
                old.update(row)
                renewals[old["id"]] = row
        if fresh:
            words = {key: row.pop("shape") for key, row in fresh.items()}
            self.database.insert(connection, units, list(fresh.values()))
            for part in posting_rows(first, words):
                self.database.insert(connection, postings, part)
        for key, row in renewals.items():
            row.pop("shape")
            connection.execute(units.update().where(units.c.id == key).values(row))
        return Added(len(fresh), len(rows) - len(fresh), refused)

    def _known(self, connection: sa.Connection, keys: set[int]) -> dict[int, list[dict[str, Any]]]:
        """What is there already for these sources."""
        c = units.c
        columns = (c.id, c.source_key, c.source, c.target, c.style, c.article, c.previous, c.next)
        found: dict[int, list[dict[str, Any]]] = {}
        wanted = sorted(keys)
        for start in range(0, len(wanted), _MANY):
            part = wanted[start : start + _MANY]
            for row in connection.execute(sa.select(*columns).where(c.source_key.in_(part))).mappings():
                found.setdefault(row["source_key"], []).append(dict(row))
        return found


def unit_of(row: Any) -> MemoryUnit:
    """The unit of a row of the table."""
    return MemoryUnit(
        row.source,
        row.target,
        row.article,
        row.date,
        row.style,
        row.author,
        row.glossary,
        row.created,
        row.previous,
        row.next,
    )


def _same(row: dict[str, Any], others: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The one of ``others`` in whose place ``row`` comes, if any."""
    for other in others:
        if (other["style"], other["previous"], other["next"]) != (row["style"], row["previous"], row["next"]):
            continue
        if other["source"] == row["source"] and other["target"] == row["target"]:
            return other
        placed = row["previous"] is not None or row["next"] is not None
        if (
            placed
            and row["article"]
            and (other["article"], other["source"]) == (row["article"], row["source"])
        ):
            return other
    return None


def _row(unit: MemoryUnit) -> dict[str, Any] | None:
    source, target = clean_text(unit.source), clean_text(unit.target)
    if not source or not target or max(len(source), len(target)) > MAX_TEXT:
        return None
    words = shape_words(source)
    return {
        "source_key": text_key(source),
        "words": len(words),
        "previous": unit.previous,
        "next": unit.next,
        "date": unit.date,
        "created": (unit.created or now()).replace(tzinfo=None),
        "article": clean_text(unit.article),
        "style": clean_text(unit.style),
        "author": clean_text(unit.author),
        "glossary": clean_text(unit.glossary),
        "source": source,
        "target": target,
        "shape": shingles(words),
    }
