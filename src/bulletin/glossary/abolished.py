"""Local bodies that are no more: of provinces that were merged in 2025, of districts, of townships."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from bulletin.glossary.lexicon import Lexicon

_LAST_DAY = datetime.date(2025, 6, 30)
"""Of the 63 provinces and of the district level (Resolutions 202/2025/QH15 and 203/2025/QH15)."""

_MERGED = Lexicon.of(
    {
        "Bà Rịa - Vũng Tàu|Bà Rịa Vũng Tàu|Bắc Giang|Bắc Kạn|Bạc Liêu|Bến Tre|Bình Định|Bình Dương"
        "|Bình Phước|Bình Thuận|Đắk Nông|Hà Giang|Hà Nam|Hải Dương|Hậu Giang|Hòa Bình|Kiên Giang"
        "|Kon Tum|Long An|Nam Định|Ninh Thuận|Phú Yên|Quảng Bình|Quảng Nam|Sóc Trăng|Thái Bình"
        "|Tiền Giang|Trà Vinh|Vĩnh Phúc|Yên Bái|Thừa Thiên Huế|Thừa Thiên - Huế": True,
    }
)
_PROVINCIAL = Lexicon.of({"tỉnh|tỉnh ủy|tỉnh đoàn": True})
_LOWER = Lexicon.of({"huyện|huyện ủy|quận|quận ủy|thị xã|thị ủy|thị trấn": True})


def is_abolished(folded: Sequence[str], date: datetime.date) -> bool:
    """Whether a composed title or body (its folded tokens) is of a place that had none on a date."""
    if date <= _LAST_DAY:
        return False
    for at in range(len(folded)):
        if _LOWER.at(folded, at):
            return True
        level = _PROVINCIAL.at(folded, at)
        if level and _MERGED.at(folded, at + level[0]):
            return True
    return False
