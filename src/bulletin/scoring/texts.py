"""Texts to score: references and hypotheses, from lines, tables or drafts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bulletin.errors import DraftError, ScoringError

MAX_BYTES = 256 * 1024 * 1024

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_TARGET = ("en", "final", "target", "hypothesis", "translation")
_SOURCE = ("vi", "source")
_DOCUMENT = ("doc", "document")


@dataclass(frozen=True, slots=True)
class Text:
    """English lines, and what they translate where that is known.

    ``sources`` and ``documents``, where not None, have one entry a line. ``numbers`` are the 1-based
    lines of the file. ``machine`` holds the machine's versions where the file is a draft.
    """

    name: str
    lines: tuple[str, ...]
    sources: tuple[str, ...] | None = None
    documents: tuple[str, ...] | None = None
    numbers: tuple[int, ...] = ()
    machine: tuple[str, ...] | None = None

    def number(self, index: int) -> int:
        """The line of the file where line ``index`` of the text stands."""
        return self.numbers[index] if self.numbers else index + 1


def read_text(path: Path) -> Text:
    """Read a reference or a hypothesis.

    A ``.xlf`` file is a draft. A table has a header that names the columns (``vi``, ``en``, ``doc``),
    split by tabs, without quoting. Anything else is text, one line a segment. Raises ScoringError.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ScoringError(f"{path}: larger than {MAX_BYTES // 2**20} MB; split it by document")
        data = path.read_bytes()
    except OSError as error:
        raise ScoringError(f"{path}: cannot be read ({error.strerror or error}); check the name") from error
    return parse_text(data, str(path))


def parse_text(data: bytes, name: str) -> Text:
    """The text in ``data``; ``name`` says what kind of file it is, and is what errors call it."""
    if len(data) > MAX_BYTES:
        raise ScoringError(f"{name}: larger than {MAX_BYTES // 2**20} MB; split it by document")
    if name.lower().endswith((".xlf", ".xliff")):
        return _draft(data, name)
    encoding, called = ("utf-16", "UTF-16") if data[:2] in _UTF16 else ("utf-8-sig", "UTF-8")
    try:
        content = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ScoringError(f"{name}, line {line}: not text in {called}; save it as UTF-8") from error
    lines = re.split(r"\r\n|\r|\n", content)
    if lines and not lines[-1]:
        lines.pop()
    if not lines:
        raise ScoringError(f"{name}: empty; there is nothing to score")
    header = [title.strip().lower() for title in lines[0].split("\t")]
    if len(header) > 1 and {"id", "final"} <= set(header):
        return _table_of_draft(data, name)
    if len(header) > 1 and set(_TARGET) & set(header):
        return _table(lines, header, name)
    if name.lower().endswith(".tsv"):
        raise ScoringError(
            f"{name}, line 1: a table needs a header that names its columns (vi, en), split by tabs;"
            " add it, or name the file .txt if it is text by line"
        )
    return Text(name, tuple(lines))


def _table(lines: Sequence[str], header: Sequence[str], name: str) -> Text:
    target = _column(header, _TARGET)
    source, document = _column(header, _SOURCE), _column(header, _DOCUMENT)
    assert target is not None
    rows: list[list[str]] = []
    numbers: list[int] = []
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) != len(header):
            raise ScoringError(
                f"{name}, line {number}: {len(cells)} cells under {len(header)} columns; restore the line"
            )
        rows.append(cells)
        numbers.append(number)
    if not rows:
        raise ScoringError(f"{name}: a header and no lines; there is nothing to score")
    return Text(
        name,
        tuple(row[target] for row in rows),
        None if source is None else tuple(row[source] for row in rows),
        None if document is None else tuple(row[document] for row in rows),
        tuple(numbers),
    )


def _column(header: Sequence[str], names: Sequence[str]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)


def _draft(data: bytes, name: str) -> Text:
    from bulletin.drafting.xliff import parse_draft, parse_edits

    try:
        draft = parse_draft(data, name)
    except DraftError:
        # another tool's XLIFF, or one that lost our metadata, still has texts
        try:
            edits = [edit for edit in parse_edits(data, name) if edit.source]
        except DraftError as error:
            raise ScoringError(str(error)) from error
        return _not_empty(
            Text(name, tuple(edit.target for edit in edits), tuple(edit.source for edit in edits))
        )
    # a provisional headline translates nothing
    units = [unit for unit in draft.units if unit.source]
    return _not_empty(
        Text(
            name,
            tuple(unit.target for unit in units),
            tuple(unit.source for unit in units),
            machine=tuple(unit.hypothesis for unit in units),
        )
    )


def _table_of_draft(data: bytes, name: str) -> Text:
    from bulletin.drafting.tsv import parse_tsv

    try:
        edits = parse_tsv(data, name)
    except DraftError as error:
        raise ScoringError(str(error)) from error
    return _not_empty(
        Text(
            name,
            tuple(edit.target for edit in edits),
            tuple(edit.source for edit in edits) if all(edit.source for edit in edits) else None,
            numbers=tuple(edit.line or 0 for edit in edits),
        )
    )


def _not_empty(text: Text) -> Text:
    if not text.lines:
        raise ScoringError(f"{text.name}: holds no segments; there is nothing to score")
    return text
