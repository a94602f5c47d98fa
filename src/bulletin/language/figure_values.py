"""Every value that a text can be said to state, in figures, words, dates or turns of phrase.

Comparing figures asks only whether a value is stated at all, so these pools are generous.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from bulletin.language.calendar import DateKind
from bulletin.language.dates import find_dates
from bulletin.language.english_dates import find_english_dates
from bulletin.language.figure_forms import parse_number
from bulletin.language.figures import FigureKind, FigureMatch, find_figures
from bulletin.language.numerals import ENGLISH_SCALES, parse_english, parse_vietnamese, roman_value

ENGLISH_NUMBER = r"\d{1,3}(?:,\d{3}){1,7}(?:\.\d{1,9})?|\d{1,18}(?:\.\d{1,9})?"

_SCALE = r"(?P<s>thousand|million|billion|trillion|quadrillion)"
_WORD_SCALE = re.compile(r"[\s-]+(?P<scale>thousand|million|billion|trillion|quadrillion)\b", re.IGNORECASE)
_AND_A_HALF = re.compile(rf"\s+and\s+a\s+half(?:\s+{_SCALE})?", re.IGNORECASE)
_HALF_A = re.compile(r"\bhalf\s+a\s+(thousand|million|billion|trillion|century|dozen)\b", re.IGNORECASE)
_RANGE = re.compile(
    rf"({ENGLISH_NUMBER})\s*(?:[-–]|to|and|or)\s*(?:US\$|\$)?(?:{ENGLISH_NUMBER})[\s-]"
    r"(hundred|thousand|million|billion|trillion|quadrillion)\b",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"(?<![\w'])(?:[VX]|[IVXLC]{2,})(?![\w'])")
_SAID: dict[str, int | Decimal] = {
    "both": 2, "pair": 2, "couple": 2, "twin": 2, "double": 2, "doubled": 2, "doubling": 2, "twice": 2,
    "twofold": 2,
    "dual": 2, "bilateral": 2, "two-way": 2, "mutual": 2, "either": 2, "duo": 2, "doubles": 2,
    "triple": 3, "tripled": 3,
    "trilateral": 3, "threefold": 3, "trio": 3, "thrice": 3, "tripling": 3, "fourfold": 4,
    "quadruple": 4, "quadrupled": 4,
    "fivefold": 5, "quintet": 5, "sixfold": 6, "sevenfold": 7, "eightfold": 8, "tenfold": 10,
    "decade": 10, "decades": 10,
    "dozen": 12, "dozens": 12, "fortnight": 15, "century": 100, "centenary": 100, "centennial": 100,
    "hundredfold": 100,
    "millennium": 1000, "bicentenary": 200, "single": 1, "once": 1, "round-the-clock": 24, "clock": 24,
    "24/7": 24, "eve": 30, "week": 7,
    "quarterly": 3, "zero": 0, "no": 0, "semicentennial": 50, "half": Decimal("0.5"),
    "halved": Decimal("0.5"), "midnight": 24,
    "noon": 12, "quarters": Decimal("0.25"), "quarter": Decimal("0.25"), "million": 10**6,
    "billion": 10**9, "thousand": 1000,
    "hundred": 100, "hundreds": 100, "thousands": 1000, "millions": 10**6, "billions": 10**9,
    "tens": 10, "score": 20, "trillion": 10**12,
}  # fmt: skip


def top_number(match: FigureMatch) -> Decimal:
    """The upper number of a range as written, without its scale; zero where it cannot be read."""
    numbers = re.findall(r"\d[\d.,]*\d|\d", match.source)
    return (parse_number(numbers[-1]) if numbers else None) or Decimal(0)


def english_values(text: str, figures: Iterable[FigureMatch]) -> frozenset[Decimal]:
    """Every value that an English text can be said to state, those inside dates and codes included.

    ``figures`` are its figures, overlapping ones too.
    """
    values: set[Decimal] = set()
    for match in figures:
        values.add(match.value)
        if match.kind in (FigureKind.FRACTION, FigureKind.DOCUMENT):
            values.update(Decimal(number) for number in re.findall(r"\d{1,18}", match.source))
    values.update(Decimal(number.replace(",", "")) for number in re.findall(ENGLISH_NUMBER, text))
    for number in re.findall(r"\d{1,18}", text):
        values.add(Decimal(number))
    for word in re.findall(r"[a-z]+(?:-[a-z]+)*", text.lower()):
        for piece in (word, *word.split("-")):
            if piece in _SAID:
                values.add(Decimal(_SAID[piece]))
    for _, end, value, _ in parse_english(text):
        values.add(value)
        scale = _WORD_SCALE.match(text, end)
        if scale:
            values.add(value * Decimal(10) ** ENGLISH_SCALES[scale["scale"].lower()])
        half = _AND_A_HALF.match(text, end)
        if half:
            values.add(
                (value + Decimal("0.5")) * Decimal(10) ** ENGLISH_SCALES.get((half["s"] or "").lower(), 0)
            )
    for half in _HALF_A.finditer(text):
        word = half[1].lower()
        values.add(
            Decimal({"century": 50, "dozen": 6}.get(word, 0))
            or Decimal(10) ** ENGLISH_SCALES.get(word, 0) / 2
        )
    # the lower end of a range has the scale of its upper end
    for match_ in _RANGE.finditer(text):
        values.add(Decimal(match_[1].replace(",", "")) * Decimal(10) ** ENGLISH_SCALES[match_[2].lower()])
    for date in find_english_dates(text):
        values.update(_date_values(date.value.kind, date.value.number, date.value.hour, date.value.minute))
    for roman in _ROMAN.findall(text):
        value_ = roman_value(roman)
        if value_ is not None:
            values.add(Decimal(value_))
    return frozenset(value.normalize() for value in values)


def _date_values(kind: DateKind, number: int, hour: int, minute: int) -> set[Decimal]:
    if kind is DateKind.TIME:
        return {Decimal(hour), Decimal(minute), Decimal(hour % 12 or 12), Decimal(hour) + 12}
    return {Decimal(number)} if number else set()


_VIETNAMESE_SAID = {
    "nửa": "0.5", "rưỡi": "0.5", "đôi": "2", "cặp": "2", "chục": "10", "tá": "12", "trăm": "100",
    "nghìn": "1000", "ngàn": "1000",
    "vạn": "10000", "triệu": "1000000", "tỷ": "1000000000", "tỉ": "1000000000", "nhất": "1", "nhì": "2",
    "tư": "4", "thế kỷ": "100",
    "thập kỷ": "10", "thập niên": "10", "mốt": "1", "bảy": "7", "mười": "10", "song phương": "2", "kép": "2",
}  # fmt: skip

_AND_HALF = re.compile(r"\s+(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)\s+)?rưỡi", re.IGNORECASE)
_SAID_THERE = re.compile(
    r"(?<!\w)(?:" + "|".join(sorted(_VIETNAMESE_SAID, key=len, reverse=True)) + r")(?!\w)"
)


def vietnamese_values(text: str) -> frozenset[Decimal]:
    """Every value that a Vietnamese text can be said to state."""
    values: set[Decimal] = set()
    for match in find_figures(text):
        values.add(match.value)
        if match.unit == "quintals":
            values.add(match.value / 10)
        if match.low is not None:
            top = top_number(match)
            values.update((match.low, match.low / (match.value / top) if top else match.low, top))
    for number in re.findall(r"\d{1,18}(?:[.,]\d{1,9}){0,8}", text):
        value = parse_number(number)
        if value is not None:
            values.add(value)
        # a comma before three figures may group them, as a dot before three may be a decimal point
        if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", number):
            values.update(
                (
                    Decimal(re.sub(r"[.,]", "", number)),
                    Decimal(re.sub(r"[.,](?=.*[.,])", "", number).replace(",", ".")),
                )
            )
    values.update(Decimal(number) for number in re.findall(r"\d{1,18}", text))
    lowered = text.lower()
    values.update(Decimal(_VIETNAMESE_SAID[match_[0]]) for match_ in _SAID_THERE.finditer(lowered))
    for _, end, value, _ in parse_vietnamese(text):
        values.add(value)
        half = _AND_HALF.match(text, end)
        if half:
            values.add(value + Decimal("0.5"))
    for date in find_dates(text):
        values.update(_date_values(date.value.kind, date.value.number, date.value.hour, date.value.minute))
    for roman in re.findall(r"(?<!\w)[IVXLC]+(?!\w)", text):
        value_ = roman_value(roman)
        if value_ is not None:
            values.add(Decimal(value_))
    return frozenset(value.normalize() for value in values)
