"""Plain text: paragraphs by empty lines, by line ends, or hard-wrapped."""

from __future__ import annotations

import re
from itertools import pairwise

from bulletin.article import BlockKind
from bulletin.reading.manuscript import Manuscript, Passage
from bulletin.reading.residue import is_apart, is_residue

_BULLET = re.compile(r"[-–—•▪■●○◦►✓*+\uf0a7\uf0b7\uf0d8]\s+(?=\S)")
_WRAP_MIN, _WRAP_MAX = 40, 130


def read_plain(text: str) -> Manuscript:
    """Passages of a plain text with ``\\n`` line ends."""
    lines = text.split("\n")
    width = _wrap_width(lines)
    passages: list[Passage] = []
    gap = True
    for number, raw in enumerate(lines, start=1):
        line = raw.strip()
        if not line:
            gap = True
            continue
        if (
            width
            and not gap
            and not _BULLET.match(line)
            and not is_apart(line)
            and not is_residue(lines[number - 2])
            and _was_full(lines[number - 2], line, width)
        ):
            last = passages[-1]
            passages[-1] = Passage(f"{last.text}\n{line}", last.line, last.kind, last.gap)
        else:
            kind = BlockKind.LIST_ITEM if _BULLET.match(line) else None
            passages.append(Passage(line, number, kind, gap))
        gap = False
    return Manuscript(tuple(passages))


def bullet_of(text: str) -> str:
    """The bullet with which a list item begins, or an empty string."""
    match = _BULLET.match(text)
    return match.group().rstrip() if match else ""


def _was_full(line: str, following: str, width: int) -> bool:
    """Whether the first word of ``following`` would not have fitted on ``line`` any more."""
    return len(line.rstrip()) + 1 + len(following.split(None, 1)[0]) > width


def _wrap_width(lines: list[str]) -> int:
    """The width at which the text is hard-wrapped, 0 where each line is a paragraph of its own.

    A wrapped text is told by this: wherever one line follows another, the next word would not have
    fitted, and most lines do not end like a sentence.
    """
    width = max((len(line.rstrip()) for line in lines), default=0)
    if not _WRAP_MIN <= width <= _WRAP_MAX:
        return 0
    pairs = [
        (first, second)
        for first, second in pairwise(lines)
        if first.strip() and second.strip() and not _BULLET.match(second.strip()) and not is_residue(first)
    ]
    if not pairs:
        return 0
    full = sum(_was_full(first, second, width) for first, second in pairs)
    open_ended = sum(first.rstrip()[-1] not in '.!?…:;”"' for first, _ in pairs)
    return width if full >= 0.9 * len(pairs) and open_ended >= 0.5 * len(pairs) else 0
