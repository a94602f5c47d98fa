"""One spelling for matching: composed letters, one place for tone marks, plain dashes and spaces.

The same Vietnamese word is written in several ways (``hoà``/``hòa``, ``Uỷ``/``Ủy``, ``kĩ``/``kỹ``,
composed or decomposed, ``kinh tế - xã hội``/``kinh tế-xã hội``). Texts and glossary are folded for
comparison only; every folded character knows where it stands in the original.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bulletin.language.syllables import TONE_MARKS, Parts, parse

# Eth and African D look like Đ and are typed for it; minus and the dashes stand for the hyphen
_SAME = {
    "Ð": "Đ",
    "Ɖ": "Đ",
    "ð": "đ",
    "ɖ": "đ",
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2015": "-",
    "\u2212": "-",
    "\u2018": "'",
    "\u2019": "'",
    "\u02bc": "'",
    "\u00b4": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u00ab": '"',
    "\u00bb": '"',
    # tone marks as Windows-1258 and old conversions leave them
    "\u0340": "\u0300",
    "\u0341": "\u0301",
}
# soft hyphen, zero-width space, joiners and marks, byte-order mark
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")

_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and where its characters come from.

    ``offsets[i]`` is the offset in the original of folded character ``i``; one more entry at the
    end gives the original's length. Offsets never fall.
    """

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the original of the folded span ``start``..``end``."""
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"no span {start}..{end} in a text of {len(self.text)} characters")
        first = self.offsets[start]
        if start == end:
            return first, first
        # a character that folds into two has one place: the span reaches behind the whole of it
        after = bisect_right(self.offsets, self.offsets[end - 1])
        return first, self.offsets[max(end, min(after, len(self.text)))]

    def at(self, offset: int) -> int:
        """The folded offset of an offset in the original (the next one kept, where that one is gone)."""
        return min(bisect_left(self.offsets, offset), len(self.text))


def fold(text: str, *, case: bool = False, y_as_i: bool = False) -> Folded:
    """Fold ``text`` for matching.

    Letters are composed (NFC) and tone marks put where most newsrooms put them (``hòa``, ``ủy``);
    dashes, quotation marks and apostrophes become plain, white space one space, none around a
    hyphen, and unseen characters go. ``case`` makes all small; ``y_as_i`` writes a lone ``y`` as
    ``i`` (``kỹ`` as ``kĩ``), so that both spellings match.
    """
    characters, offsets = _compose(text, case=case)
    _place_tones(characters, y_as_i=y_as_i)
    characters, offsets = _tighten(characters, offsets)
    offsets.append(len(text))
    return Folded("".join(characters), tuple(offsets))


def fold_text(text: str, *, case: bool = False, y_as_i: bool = False) -> str:
    """The text of ``fold``, for those who need no offsets."""
    return fold(text, case=case, y_as_i=y_as_i).text


def _compose(text: str, *, case: bool) -> tuple[list[str], list[int]]:
    """Characters in NFC, one a list entry, each with the offset where its cluster begins."""
    kept = [(_SAME.get(c, c), i) for i, c in enumerate(text) if c not in _UNSEEN]
    plain = "".join(c for c, _ in kept)
    if unicodedata.is_normalized("NFC", plain):
        clusters: Iterable[tuple[str, int]] = kept
    else:
        clusters = _clusters(kept)
    characters: list[str] = []
    offsets: list[int] = []
    for cluster, offset in clusters:
        composed = (
            unicodedata.normalize("NFC", cluster) if len(cluster) > 1 or not cluster.isascii() else cluster
        )
        for character in _small(composed) if case else composed:
            characters.append(character)
            offsets.append(offset)
    return characters, offsets


def _clusters(kept: list[tuple[str, int]]) -> Iterable[tuple[str, int]]:
    """Runs of characters that composing may not take apart."""
    cluster, start, composed = "", 0, ""
    for character, offset in kept:
        joined = unicodedata.normalize("NFC", cluster + character)
        if cluster and (unicodedata.combining(character) or joined != composed + character):
            cluster, composed = cluster + character, joined
            continue
        if cluster:
            yield cluster, start
        cluster, start = character, offset
        composed = unicodedata.normalize("NFC", character)
    if cluster:
        yield cluster, start


def _small(composed: str) -> str:
    lowered = composed.lower()
    return lowered if lowered == composed else unicodedata.normalize("NFC", lowered)


def _place_tones(characters: list[str], *, y_as_i: bool) -> None:
    """Move tone marks in place; a syllable keeps its number of letters."""
    for match in _WORD.finditer("".join(characters)):
        word = match[0]
        if word.isascii() and not y_as_i:
            continue
        placed = _canonical(word, y_as_i)
        if placed != word:
            characters[match.start() : match.end()] = placed


@lru_cache(maxsize=16384)
def _canonical(word: str, y_as_i: bool) -> str:
    parts = parse(word)
    if parts is None:
        return word
    if parts.tone:
        word = _retone(word, parts)
    if y_as_i and parts.rime == "y":
        last = unicodedata.normalize("NFD", word[-1])
        changed = ("I" if last[0] == "Y" else "i") + last[1:]
        word = word[:-1] + unicodedata.normalize("NFC", changed)
    return word


def _retone(word: str, parts: Parts) -> str:
    bare = [
        unicodedata.normalize(
            "NFC", "".join(m for m in unicodedata.normalize("NFD", c) if m not in TONE_MARKS)
        )
        for c in word
    ]
    place = len(parts.onset) + _tone_place(parts.rime)
    if len(bare) != len(parts.onset) + len(parts.rime):
        return word
    bare[place] = unicodedata.normalize("NFC", bare[place] + parts.tone)
    return "".join(bare) if len(bare[place]) == 1 else word


def _tone_place(rime: str) -> int:
    """Which letter of a rime bears the tone, in the spelling with ``hòa`` and ``thủy``.

    A vowel with a hook, breve or circumflex bears it (the last one in ``ươ``); else the last
    vowel before a final consonant, the middle one of three, the first of two.
    """
    marked = [i for i, letter in enumerate(rime) if letter in "ăâêôơư"]
    if marked:
        return marked[-1]
    vowels = [i for i, letter in enumerate(rime) if letter in "aeiouy"]
    if vowels[-1] < len(rime) - 1:
        return vowels[-1]
    return vowels[len(vowels) // 2 if len(vowels) == 3 else 0]


def _tighten(characters: list[str], offsets: list[int]) -> tuple[list[str], list[int]]:
    """One space for any white space, and none beside a hyphen (which then begins where the space did)."""
    out: list[str] = []
    places: list[int] = []
    for character, offset in zip(characters, offsets, strict=True):
        if character.isspace():
            if out and out[-1] in " -":
                continue
            out.append(" ")
            places.append(offset)
        elif character == "-" and out and out[-1] == " ":
            out[-1] = "-"
        else:
            out.append(character)
            places.append(offset)
    return out, places
