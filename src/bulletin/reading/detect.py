"""Whether a text is Vietnamese, told by the share of its words that are Vietnamese syllables.

Vietnamese is written syllable by syllable, and syllables are made of small closed sets of onsets, rimes
and tones. Nearly every word of a Vietnamese text is therefore one, while English text, or Vietnamese
in the wrong encoding, has few.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bulletin.errors import ReadingError
from bulletin.language.syllables import is_syllable

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 200_000


@dataclass(frozen=True, slots=True)
class Look:
    """How Vietnamese a text looks.

    ``words`` counts words, ``valid`` is the share of them that are Vietnamese syllables, ``marked``
    the share that are such syllables with at least one Vietnamese letter or tone mark.
    """

    words: int
    valid: float
    marked: float

    @property
    def vietnamese(self) -> bool:
        """Whether this is Vietnamese with its marks.

        Official prose measures 0.99 and 0.90, general news 0.96 and 0.84, English 0.22 and 0; the
        bounds leave room for texts full of foreign names and figures.
        """
        return self.valid >= 0.55 and self.marked >= 0.3

    @property
    def unmarked(self) -> bool:
        """Whether this is Vietnamese typed without its marks (``Chu tich Quoc hoi``)."""
        return self.valid >= 0.75 and self.marked < 0.1 and self.words >= 5


def look(text: str) -> Look:
    """Measure ``text`` (NFC); of a long one, its first 200,000 characters."""
    words = [word for word in _WORD.findall(text[:_SAMPLE]) if len(word) > 1]
    valid = marked = 0
    for word in words:
        # no syllable is longer than "nghiêng" with room for one letter
        if len(word) <= 8 and is_syllable(word):
            valid += 1
            marked += not word.isascii()
    total = len(words)
    return Look(total, valid / total, marked / total) if total else Look(0, 0.0, 0.0)


def require_vietnamese(text: str, place: str) -> None:
    """Raise ReadingError where ``text`` is empty or does not look like Vietnamese."""
    if not text.strip():
        raise ReadingError(f"{place}: holds no text; give an article")
    found = look(text)
    if found.vietnamese:
        return
    if found.unmarked:
        raise ReadingError(
            f"{place}: this looks like Vietnamese without its marks (dấu), which cannot be translated "
            "safely; give the text with its marks"
        )
    share = f"{found.valid:.0%} of its words are Vietnamese syllables" if found.words else "it has no words"
    raise ReadingError(f"{place}: this does not look like Vietnamese ({share}); give a Vietnamese article")
