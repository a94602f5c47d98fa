"""Ministries and their ministers, one or several in a row: ``các Bộ Tài chính, Công Thương và Y tế``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bulletin.glossary.chart import Chart, Piece, distinct
from bulletin.glossary.heads import Head
from bulletin.glossary.lexicon import Lexicon
from bulletin.glossary.localities import joined

MANY = frozenset({"các", "những"})
_AND = frozenset({",", "và"})
_MINISTRY = "the Ministry of "


@dataclass(frozen=True, slots=True)
class Ministry:
    """What follows ``the Ministry of``, and whether it was so on the date."""

    field: str
    status: str = ""


class Ministries:
    """Reads the ministries of one sentence; ``table`` has what follows ``Bộ`` in their names."""

    def __init__(self, chart: Chart, table: Lexicon[Ministry]) -> None:
        self.chart = chart
        self.table = table

    def one(self, at: int) -> Iterator[Piece]:
        """``Bộ`` and the name of a ministry."""
        row = self._row(at, bare=False)[:1]
        for end, ministry in row:
            if self.chart.word(at) == "bộ":
                yield Piece(at, end, (_MINISTRY + ministry.field,), "institution", ministry.status)

    def _row(self, at: int, *, bare: bool) -> list[tuple[int, Ministry]]:
        """Ministries in a row from a token on, each with where it ends. ``bare``: ``Bộ`` may be left out."""
        row: list[tuple[int, Ministry]] = []
        while True:
            marked = self.chart.word(at) == "bộ"
            if row and not marked and not bare:
                return row
            found = self.chart.find(self.table, at + marked)
            if found is None or self.chart.capitals[at] not in "AU":
                return row
            row.append(found)
            at = found[0]
            if self.chart.word(at) not in _AND:
                return row
            at += 1 + (self.chart.word(at) == "," and self.chart.word(at + 1) == "và")

    def several(self, at: int) -> Iterator[Piece]:
        """``các Bộ Tài chính, Công Thương và Y tế``."""
        if self.chart.word(at + 1) != "bộ":
            return
        row = self._row(at + 2, bare=True)
        if not row:
            return
        fields = [ministry.field for _, ministry in row]
        forms = [f"the Ministries of {joined(fields)}", f"the Ministries of {_and(fields)}", _of_each(fields)]
        each = [_MINISTRY + field for field in fields]
        forms += [joined(each), _and(each)]
        yield Piece(at, row[-1][0], distinct(forms), "institution", _status(row))

    def ministers(self, start: int, at: int, head: Head) -> Iterator[Piece]:
        """``Bộ trưởng Bộ Tài chính``, ``Bộ trưởng Tài chính``, and the ministers of several ministries."""
        many = self.chart.word(at) in MANY and self.chart.word(at + 1) == "bộ"
        row = self._row(at + 2 * many, bare=many)
        if not row:
            return
        fields = [ministry.field for _, ministry in row]
        one = f"{head.english} of {fields[0]}"
        if not many:
            further = [f"{form} of {fields[0]}" for form in head.forms()]
            yield Piece(start, row[0][0], distinct([one, *further]), "title", _status(row[:1]))
        if len(row) == 1:
            return
        plural = head.plural or f"{head.english}s"
        of_all = [f"{plural} of {names}" for names in (joined(fields), _and(fields))]
        of_all += [f"{plural} of {joined([fields[0], *(f'of {field}' for field in fields[1:])])}"]
        each = [f"{head.english} of {field}" for field in fields]
        forms = [joined(each), _and(each), f"{one} and the {' and the '.join(each[1:])}"]
        ministries = [one, *(_MINISTRY + field for field in fields[1:])]
        forms = [*of_all, *forms] if many else [*forms, *of_all, joined(ministries)]
        yield Piece(start, row[-1][0], distinct(forms), "title", _status(row))


def _status(row: Sequence[tuple[int, Ministry]]) -> str:
    return next((ministry.status for _, ministry in row if ministry.status), "")


def _of_each(fields: Sequence[str]) -> str:
    return f"the Ministries of {joined([fields[0], *(f'of {field}' for field in fields[1:])])}"


def _and(parts: Sequence[str]) -> str:
    """``A, B and C`` without a comma before ``and``."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
