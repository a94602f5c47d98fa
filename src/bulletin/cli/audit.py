"""The audit as a table for people: every fixed term, what was expected, what stands, how it came in."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bulletin.terminology.occurrence import Occurrence

PIPED_WIDTH = 160
"""Columns of the table where it does not go to a terminal."""

_COLOURS = {"exact": "green", "accepted": "green", "missing": "red", "forbidden": "red"}


def show_audit(occurrences: Sequence[Occurrence], title: str = "") -> None:
    """Print the table, one row an occurrence, and a last line that counts them by status."""
    from collections import Counter

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title) if title else None, title_justify="left", box=None, pad_edge=False)
    for name in ("segment", "Vietnamese", "expected", "found", "by", "status"):
        table.add_column(name, overflow="fold")
    for line in occurrences:
        # Text, not str: brackets in a term are no markup
        table.add_row(
            Text(line.segment),
            Text(line.source),
            Text(line.expected[0] if line.expected else ""),
            Text("" if line.expected and line.found == line.expected[0] else line.found or "–"),
            Text(line.how),
            Text(line.status.value, style=_COLOURS.get(line.status.value, "yellow")),
        )
    counts = Counter(line.status.value for line in occurrences)
    console = Console(
        file=sys.stdout, width=None if sys.stdout.isatty() else PIPED_WIDTH, highlight=False, soft_wrap=False
    )
    console.print(table)
    console.print(
        Text(f"{len(occurrences)} fixed terms: " + ", ".join(f"{n} {status}" for status, n in counts.items()))
    )
