"""Captions: how they begin, and the photo credits at their ends.

Credits are written ``Ảnh: TTXVN``, ``(Ảnh: VGP/Nhật Bắc)``, ``- Ảnh: T.L.``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CREDIT = re.compile(
    r"""
    (?P<lead>[\s\-–—|,(\[]*)
    (?P<label>
      (?:Ảnh\ và\ clip|Nguồn\ ảnh|Ảnh,\ clip|Ảnh\ tư\ liệu|Ảnh\ minh\ họa|Ảnh|Clip|Đồ\ họa|Photo)\s*[:：]
    )
    \s*(?P<credit>[^:：()\[\]\n]{1,60}?)
    (?P<tail>[)\]\s]*\.?\s*)$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ENCLOSED = re.compile(
    r"(?P<lead>\s*)[(\[]\s*(?P<label>(?:Nguồn\s+)?Ảnh)\s+(?P<credit>[^()\[\]:\n]{2,60})[)\]](?P<tail>\s*\.?\s*)$",
    re.IGNORECASE,
)
# a line under a picture, where neither residue nor a credit tells it: a view, or a person doing something
_VIEW = (
    r"(?:Quang|Toàn|Khung) cảnh |(?:Một số )?[Hh]ình ảnh |Ảnh (?:minh họa|tư liệu|chụp)"
    r"|(?:Các )?(?:[Đđ]ại biểu|[Đđ]ồng chí lãnh đạo)[^.]{0,60}(?:tham dự|dự|chụp ảnh|tại)"
)
_PERSON = (
    "Đồng chí|Ông|Bà|Tổng Bí thư|Chủ tịch|Phó Chủ tịch|Thủ tướng|Phó Thủ tướng|Bộ trưởng|Thứ trưởng|Bí thư"
    "|Ủy viên|Uỷ viên|Lãnh đạo|Thường trực|Nguyên|Tân|Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng"
)
_DEED = "phát biểu|chủ trì|chụp ảnh|tặng|trao|bấm nút|cắt băng|dâng hương|bắt tay|ký|chúc mừng|tiếp|thăm"
_BEGINNING = re.compile(rf"{_VIEW}|(?:{_PERSON})\b[^.]{{8,200}}\b(?:{_DEED})\b")
_WINDOW = 120


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit split off: the ``text`` before it, the ``credit`` itself, all that was cut as ``cut``."""

    text: str
    credit: str
    cut: str


def begins_like_caption(text: str) -> bool:
    """Whether a line that is no sentence reads like a caption (``Quang cảnh Hội nghị``)."""
    return _BEGINNING.match(text) is not None


def split_credit(text: str) -> Credit | None:
    """Split the photo credit off the end of ``text`` (white space normalised), None where there is none."""
    offset = max(0, len(text) - _WINDOW)
    # from the last label back: an earlier one may belong to the sentence
    for start in reversed(
        [match.start() for match in re.finditer(r"(?i)ảnh|clip|đồ họa|photo", text[offset:])]
    ):
        begin = offset + start
        while begin > offset and text[begin - 1] in " -–—|,([":
            begin -= 1
        for pattern in (_CREDIT, _ENCLOSED):
            match = pattern.match(text, begin)
            if match and _is_credit(match["credit"]) and _stands_apart(text, begin):
                return Credit(text[:begin].rstrip(), match["credit"].strip(), text[begin:].strip())
    return None


def _is_credit(credit: str) -> bool:
    words = credit.split()
    return 0 < len(words) <= 8 and any(char.isalpha() for char in credit)


def _stands_apart(text: str, begin: int) -> bool:
    """Whether the credit begins the text, or follows the caption with some separation."""
    return begin == 0 or text[begin].isspace() or text[begin] in "-–—|,([" or text[begin - 1] in '.!?…”"'
