"""Punctuation: quotation marks, apostrophes, the dash between clauses, and the mark that ends a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.publishing.rules.edit import Edit, kept_spans, outside, replacing
from bulletin.publishing.style import Style

_QUOTES = {
    "straight double": ('"', '"', "'", "'"),
    "curly double": ("“", "”", "‘", "’"),
    "curly single": ("‘", "’", "“", "”"),
}
"""Outer marks, then those of a quotation inside a quotation."""

_DOUBLE = re.compile(r"[\"“”„«»]")
_SINGLE_OPEN = re.compile(r"(?<![^\s(\[—–\"“-])[‘'](?=\w)")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…%)])[’'](?!\w)")
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)|(?<=s)['’](?=\s)|(?<![\w'’])['’](?=\d\ds?\b)")
_DASH = re.compile(r"(?<=[^\s])\s+[–—]\s+(?=\S)|(?<=[^\W\d])—(?=[^\W\d])")
_OPENS_BEFORE = re.compile(r"[\s(\[{—–/‘-]$")
_END = re.compile(r"(?<!\s)\s*\./\.\s*$")


def quotes(text: str, style: Style) -> Iterator[Edit]:
    """Quotation marks, outer and inner, in pairs as the style wants them."""
    outer_open, outer_close, inner_open, inner_close = _QUOTES[style.marks.quotes]
    edits: list[Edit] = []
    for match in _DOUBLE.finditer(text):
        mark = match[0]
        before = text[: match.start()]
        if mark in "“„«":
            opens = True
        elif mark in "”»":
            opens = False
        else:
            opens = not before or bool(_OPENS_BEFORE.search(before))
        edits.append(Edit(match.start(), mark, outer_open if opens else outer_close))
    edits += _single_quotes(text, inner_open, inner_close)
    return outside(edits, kept_spans(text))


def _single_quotes(text: str, opening: str, closing: str) -> Iterator[Edit]:
    """A single mark before a word, and the next one after a word, are a pair; others are apostrophes."""
    position = 0
    while match := _SINGLE_OPEN.search(text, position):
        end = _SINGLE_CLOSE.search(text, match.end())
        if end is None:
            return
        position = end.end()
        # 'tis and '90s open with an apostrophe; a pair lies within one sentence or so
        if end.start() - match.end() <= 300 and not text[match.end()].isdigit():
            yield Edit(match.start(), match[0], opening)
            yield Edit(end.start(), end[0], closing)


def apostrophes(text: str, style: Style) -> Iterator[Edit]:
    """The apostrophe in ``the Committee's`` and ``the voters'``: straight or curly."""
    mark = "’" if style.marks.apostrophe == "curly" else "'"
    return outside(replacing(_APOSTROPHE, text, lambda match: mark), kept_spans(text))


def dashes(text: str, style: Style) -> Iterator[Edit]:
    """The dash between clauses; dashes in ranges and compounds are other rules'."""
    return outside(replacing(_DASH, text, lambda match: style.marks.dash), kept_spans(text))


def end_mark(text: str, style: Style) -> Iterator[Edit]:
    """The mark ``./.`` that closes Vietnamese copy is not English; a full stop is."""
    return replacing(_END, text, lambda match: ".")
