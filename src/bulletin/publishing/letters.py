"""Vietnamese letters: taking them off English text, and knowing where they stand."""

from __future__ import annotations

import re
import unicodedata

_BASE = "AaEeIiOoUuYy"
_MARKS = "".join(("̀", "́", "̃", "̉", "̣"))
_SHAPES = "ÂâĂăÊêÔôƠơƯư"


def _vietnamese_letters() -> str:
    """Every composed letter of the Vietnamese alphabet that English has not."""
    letters = {"Đ", "đ", *_SHAPES}
    for base in _BASE + _SHAPES:
        for mark in _MARKS:
            letters.add(unicodedata.normalize("NFC", base + mark))
    return "".join(sorted(letter for letter in letters if len(letter) == 1))


VIETNAMESE_LETTERS = _vietnamese_letters()
_LETTER = re.compile(f"[{VIETNAMESE_LETTERS}]")
_PLAIN = str.maketrans(
    {
        letter: "D" if letter == "Đ" else "d" if letter == "đ" else unicodedata.normalize("NFD", letter)[0]
        for letter in VIETNAMESE_LETTERS
    }
)


def has_vietnamese_letters(text: str) -> bool:
    """Whether a letter with a Vietnamese mark stands in the text, composed or decomposed."""
    return bool(_LETTER.search(unicodedata.normalize("NFC", text)))


def without_diacritics(text: str) -> str:
    """The text with every Vietnamese letter written plainly: ``Đặng Thị Ngọc`` is ``Dang Thi Ngoc``.

    Letters that Vietnamese does not have (``ü``, ``ç``) stay. The result is in NFC, and has as many
    characters as the text has in NFC.
    """
    return unicodedata.normalize("NFC", text).translate(_PLAIN)
