"""Glossary files: CSV tables that a translator edits, read into entries and written back."""

from __future__ import annotations

import csv
import datetime
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from bulletin.errors import GlossaryError
from bulletin.glossary.entry import CasePolicy, Entry

KINDS = frozenset(
    {"institution", "title", "organisation", "document", "event", "honour", "place", "person", "phrase"}
)
REQUIRED = ("id", "vi", "en_vna")
PLAIN = (
    "id", "vi", "variants", "accepted", "forbidden", "short", "feminine", "plural", "kind", "case",
    "valid_from", "valid_to", "authority", "sources", "note",
)  # fmt: skip
COLUMNS = (*PLAIN[:3], "en_vna", "en_vns", "en_mofa", *PLAIN[3:])
"""The columns of a glossary file, in the order in which they are written."""

MANY = frozenset({"variants", "accepted", "forbidden"})
"""The columns whose cells hold several values, parted by ``|``."""

MAX_LINES = 500_000
MAX_BYTES = 256 * 2**20

_STYLE_COLUMN = re.compile(r"en_[a-z][a-z0-9_-]*\Z")
# whether any cell of the file may begin as a formula does (quick), and whether one cell does;
# a "-" before a space or a figure is a dash or a number
_FORMULA = re.compile(r"[=@+\-](?:(?<=[,\"\n\r\t].)|(?<=[,\"\n\r\t] .)|(?<=  .))")
_FORMULA_CELL = re.compile(r"\s*(?:[=@+]|-(?=\S)(?!\d))")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one line of a glossary file; ``line`` 0 means the whole file."""

    code: str
    file: str
    line: int
    message: str
    mend: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message}; {self.mend}"


def refuse(problem: Problem) -> None:
    """Raise a problem as GlossaryError: what loading does with the first one."""
    raise GlossaryError(str(problem))


def read_text(path: Path) -> str:
    """Read a glossary file as NFC text. Raises GlossaryError for its size or encoding."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise GlossaryError(
                f"{path}: {size // 2**20} MiB; a glossary file has at most {MAX_BYTES // 2**20}: split it"
            )
        data = path.read_bytes()
    except OSError as error:
        raise GlossaryError(
            f"{path}: cannot be read ({error.strerror}); check its path and rights"
        ) from error
    lines = data.count(b"\n")
    if lines > MAX_LINES:
        raise GlossaryError(f"{path}: {lines:,} lines; a glossary file has at most {MAX_LINES:,}: split it")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise GlossaryError(f"{path}:1: UTF-16, not UTF-8; save it as CSV UTF-8")
    if data[:4] == b"PK\x03\x04":
        raise GlossaryError(f"{path}:1: a spreadsheet file, not CSV; use 'bulletin glossary import'")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise GlossaryError(
            f"{path}:{line}: byte {data[error.start]:#04x} is not UTF-8; save the file as CSV UTF-8"
        ) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise GlossaryError(f"{path}:{line}: a NUL character; save the file as CSV UTF-8")
    return text


def read_table(
    path: Path,
    report: Callable[[Problem], None],
    *,
    styles: dict[str, None] | None = None,
    text: str | None = None,
) -> list[Entry]:
    """Read one glossary file; each problem goes to ``report``, and its line is left out.

    ``styles`` collects the styles that have a column. ``text`` is the content where it was read
    already. Raises GlossaryError where the file cannot be read as a table at all.
    """
    text = read_text(path) if text is None else text
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    name = str(path)
    parting = parting_of(text)
    if parting != ",":
        what = "semicolons" if parting == ";" else "tabs"
        mend = "save it as CSV with commas, or make it one with 'bulletin glossary import'"
        report(Problem("G001", name, 1, f"its cells are parted by {what}, not by commas", mend))
        return []
    rows = read_records(text, name)
    header = next(rows, (1, []))[1]
    columns = _columns(header, name, report)
    if columns is None:
        return []
    if styles is not None:
        styles.update((column[3:], None) for column in columns if column.startswith("en_"))
    suspect = _FORMULA.search(text) is not None
    build = _Builder(columns, name, report)
    entries = []
    for line, row in rows:
        if not any(row):
            continue
        entry = build(row, line, suspect)
        if entry is not None:
            entries.append(entry)
    return entries


def parting_of(text: str) -> str:
    """What parts the cells of a CSV text: a comma, or a semicolon or tab where the first line has no comma.

    Spreadsheets write semicolons where the comma is the decimal mark, as in Vietnamese.
    """
    first = text.partition("\n")[0]
    return next((mark for mark in (",", ";", "\t") if mark in first), ",")


def read_records(text: str, name: str, parting: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Each record of a CSV text with the line on which it begins. Raises GlossaryError for broken quoting."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=parting, strict=True)
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise GlossaryError(
            f"{name}:{line}: not CSV ({error}); mend the quotation marks of this line"
        ) from error


def _columns(header: list[str], name: str, report: Callable[[Problem], None]) -> list[str] | None:
    columns = [cell.strip() for cell in header]
    while columns and not columns[-1]:
        columns.pop()
    for required in REQUIRED:
        if required not in columns:
            report(
                Problem(
                    "G001",
                    name,
                    1,
                    f"column {required!r} is missing",
                    f"begin with {','.join(COLUMNS[:5])},…",
                )
            )
            return None
    for column in columns:
        if column not in PLAIN and not _STYLE_COLUMN.match(column):
            report(Problem("G002", name, 1, f"unknown column {column!r}", f"use {', '.join(COLUMNS)}"))
    twice = {column for column in columns if columns.count(column) > 1}
    if twice:
        report(Problem("G002", name, 1, f"column {min(twice)!r} twice", "keep one"))
        return None
    return columns


_CASES = {"": CasePolicy.INITIAL, **{policy.value: policy for policy in CasePolicy}}


class _Builder:
    """Makes an entry of a row, or reports why it cannot."""

    def __init__(self, columns: list[str], name: str, report: Callable[[Problem], None]) -> None:
        self.width = len(columns)
        self.name = name
        self.report = report
        self.plain = itemgetter(*(columns.index(column) if column in columns else -1 for column in PLAIN))
        self.english = [(column[3:], place) for place, column in enumerate(columns) if column[:3] == "en_"]
        self.columns = columns
        self.dates: dict[str, datetime.date | None] = {"": None}

    def problem(self, code: str, line: int, message: str, mend: str) -> None:
        self.report(Problem(code, self.name, line, message, mend))

    def __call__(self, row: list[str], line: int, suspect: bool) -> Entry | None:
        if len(row) != self.width:
            if any(row[self.width :]):
                self.problem(
                    "G003", line, f"{len(row)} cells for {self.width} columns", "quote cells that hold commas"
                )
                return None
            row = row[: self.width] + [""] * (self.width - len(row))
        if suspect and self._has_formula(row, line):
            return None
        cells = [*map(str.strip, row), ""]  # place -1 is the empty cell of an absent column
        (
            id_, vi, variants, accepted, forbidden, short, feminine, plural, kind, case, valid_from, valid_to,
            authority, sources, note,
        ) = self.plain(cells)  # fmt: skip
        english = {style: cells[place] for style, place in self.english if cells[place]}
        if not id_ or not vi or "vna" not in english:
            empty = "id" if not id_ else "vi" if not vi else "en_vna"
            self.problem("G004", line, f"{empty} is empty", "fill it in, or delete the line")
            return None
        policy = _CASES.get(case)
        if policy is None:
            self.problem("G005", line, f"unknown case {case!r}", "use exact, initial or any")
            return None
        if kind not in KINDS:
            self.problem("G006", line, f"unknown kind {kind!r}", f"use one of {', '.join(sorted(KINDS))}")
            return None
        since = until = None
        if valid_from or valid_to:
            since, until = self._date(valid_from, line), self._date(valid_to, line)
            if (valid_from and since is None) or (valid_to and until is None):
                return None
            if since and until and since > until:
                self.problem(
                    "G007", line, f"valid from {since} but only to {until}", "exchange or mend the dates"
                )
                return None
        if sources and not (sources.isascii() and sources.isdigit() and len(sources) < 7):
            self.problem("G008", line, f"sources is {sources!r}", "give the number of independent sources")
            return None
        return Entry(
            id_, vi, english, _several(variants), _several(accepted), _several(forbidden), short, feminine,
            plural, kind, policy, since, until, authority, int(sources or 1), note, self.name, line,
        )  # fmt: skip

    def _date(self, text: str, line: int) -> datetime.date | None:
        if text not in self.dates:
            try:
                self.dates[text] = datetime.date.fromisoformat(text)
            except ValueError:
                self.problem("G009", line, f"{text!r} is not a date", "write dates as 2025-03-01")
                return None
        return self.dates[text]

    def _has_formula(self, row: list[str], line: int) -> bool:
        for column, cell in zip(self.columns, row, strict=True):
            if is_formula(cell):
                self.problem(
                    "G010",
                    line,
                    f"{column} begins with {cell.strip()[:1]!r}, which a spreadsheet runs as a formula",
                    "begin it with a letter or a quotation mark",
                )
                return True
        return False


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would run a cell; a hyphen alone, before a space or a figure is no formula."""
    return _FORMULA_CELL.match(cell) is not None


def _several(cell: str) -> tuple[str, ...]:
    if not cell:
        return ()
    if "|" not in cell:
        return (cell,)
    return tuple(part for part in (part.strip() for part in cell.split("|")) if part)


def write_table(entries: Iterable[Entry], styles: Iterable[str] = ()) -> str:
    """The CSV text of entries: all columns, one entry a line, cells as they are.

    ``styles`` names further styles that get a column even where no entry has a form in them.
    """
    kept = list(entries)
    wanted = {"vna": None, "vns": None, "mofa": None}
    wanted.update(dict.fromkeys(styles))
    for entry in kept:
        wanted.update(dict.fromkeys(entry.english))
    columns = [*PLAIN[:3], *(f"en_{style}" for style in wanted), *PLAIN[3:]]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cells[column] for column in columns] for cells in map(entry_cells, kept))
    return out.getvalue()


class _Cells(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def entry_cells(entry: Entry) -> dict[str, str]:
    """The cells of an entry by column name; a column that it lacks is empty."""
    cells = _Cells(
        id=entry.id,
        vi=entry.vi,
        variants="|".join(entry.variants),
        accepted="|".join(entry.accepted),
        forbidden="|".join(entry.forbidden),
        short=entry.short,
        feminine=entry.feminine,
        plural=entry.plural,
        kind=entry.kind,
        case="" if entry.case is CasePolicy.INITIAL else entry.case.value,
        valid_from=entry.valid_from.isoformat() if entry.valid_from else "",
        valid_to=entry.valid_to.isoformat() if entry.valid_to else "",
        authority=entry.authority,
        sources=str(entry.sources),
        note=entry.note,
    )
    cells.update((f"en_{style}", form) for style, form in entry.english.items())
    return cells
