"""The shape of a sentence: its words in one spelling, with a stand-in for each number and name.

Cheap enough to be made for every unit of a large memory. It only has to be the same for both
sides; what the values are is looked at more closely later (``placeholders``).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zlib
from array import array
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from bulletin.language.families import COMMON
from bulletin.language.normal import fold_text

FIGURE = "#"
NAME = "@"

_UNSEEN = re.compile("[\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff]+")
_TOKEN = re.compile(r"\d(?:[\d.,/:–-]*\d)?|[^\W\d_]+|[^\w\s]|_")
_DAY_WORDS = r"(?:rạng\s+sáng|sáng|trưa|chiều|tối|đêm|khuya|ngày)"
# a run of figures, with the part of the day before it: both are one value
_VALUE = re.compile(
    rf"(?<!\w)(?i:{_DAY_WORDS}\s+){{0,3}}\(?\d(?:[\d.,/:–-]*\d)?\s?%?\)?|(?<!\w)[IVXLC]+(?!\w)"
)
_CAPITAL = "".join(
    letter for letter in map(chr, [*range(0x41, 0x1B5), *range(0x1E00, 0x1EFA)]) if letter.isupper()
)
_PERSON = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(COMMON, key=len, reverse=True))})(?:\s[{_CAPITAL}][^\W\d_]*){{1,3}}(?!\w)"
)


def text_key(text: str) -> int:
    """A number that is the same for texts that differ only in spacing and in how letters are composed."""
    return _key(" ".join(_folded(text)))


def context_key(text: str) -> int | None:
    """The key by which a neighbour is known; None for an empty one."""
    return text_key(text) if text.strip() else None


def shape_words(text: str) -> list[str]:
    """The words of ``text``, small, without punctuation; numbers are ``#`` and names ``@``."""
    plain = _plain(text)
    marked = _VALUE.sub(" 0 ", _PERSON.sub(" _ ", plain))
    words = []
    for token in _TOKEN.findall(marked):
        if token == "_":
            words.append(NAME)
        elif token[0].isdigit():
            words.append(FIGURE)
        elif token[0].isalpha():
            words.append(_small(token))
    return words


def shingles(words: Sequence[str]) -> array[int]:
    """A 32-bit number for each pair of neighbouring words, the text's two ends included; no repeats."""
    line = ["^", *words, "$"]
    return array("I", {zlib.crc32(f"{first} {second}".encode()) for first, second in pairwise(line)})


def _plain(text: str) -> str:
    # nothing unseen is printable
    seen = text if text.isprintable() else _UNSEEN.sub("", text)
    return unicodedata.normalize("NFC", seen)


def _folded(text: str) -> list[str]:
    plain = _plain(text)
    return [folded for token in _TOKEN.findall(plain) if (folded := _exact(token))]


def _key(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


@lru_cache(maxsize=65536)
def _exact(token: str) -> str:
    return fold_text(token)


@lru_cache(maxsize=65536)
def _small(token: str) -> str:
    return fold_text(token, case=True)
