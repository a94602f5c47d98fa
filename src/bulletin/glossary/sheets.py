"""CSV and XLSX: out with nothing that a spreadsheet would run; in, also from a list of two columns."""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bulletin.errors import GlossaryError, MissingExtraError
from bulletin.glossary.entry import Entry
from bulletin.glossary.table import (
    COLUMNS,
    MAX_LINES,
    PLAIN,
    Problem,
    is_formula,
    parting_of,
    read_records,
    read_table,
    read_text,
    write_table,
)
from bulletin.language.syllables import strip_diacritics

MAX_UNPACKED = 512 * 2**20
_ALIASES = {
    "vietnamese": "vi", "tiếng việt": "vi", "source": "vi", "vi-vn": "vi", "term": "vi",
    "english": "en_vna", "tiếng anh": "en_vna", "target": "en_vna", "en": "en_vna", "en-gb": "en_vna",
    "en-us": "en_vna", "translation": "en_vna",
}  # fmt: skip
_STYLE = re.compile(r"en_[a-z][a-z0-9_-]*\Z")


def write_csv(entries: Iterable[Entry]) -> str:
    """Entries as CSV; a cell that a spreadsheet would run gets an apostrophe, which reading takes off."""
    rows = csv.reader(io.StringIO(write_table(entries), newline=""))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([_escaped(cell) for cell in row] for row in rows)
    return out.getvalue()


def _escaped(cell: str) -> str:
    return f"'{cell}" if is_formula(cell) or cell.startswith("'") else cell


def _unescaped(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and (is_formula(cell[1:]) or cell.startswith("''")) else cell


def read_csv(path: Path, problems: list[Problem]) -> list[Entry]:
    """The entries of a CSV file: a glossary's own columns, or a list with a Vietnamese and an English one."""
    text = read_text(path)
    records = list(read_records(text, str(path), parting_of(text)))
    return _entries_of_records(records, str(path), problems)


def write_xlsx(entries: Iterable[Entry]) -> bytes:
    """Entries as an XLSX workbook of one sheet; every cell is text, so that none is run.

    Raises MissingExtraError without openpyxl.
    """
    openpyxl = _openpyxl()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "glossary"
    sheet.freeze_panes = "C2"
    for number, row in enumerate(csv.reader(io.StringIO(write_table(entries), newline="")), 1):
        for column, text in enumerate(row, 1):
            if text:
                cell = sheet.cell(number, column)
                try:
                    cell.value = text
                except ValueError as error:  # openpyxl's own error for control characters
                    raise GlossaryError(
                        f"entry {row[0]!r}: a control character cannot stand in XLSX; "
                        "run 'bulletin glossary check --fix' first"
                    ) from error
                cell.data_type = "s"
                cell.quotePrefix = is_formula(text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_xlsx(path: Path, problems: list[Problem]) -> list[Entry]:
    """The entries of a workbook's first sheet. Raises GlossaryError for formulas and broken files."""
    openpyxl = _openpyxl()
    _check_archive(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        records: list[tuple[int, list[str]]] = []
        for number, row in enumerate(sheet.iter_rows(), 1):
            if number > MAX_LINES:
                raise GlossaryError(f"{path}: more than {MAX_LINES:,} rows; split it")
            records.append((number, [_cell_text(path, number, cell) for cell in row]))
        book.close()
    except GlossaryError:
        raise
    except Exception as error:  # openpyxl raises many kinds for a damaged workbook
        raise GlossaryError(
            f"{path}: not a workbook that can be read ({error}); save it as XLSX again"
        ) from error
    return _entries_of_records(records, str(path), problems)


def _cell_text(path: Path, number: int, cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        raise GlossaryError(f"{path}:{number}: a formula in cell {cell.coordinate}; paste its value instead")
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _check_archive(path: Path) -> None:
    """Refuse what unpacks without end, or has a document type in its XML."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED:
                raise GlossaryError(f"{path}: unpacks to more than {MAX_UNPACKED // 2**20} MiB; split it")
            for member in archive.infolist():
                if member.filename.endswith((".xml", ".rels")):
                    with archive.open(member) as file:
                        if b"<!DOCTYPE" in file.read(4096):
                            raise GlossaryError(
                                f"{path}: {member.filename} has a document type; save it again"
                            )
    except (OSError, zipfile.BadZipFile, RuntimeError) as error:
        raise GlossaryError(f"{path}: not an XLSX file ({error}); save it as XLSX again") from error


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError as error:
        raise MissingExtraError("openpyxl", "office") from error
    return openpyxl


def _entries_of_records(
    records: Sequence[tuple[int, list[str]]], file: str, problems: list[Problem]
) -> list[Entry]:
    if not records:
        raise GlossaryError(f"{file}: empty; give a header and a line a term")
    columns = [_ALIASES.get(cell.strip().lower(), cell.strip().lower()) for cell in records[0][1]]
    for wanted in ("vi", "en_vna"):
        if wanted not in columns:
            name = "Vietnamese" if wanted == "vi" else "English"
            raise GlossaryError(f"{file}:1: no {name} column; name one {wanted!r} in the first line")
    rows = []
    for line, row in records[1:]:
        if any(cell.strip() for cell in row):
            cells = {column: _unescaped(cell) for column, cell in zip(columns, row, strict=False)}
            rows.append((line, cells))
    return entries_of_rows(rows, file, problems)


def entries_of_rows(
    rows: Iterable[tuple[int, dict[str, str]]], file: str, problems: list[Problem]
) -> list[Entry]:
    """Entries of cells by column; a row without id gets one of its English, one without kind is a phrase.

    Columns that a glossary has not are left out. What a row lacks or has wrong goes to ``problems``.
    """
    entries: list[Entry] = []
    used: set[str] = set()
    for line, row in rows:
        cells = {name: value for name, value in row.items() if name in PLAIN or _STYLE.match(name)}
        cells["kind"] = cells.get("kind") or "phrase"
        cells["id"] = cells.get("id") or _free_id(cells.get("en_vna", ""), used)
        used.add(cells["id"])
        columns = list(dict.fromkeys((*COLUMNS, *cells)))
        out = io.StringIO()
        csv.writer(out).writerows([columns, [cells.get(column, "") for column in columns]])
        found: list[Problem] = []
        for entry in read_table(Path(file), found.append, text=out.getvalue()):
            entries.append(_at(entry, line))
        problems += (_moved(problem, line) for problem in found)
    return entries


def _free_id(english: str, used: set[str]) -> str:
    stem = (
        re.sub(r"[^a-z0-9]+", "-", strip_diacritics(english).lower().removeprefix("the ")).strip("-")
        or "term"
    )
    name, number = stem[:60], 2
    while name in used:
        name, number = f"{stem[:60]}-{number}", number + 1
    return name


def _at(entry: Entry, line: int) -> Entry:
    return replace(entry, line=line)


def _moved(problem: Problem, line: int) -> Problem:
    return Problem(problem.code, problem.file, line, problem.message, problem.mend)
