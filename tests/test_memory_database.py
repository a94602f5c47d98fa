"""The memory's database: SQLite and a real PostgreSQL, versions, and everything that refuses."""

from __future__ import annotations

import datetime
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from bulletin.errors import BulletinError, MemoryStoreError
from bulletin.memory import database
from bulletin.memory.checks import conflicts
from bulletin.memory.database import Database, default_location
from bulletin.memory.importing import import_file
from bulletin.memory.schema import MIGRATIONS
from bulletin.memory.search import Memory
from bulletin.memory.store import Store
from bulletin.memory.tmx_out import write_tmx
from bulletin.memory.unit import MemoryUnit

UNITS = [
    MemoryUnit(f"Ngày {n}/1, hội nghị bàn về việc số {n}.", f"On January {n}, the conference discussed {n}.")
    for n in range(1, 29)
]


@pytest.fixture(scope="module")
def postgres():
    """A PostgreSQL server of our own, reached by a socket only; gives its URL."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    # the server refuses to run as root
    user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    if user:
        shutil.chown(folder, "postgres", "postgres")

    def call(*command: str) -> None:
        subprocess.run(
            [str(binaries / command[0]), *command[1:]], check=True, cwd=folder, capture_output=True, **user
        )

    call("initdb", "-D", f"{folder}/data", "-U", "desk", "-A", "trust", "-E", "UTF8", "--no-sync")
    settings = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
    call("pg_ctl", "start", "-w", "-D", f"{folder}/data", "-l", f"{folder}/log", "-o", settings)
    yield f"postgresql://desk@/postgres?host={folder}"
    call("pg_ctl", "stop", "-m", "immediate", "-D", f"{folder}/data")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.needs("postgres"))])
def location(request, tmp_path):
    """An empty memory in each kind of database."""
    if request.param == "sqlite":
        return str(tmp_path / "folder" / "memory.sqlite")
    url = request.getfixturevalue("postgres")
    with sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:")).begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    return url


def test_what_is_put_in_is_there_for_the_next_one(location):
    unit = MemoryUnit(
        "Câu.",
        "Sentence.",
        "bai",
        datetime.date(2026, 1, 16),
        "vna",
        "Lan",
        "hash",
        datetime.datetime(2026, 1, 17, 8),
        -(2**63),
        2**63 - 1,
    )
    with Store(location) as store:
        assert store.add([unit, *UNITS]).added == len(UNITS) + 1
    with Store(location, read_only=True) as store:
        assert next(iter(store)) == unit
        stats = store.stats()
        assert (stats.units, stats.articles, stats.authors, stats.first) == (
            len(UNITS) + 1,
            1,
            1,
            datetime.date(2026, 1, 16),
        )
        memory = Memory((store,))
        assert memory.lookup("Câu.", style="vna")[0].unit == unit
        match = memory.lookup("Ngày 30/4, hội nghị bàn về việc số 77.")[0]
        assert (match.score, match.filled) == (99, "On April 30, the conference discussed 77.")


def test_a_pair_is_kept_once_and_conflicts_are_seen(location):
    with Store(location) as store:
        store.add(UNITS)
        again = store.add([*UNITS, MemoryUnit(UNITS[0].source, "Something else.")])
        assert (again.added, again.renewed) == (1, len(UNITS))
        assert [finding.code for finding in conflicts(store)] == ["memory-conflict"]
        assert store.stats().conflicts == 1


def test_a_stopped_import_goes_on(location, tmp_path):
    path = tmp_path / "a.tsv"
    path.write_text("".join(f"{unit.source}\t{unit.target}\n" for unit in UNITS), encoding="utf-8")
    with Store(location) as store:
        import_file(store, path, batch=5)
        assert import_file(store, path).known
        assert store.count() == len(UNITS)


def test_two_that_open_a_new_memory_at_once_both_may(location):
    failures = []

    def work(number: int) -> None:
        try:
            with Store(location, wait=30) as store:
                store.add([MemoryUnit(f"Câu {number}.{n}", "x") for n in range(20)])
        except MemoryStoreError as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    with Store(location, read_only=True) as store:
        assert store.count() == 80


def test_a_reader_can_change_nothing(location):
    with pytest.raises(MemoryStoreError):
        Store(location, read_only=True)
    Store(location).close()
    with Store(location, read_only=True) as store, pytest.raises(MemoryStoreError, match="for reading only"):
        store.add(UNITS)


def test_a_memory_of_a_newer_version_is_left_alone(location):
    with Store(location) as store, store.database.writing() as connection:
        connection.execute(sa.text(f"UPDATE memory_versions SET version = {len(MIGRATIONS) + 1}"))
    with pytest.raises(MemoryStoreError, match="made by a newer bulletin"):
        Store(location)


def test_an_older_memory_is_brought_up_to_date_in_one_step_or_not_at_all(location, monkeypatch):
    with Store(location) as store:
        store.add(UNITS)

    def second(connection: sa.Connection) -> None:
        connection.execute(sa.text("ALTER TABLE memory_units ADD COLUMN note TEXT"))

    def broken(connection: sa.Connection) -> None:
        second(connection)
        connection.execute(sa.text("INSERT INTO nowhere VALUES (1)"))

    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, broken))
    with pytest.raises(MemoryStoreError):
        Store(location)
    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, second))
    with pytest.raises(MemoryStoreError, match="has older tables"):
        Store(location, read_only=True)
    with Store(location) as store, store.database.reading() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM memory_units WHERE note IS NULL")) == len(
            UNITS
        )
        versions = connection.execute(sa.text("SELECT version FROM memory_versions ORDER BY version"))
        assert versions.scalars().all() == [1, 2]


def test_another_programs_lock_is_told_in_one_line(location):
    with Store(location) as store, store.database.writing():
        with (
            pytest.raises(MemoryStoreError, match="another program is writing") as caught,
            Store(location, wait=0.2) as second,
        ):
            second.add(UNITS)
        assert "\n" not in str(caught.value)


def test_a_failed_write_keeps_nothing_of_its_batch(location):
    def units():
        yield from UNITS
        raise RuntimeError

    with Store(location) as store:
        with pytest.raises(RuntimeError):
            store.add(units())
        assert store.count() == 0


@pytest.mark.needs("postgres")
def test_a_server_that_does_not_know_us_is_told_without_the_password(postgres):
    url = postgres.replace("desk@", "stranger:secret@")
    with pytest.raises(MemoryStoreError) as caught:
        Store(url)
    assert "secret" not in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["postgresql://desk:secret@127.0.0.1:1/x", "postgresql:nonsense", "mysql://x"]
)
def test_a_url_that_leads_nowhere_is_one_line(url):
    with pytest.raises(MemoryStoreError) as caught:
        Store(url, wait=1)
    assert "secret" not in str(caught.value) and "\n" not in str(caught.value)


def test_a_database_of_something_else_is_left_alone(tmp_path):
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(MemoryStoreError, match="something else"):
        Store(path)
    assert path.read_bytes() == before


def test_a_folder_and_a_place_under_a_file_are_refused(tmp_path):
    with pytest.raises(MemoryStoreError, match="is a folder"):
        Store(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(MemoryStoreError, match="cannot be made"):
        Store(tmp_path / "file" / "memory.sqlite")


def fill(path: Path, *, pages: int = 0) -> None:
    """Write until there is no more room; ``pages`` is SQLite's own bound, where the disk has none."""
    with Store(path) as store:
        store.add(UNITS)
        before = list(store)
    with Store(path) as store:
        if pages:
            sa.event.listen(
                store.database._engine,
                "checkout",
                lambda raw, *_: raw.execute(f"PRAGMA max_page_count={pages}"),
            )
        with pytest.raises(MemoryStoreError, match="disk"):
            store.add(MemoryUnit(f"Câu {n} {'dài ' * 100}", "x" * 5000) for n in range(2000))
        assert list(store) == before
    with Store(path, read_only=True) as store:
        assert list(store) == before


def test_no_more_room_keeps_what_was_there(tmp_path):
    fill(tmp_path / "memory.sqlite", pages=80)


def test_a_full_disk_keeps_what_was_there(tmp_path):
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(tmp_path)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only the superuser can make a small disk")
    try:
        fill(tmp_path / "memory.sqlite")
        path = tmp_path / "out.tmx"
        path.write_text("old")
        with pytest.raises(BulletinError, match=r"out\.tmx: cannot be written"):
            write_tmx(((MemoryUnit("Câu", "x" * 5000), "", "") for _ in range(2000)), path)
        assert path.read_text() == "old"
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_a_read_only_file_is_told():
    code = (
        "import os, sys\n"
        "from bulletin.memory.store import Store\n"
        "from bulletin.memory.unit import MemoryUnit\n"
        "import sqlalchemy.dialects.sqlite\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"
        "from bulletin.errors import MemoryStoreError\n"
        "with Store(sys.argv[1], read_only=True) as store: print(store.count())\n"
        "try:\n"
        "    Store(sys.argv[1]).add([MemoryUnit('a', 'b')])\n"
        "except MemoryStoreError as error: print(error)\n"
    )
    # every folder above must be open to the one who reads
    place = Path(tempfile.mkdtemp())
    try:
        path = place / "memory.sqlite"
        with Store(path) as store:
            store.add(UNITS)
        before = path.read_bytes()
        path.chmod(0o444)
        place.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
        )
        count, message = done.stdout.splitlines()
        assert count == str(len(UNITS))
        assert "read-only" in message or "cannot be opened" in message
        assert path.read_bytes() == before
    finally:
        place.chmod(0o755)
        shutil.rmtree(place)


def test_the_memory_lies_where_the_user_says(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("BULLETIN_MEMORY", raising=False)
    assert default_location() == str(tmp_path / "bulletin" / "memory.sqlite")
    monkeypatch.setenv("BULLETIN_MEMORY", "postgresql://desk@host/db")
    assert default_location() == "postgresql://desk@host/db"
    assert not Database(":memory:").is_postgres
