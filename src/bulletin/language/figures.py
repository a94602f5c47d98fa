"""Figures in Vietnamese news: found, valued, and written as English writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from bulletin.language.dates import DateMatch, find_dates
from bulletin.language.figure_forms import (
    APPROXIMATE,
    MEASURES,
    MONEY,
    SCALES,
    fraction_forms,
    number_forms,
    ordinal_forms,
    parse_number,
    plain_forms,
    range_forms,
    with_measure,
    with_money,
    word_forms,
)
from bulletin.language.numerals import parse_vietnamese, roman_value


class FigureKind(StrEnum):
    """What a figure is; ORDINAL (``lần thứ XIV``, ``khóa XIII``) and DOCUMENT are mostly parts of terms."""

    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    MEASURE = "measure"
    FRACTION = "fraction"
    ORDINAL = "ordinal"
    DOCUMENT = "document"
    WORDS = "words"
    APPROXIMATE = "approximate"


@dataclass(frozen=True, slots=True)
class FigureMatch:
    """A figure at ``start``..``end`` of a text, its unit included.

    ``value`` is the number with its scale (``1,5 triệu`` is 1500000) and without its unit; of a
    fraction, the quotient; of a range (``5-7%``) the upper end, ``low`` being the lower. ``unit`` is
    the English unit (``VND``, ``%``, ``ha``) or empty.
    ``english`` is the rendering in house style, ``accepted`` are further right ones.
    """

    start: int
    end: int
    source: str
    value: Decimal
    unit: str = ""
    kind: FigureKind = FigureKind.NUMBER
    english: str = ""
    accepted: tuple[str, ...] = ()
    low: Decimal | None = None

    @property
    def fixed(self) -> bool:
        """Whether its English depends on nothing around it: money, measures, percentages, large numbers.

        A plain ``8`` may have to be *eight*, *eighth* or *8*; ``130 năm`` may be a *130th* anniversary.
        """
        if self.kind in (FigureKind.MONEY, FigureKind.PERCENT, FigureKind.MEASURE):
            return True
        return self.kind is FigureKind.NUMBER and (
            self.value >= 3000 or self.value != self.value.to_integral_value()
        )


def _alternatives(words: Sequence[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


# no more figures than a number in the news has: longer runs are something else
_NUMBER = r"\d{1,3}(?:\.\d{3}){1,7}(?:,\d{1,9})?|\d{1,18}(?:,\d{1,9})?(?:\.\d{1,9})?"
_FIGURE = re.compile(
    rf"(?<![\w.,/])(?<![A-Za-z]-)(?:(?P<low>{_NUMBER})(?P<join>\s?[-–]\s?))?(?P<n>{_NUMBER})(?![\d])"
    rf"(?:\s*(?P<scale>{_alternatives(list(SCALES))})(?![^\W\d_]))?"
    rf"(?:\s*(?P<unit>{_alternatives([*MONEY, *MEASURES])}|m²|km²|m³)(?![^\W_]))?",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"(?<![\w.,/])(?P<a>\d{1,4})\s?/\s?(?P<b>\d{1,4})(?![\w/]|[.,]\d|-[^\W\d_])")
_DECREE = re.compile(
    r"(?<!\w)(?:nghị định|nghị quyết|quyết định|thông tư|chỉ thị|luật|công văn|văn bản)\s+(?:số\s+)?"
    r"(?P<n>\d{1,9}/\d{4})(?![\w/])",
    re.IGNORECASE,
)
# 176/2025/QH15, 18-NQ/TW, 81/TB-VPCP
_DOCUMENT = re.compile(
    r"(?<![\w.,])(?P<n>\d{1,9})(?:/(?P<y>\d{4}))?(?:/|-)(?=[A-ZĐ])(?!\w+\s)[A-ZĐ][\w.]*(?:[-/][\w.]+)*"
)
# Công văn số 7097, số CMND 201700179, 0902 363759: names made of figures, which take no commas
_NAMED = re.compile(
    r"(?:(?<!\w)(?:(?<!con )số|nghị định|nghị quyết|quyết định|thông tư|chỉ thị|công văn|công điện|văn bản"
    r"|thông báo|tờ trình|cmnd|cccd|điện thoại|đt|mã|tài khoản|biển kiểm soát)\s*:?\s+|(?<![\w.,/])(?=0\d))"
    r"(?P<n>\d{4,18})(?![\w/]|[.,]\d|\s*%|\s+(?:đồng|tỷ|tỉ|triệu|nghìn|ngàn|USD|người)(?!\w))",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"(?<!\w)(?P<lead>lần\s+thứ|thứ|khóa|khoá|đại hội|hội nghị|kỳ|thế kỷ|thế kỉ|chương|hạng|loại|cấp|quý"
    r"|vùng|khu|điều|phần|bậc|nhóm)\s+(?P<n>[IVXLC]+|\d{1,3})"
    r"(?![\w/]|[.,]\d|\s*[-–]\s*\d|\s*%)",
    re.IGNORECASE,
)
_APPROXIMATE = re.compile(
    r"(?<!\w)(?:hàng|vài|mấy)\s+(?P<w>chục|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ)(?:\s+(?P<w2>nghìn|ngàn|triệu"
    r"|tỷ|tỉ))?(?!\w)",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def find_figures(text: str) -> tuple[FigureMatch, ...]:
    """Find the figures of a Vietnamese text, in order, none overlapping.

    Numbers with their scale and unit (``1.234,5 tỷ đồng``), percentages, measures, fractions, numbers in
    two words or more (``hai mươi``), vague ones (``hàng chục``), ordinals, and document numbers (their
    first number is the value). Dates are not figures (see ``find_dates``); nor are digits inside a
    code (``5K``, ``COVID-19``). ``text`` is in NFC.
    """
    return outside_dates(text, find_dates(text), _candidates(text))


def outside_dates(
    text: str, dates: Iterable[DateMatch], candidates: Iterable[FigureMatch]
) -> tuple[FigureMatch, ...]:
    """The candidates that overlap no date of ``text`` and none before them, in the text's order."""
    taken = bytearray(len(text))
    for date in dates:
        taken[date.start : date.end] = b"\x01" * (date.end - date.start)
    found: list[FigureMatch] = []
    for match in candidates:
        if taken.find(1, match.start, match.end) >= 0:
            continue
        taken[match.start : match.end] = b"\x01" * (match.end - match.start)
        found.append(match)
    return tuple(sorted(found, key=lambda match: match.start))


def _made(
    text: str,
    span: tuple[int, int],
    value: Decimal,
    kind: FigureKind,
    forms: tuple[str, ...],
    unit: str = "",
    low: Decimal | None = None,
) -> FigureMatch:
    start, end = span
    return FigureMatch(start, end, text[start:end], value, unit, kind, forms[0], forms[1:], low)


def _candidates(text: str) -> Iterator[FigureMatch]:
    for match in _DOCUMENT.finditer(text):
        yield _made(text, match.span(), Decimal(match["n"]), FigureKind.DOCUMENT, (match[0],))
    for match in _DECREE.finditer(text):
        first = Decimal(match["n"].split("/")[0])
        yield _made(text, match.span("n"), first, FigureKind.DOCUMENT, (match["n"],))
    for match in _NAMED.finditer(text):
        yield _made(text, match.span("n"), Decimal(match["n"]), FigureKind.DOCUMENT, (match["n"],))
    for match in _FRACTION.finditer(text):
        a, b = int(match["a"]), int(match["b"])
        if b:
            yield _made(
                text, match.span(), Decimal(a) / Decimal(b), FigureKind.FRACTION, fraction_forms(a, b)
            )
    for match in _ORDINAL.finditer(text):
        figure = _ordinal(text, match)
        if figure is not None:
            yield figure
    yield from _figures(text)
    for match in _APPROXIMATE.finditer(text):
        power = SCALES[match["w"].lower()] + (SCALES[match["w2"].lower()] if match["w2"] else 0)
        forms = (APPROXIMATE.get(power, match[0]), *(("tens",) if power == 1 else ()))
        yield _made(text, match.span(), Decimal(10) ** power, FigureKind.APPROXIMATE, forms)
    for start, end, value, words in parse_vietnamese(text):
        if words > 1:
            yield _made(text, (start, end), value, FigureKind.WORDS, word_forms(value))


def _ordinal(text: str, match: re.Match[str]) -> FigureMatch | None:
    roman = not match["n"].isdigit()
    lead = " ".join(match["lead"].lower().split())
    if roman and not match["n"].isupper():
        return None
    if not roman and lead not in ("lần thứ", "thứ", "thế kỷ", "thế kỉ"):
        return None
    value = roman_value(match["n"]) if roman else int(match["n"])
    if value is None:
        return None
    return _made(text, match.span("n"), Decimal(value), FigureKind.ORDINAL, ordinal_forms(value))


def _figures(text: str) -> Iterator[FigureMatch]:
    position = 0
    while match := _FIGURE.search(text, position):
        low = parse_number(match["low"]) if match["low"] else None
        high = parse_number(match["n"])
        if match["low"] and (low is None or high is None or low >= high):
            # a score or a list: two figures
            match = _FIGURE.match(text, match.start("low"), match.end("low"))
            if match is None:
                break
            low = None
        figure = _figure(text, match, low)
        position = match.end()
        if figure is not None:
            yield figure


def _figure(text: str, match: re.Match[str], low: Decimal | None) -> FigureMatch | None:
    number, scale, unit = match["n"], match["scale"], match["unit"]
    after = text[match.end() : match.end() + 1]
    if (
        scale is None
        and unit is None
        and (after.isalpha() or re.match(r"-[A-ZĐ]", text[match.end() : match.end() + 2]))
    ):
        return None
    scale = " ".join(scale.lower().split()) if scale else ""
    end = match.end()
    if unit is not None:
        unit = " ".join(unit.lower().split()).replace("²", "2").replace("³", "3")
        if _is_other_word(text, match, unit):
            end = match.end("scale") if match["scale"] else match.end("n")
            unit = None
    base = parse_number(number)
    if base is None:
        return None
    power = Decimal(10) ** SCALES.get(scale, 0)
    value, bottom = base * power, None if low is None else low * power
    if bottom is not None:
        forms = range_forms(match["low"], number, scale)
    elif unit is None and not scale:
        forms = plain_forms(number)
    else:
        forms = number_forms(number, scale)
    kind, english_unit = FigureKind.NUMBER, ""
    if unit in MONEY:
        kind, english_unit = FigureKind.MONEY, MONEY[unit]
        forms = with_money(forms, english_unit)
    elif unit is not None:
        english_unit, patterns = MEASURES[unit]
        kind = FigureKind.PERCENT if english_unit == "%" else FigureKind.MEASURE
        forms = with_measure(forms, patterns)
    return _made(text, (match.start(), end), value, kind, forms, english_unit, bottom)


def _is_other_word(text: str, match: re.Match[str], unit: str) -> bool:
    """Whether what looks like a unit begins another word: ``5 đồng chí``, ``3 bảng``, ``2 đồng minh``."""
    if unit == "đồng":
        return _NOT_MONEY.match(text, match.end()) is not None
    if unit in ("bảng", "kip", "won", "yên"):
        return not match["scale"]
    return unit == "đ" and match[0][-1] == "Đ"


_NOT_MONEY = re.compile(r"\s+(?:chí|bào|minh|phạm|hồ|nghiệp|loạt|hương|bằng|đội|tác)(?!\w)", re.IGNORECASE)
