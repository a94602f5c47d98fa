"""Draft: the work in progress on one article, from the machine's first version to the final text."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from bulletin.article import BlockKind, Image
from bulletin.finding import Finding
from bulletin.terminology.occurrence import Occurrence


class State(StrEnum):
    """The states of an XLIFF 2.1 segment, in their order."""

    INITIAL = "initial"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Signature:
    """What made a draft or a report, so that any figure in it can be had again."""

    version: str
    model: str
    revision: str
    glossary: str
    style: str
    decoding: str

    def __str__(self) -> str:
        return (
            f"bulletin:{self.version}|model:{self.model}@{self.revision}|glossary:{self.glossary}"
            f"|style:{self.style}|{self.decoding}"
        )


@dataclass(frozen=True, slots=True)
class Unit:
    """One segment of a draft.

    ``block`` counts the article's blocks from 0; units of one block are joined with ``space``
    between them. ``hypothesis`` is the machine's version, kept beside the edited ``target``.
    ``credit`` and ``image`` belong to the block and stand on its first unit. ``score`` is the
    engine's mean log-probability, None where there is none.
    """

    id: str
    block: int
    kind: BlockKind
    source: str
    target: str
    hypothesis: str
    space: str = ""
    state: State = State.INITIAL
    score: float | None = None
    credit: str = ""
    image: Image | None = None
    occurrences: tuple[Occurrence, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A bilingual draft of one article.

    ``headline_provisional`` says that the first unit is a headline made from the lead, not given.
    """

    name: str
    units: tuple[Unit, ...]
    signature: Signature
    source_hash: str
    date: datetime.date | None = None
    dateline: str = ""
    source: str = ""
    headline_provisional: bool = False
