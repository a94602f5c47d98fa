"""Terms in and out, in the formats of other tools: TBX, TMX, CSV and XLSX."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bulletin.errors import GlossaryError
from bulletin.glossary.entry import Entry
from bulletin.glossary.table import Problem

FORMATS = ("tbx", "tmx", "csv", "xlsx")


def format_of(path: Path, given: str | None = None) -> str:
    """The format of a file, from ``given`` or its ending. Raises GlossaryError for an unknown one."""
    name = given or path.suffix.removeprefix(".").lower()
    name = {"xml": "tbx", "tbxm": "tbx"}.get(name, name)
    if name not in FORMATS:
        raise GlossaryError(f"{path}: {name or 'no ending'} is no format of terms; use {', '.join(FORMATS)}")
    return name


def read_terms(path: Path, given: str | None = None) -> tuple[list[Entry], list[Problem]]:
    """The entries of a file, and what was left out of it and why.

    Raises GlossaryError for a file that cannot be read, or is not safe to.
    """
    name = format_of(path, given)
    if not path.exists():
        raise GlossaryError(f"{path}: no such file; name a TBX, TMX, CSV or XLSX file")
    problems: list[Problem] = []
    if name == "tbx":
        from bulletin.glossary.tbx import read_tbx as read
    elif name == "tmx":
        from bulletin.glossary.tmx import read_tmx as read
    elif name == "csv":
        from bulletin.glossary.sheets import read_csv as read
    else:
        from bulletin.glossary.sheets import read_xlsx as read
    return read(path, problems), problems


def write_terms(entries: Iterable[Entry], name: str) -> bytes:
    """Entries as a file of a format. Raises GlossaryError for an unknown one."""
    if name == "tbx":
        from bulletin.glossary.tbx import write_tbx

        return write_tbx(entries)
    if name == "tmx":
        from bulletin.glossary.tmx import write_tmx

        return write_tmx(entries)
    if name == "xlsx":
        from bulletin.glossary.sheets import write_xlsx

        return write_xlsx(entries)
    if name == "csv":
        from bulletin.glossary.sheets import write_csv

        return write_csv(entries).encode("utf-8")
    raise GlossaryError(f"{name!r} is no format of terms; use {', '.join(FORMATS)}")
