"""The tables of a memory, and the numbered steps that bring an older one up to date."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

metadata = sa.MetaData()

versions = sa.Table(
    "memory_versions",
    metadata,
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("applied", sa.DateTime, nullable=False),
)

units = sa.Table(
    "memory_units",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("source_key", sa.BigInteger, nullable=False),
    sa.Column("words", sa.Integer, nullable=False),
    sa.Column("previous", sa.BigInteger),
    sa.Column("next", sa.BigInteger),
    sa.Column("date", sa.Date),
    sa.Column("created", sa.DateTime, nullable=False),
    sa.Column("article", sa.Text, nullable=False),
    sa.Column("style", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("glossary", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("target", sa.Text, nullable=False),
    sa.Index("memory_units_source", "source_key"),
)

# The candidate index: for each pair of neighbouring words (as a 32-bit number) the units that have
# it, one row a batch of units: unit ids as little-endian 32-bit integers. Blocks of ids instead of
# one row each keep a million units small and a look-up at a few range scans, in any SQL database.
postings = sa.Table(
    "memory_postings",
    metadata,
    sa.Column("token", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("batch", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("units", sa.LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

imports = sa.Table(
    "memory_imports",
    metadata,
    sa.Column("hash", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("done", sa.BigInteger, nullable=False),
    sa.Column("added", sa.BigInteger, nullable=False),
    sa.Column("finished", sa.Boolean, nullable=False),
)


def _first(connection: sa.Connection) -> None:
    metadata.create_all(connection, tables=[units, postings, imports])


# a step is never changed once released; a change of the tables is a further step
MIGRATIONS: tuple[Callable[[sa.Connection], None], ...] = (_first,)
