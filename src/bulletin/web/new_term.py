"""Adding a term to a glossary file: one line at its end, for the desk to review."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path

from bulletin.errors import GlossaryError
from bulletin.files import write_atomic
from bulletin.glossary.table import COLUMNS, KINDS, is_formula, read_records, read_table, read_text, refuse
from bulletin.reading.slug import slug

MAX_CELL = 300


def add_term(path: Path, vietnamese: str, english: str, *, style: str, kind: str, note: str) -> str:
    """Append a term to the CSV file at ``path``, made if it is not there; gives the line's id.

    The other lines stay as they are, byte for byte. Raises GlossaryError for what no glossary may
    hold, or where the file is damaged.
    """
    cells = {"vi": _cell("Vietnamese", vietnamese), "en_vna": _cell("English", english), "note": note}
    if not cells["vi"] or not cells["en_vna"]:
        raise GlossaryError("a term needs its Vietnamese and its English")
    if kind not in KINDS:
        raise GlossaryError(f"{kind!r} is no kind of term; choose one of {', '.join(sorted(KINDS))}")
    _cell("note", note)
    data = path.read_bytes() if path.exists() else ",".join(COLUMNS).encode() + b"\n"
    text = read_text(path) if path.exists() else data.decode()
    if not text.endswith("\n"):
        data, text = data + b"\n", text + "\n"
    rows = [row for _, row in read_records(text, str(path))]
    columns = [name.strip() for name in rows[0]] if rows else []
    missing = {"id", "vi", "en_vna"} - set(columns)
    if missing:
        raise GlossaryError(
            f"{path}:1: no column {', '.join(sorted(missing))}; the first line names the columns"
        )
    places = {name: columns.index(name) for name in columns}
    old = next(
        (row for row in rows[1:] if len(row) > places["vi"] and row[places["vi"]] == cells["vi"]), None
    )
    if old is not None:
        raise GlossaryError(f"{path}: {cells['vi']!r} stands there already; edit that line")
    taken = {row[places["id"]] for row in rows[1:] if len(row) > places["id"]}
    cells |= {"id": _id(cells["vi"], taken), "kind": kind, "authority": "Added in the editor", "sources": "0"}
    if style != "vna":
        cells[f"en_{style}"] = cells["en_vna"]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([cells.get(name, "") for name in columns])
    read_table(path, refuse, text=text + out.getvalue())
    write_atomic(path, data + out.getvalue().encode())
    return cells["id"]


def _cell(name: str, text: str) -> str:
    text = " ".join(text.split())
    if len(text) > MAX_CELL:
        raise GlossaryError(f"the {name} is longer than {MAX_CELL} characters; a term is a phrase")
    if "|" in text or is_formula(text):
        raise GlossaryError(f"the {name} {text!r} has '|' in it or begins as a formula does; leave that out")
    return text


def _id(vietnamese: str, taken: set[str]) -> str:
    stem = f"desk.{slug(vietnamese)}"
    number = 1
    while (name := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return name


def note_of(article: str, segment: str, today: datetime.date) -> str:
    """The note of a new term: where it was met, and when."""
    name = " ".join(article.replace("|", " ").split())[:80]
    return f"to be reviewed: from {name}, {segment}, {today.isoformat()}"
