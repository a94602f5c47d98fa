"""Manuscript: what a file format gives, before its passages are sorted into blocks."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from bulletin.article import BlockKind, Image, Removal
from bulletin.finding import Finding


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading, list item or line of the source.

    ``kind`` is what the format says it is, None where the format has no word for it. ``text`` may
    hold ``\\n`` where a line ends inside the passage. ``gap`` says that white space (an empty line)
    stands before it in the source.
    """

    text: str
    line: int
    kind: BlockKind | None = None
    gap: bool = True
    credit: str = ""
    image: Image | None = None


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The passages of a file in order, and what it says about itself.

    ``images`` are pictures named apart from the text, to go with the captions in their order.
    """

    passages: tuple[Passage, ...]
    headline: str = ""
    standfirst: str = ""
    byline: str = ""
    source: str = ""
    date: datetime.date | None = None
    images: tuple[Image, ...] = ()
    removals: tuple[Removal, ...] = ()
    findings: tuple[Finding, ...] = ()
