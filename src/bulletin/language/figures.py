"""Figures in Vietnamese news: found, valued, and written as English writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bulletin.language.calendar import NUMBERS
from bulletin.language.dates import find_dates
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


_SCALES = {
    "nghìn": 3, "ngàn": 3, "vạn": 4, "triệu": 6, "tỷ": 9, "tỉ": 9, "nghìn tỷ": 12, "ngàn tỷ": 12, "nghìn tỉ": 12,
    "ngàn tỉ": 12, "vạn tỷ": 13, "triệu tỷ": 15, "triệu tỉ": 15, "trăm": 2, "chục": 1, "trăm nghìn": 5, "trăm triệu": 8, "trăm tỷ": 11,
}  # fmt: skip
_SCALE_WORDS = {3: "thousand", 6: "million", 9: "billion", 12: "trillion", 15: "quadrillion"}

_MONEY = {
    "đồng": "VND", "vnđ": "VND", "vnd": "VND", "đ": "VND", "usd": "USD", "đô la mỹ": "USD", "đô la": "USD", "đô-la": "USD",
    "đô-la mỹ": "USD", "đôla": "USD", "đôla mỹ": "USD", "mỹ kim": "USD", "euro": "euro", "eur": "euro",
    "nhân dân tệ": "yuan", "ndt": "yuan", "cny": "yuan", "yên": "yen", "yen": "yen", "won": "won", "kip": "kip",
    "bảng anh": "GBP", "bảng": "GBP", "rúp": "rubles", "ruble": "rubles", "baht": "baht",
}  # fmt: skip
_MONEY_FORMS = {
    "VND": ("{n} VND", "VND {n}", "VND{n}", "{n} dong", "{n} Vietnamese dong", "{n} đồng"),
    "USD": (
        "{n} USD",
        "USD {n}",
        "USD{n}",
        "US${n}",
        "${n}",
        "{n} US dollars",
        "{n} dollars",
        "{n} US dollar",
    ),
    "euro": ("{n} euros", "{n} euro", "{n} EUR", "EUR {n}", "€{n}", "EUR{n}"),
    "yuan": ("{n} yuan", "{n} CNY", "{n} RMB", "CNY {n}", "{n} renminbi"),
    "yen": ("{n} yen", "{n} JPY", "JPY {n}", "¥{n}"),
    "won": ("{n} won", "{n} KRW", "KRW {n}"),
    "GBP": ("{n} GBP", "{n} pounds", "£{n}", "{n} pounds sterling"),
    "rubles": ("{n} rubles", "{n} roubles", "{n} RUB"),
}
_MEASURES = {
    "%": ("%", ("{n}%", "{n} per cent", "{n} percent", "{n} %")),
    "phần trăm": ("%", ("{n}%", "{n} per cent", "{n} percent", "{n} %")),
    "điểm phần trăm": (
        "percentage points",
        ("{n} percentage points", "{n} percentage point", "{n}%", "{n} points"),
    ),
    "điểm %": ("percentage points", ("{n} percentage points", "{n} percentage point", "{n}%", "{n} points")),
    "ha": ("ha", ("{n} ha", "{n} hectares", "{n} hectare", "{n}ha")),
    "héc ta": ("ha", ("{n} ha", "{n} hectares", "{n} hectare", "{n}ha")),
    "héc-ta": ("ha", ("{n} ha", "{n} hectares", "{n} hectare", "{n}ha")),
    "hecta": ("ha", ("{n} ha", "{n} hectares", "{n} hectare", "{n}ha")),
    "km": (
        "km",
        ("{n} km", "{n}km", "{n} kilometres", "{n} kilometers", "{n} kilometre", "{n}-km", "{n}-kilometre"),
    ),
    "ki-lô-mét": ("km", ("{n} km", "{n}km", "{n} kilometres", "{n} kilometers", "{n} kilometre")),
    "km2": (
        "sq.km",
        (
            "{n} sq.km",
            "{n} sq km",
            "{n} sq. km",
            "{n} km2",
            "{n} km²",
            "{n} square kilometres",
            "{n} square kilometers",
        ),
    ),
    "m2": ("sq.m", ("{n} sq.m", "{n} sq m", "{n} m2", "{n} m²", "{n} square metres", "{n} square meters")),
    "m3": ("cu.m", ("{n} cu.m", "{n} m3", "{n} m³", "{n} cubic metres", "{n} cubic meters")),
    "m": ("m", ("{n} m", "{n}m", "{n} metres", "{n} meters", "{n}-metre", "{n} metre")),
    "mét": ("m", ("{n} m", "{n}m", "{n} metres", "{n} meters", "{n}-metre", "{n} metre")),
    "cm": ("cm", ("{n} cm", "{n}cm", "{n} centimetres", "{n} centimeters")),
    "mm": ("mm", ("{n} mm", "{n}mm", "{n} millimetres", "{n} millimeters")),
    "kg": ("kg", ("{n} kg", "{n}kg", "{n} kilograms", "{n} kilogrammes", "{n} kilos")),
    "ki-lô-gam": ("kg", ("{n} kg", "{n}kg", "{n} kilograms")),
    "tấn": ("tonnes", ("{n} tonnes", "{n} tons", "{n} tonne", "{n} ton", "{n}-tonne", "{n} metric tons")),
    "tạ": ("quintals", ("{n} quintals", "{n} quintal")),
    "tạ/ha": ("quintals", ("{n} quintals per hectare", "{n} quintals a hectare", "{n} quintals per ha")),
    "hải lý": ("nautical miles", ("{n} nautical miles", "{n} nautical mile", "{n}-nautical-mile")),
    "độ c": ("degrees Celsius", ("{n} degrees Celsius", "{n}°C", "{n} °C", "{n} degrees C")),
    "°c": ("degrees Celsius", ("{n} degrees Celsius", "{n}°C", "{n} °C", "{n} degrees C")),
    "mw": ("MW", ("{n} MW", "{n}MW", "{n} megawatts")),
    "gw": ("GW", ("{n} GW", "{n}GW", "{n} gigawatts")),
    "kv": ("kV", ("{n} kV", "{n}kV", "{n} kilovolts", "{n}-kV")),
    "kwh": ("kWh", ("{n} kWh", "{n}kWh")),
}


def _alternatives(words: Sequence[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?(?:\.\d+)?"
_FIGURE = re.compile(
    rf"(?<![\w.,/])(?<![A-Za-z]-)(?:(?P<low>{_NUMBER})(?P<join>\s?[-–]\s?))?(?P<n>{_NUMBER})(?![\d])"
    rf"(?:\s*(?P<scale>{_alternatives(list(_SCALES))})(?![^\W\d_]))?"
    rf"(?:\s*(?P<unit>{_alternatives([*_MONEY, *_MEASURES])}|m²|km²|m³)(?![^\W_]))?",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"(?<![\w.,/])(?P<a>\d{1,4})\s?/\s?(?P<b>\d{1,4})(?![\w/]|[.,]\d|-[^\W\d_])")
# 176/2025/QH15, 18-NQ/TW, 81/TB-VPCP
_DOCUMENT = re.compile(
    r"(?<![\w.,])(?P<n>\d+)(?:/(?P<y>\d{4}))?(?:/|-)(?=[A-ZĐ])(?!\w+\s)[A-ZĐ][\w.]*(?:[-/][\w.]+)*"
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
_APPROXIMATE_ENGLISH = {1: "dozens", 2: "hundreds", 3: "thousands", 4: "tens of thousands", 5: "hundreds of thousands",
                        6: "millions", 7: "tens of millions", 8: "hundreds of millions", 9: "billions",
                        10: "tens of billions", 11: "hundreds of billions", 12: "trillions"}  # fmt: skip


def find_figures(text: str) -> tuple[FigureMatch, ...]:
    """Find the figures of a Vietnamese text, in order, none overlapping.

    Numbers with their scale and unit (``1.234,5 tỷ đồng``), percentages, measures, fractions, numbers in
    two words or more (``hai mươi``), vague ones (``hàng chục``), ordinals, and the first number of a
    document's. Dates are not figures (see ``find_dates``); nor are digits inside a code (``5K``,
    ``COVID-19``).
    """
    taken = [(match.start, match.end) for match in find_dates(text)]
    found: list[FigureMatch] = []
    for match in _candidates(text):
        if any(a < match.end and match.start < b for a, b in taken):
            continue
        taken.append((match.start, match.end))
        found.append(match)
    return tuple(sorted(found, key=lambda match: match.start))


def _candidates(text: str) -> Iterator[FigureMatch]:
    for match in _DOCUMENT.finditer(text):
        yield FigureMatch(
            match.start(), match.end(), match[0], Decimal(match["n"]), "", FigureKind.DOCUMENT, match[0]
        )
    for match in _FRACTION.finditer(text):
        a, b = int(match["a"]), int(match["b"])
        if b:
            english, accepted = _fraction_english(a, b)
            yield FigureMatch(
                match.start(),
                match.end(),
                match[0],
                Decimal(a) / Decimal(b),
                "",
                FigureKind.FRACTION,
                english,
                accepted,
            )
    for match in _ORDINAL.finditer(text):
        figure = _ordinal(match)
        if figure is not None:
            yield figure
    yield from _figures(text)
    for match in _APPROXIMATE.finditer(text):
        power = _SCALES[match["w"].lower()] + (_SCALES[match["w2"].lower()] if match["w2"] else 0)
        english = _APPROXIMATE_ENGLISH.get(power, "")
        more = ("tens",) if power == 1 else ()
        yield FigureMatch(
            match.start(),
            match.end(),
            match[0],
            Decimal(10) ** power,
            "",
            FigureKind.APPROXIMATE,
            english,
            more,
        )
    for start, end, value, words in parse_vietnamese(text):
        if words > 1:
            english, accepted = _plain_english(value)
            yield FigureMatch(start, end, text[start:end], value, "", FigureKind.WORDS, english, accepted)


def _ordinal(match: re.Match[str]) -> FigureMatch | None:
    roman = not match["n"].isdigit()
    lead = " ".join(match["lead"].lower().split())
    if roman and not match["n"].isupper():
        return None
    if not roman and lead not in ("lần thứ", "thứ", "thế kỷ", "thế kỉ"):
        return None
    value = roman_value(match["n"]) if roman else int(match["n"])
    if value is None:
        return None
    english = ordinal(value)
    words = _ORDINAL_WORDS.get(value)
    return FigureMatch(
        match.start("n"),
        match.end("n"),
        match["n"],
        Decimal(value),
        "",
        FigureKind.ORDINAL,
        english,
        (words,) if words else (),
    )


_ORDINAL_WORDS = {
    1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth",
    10: "tenth", 11: "eleventh", 12: "twelfth", 20: "twentieth",
}  # fmt: skip


def ordinal(number: int) -> str:
    """Write an ordinal in figures: ``13th``, ``21st``."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _fraction_english(a: int, b: int) -> tuple[str, tuple[str, ...]]:
    names = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 8: "eighth", 10: "tenth"}
    more: list[str] = [f"{a} of {b}", f"{a} out of {b}", f"{a} of the {b}", f"{a} out of the {b}"]
    if b in names and 0 < a < b:
        count = NUMBERS[a]
        words = "half" if b == 2 else f"{count}-{names[b]}{'s' if a > 1 else ''}"
        more = [words, words.replace("-", " "), f"a {names[b]}" if a == 1 else words, *more]
        return more[0], tuple(dict.fromkeys([f"{a}/{b}", *more[1:]]))
    return f"{a}/{b}", tuple(more)


def _figures(text: str) -> Iterator[FigureMatch]:
    position = 0
    while match := _FIGURE.search(text, position):
        low = parse_number(match["low"]) if match["low"] else None
        high = parse_number(match["n"])
        if match["low"] and (low is None or high is None or low >= high):
            # a score or a list: two figures
            match = _FIGURE.match(text[: match.end("low")], match.start("low"))
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
    value = base * Decimal(10) ** _SCALES.get(scale, 0)
    places = _places(number)
    numbers = _scaled_english(base, scale, places)
    if low is not None:
        numbers = _range_english(low, match["low"], base, number, scale, numbers)
    kind, english_unit = FigureKind.NUMBER, ""
    if unit is None:
        if low is None and not scale and "," not in number and value == value.to_integral_value():
            numbers = list(_plain_forms(value, number))
        forms: tuple[str, ...] = tuple(numbers)
    elif unit in _MONEY:
        kind, english_unit = FigureKind.MONEY, _MONEY[unit]
        patterns = _MONEY_FORMS.get(english_unit, (f"{{n}} {english_unit}",))
        forms = tuple(pattern.format(n=n) for n in numbers for pattern in patterns)
    else:
        english_unit, patterns = _MEASURES[unit]
        kind = FigureKind.PERCENT if english_unit == "%" else FigureKind.MEASURE
        forms = tuple(pattern.format(n=n) for n in numbers for pattern in patterns if _fits(n, pattern))
    forms = tuple(dict.fromkeys(forms))
    bottom = None if low is None else low * Decimal(10) ** _SCALES.get(scale, 0)
    source = text[match.start() : end]
    return FigureMatch(match.start(), end, source, value, english_unit, kind, forms[0], forms[1:], bottom)


def _fits(number: str, pattern: str) -> bool:
    """Whether a unit that sticks to its number may: ``100km``, not ``millionkm``."""
    return number[-1].isdigit() or not pattern.startswith("{n}") or not pattern[3:4].isalpha()


def _places(number: str) -> int:
    """How many decimals a Vietnamese number is written with."""
    if "," in number:
        return len(number.rsplit(",", 1)[1])
    return (
        len(number.rsplit(".", 1)[1])
        if re.fullmatch(r"\d+\.\d+", number) and not re.fullmatch(r"\d{1,3}\.\d{3}", number)
        else 0
    )


def _range_english(
    low: Decimal, low_text: str, high: Decimal, high_text: str, scale: str, numbers: list[str]
) -> list[str]:
    bottoms = [_grouped(low, _places(low_text))] if _SCALES.get(scale, 0) in (0, 6, 9, 12, 15) else []
    forms = [
        f"{bottom}{join}{numbers[0]}" for bottom in bottoms for join in ("-", " to ", " - ", "–", " and ")
    ]
    fulls = _scaled_english(low, scale, _places(low_text))
    forms += [
        f"{a}{join}{b}"
        for a, b in zip(fulls, numbers, strict=False)
        for join in (" to ", "-", " - ", "–", " and ")
    ]
    return list(dict.fromkeys(forms))


def _is_other_word(text: str, match: re.Match[str], unit: str) -> bool:
    """Whether what looks like a unit begins another word: ``5 đồng chí``, ``3 bảng``, ``2 đồng minh``."""
    if unit == "đồng":
        return (
            re.match(
                r"\s+(?:chí|bào|minh|phạm|hồ|nghiệp|loạt|hương|bằng|đội|tác)(?!\w)",
                text[match.end() :],
                re.IGNORECASE,
            )
            is not None
        )
    if unit in ("bảng", "kip", "won", "yên"):
        return not match["scale"]
    return unit == "đ" and match[0][-1] == "Đ"


def parse_number(number: str) -> Decimal | None:
    """Value a number as Vietnamese writes it: dots before each three figures, a comma before the decimals.

    ``2.5`` and ``4.0`` are taken as written by an English keyboard; None where it is no number.
    """
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", number):
        return Decimal(number.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d+(?:,\d+)?", number):
        return Decimal(number.replace(",", "."))
    if re.fullmatch(r"\d+\.\d+", number):
        return Decimal(number)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+\.\d+", number):
        return Decimal(number.replace(",", ""))
    return None


def _grouped(value: Decimal, places: int) -> str:
    return f"{value:,.{places}f}"


def _trim(value: Decimal) -> tuple[Decimal, int]:
    value = value.normalize()
    exponent = value.as_tuple().exponent
    return value, max(0, -exponent) if isinstance(exponent, int) else 0


def _scaled_english(base: Decimal, scale: str, places: int) -> list[str]:
    """House form first: 1,234.5 billion; 50,000; then the neighbouring scales."""
    power = _SCALES.get(scale, 0)
    value = base * Decimal(10) ** power
    if not power:
        return [_grouped(base, places)]
    forms = []
    if power in (6, 9, 12, 15):
        forms.append(f"{_grouped(base, places)} {_SCALE_WORDS[power]}")
    elif power > 6:
        whole, digits = _trim(value / Decimal(10) ** 9)
        forms.append(f"{_grouped(whole, digits)} billion")
    else:
        whole, digits = _trim(value)
        forms.append(_grouped(whole, digits))
    for other, word in (
        (15, "quadrillion"),
        (12, "trillion"),
        (9, "billion"),
        (6, "million"),
        (3, "thousand"),
    ):
        scaled, digits = _trim(value / Decimal(10) ** other)
        if scaled >= 1 and digits <= 6 and abs(other - power) <= 3:
            forms.append(f"{_grouped(scaled, digits)} {word}")
    if value == value.to_integral_value():
        forms.append(_grouped(value, 0))
    return list(dict.fromkeys(forms))


def _plain_forms(value: Decimal, written: str) -> tuple[str, ...]:
    if "." in written and "." not in f"{int(value):,}".replace(",", "."):
        return (written,)
    if value < 10 and not written.startswith("0"):
        return NUMBERS[int(value)], str(int(value))
    if written.startswith("0") or ("." not in written and 1000 <= value <= 2100):
        return written, f"{int(value):,}"
    grouped = f"{int(value):,}"
    more = [str(int(value))] if "." not in written or value < 10000 else []
    if value <= 12:
        more.append(NUMBERS[int(value)])
    return tuple(dict.fromkeys([grouped, *more]))


def _plain_english(value: Decimal) -> tuple[str, tuple[str, ...]]:
    if value < 10:
        return NUMBERS[int(value)], (str(int(value)),)
    for power, word in ((12, "trillion"), (9, "billion"), (6, "million")):
        scaled, digits = _trim(value / Decimal(10) ** power)
        if scaled >= 1 and digits <= 3:
            return f"{_grouped(scaled, digits)} {word}", (f"{int(value):,}",)
    return f"{int(value):,}", ()
