"""Is this Vietnamese, and has any Vietnamese stayed in the English?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from bulletin.language.syllables import VIETNAMESE_LETTERS, parse

_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+(?:['’](?:[^\W\d_][\u0300-\u036f]*)+)*")

# letters that no other language in English news has
_ONLY_VIETNAMESE = frozenset(
    letter for letter in VIETNAMESE_LETTERS if letter in "ơƠưƯ" or ord(letter) >= 0x1EA0
)

_SURE = _ONLY_VIETNAMESE | frozenset("ăĂđĐ")

# well-formed as Vietnamese syllables, but other people's words in English (São Paulo, née, à la)
_FOREIGN = frozenset({"são", "né", "à", "là", "più"})

_ACRONYMS = frozenset(
    """
    UBND HĐND MTTQ TTXVN TTXVN BCH BCĐ BTV TƯ HĐLĐ QĐND CAND TAND VKSND VKSNDTC TANDTC UBTVQH UBMTTQ ĐBQH
    THCS THPT KT-XH GTVT NN-PTNT TNMT LĐTBXH VHTTDL GDĐT KHCN KHĐT PCCC TTATGT ATGT BHXH BHYT CNTT NTM ĐBSCL
    CHDCND CHXHCN XHCN TNHH TP.HCM TPHCM
    """.split()
)
_ACRONYM = re.compile(
    r"(?<![\w/-])(?:" + "|".join(sorted(map(re.escape, _ACRONYMS), key=len, reverse=True)) + r")(?![\w/])"
)


def looks_vietnamese(text: str) -> bool:
    """Whether running text is Vietnamese written with its marks: at least a quarter of its words have them.

    Vietnamese news has marks on seven words of ten; other languages with such letters seldom form
    Vietnamese syllables with them. Text without words is not Vietnamese.
    """
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    if not words:
        return False
    marked = [word for word in words if not VIETNAMESE_LETTERS.isdisjoint(word) and parse(word) is not None]
    if len(words) > 3 and all(_SURE.isdisjoint(word) for word in marked):
        return False
    return len(marked) * 4 >= len(words)


def vietnamese_remains(english: str, allowed: Collection[str] = ()) -> tuple[tuple[int, int], ...]:
    """Find Vietnamese that has stayed in English: spans of neighbouring Vietnamese words, and acronyms.

    A word counts when it has a Vietnamese letter and is a Vietnamese syllable, or has a letter that
    only Vietnamese has; ``café`` and ``São Paulo`` do not. Words inside an ``allowed`` string (a
    name that the style writes with its marks) are left alone. Vietnamese words that happen to have
    no marks are seen only where they stand between others.
    """
    free = [found.span() for string in allowed if string for found in re.finditer(re.escape(string), english)]

    def covered(start: int, end: int) -> bool:
        return any(a <= start and end <= b for a, b in free)

    spans: list[tuple[int, int]] = []
    hits = [m.span() for m in _WORD.finditer(english) if _is_vietnamese(m[0])]
    hits += [m.span() for m in _ACRONYM.finditer(english)]
    for start, end in sorted(set(hits)):
        if covered(start, end):
            continue
        if spans and start <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(end, spans[-1][1])
        elif spans and _bridge(english[spans[-1][1] : start]):
            spans[-1] = spans[-1][0], end
        else:
            spans.append((start, end))
    return tuple(spans)


def _bridge(between: str) -> bool:
    """Whether what lies between two Vietnamese words is space, or at most one unmarked syllable."""
    words = between.split()
    if not between.startswith(" ") and between != "":
        return False
    return not words or (
        len(words) == 1 and words[0].isascii() and words[0].isalpha() and parse(words[0]) is not None
    )


def _is_vietnamese(word: str) -> bool:
    composed = unicodedata.normalize("NFC", word)
    if VIETNAMESE_LETTERS.isdisjoint(composed):
        return False
    if not _ONLY_VIETNAMESE.isdisjoint(composed):
        return True
    return composed.lower() not in _FOREIGN and parse(composed) is not None
