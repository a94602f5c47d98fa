"""Terms to expect, from a table: which Vietnamese of which segment has which English."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from bulletin.errors import ScoringError
from bulletin.glossary.entry import TermMatch
from bulletin.language.normal import fold, fold_text
from bulletin.scoring.align import Aligned
from bulletin.scoring.texts import MAX_BYTES, Text

Expected = tuple[tuple[TermMatch, ...], ...]
"""The terms of each segment."""


def read_expected(path: Path, aligned: Aligned, reference: Text) -> Expected:
    """Read a tab-separated table with columns ``vi`` and ``en``, and match it with aligned segments.

    ``accepted`` may hold further right forms, split by ``|``. With a column ``line`` a row counts for
    that line of the reference only (from 1, its header not counted; ``doc`` must then be the
    document of that line); else wherever the source has it, longer terms first. Raises ScoringError,
    naming the line, for a table without these columns or with a place that the reference has not,
    and where the Vietnamese is not known.
    """
    if aligned.sources is None:
        raise ScoringError(f"{path}: terms need the Vietnamese; give a reference table with a column vi")
    local: dict[int, list[dict[str, str]]] = defaultdict(list)
    everywhere: list[dict[str, str]] = []
    for number, row in _rows(path):
        if "line" in row:
            local[_place(row, reference, f"{path}, line {number}")].append(row)
        else:
            everywhere.append(row)
    everywhere.sort(key=lambda row: -len(row["vi"]))
    common = [(row, _pattern(row["vi"])) for row in everywhere]
    found = []
    for index, source in enumerate(aligned.sources):
        own = [(row, _pattern(row["vi"])) for line in aligned.lines(index) for row in local[line]]
        found.append(tuple(_matches(source, [*own, *common])))
    return tuple(found)


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ScoringError(f"{path}: larger than {MAX_BYTES // 2**20} MB; split it")
        content = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ScoringError(f"{path}: cannot be read ({error.strerror or error}); check the name") from error
    except UnicodeDecodeError as error:
        raise ScoringError(f"{path}: not UTF-8 text at byte {error.start}; save it as UTF-8") from error
    lines = content.split("\n")
    header = [title.strip().lower() for title in lines[0].split("\t")]
    if not {"vi", "en"} <= set(header):
        raise ScoringError(f"{path}, line 1: the header must name the columns vi and en, split by tabs")
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        cells = line.rstrip("\r").split("\t")
        if not line.strip():
            continue
        if len(cells) != len(header):
            raise ScoringError(
                f"{path}, line {number}: {len(cells)} cells under {len(header)} columns; restore the line"
            )
        row = {title: cell.strip() for title, cell in zip(header, cells, strict=True)}
        if row["vi"] and row["en"]:
            rows.append((number, row))
    return rows


def _place(row: dict[str, str], reference: Text, place: str) -> int:
    """The line of the reference, from 0, that a row is for."""
    line = int(row["line"]) - 1 if row["line"].isascii() and row["line"].isdigit() else -1
    if not 0 <= line < len(reference.lines):
        raise ScoringError(
            f"{place}: {reference.name} has no line {row['line']!r}; choose the table of this reference"
        )
    if reference.documents and row.get("doc", reference.documents[line]) != reference.documents[line]:
        raise ScoringError(
            f"{place}: line {row['line']} of {reference.name} is of document"
            f" {reference.documents[line]!r}, not {row['doc']!r}; choose the table of this reference"
        )
    return line


def _pattern(term: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(fold_text(term, case=True))}(?!\w)")


def _matches(source: str, rows: Sequence[tuple[dict[str, str], re.Pattern[str]]]) -> list[TermMatch]:
    folded = fold(source, case=True)
    taken: list[tuple[int, int]] = []
    found = []
    for row, pattern in rows:
        for hit in pattern.finditer(folded.text):
            if any(hit.start() < end and hit.end() > start for start, end in taken):
                continue
            taken.append(hit.span())
            start, end = folded.span(*hit.span())
            accepted = tuple(form.strip() for form in row.get("accepted", "").split("|") if form.strip())
            target = row["en"].removeprefix("the ")
            found.append(
                TermMatch(row["vi"], "term", start, end, source[start:end], target, accepted=accepted)
            )
            if "line" in row:
                break
    return sorted(found, key=lambda match: match.start)
