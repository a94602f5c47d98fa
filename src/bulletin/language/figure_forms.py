"""How English writes a Vietnamese figure: the house's form first, then the other right ones."""

from __future__ import annotations

import re
from decimal import Decimal

from bulletin.language.numerals import spell

SCALES = {
    "chục": 1, "trăm": 2, "nghìn": 3, "ngàn": 3, "vạn": 4, "trăm nghìn": 5, "triệu": 6, "trăm triệu": 8,
    "tỷ": 9, "tỉ": 9, "trăm tỷ": 11, "nghìn tỷ": 12, "ngàn tỷ": 12, "nghìn tỉ": 12, "ngàn tỉ": 12,
    "vạn tỷ": 13, "triệu tỷ": 15, "triệu tỉ": 15,
}  # fmt: skip
"""Vietnamese words for scales, as powers of ten."""

_SCALE_WORDS = {3: "thousand", 6: "million", 9: "billion", 12: "trillion", 15: "quadrillion"}

MONEY = {
    "đồng": "VND", "vnđ": "VND", "vnd": "VND", "đ": "VND", "usd": "USD", "đô la": "USD", "đô la mỹ": "USD",
    "đô-la": "USD", "đô-la mỹ": "USD", "đôla": "USD", "đôla mỹ": "USD", "mỹ kim": "USD", "euro": "euro",
    "eur": "euro", "nhân dân tệ": "yuan", "ndt": "yuan", "cny": "yuan", "yên": "yen", "yen": "yen",
    "won": "won", "kip": "kip", "bảng anh": "GBP", "bảng": "GBP", "rúp": "rubles", "ruble": "rubles",
    "baht": "baht",
}  # fmt: skip
"""Currencies as Vietnamese names them, and what the house calls them."""

# patterns, alternatives parted by |; # is the number, - may stand for the space before a unit
_MONEY_PATTERNS = {
    "VND": "# VND|VND #|VND#|# dong|# Vietnamese dong|# đồng",
    "USD": "# USD|USD #|USD#|US$#|$#|# US dollars|# US dollar|# dollars",
    "euro": "# euros|# euro|# EUR|EUR #|EUR#|€#",
    "yuan": "# yuan|# CNY|# RMB|CNY #|# renminbi",
    "yen": "# yen|# JPY|JPY #|¥#",
    "won": "# won|# KRW|KRW #",
    "GBP": "# GBP|# pounds|# pounds sterling|£#",
    "rubles": "# rubles|# roubles|# RUB",
}
_PERCENT = "#%|# per cent|# percent|# %|#-percent"
_POINTS = "# percentage points|# percentage point|#%|# points|#-percentage-point"
_HECTARES = "# ha|# hectares|# hectare|#ha|#-ha|#-hectare"
_KILOMETRES = "# km|#km|# kilometres|# kilometers|# kilometre|#-km|#-kilometre"
_METRES = "# m|#m|# metres|# meters|# metre|#-metre|#-m"
_KILOGRAMS = "# kg|#kg|# kilograms|# kilogrammes|# kilos|#-kg"
_CELSIUS = "# degrees Celsius|#°C|# °C|# degrees C"
_SQ_KM = "# sq.km|# sq km|# sq. km|# km2|# km²|# square kilometres|# square kilometers|# square km|#-sq.km"
_SQ_M = "# sq.m|# sq m|# sq. m|# m2|# m²|# square metres|# square meters|#-sq.m|#-square-metre"
MEASURES = {
    "%": ("%", _PERCENT),
    "phần trăm": ("%", _PERCENT),
    "điểm phần trăm": ("percentage points", _POINTS),
    "điểm %": ("percentage points", _POINTS),
    "ha": ("ha", _HECTARES),
    "héc ta": ("ha", _HECTARES),
    "héc-ta": ("ha", _HECTARES),
    "hecta": ("ha", _HECTARES),
    "km": ("km", _KILOMETRES),
    "ki-lô-mét": ("km", _KILOMETRES),
    "km2": ("sq.km", _SQ_KM),
    "m2": ("sq.m", _SQ_M),
    "mét vuông": ("sq.m", _SQ_M),
    "m3": ("cu.m", "# cu.m|# m3|# m³|# cubic metres|# cubic meters|#-cubic-metre"),
    "mét khối": ("cu.m", "# cu.m|# m3|# m³|# cubic metres|# cubic meters|#-cubic-metre"),
    "m": ("m", _METRES),
    "mét": ("m", _METRES),
    "cm": ("cm", "# cm|#cm|# centimetres|# centimeters|#-cm"),
    "mm": ("mm", "# mm|#mm|# millimetres|# millimeters|#-mm"),
    "kg": ("kg", _KILOGRAMS),
    "ki-lô-gam": ("kg", _KILOGRAMS),
    "tấn": ("tonnes", "# tonnes|# tons|# tonne|# ton|#-tonne|#-ton|# metric tons"),
    "tạ": ("quintals", "# quintals|# quintal"),
    "tạ/ha": ("quintals", "# quintals per hectare|# quintals a hectare|# quintals per ha"),
    "hải lý": ("nautical miles", "# nautical miles|# nautical mile|#-nautical-mile"),
    "độ c": ("degrees Celsius", _CELSIUS),
    "°c": ("degrees Celsius", _CELSIUS),
    "mw": ("MW", "# MW|#MW|# megawatts|#-MW|#-megawatt"),
    "gw": ("GW", "# GW|#GW|# gigawatts|#-GW"),
    "kv": ("kV", "# kV|#kV|# kilovolts|#-kV"),
    "kwh": ("kWh", "# kWh|#kWh|# kilowatt-hours"),
}
"""Units as Vietnamese writes them: the house's unit, and the patterns of English."""

APPROXIMATE = {
    1: "dozens", 2: "hundreds", 3: "thousands", 4: "tens of thousands", 5: "hundreds of thousands",
    6: "millions", 7: "tens of millions", 8: "hundreds of millions", 9: "billions", 10: "tens of billions",
    11: "hundreds of billions", 12: "trillions",
}  # fmt: skip
"""Vague numbers (``hàng chục``, ``hàng trăm triệu``) by their power of ten."""

_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()


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


def decimals(number: str) -> int:
    """How many decimals a Vietnamese number is written with."""
    if "," in number:
        return len(number.rsplit(",", 1)[1])
    if re.fullmatch(r"\d+\.\d+", number) and not re.fullmatch(r"\d{1,3}\.\d{3}", number):
        return len(number.rsplit(".", 1)[1])
    return 0


def number_forms(number: str, scale: str) -> tuple[str, ...]:
    """The English of a number and its scale, without a unit: ``1,234.5 billion``, ``50,000``, ``8.02``."""
    base = parse_number(number)
    if base is None:
        return ()
    places = decimals(number)
    power = SCALES.get(scale, 0)
    if not power:
        plain = _grouped(base, places)
        return (plain,) if "," in plain or places else (plain, *_spelt(base))
    value = base * Decimal(10) ** power
    if power in _SCALE_WORDS and power > 3:
        forms = [f"{_grouped(base, places)} {_SCALE_WORDS[power]}"]
    elif power > 6:
        forms = [f"{_exact(value / 10**9)} billion"]
    else:
        forms = [_exact(value)]
    for other, word in sorted(_SCALE_WORDS.items(), reverse=True):
        scaled = value / Decimal(10) ** other
        if scaled >= 1 and abs(other - power) <= 3 and len(f"{scaled.normalize():f}".partition(".")[2]) <= 6:
            forms += [f"{count} {word}" for count in (_exact(scaled), *_spelt(scaled))]
            if scaled == 1:
                forms.append(f"a {word}")
    if value == value.to_integral_value():
        forms.append(_grouped(value, 0))
    return tuple(dict.fromkeys(forms))


def plain_forms(number: str) -> tuple[str, ...]:
    """The English of a whole number that stands alone: words below ten, years and codes as they are."""
    value = parse_number(number)
    if value is None or value != value.to_integral_value() or decimals(number):
        return number_forms(number, "") if value is not None and "," in number else (number,)
    whole = int(value)
    if number.startswith("0") or ("." not in number and 1000 <= whole <= 2100):
        forms = [number, f"{whole:,}"]
    else:
        forms = [f"{whole:,}", *([str(whole)] if whole < 10000 else [])]
    forms += _spelt(value, 999)
    if 0 < whole <= len(_ORDINAL_WORDS):
        forms.append(_ORDINAL_WORDS[whole - 1])
    if 0 < whole < 1000:
        forms.append(ordinal(whole))
    if whole < 10 and not number.startswith("0"):
        forms.insert(0, spell(whole))
    return tuple(dict.fromkeys(forms))


def range_forms(low: str, high: str, scale: str) -> tuple[str, ...]:
    """The English of a range: ``5-7``, ``2-3 million``, ``2 million to 3 million``."""
    bottoms, tops = number_forms(low, scale), number_forms(high, scale)
    joins = ("-", " to ", " - ", "–", " and ")
    short = number_forms(low, "")[:1] if SCALES.get(scale, 0) not in (1, 2, 3, 4, 5) else ()
    forms = [f"{bottom}{join}{tops[0]}" for bottom in short for join in joins]
    forms += [f"{a}{join}{b}" for a, b in zip(bottoms, tops, strict=False) for join in joins]
    return tuple(dict.fromkeys(forms))


def with_money(numbers: tuple[str, ...], currency: str) -> tuple[str, ...]:
    """Numbers with a currency: ``200 million USD``, then ``US$200 million`` and the others."""
    return _filled(numbers, _MONEY_PATTERNS.get(currency, f"# {currency}"))


def with_measure(numbers: tuple[str, ...], patterns: str) -> tuple[str, ...]:
    """Numbers with a unit, after the patterns that MEASURES gives for it."""
    return _filled(numbers, patterns)


def _filled(numbers: tuple[str, ...], patterns: str) -> tuple[str, ...]:
    forms = [
        pattern.replace("#", number)
        for number in numbers
        for pattern in patterns.split("|")
        # 100km and VND500, but not millionkm or VNDzero
        if (number[-1].isdigit() or not re.match(r"#[^\W\d_]", pattern))
        and (number[0].isdigit() or not re.search(r"\S#", pattern))
    ]
    return tuple(dict.fromkeys(forms))


def word_forms(value: Decimal) -> tuple[str, ...]:
    """The English of a number that the source spells out."""
    whole = int(value)
    forms: list[str] = []
    for power, word in ((12, "trillion"), (9, "billion"), (6, "million")):
        scaled = value / Decimal(10) ** power
        if scaled >= 1 and len(f"{scaled.normalize():f}".partition(".")[2]) <= 3:
            forms += [f"{count} {word}" for count in (_exact(scaled), *_spelt(scaled, 999))]
            if scaled == 1:
                forms.append(f"a {word}")
            break
    forms += [f"{whole:,}", *_spelt(value, 999)]
    if whole % 1000 == 0 and 0 < whole < 10**6:
        forms += [f"{count} thousand" for count in (_exact(value / 1000), *_spelt(value / 1000, 999))]
    if whole in (100, 1000):
        forms.append("a hundred" if whole == 100 else "a thousand")
    return tuple(dict.fromkeys(forms[::-1] if whole < 10 else forms))


def fraction_forms(a: int, b: int) -> tuple[str, ...]:
    """The English of a fraction: ``two-thirds``, ``12/15``, ``12 of the 15``."""
    names = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 8: "eighth", 10: "tenth"}
    forms = [f"{a}/{b}", f"{a} of {b}", f"{a} out of {b}", f"{a} of the {b}", f"{a} out of the {b}"]
    if b in names and 0 < a < b:
        words = "half" if b == 2 else f"{spell(a)}-{names[b]}{'s' if a > 1 else ''}"
        forms = [words, words.replace("-", " "), *([f"a {names[b]}"] if a == 1 else []), *forms]
    return tuple(dict.fromkeys(forms))


def ordinal(number: int) -> str:
    """Write an ordinal in figures: ``13th``, ``21st``."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def ordinal_forms(number: int) -> tuple[str, ...]:
    """The English of an ordinal: words below ten (``eighth``), else ``13th``."""
    words = _ORDINAL_WORDS[number - 1 : number] if number else []
    forms = [ordinal(number), *words]
    return tuple(forms[::-1] if 0 < number < 10 else forms)


def _spelt(value: Decimal, most: int = 20) -> list[str]:
    return [spell(int(value))] if value == value.to_integral_value() and 0 <= value <= most else []


def _grouped(value: Decimal, places: int) -> str:
    return f"{value:,.{places}f}"


def _exact(value: Decimal) -> str:
    return f"{value.normalize():,f}"
