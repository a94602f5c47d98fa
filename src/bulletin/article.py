"""Article, block and segment: what reading gives to everything after it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from bulletin.finding import Finding


class BlockKind(StrEnum):
    """What a block is in a news text."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    SUBHEADING = "subheading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    CAPTION = "caption"
    BYLINE = "byline"


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that a caption belongs to: ``path`` as the article gives it, ``alt`` as text or empty."""

    path: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence of a block.

    ``id`` is stable for an unchanged article (``b3.s2``: third block, second sentence, from 1).
    ``text`` has no white space at its ends; ``space`` is what follows it in the block, so that
    joining ``text + space`` over a block's segments gives ``block.text`` exactly.
    ``start`` is the offset of ``text`` in ``block.text``, in characters.
    """

    id: str
    text: str
    space: str
    start: int


@dataclass(frozen=True, slots=True)
class Block:
    """A headline, paragraph, caption or byline, in NFC, without residue.

    ``line`` is the 1-based line of the source where it begins (the paragraph number for DOCX).
    ``credit`` is a caption's photo credit as written (``TTXVN``), ``image`` its picture where known.
    """

    kind: BlockKind
    text: str
    segments: tuple[Segment, ...]
    line: int
    credit: str = ""
    image: Image | None = None


@dataclass(frozen=True, slots=True)
class Removal:
    """What reading left out of the article, so that nothing disappears silently.

    ``kind`` is one of ``residue``, ``end-mark``, ``dateline``, ``furniture``, ``markup``.
    """

    kind: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Article:
    """A Vietnamese article, read.

    ``name`` is a slug fit for a folder name; ``source_hash`` is the SHA-256 (hex) of the bytes
    read; ``encoding`` names how they were decoded; ``dateline`` is the place and agency that stood
    before the lead, the agency in brackets (``Hà Nội (TTXVN)``, ``(NDO)``), empty where there was none.
    """

    name: str
    blocks: tuple[Block, ...]
    source_hash: str
    encoding: str = "utf-8"
    date: datetime.date | None = None
    dateline: str = ""
    source: str = ""
    removals: tuple[Removal, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def segments(self) -> tuple[Segment, ...]:
        """All segments, in reading order."""
        return tuple(segment for block in self.blocks for segment in block.segments)
