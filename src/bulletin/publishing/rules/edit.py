"""Edit: one place where a text departs from the style, and the text that would follow it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bulletin.publishing.style import Style


@dataclass(frozen=True, slots=True)
class Edit:
    """Put ``new`` in the place of ``old``, which begins at ``start``."""

    start: int
    old: str
    new: str

    @property
    def end(self) -> int:
        """Where ``old`` ends."""
        return self.start + len(self.old)


Rule = Callable[[str, Style], Iterator[Edit]]
"""Finds the departures of a text from a style, from left to right; some may overlap."""

# what a rule about words must not touch: addresses of pages and people, file names; each begins where
# a run of its letters does, so that a long run is read once and not from each of its letters
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w-])(?<![\w-]\.)[\w-]+(?:\.[\w-]+)*\.(?:vn|com|org|net|info|gov|edu|int|html?|pdf|docx?)\b(?:/\S*)?",
    re.IGNORECASE,
)


def kept_spans(text: str, phrases: Iterable[str] = ()) -> list[tuple[int, int]]:
    """The spans of a text that no rule may change: addresses, and phrases that a style keeps."""
    spans = [match.span() for match in _ADDRESS.finditer(text)]
    for phrase in phrases:
        spans += [match.span() for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)]
    return spans


def outside(edits: Iterable[Edit], spans: list[tuple[int, int]]) -> Iterator[Edit]:
    """The edits that change something, and nothing inside a kept span."""
    for edit in edits:
        if edit.old != edit.new and not any(edit.start < end and start < edit.end for start, end in spans):
            yield edit


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made; of two that overlap, the first one stands."""
    done: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        if edit.start >= position:
            done += [text[position : edit.start], edit.new]
            position = edit.end
    return "".join(done) + text[position:]


def replacing(pattern: re.Pattern[str], text: str, new: Callable[[re.Match[str]], str]) -> Iterator[Edit]:
    """An edit for every match of a pattern; ``new`` gives what stands there instead."""
    for match in pattern.finditer(text):
        yield Edit(match.start(), match[0], new(match))
