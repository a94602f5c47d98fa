"""What checking looks at: English beside the Vietnamese it translates, whatever file it came from."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from bulletin.article import BlockKind
from bulletin.finding import Finding, Severity
from bulletin.terminology.occurrence import Occurrence


@dataclass(frozen=True, slots=True)
class Pair:
    """One segment: ``source`` is empty where the English translates nothing, or nothing known.

    ``block`` numbers the paragraph: what stands in one segment of a block may be told in another.
    ``line`` is 1-based in the file that is checked. ``made`` is the draft's own audit, which says
    by what step each term came in.
    """

    source: str
    english: str
    block: int
    segment: str = ""
    line: int | None = None
    kind: BlockKind = BlockKind.PARAGRAPH
    made: tuple[Occurrence, ...] = ()

    def finding(self, code: str, severity: Severity, message: str, mend: str) -> Finding:
        """A finding about this segment, at its place."""
        return Finding(code, severity, message, line=self.line, segment=self.segment, mend=mend)


@dataclass(frozen=True, slots=True)
class Document:
    """A draft or a bulletin, ready to be checked.

    ``findings`` are those of reading it and of laying it beside its source.
    """

    file: str
    pairs: tuple[Pair, ...]
    date: datetime.date | None = None
    findings: tuple[Finding, ...] = ()

    def blocks(self) -> Iterator[tuple[Pair, ...]]:
        """The pairs of each block, in order."""
        for _, group in groupby(self.pairs, key=lambda pair: pair.block):
            yield tuple(group)
