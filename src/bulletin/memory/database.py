"""Opening a memory's database, SQLite or PostgreSQL, and its errors in one line."""

from __future__ import annotations

import datetime
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from bulletin.errors import MemoryStoreError, MissingExtraError
from bulletin.memory.schema import MIGRATIONS, metadata, versions

IN_MEMORY = ":memory:"
_LOCK = 7_203_446_010_233_117
"""The PostgreSQL advisory lock that writers of a memory take in turn."""


def default_location() -> str:
    """``$BULLETIN_MEMORY``, or ``bulletin/memory.sqlite`` in the user's data folder."""
    given = os.environ.get("BULLETIN_MEMORY")
    if given:
        return given
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return str(Path(data) / "bulletin" / "memory.sqlite")


class Database:
    """A memory's database, open.

    ``location`` is a file's path, ``:memory:``, or a PostgreSQL URL. ``read_only`` changes nothing,
    also not an old schema; it, and ``must_exist``, make no new file. ``wait`` is how long, in
    seconds, another program's lock is waited for.
    """

    def __init__(
        self, location: str | Path, *, read_only: bool = False, must_exist: bool = False, wait: float = 5.0
    ) -> None:
        self.location = str(location)
        self.must_exist = must_exist or read_only
        self.read_only = read_only
        self.is_postgres = self.location.startswith(("postgresql:", "postgres:", "postgresql+psycopg:"))
        self.name = _without_password(self.location) if self.is_postgres else self.location
        if "://" in self.location and not self.is_postgres:
            raise MemoryStoreError(
                f"{self.location.split('://')[0]}://: a memory is a file or a postgresql:// URL; give either"
            )
        self._engine = self._postgres(wait) if self.is_postgres else self._sqlite(wait)
        try:
            self._migrate()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection for reading. Raises MemoryStoreError for whatever the database refuses."""
        with self._told(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One transaction that no other writer shares; all of it is kept or none."""
        if self.read_only:
            raise MemoryStoreError(f"{self.name}: the memory is open for reading only; open it for writing")
        with self._told(), self._engine.connect() as connection:
            if self.is_postgres:
                connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            else:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
            connection.commit()

    def insert(self, connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
        """Put many new rows into a table, each with the same columns."""
        if not rows:
            return
        if not self.is_postgres:
            if any(isinstance(column.type, (sa.Date, sa.DateTime)) for column in table.columns):
                connection.execute(table.insert(), rows)
                return
            # what SQLite takes as it is goes past SQLAlchemy, which would look at every value
            places = ", ".join(f":{name}" for name in rows[0])
            statement = f'INSERT INTO "{table.name}" ({", ".join(rows[0])}) VALUES ({places})'
            raw_sqlite: Any = connection.connection.driver_connection
            raw_sqlite.executemany(statement, rows)
            return
        # COPY, since a server is a round trip away for each row otherwise
        names = list(rows[0])
        raw: Any = connection.connection.driver_connection
        quoted = ", ".join(f'"{name}"' for name in names)
        with raw.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({quoted}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row([row[name] for name in names])

    def grown(self, connection: sa.Connection) -> None:
        """Tell the database that its tables have grown by much, so that it plans look-ups anew."""
        if self.is_postgres:
            connection.execute(sa.text("ANALYZE memory_units, memory_postings"))

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def _sqlite(self, wait: float) -> sa.Engine:
        connect: Callable[[], sqlite3.Connection]
        if self.location == IN_MEMORY:
            engine = sa.create_engine(
                "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
            )
        else:
            path = Path(self.location)
            self._check_file(path)
            mode = "ro" if self.read_only else "rwc"
            # without its -wal file, and where none can be made, a read-only database does not change
            frozen = (
                self.read_only and not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists()
            )
            uri = f"file:{quote(str(path.absolute()))}?mode={mode}{'&immutable=1' if frozen else ''}"

            def connect() -> sqlite3.Connection:
                return sqlite3.connect(uri, uri=True, timeout=wait, check_same_thread=False)

            engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.QueuePool)
        sa.event.listen(engine, "connect", self._prepare)
        return engine

    def _check_file(self, path: Path) -> None:
        if path.is_dir():
            raise MemoryStoreError(f"{path}: a memory is a file, and this is a folder; give a file in it")
        if self.must_exist:
            if not path.exists():
                raise MemoryStoreError(
                    f"{path}: no memory is here; make one with 'bulletin memory import', or give --memory"
                )
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise MemoryStoreError(
                f"{path.parent}: the memory's folder cannot be made ({error.strerror}); give --memory"
            ) from error

    def _prepare(self, connection: sqlite3.Connection, _record: object) -> None:
        # transactions are begun by hand, so that a writer takes its lock at once
        connection.isolation_level = None
        connection.execute("PRAGMA cache_size=-65536")
        if not self.read_only and self.location != IN_MEMORY:
            connection.execute("PRAGMA synchronous=NORMAL")

    def _postgres(self, wait: float) -> sa.Engine:
        try:
            import psycopg  # noqa: F401
        except ImportError as error:
            raise MissingExtraError("psycopg", "team") from error
        rest = self.location.split("://", 1)
        if len(rest) != 2:
            raise MemoryStoreError(f"{self.name}: not a URL; write postgresql://user@host/database")
        options = f"-c lock_timeout={int(wait * 1000)}"
        if self.read_only:
            options += " -c default_transaction_read_only=on"
        try:
            return sa.create_engine(
                f"postgresql+psycopg://{rest[1]}",
                connect_args={"connect_timeout": max(2, int(wait)), "options": options},
            )
        except (sa.exc.ArgumentError, ValueError) as error:
            raise MemoryStoreError(
                f"{self.name}: not a URL; write postgresql://user@host/database"
            ) from error

    def _migrate(self) -> None:
        """Bring the tables up to date, one numbered step after another, all in one transaction."""
        with self.reading() as connection:
            found = self._version(connection)
        if found == len(MIGRATIONS):
            return
        if found > len(MIGRATIONS):
            raise MemoryStoreError(
                f"{self.name}: made by a newer bulletin (tables of version {found}, this one knows "
                f"{len(MIGRATIONS)}); upgrade bulletin"
            )
        if self.read_only:
            what = "has older tables" if found else "holds no memory"
            raise MemoryStoreError(f"{self.name}: {what}; run 'bulletin memory import' on it first")
        if not self.is_postgres and self.location != IN_MEMORY:
            # only now, when the file is known to be ours; the file itself keeps it
            with self.reading() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        with self.writing() as connection:
            # another program may have been quicker
            for number in range(self._version(connection) + 1, len(MIGRATIONS) + 1):
                metadata.create_all(connection, tables=[versions])
                MIGRATIONS[number - 1](connection)
                connection.execute(versions.insert().values(version=number, applied=now()))

    def _version(self, connection: sa.Connection) -> int:
        names = sa.inspect(connection).get_table_names()
        if versions.name not in names:
            if names and not self.is_postgres:
                raise MemoryStoreError(
                    f"{self.name}: a database of something else (with a table {names[0]!r}); choose another"
                )
            return 0
        return connection.scalar(sa.select(sa.func.max(versions.c.version))) or 0

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sa.exc.DBAPIError, self._engine.dialect.loaded_dbapi.Error) as error:
            raise MemoryStoreError(_explain(self.name, error)) from error
        except OSError as error:
            raise MemoryStoreError(f"{self.name}: {error.strerror or error}") from error


def now() -> datetime.datetime:
    """The time in UTC, without its zone, as the tables keep it."""
    return datetime.datetime.now(datetime.UTC).replace(tzinfo=None, microsecond=0)


_REASONS: Sequence[tuple[str, str]] = (
    ("locked", "another program is writing to it; wait for it to end, then try again"),
    ("lock timeout", "another program is writing to it; wait for it to end, then try again"),
    ("readonly", "it is read-only; give write access to the file and its folder"),
    ("read-only", "it is read-only; give write access"),
    ("permission denied", "access is denied; ask its owner for the right to it"),
    ("disk is full", "the disk is full; nothing of this step was kept; make room, then try again"),
    ("disk i/o error", "the disk cannot be read or written; check its room and its health"),
    ("no space left", "the disk is full; nothing of this step was kept; make room, then try again"),
    ("unable to open", "it cannot be opened; check its path and rights"),
    ("not a database", "it is not a memory's database; give another file"),
    ("malformed", "it is damaged; restore it from a copy, or export what can be read"),
    ("connection refused", "no server answers there; start it, or check the address"),
    ("authentication failed", "the server refuses the user or the password; check the URL"),
    ("does not exist", "the server does not know this database or user; create it, or check the URL"),
)


def _explain(name: str, error: Exception) -> str:
    text = " ".join(str(getattr(error, "orig", None) or error).split())
    low = text.lower()
    for sign, reason in _REASONS:
        if sign in low:
            return f"{name}: {reason}"
    return f"{name}: the database refuses ({text[:200]}); check it and its address"


def _without_password(url: str) -> str:
    head, at, tail = url.rpartition("@")
    if not at:
        return url
    scheme, _, user = head.partition("://")
    return f"{scheme}://{user.split(':')[0]}@{tail}"
