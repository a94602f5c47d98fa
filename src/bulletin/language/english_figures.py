"""Figures in English, found for checking; and what two languages' figures have not in common."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bulletin.language.english_dates import find_english_dates
from bulletin.language.figure_values import ENGLISH_NUMBER, english_values, top_number, vietnamese_values
from bulletin.language.figures import FigureKind, FigureMatch, find_figures, outside_dates
from bulletin.language.numerals import ENGLISH_SCALES, parse_english

_UNITS = {
    "%": "%", "per cent": "%", "percent": "%", "vnd": "VND", "vnđ": "VND", "đồng": "VND", "dong": "VND",
    "usd": "USD", "dollars": "USD", "dollar": "USD",
    "euros": "euro", "euro": "euro", "ha": "ha", "hectares": "ha", "hectare": "ha", "km": "km",
    "kilometres": "km",
    "kilometers": "km", "sq.km": "sq.km", "sq km": "sq.km", "km2": "sq.km", "square kilometres": "sq.km",
    "square kilometers": "sq.km", "sq.m": "sq.m", "m2": "sq.m", "square metres": "sq.m", "kg": "kg",
    "kilograms": "kg",
    "tonnes": "tonnes", "tons": "tonnes", "tonne": "tonnes", "degrees celsius": "degrees Celsius",
    "°c": "degrees Celsius",
    "mw": "MW", "percentage points": "percentage points", "m": "m", "metres": "m", "meters": "m",
}  # fmt: skip
_PREFIXES = {
    "us$": "USD", "$": "USD", "usd": "USD", "vnd": "VND", "vnđ": "VND", "€": "euro", "eur": "euro",
    "£": "GBP",
}  # fmt: skip
_FIGURE = re.compile(
    rf"(?:(?P<pre>US\$|\$|€|£|(?<!\w)(?:USD|VND|VNĐ|EUR))\s?|(?<![\w,])(?<!\d\.)(?<![A-Za-z]-))"
    rf"(?P<n>{ENGLISH_NUMBER})(?![\d])"
    rf"(?P<th>st|nd|rd|th)?(?:[\s-]?(?P<scale>hundred|thousand|million|billion|trillion|quadrillion|mln"
    rf"|bln|bn|tn)\b)?"
    rf"(?:[\s-]?(?P<unit>{'|'.join(re.escape(u) for u in sorted(_UNITS, key=len, reverse=True))})"
    rf"(?![^\W_]))?",
    re.IGNORECASE,
)
_SCALES = {**ENGLISH_SCALES, "mln": 6, "bln": 9, "bn": 9, "tn": 12}
_DOCUMENT = re.compile(
    r"(?<![\w.,])(?P<n>\d{1,9})(?:/\d{4})?(?:/|-)(?=[A-ZĐ])(?!\w+\s)[A-ZĐ][\w.]*(?:[-/][\w.]+)*"
)
_FRACTION = re.compile(r"(?<![\w.,/])(?P<a>\d{1,4})\s?/\s?(?P<b>\d{1,4})(?![\w/]|[.,]\d|-[^\W\d_])")
_WORD_FRACTION = re.compile(
    r"\b(?P<a>one|two|three|four|five|six|seven|eight|nine|a)[\s-](?P<b>third|quarter|fourth|fifth|sixth"
    r"|seventh|eighth|ninth|tenth)s?\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<![\w.,/-])(?!USD|VND|EUR|US)[A-Z]+-?\d+(?![\w.,]*\d)|(?<![\w.,/-])\d+[A-Z](?!\w)")


@lru_cache(maxsize=1024)
def find_english_figures(text: str) -> tuple[FigureMatch, ...]:
    """Find the figures of an English text, in order, none overlapping; dates and codes are left out.

    ``1,234.5 billion VND``, ``US$2 million``, ``8.02%``, ``two-thirds``, ``12/15``, ``55th``, ``third``,
    ``twenty-five``. ``english`` is the text as written.
    """
    return outside_dates(text, find_english_dates(text), _candidates(text))


def _candidates(text: str) -> Iterator[FigureMatch]:
    for match in _DOCUMENT.finditer(text):
        yield _made(match.start(), match.end(), text, Decimal(match["n"]), FigureKind.DOCUMENT)
    for match in _FRACTION.finditer(text):
        if int(match["b"]):
            yield _made(
                match.start(),
                match.end(),
                text,
                Decimal(match["a"]) / Decimal(match["b"]),
                FigureKind.FRACTION,
            )
    for match in _WORD_FRACTION.finditer(text):
        value = _word_fraction(match)
        # a third in the sense of an ordinal ("a third meeting") reads the same; both values are pooled
        if match["a"].lower() not in ("a", "one") or match["b"].lower() in (
            "third",
            "quarter",
            "fifth",
            "tenth",
        ):
            yield _made(match.start(), match.end(), text, value, FigureKind.FRACTION)
    for match in _FIGURE.finditer(text):
        number = Decimal(match["n"].replace(",", ""))
        scale = (match["scale"] or "").lower()
        unit = (
            _UNITS.get(match["unit"].lower(), "")
            if match["unit"]
            else _PREFIXES.get((match["pre"] or "").lower(), "")
        )
        kind = FigureKind.ORDINAL if match["th"] else FigureKind.NUMBER
        if unit:
            kind = {"%": FigureKind.PERCENT}.get(unit, FigureKind.MEASURE)
            kind = FigureKind.MONEY if unit in ("VND", "USD", "euro", "GBP") else kind
        after = text[match.end() : match.end() + 1]
        if after.isalpha() and not (match["scale"] or match["unit"]):
            continue
        yield _made(
            match.start(), match.end(), text, number * Decimal(10) ** _SCALES.get(scale, 0), kind, unit
        )
    for start, end, value, nth in parse_english(text):
        yield _made(start, end, text, value, FigureKind.ORDINAL if nth else FigureKind.WORDS)


def _made(start: int, end: int, text: str, value: Decimal, kind: FigureKind, unit: str = "") -> FigureMatch:
    return FigureMatch(start, end, text[start:end], value, unit, kind, text[start:end])


def _word_fraction(match: re.Match[str]) -> Decimal:
    tops = "a one two three four five six seven eight nine".split()
    bottoms = {
        "third": 3,
        "quarter": 4,
        "fourth": 4,
        "fifth": 5,
        "sixth": 6,
        "seventh": 7,
        "eighth": 8,
        "ninth": 9,
        "tenth": 10,
    }
    return Decimal(max(1, tops.index(match["a"].lower()))) / Decimal(bottoms[match["b"].lower()])


@dataclass(frozen=True, slots=True)
class FigureDifference:
    """A figure of the source that is ``missing`` from the English, or else one of the English that the
    source has not."""

    missing: bool
    match: FigureMatch


def compare_figures(source: str, english: str) -> tuple[FigureDifference, ...]:
    """Compare the figures of a Vietnamese text with those of its English.

    Values count, not spellings: ``1.500 tỷ`` is met by ``1,500 billion`` and ``1.5 trillion``, ``2`` by
    ``two`` and ``both``, ``12/15`` by ``12 of the 15``, ``XIII`` by ``13th``. Small numbers in words are
    never missed or minded, since both languages add and drop them; dates are ``compare_dates``' business.
    """
    there = english_values(english, _candidates(english))
    here = vietnamese_values(source)
    missing = [
        FigureDifference(True, match)
        for match in find_figures(source)
        if match.kind is not FigureKind.APPROXIMATE and not _met(match, there, english)
    ]
    extra = [
        FigureDifference(False, match)
        for match in find_english_figures(english)
        if _minded(match) and not _met(match, here, "")
    ]
    return tuple(
        missing + extra + [FigureDifference(False, code) for code in _strange_codes(source, english)]
    )


def _strange_codes(source: str, english: str) -> Iterator[FigureMatch]:
    """Codes of the English (``AIPA-46``, ``5K``) whose number the source has nowhere."""
    numbers = {Decimal(number) for number in re.findall(r"\d{1,18}", source)}
    for match in _CODE.finditer(english):
        found = re.findall(r"\d{1,18}", match[0])
        if match[0].upper() != "COVID-19" and not all(Decimal(number) in numbers for number in found):
            yield _made(match.start(), match.end(), english, Decimal(found[0]), FigureKind.DOCUMENT)


def _minded(match: FigureMatch) -> bool:
    if any(character.isdigit() for character in match.source):
        return True
    return match.kind is FigureKind.WORDS and match.value >= 13


def _met(match: FigureMatch, values: frozenset[Decimal], english: str) -> bool:
    value = match.value.normalize()
    if match.kind is FigureKind.DOCUMENT and not english:
        return all(Decimal(number).normalize() in values for number in re.findall(r"\d{1,18}", match.source))
    if match.low is not None:
        low = match.low.normalize()
        scaled = match.value / top_number(match) if top_number(match) else Decimal(1)
        if not (low in values or (low / scaled).normalize() in values if scaled else False):
            return False
    if value in values:
        return True
    if match.kind is FigureKind.NUMBER and value in (0, 1):
        return True
    if match.kind is FigureKind.WORDS and value < 13:
        return True
    if match.kind is FigureKind.FRACTION:
        parts = [Decimal(number).normalize() for number in re.findall(r"\d{1,18}", match.source)]
        if match.source.replace(" ", "") in ("24/7", "24/24"):
            return Decimal(24) in values
        if len(parts) == 2:
            return (
                all(part in values for part in parts)
                or (parts[0] == parts[1])
                or (parts[0] != 0 and parts[1] / parts[0] in values)
            )
    if match.unit == "quintals":
        return (value / 10).normalize() in values
    if match.unit == "%":
        if value == 100 and re.search(
            r"\b(?:all|every|entire|full|fully|entirely|whole|completely|unanimous\w*)\b",
            english,
            re.IGNORECASE,
        ):
            return True
        return (value / 100).normalize() in values
    return False
