"""Checking glossary files, and mending what is mechanical in them."""

from __future__ import annotations

import contextlib
import csv
import io
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bulletin.errors import GlossaryError
from bulletin.files import write_atomic
from bulletin.finding import Finding, Severity
from bulletin.glossary.entry import Entry
from bulletin.glossary.gender import feminine_form
from bulletin.glossary.layers import builtin_glossary_path, glossary_files
from bulletin.glossary.rules import RULES, Checked
from bulletin.glossary.table import MANY, Problem, is_formula, parting_of, read_records, read_table, read_text

_SPACES = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u3000]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]")
_WAIVER = re.compile(r"\[(G\d{3})\]")


def check_glossary(paths: Sequence[Path | str] = ()) -> list[Finding]:
    """Check glossary files and folders together (the built-in glossary where none is named).

    Findings come by file and line. A rule's code in square brackets in an entry's note
    (``[G021] the country's own name for it``) waives that rule for the entry. Raises GlossaryError
    where a named path is not there.
    """
    chosen = [Path(path) for path in paths] or [builtin_glossary_path()]
    findings: list[Finding] = []
    entries: list[Entry] = []
    problems: list[Problem] = []
    for file in dict.fromkeys(file for path in chosen for file in glossary_files(path)):
        try:
            text = read_text(file)
            findings += _cells(file, text)
            entries += read_table(file, problems.append, text=text)
        except GlossaryError as error:
            findings.append(_unreadable(file, error))
    findings += map(_broken, problems)
    checked = Checked(entries, known_styles(chosen))
    waived = {(entry.file, entry.line, code) for entry in entries for code in _WAIVER.findall(entry.note)}
    for rule in RULES:
        findings += (found for found in rule(checked) if (found.file, found.line, found.code) not in waived)
    return sorted(findings, key=lambda finding: (finding.file, finding.line or 0, finding.code))


def known_styles(paths: Sequence[Path]) -> dict[str, bool]:
    """The styles described beside the glossaries (``styles/NAME.toml``): whether each keeps diacritics."""
    styles: dict[str, bool] = {}
    folders = [path if path.is_dir() else path.parent for path in paths]
    # without the built-in glossary, the styles beside the given one count
    with contextlib.suppress(GlossaryError):
        folders.append(builtin_glossary_path())
    for folder in folders:
        for file in sorted((folder / "styles").glob("*.toml")):
            try:
                described = tomllib.loads(file.read_text(encoding="utf-8"))
            except (OSError, ValueError) as error:
                raise GlossaryError(f"{file}: not a style file ({error}); mend it") from error
            names = described.get("names")
            styles.setdefault(file.stem, isinstance(names, Mapping) and names.get("diacritics") is True)
    return styles


def fix_glossary(paths: Sequence[Path | str] = ()) -> list[Path]:
    """Mend what is mechanical in glossary files, and give those that changed.

    Text becomes NFC; spaces at the ends, doubled or unusual, and unseen characters go; values given
    twice in a cell are given once; a title whose head names a man gets its feminine form where it has
    none, or the man's; rows are sorted by id. Each file is replaced at once or left as it was; one that
    is no table, or holds formulas, is left to its findings.
    """
    chosen = [Path(path) for path in paths] or [builtin_glossary_path()]
    changed = []
    for file in dict.fromkeys(file for path in chosen for file in glossary_files(path)):
        try:
            text = read_text(file)
            records = [row for _, row in read_records(text, str(file))]
        except GlossaryError:
            continue
        mended = _mended(records)
        if mended is not None and mended != text:
            write_atomic(file, mended)
            changed.append(file)
    return changed


def _mended(records: list[list[str]]) -> str | None:
    """The CSV text of records, mended; None where a line does not fit the header or holds a formula."""
    if not records:
        return None
    header = [_clean(cell) for cell in records[0]]
    rows = [row for row in records[1:] if any(cell.strip() for cell in row)]
    if "id" not in header or any(any(row[len(header) :]) for row in rows):
        return None
    mended: list[list[str]] = []
    for row in rows:
        full = row[: len(header)] + [""] * (len(header) - len(row))
        cells = [_mend_cell(column, cell) for column, cell in zip(header, full, strict=True)]
        if any(map(is_formula, cells)):
            return None
        mended.append(_with_feminine(header, cells))
    place = header.index("id")
    mended.sort(key=lambda cells: cells[place])
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(mended)
    return out.getvalue()


def _with_feminine(header: list[str], cells: list[str]) -> list[str]:
    """The cells of a row with its feminine form, where it follows from the English and was not given."""
    row = dict(zip(header, cells, strict=True))
    if row.get("kind") != "title" or "G026" in _WAIVER.findall(row.get("note", "")):
        return cells
    if header.count("feminine") != 1 or row["feminine"] not in ("", row.get("en_vna")):
        return cells
    place = header.index("feminine")
    return [*cells[:place], feminine_form(row.get("en_vna", "")), *cells[place + 1 :]]


def _mend_cell(column: str, cell: str) -> str:
    if column not in MANY:
        return _clean(cell)
    return "|".join(dict.fromkeys(part for part in map(_clean, cell.split("|")) if part))


def _clean(cell: str) -> str:
    # unseen characters go first: a letter and its mark may stand on either side of one
    return _SPACES.sub(" ", unicodedata.normalize("NFC", _UNSEEN.sub("", cell))).strip()


def _cells(file: Path, text: str) -> Iterator[Finding]:
    """What is to be mended in cells as they stand: G022 spaces, G023 NFC, G024 repetition, G025 order."""
    name = str(file)
    if parting_of(text) != ",":
        return  # no table, which the reader says
    records = read_records(text, name)
    header = next(records, (1, []))[1]
    columns = [cell.strip() for cell in header]
    place = columns.index("id") if "id" in columns else -1
    last = ""
    sorted_so_far = True
    for line, row in records:
        for column, cell in zip(columns, row, strict=False):
            if cell:
                yield from _cell(name, line, column, cell)
        identity = _clean(row[place]) if 0 <= place < len(row) else last
        if sorted_so_far and identity < last:
            sorted_so_far = False
            yield Finding(
                "G025",
                Severity.NOTE,
                f"{identity!r} stands behind {last!r}",
                name,
                line,
                mend="check --fix sorts by id",
            )
        last = identity


def _cell(name: str, line: int, column: str, cell: str) -> Iterator[Finding]:
    mend = "check --fix mends it"
    if not unicodedata.is_normalized("NFC", cell):
        yield Finding("G023", Severity.ERROR, f"{column}: {cell!r} is not in NFC", name, line, mend=mend)
        cell = unicodedata.normalize("NFC", cell)
    parts = cell.split("|") if column in MANY else [cell]
    if any(part != _clean(part) for part in parts):
        message = f"{column}: stray spaces or unseen characters in {cell!r}"
        yield Finding("G022", Severity.ERROR, message, name, line, mend=mend)
    if len(set(parts)) < len(parts) or ("" in parts and len(parts) > 1):
        yield Finding(
            "G024", Severity.WARNING, f"{column}: a value twice, or none, in {cell!r}", name, line, mend=mend
        )


def _broken(problem: Problem) -> Finding:
    return Finding(
        problem.code, Severity.ERROR, problem.message, problem.file, problem.line or None, mend=problem.mend
    )


def _unreadable(file: Path, error: GlossaryError) -> Finding:
    """A file that is no table: G000, with its line where the error names one."""
    message = str(error).removeprefix(str(file))
    line = re.match(r":(\d+): ", message)
    if line:
        message = message[line.end() :]
    message, _, mend = message.removeprefix(": ").partition("; ")
    return Finding("G000", Severity.ERROR, message, str(file), int(line[1]) if line else None, mend=mend)
