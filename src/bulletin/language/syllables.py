"""Vietnamese syllables: what they are made of, where they stand, and their bare letters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

TONE_MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323")
"""Huyền, sắc, ngã, hỏi, nặng, as combining marks."""

_ONSETS = ("ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr")
_ONSET_LETTERS = "bcdđghklmnprstvx"

_RIMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet
    oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôông ôp ôt ơ ơc ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uêu uôc uôi uôm uôn uông uôt uơ
    uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ưt ưu
    ươc ươi ươm ươn ương ươp ươt ươu y ych ym yn ynh yp yt yêm yên yêng yêt yêu
    """.split()
)

_MARKED = re.compile(r"[^\W\d_][\u0300-\u036f]*")


@dataclass(frozen=True, slots=True)
class Parts:
    """A syllable without its tone, in lower case: ``nguyễn`` is ``ng``, ``uyên`` and ngã.

    ``tone`` is the combining mark, empty for the level tone.
    """

    onset: str
    rime: str
    tone: str


@lru_cache(maxsize=16384)
def parse(word: str) -> Parts | None:
    """Take a word apart as a Vietnamese syllable; None where Vietnamese has no such syllable.

    Tone marks may stand on any vowel of it (``hoà`` and ``hòa`` give the same parts); two tone
    marks, or a level or falling tone on a final stop, make it no syllable. Case is not looked at.
    """
    tone = ""
    letters = []
    for mark in unicodedata.normalize("NFD", word.lower()):
        if mark in TONE_MARKS:
            if tone:
                return None
            tone = mark
        else:
            letters.append(mark)
    bare = unicodedata.normalize("NFC", "".join(letters))
    parts = _split(bare, tone)
    if parts is None:
        return None
    # a final stop allows sắc and nặng alone; without any mark the word may be a foreign one, so let it be
    if parts.rime.endswith(("c", "ch", "p", "t")) and tone and tone not in "\u0301\u0323":
        return None
    return parts


def _split(bare: str, tone: str) -> Parts | None:
    for onset in _ONSETS:
        if bare.startswith(onset) and bare[len(onset) :] in _RIMES:
            return Parts(onset, bare[len(onset) :], tone)
    if bare in _RIMES:
        return Parts("", bare, tone)
    if bare[:1] and bare[0] in _ONSET_LETTERS and bare[1:] in _RIMES:
        return Parts(bare[0], bare[1:], tone)
    return None


def is_syllable(word: str) -> bool:
    """Whether ``word`` is one well-formed Vietnamese syllable, with or without marks."""
    return parse(word) is not None


class TokenKind(StrEnum):
    """What a token is; a word is one that Vietnamese has no such syllable for (``ASEAN``)."""

    SYLLABLE = "syllable"
    WORD = "word"
    NUMBER = "number"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Token:
    """A syllable, foreign word, number or punctuation mark at ``start``..``end`` of its text."""

    text: str
    start: int
    end: int
    kind: TokenKind

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*)|(?P<word>(?:[^\W\d_][\u0300-\u036f]*)+)|(?P<mark>[^\s\u0300-\u036f])"
)


def tokens(text: str) -> tuple[Token, ...]:
    """The syllables, words, numbers (``1.234,5`` is one) and punctuation marks of ``text``, in order."""
    found = []
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "word":
            kind = TokenKind.SYLLABLE if is_syllable(match[0]) else TokenKind.WORD
        else:
            kind = TokenKind.NUMBER if match.lastgroup == "number" else TokenKind.MARK
        found.append(Token(match[0], match.start(), match.end(), kind))
    return tuple(found)


def is_boundary(text: str, offset: int) -> bool:
    """Whether a word may begin or end at ``offset``: not inside a run of letters, digits and their marks."""
    if offset <= 0 or offset >= len(text):
        return 0 <= offset <= len(text)
    return not (_in_word(text[offset - 1]) and _in_word(text[offset]))


def _in_word(character: str) -> bool:
    return character.isalnum() or unicodedata.combining(character) != 0


def _vietnamese_letters() -> frozenset[str]:
    letters = set("đĐ")
    for base in "aăâeêioôơuưy":
        for mark in ("", *TONE_MARKS):
            letter = unicodedata.normalize("NFC", base + mark)
            letters.update((letter, letter.upper()))
    return frozenset(letter for letter in letters if not letter.isascii())


VIETNAMESE_LETTERS = _vietnamese_letters()
"""The letters that Vietnamese has and English has not, in both cases, composed."""


def is_vietnamese_letter(character: str) -> bool:
    """Whether ``character`` is a letter that Vietnamese has and English has not (``đ``, ``ế``, ``Ơ``)."""
    return character in VIETNAMESE_LETTERS


def strip_diacritics(text: str) -> str:
    """Write Vietnamese, and any other Latin letters, without diacritics; ``Đ`` becomes ``D``."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isascii():
        return composed
    return _MARKED.sub(_bare, composed)


def _bare(match: re.Match[str]) -> str:
    letter = match[0][0]
    if letter in "đĐÐ":
        return "d" if letter == "đ" else "D"
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() else match[0]
