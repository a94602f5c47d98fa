"""Drafts as a tab-separated table, for spreadsheets and scripts."""

from __future__ import annotations

import csv
import io
import re

from bulletin.drafting.draft import Draft, State
from bulletin.drafting.edit import Edit
from bulletin.drafting.markup import MAX_BYTES, visible
from bulletin.errors import DraftError

COLUMNS = ("id", "state", "source", "draft", "final")

_UTF16 = (b"\xff\xfe", b"\xfe\xff")

# a spreadsheet would run these as formulas; an apostrophe keeps them text
_FORMULA = re.compile(r"['=+\-@\t\r]")
_ESCAPED = re.compile(r"'['=+\-@\t\r]")


def dump_tsv(draft: Draft) -> bytes:
    """``draft`` as a table of id, state, source, machine draft and final text, in UTF-8 with a mark.

    Cells that a spreadsheet would run as a formula begin with an apostrophe.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter="\t", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for unit in draft.units:
        cells = (unit.id, unit.state.value, unit.source, unit.hypothesis, unit.target)
        writer.writerow([f"'{cell}" if _FORMULA.match(cell) else cell for cell in map(visible, cells)])
    # spreadsheets take UTF-8 without a mark for the local code page
    return out.getvalue().encode("utf-8-sig")


def parse_tsv(data: bytes, name: str = "table") -> tuple[Edit, ...]:
    """What a table says of each segment; it needs the columns id or source, and final.

    Raises DraftError, naming ``name`` and the line, for another encoding, missing columns, an
    unknown state or an id that stands twice.
    """
    reader = csv.reader(io.StringIO(_decode(data, name), newline=""), delimiter="\t", strict=True)
    edits: list[Edit] = []
    # segments have no limit of 131,072 characters; the limit is the whole program's, so it is put back
    limit = csv.field_size_limit(MAX_BYTES)
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        if "final" not in header or not {"id", "source"} & set(header):
            raise DraftError(
                f"{name}, line 1: the header must name the columns id, source and final, split by tabs;"
                " export the draft again"
            )
        for cells in reader:
            line = reader.line_num
            if not any(cells):
                continue
            row = {title: _plain(cell) for title, cell in zip(header, cells, strict=False)}
            if len(cells) < len(header) and "final" not in row:
                raise DraftError(
                    f"{name}, line {line}: {len(cells)} of {len(header)} cells; restore the line"
                )
            edits.append(
                Edit(
                    row.get("id", ""),
                    row.get("source", ""),
                    row["final"],
                    state_named(row.get("state", ""), f"{name}, line {line}"),
                    line,
                )
            )
    except csv.Error as error:
        raise DraftError(f"{name}, line {reader.line_num}: {error}; restore the line") from error
    finally:
        csv.field_size_limit(limit)
    return tuple(edits)


def state_named(text: str, place: str) -> State | None:
    """The state that a person wrote, None for nothing. Raises DraftError for another word."""
    word = text.strip().lower()
    if not word:
        return None
    try:
        return State(word)
    except ValueError as error:
        raise DraftError(f"{place}: the state {text!r} is not one of {', '.join(State)}") from error


def _plain(cell: str) -> str:
    return cell[1:] if _ESCAPED.match(cell) else cell


def _decode(data: bytes, name: str) -> str:
    if len(data) > MAX_BYTES:
        raise DraftError(f"{name}: larger than {MAX_BYTES // 2**20} MB, which no draft is; check the file")
    # what spreadsheets call 'Unicode text' is UTF-16
    encoding, called = ("utf-16", "UTF-16") if data[:2] in _UTF16 else ("utf-8-sig", "UTF-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DraftError(f"{name}: not text in {called} at byte {error.start}; save it as UTF-8") from error
