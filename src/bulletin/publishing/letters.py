"""Vietnamese letters in English text: seeing them, and writing them plainly."""

from __future__ import annotations

import re
import unicodedata

from bulletin.language.syllables import VIETNAMESE_LETTERS, strip_diacritics

MARKED = "".join(sorted(VIETNAMESE_LETTERS))
"""The letters that Vietnamese has and English has not, for use in a character class."""

_LETTER = re.compile(f"[{MARKED}]")


def has_vietnamese_letters(text: str) -> bool:
    """Whether a letter with a Vietnamese mark stands in the text, composed or decomposed."""
    return bool(_LETTER.search(unicodedata.normalize("NFC", text)))


def without_diacritics(text: str) -> str:
    """The text with every Vietnamese letter written plainly: ``Đặng Thị Ngọc`` is ``Dang Thi Ngoc``.

    Letters that Vietnamese does not have (``ü``, ``ç``) stay. The result is in NFC.
    """
    return _LETTER.sub(lambda match: strip_diacritics(match[0]), unicodedata.normalize("NFC", text))
