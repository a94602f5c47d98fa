"""A model as a reader of English beside its source, and what the checks that ask it have in common."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bulletin.article import BlockKind
from bulletin.checking.pair import Pair
from bulletin.translation.engine import Reading

Reader = Callable[[Sequence[tuple[str, str]]], Sequence[Reading]]
"""An engine's ``read``: how likely each (source, English) pair's English is."""

Span = tuple[int, int]

_SHOWN = 90


def worth_reading(pair: Pair) -> bool:
    """Whether there is English of its own to read; what is empty or untranslated has findings already."""
    english = " ".join(pair.english.split())
    return bool(english) and english != " ".join(pair.source.split()) and pair.kind is not BlockKind.BYLINE


def spans_between(edges: re.Pattern[str], text: str) -> list[Span]:
    """What of a text lies between the matches of ``edges``, nothing aside."""
    places = [0, *(place for match in edges.finditer(text) for place in match.span()), len(text)]
    return [span for span in zip(places[::2], places[1::2], strict=True) if span[0] < span[1]]


def joined_spans(text: str, spans: Sequence[Span]) -> list[Span]:
    """Neighbouring spans of a text as one."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def shown(part: str) -> str:
    """A part as a message gives it: without its last mark, and not too long."""
    text = part.rstrip(" ,;:")
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"
