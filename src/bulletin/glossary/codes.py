"""The numbers of documents: abbreviations in ``12/QĐ-UBND`` and ``01/TT-NHNN`` are no terms."""

from __future__ import annotations

import re

_KINDS = "CT|CTr|CV|ĐA|HD|KH|KL|NĐ|NQ|QC|QĐ|QyĐ|TB|TT|TTr|TTLT|BC|GM|L|PL|VBHN"
_CODE = re.compile(
    # 81/TB-VPCP, 15/2020/NĐ-CP, 1034/UBND-KT, 02-NQ/TW
    r"(?<![\w/.])\d{1,6}(?:/\d{4})?(?:/[A-ZĐ]|-[A-ZĐ]{1,5}/[A-ZĐ])[\w&]*(?:[-/.&][\w&]+)*"
    # QĐ-UBND, TT-NHNN, NQ/TW
    rf"|(?<![\w/-])(?:{_KINDS})[-/][A-ZĐ][\w&]*(?:[-/][\w&]+)*"
)


def code_spans(text: str) -> list[tuple[int, int]]:
    """Where the numbers of documents stand in a text, in characters."""
    if "/" not in text and "-" not in text:
        return []
    return [match.span() for match in _CODE.finditer(text)]
