"""MemoryUnit and MemoryMatch: what the memory holds, and what it offers."""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass

MAX_TEXT = 20_000
"""Longest source or target that the memory takes, in characters; a segment is a sentence."""

_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class MemoryUnit:
    """One approved segment: Vietnamese, English, and where they come from.

    ``article`` is the article's name, ``date`` its date, ``style`` the house style of the English
    (``vna``), ``author`` who approved it, ``glossary`` the hash of the glossary then in force,
    ``created`` when it was approved (UTC). ``previous`` and ``next`` are the ``context_key`` of the
    neighbours' sources, None where they are not known.
    """

    source: str
    target: str
    article: str = ""
    date: datetime.date | None = None
    style: str = ""
    author: str = ""
    glossary: str = ""
    created: datetime.datetime | None = None
    previous: int | None = None
    next: int | None = None


@dataclass(frozen=True, slots=True)
class MemoryMatch:
    """What the memory offers for a segment.

    ``score``: 101 the same text between the same neighbours, 100 the same text, 99 the same but for
    values that were filled in, below that the share of words that are the same, in per cent; each
    less its penalties. ``filled`` is ``target`` with the segment's own dates, figures and names in
    place of the old ones. ``reasons`` says in words what was filled in, and what cost points.
    """

    score: int
    source: str
    target: str
    filled: str
    reasons: tuple[str, ...]
    unit: MemoryUnit


def clean_text(text: str) -> str:
    """``text`` as the memory keeps it: NFC, no white space at its ends, nothing XML cannot hold."""
    if not text.isprintable():
        # rarely so; and what is printable is fit, which is known sooner
        text = _UNFIT.sub("", text)
    return unicodedata.normalize("NFC", text).strip()
