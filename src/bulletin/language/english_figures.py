"""Figures in English, found for checking; and what two languages' figures have not in common."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bulletin.language.calendar import DateKind
from bulletin.language.dates import find_dates
from bulletin.language.english_dates import find_english_dates
from bulletin.language.figure_forms import parse_number
from bulletin.language.figures import FigureKind, FigureMatch, find_figures
from bulletin.language.numerals import ENGLISH_SCALES, parse_english, parse_vietnamese, roman_value

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNITS = {
    "%": "%", "per cent": "%", "percent": "%", "vnd": "VND", "dong": "VND", "usd": "USD",
    "dollars": "USD", "dollar": "USD",
    "euros": "euro", "euro": "euro", "ha": "ha", "hectares": "ha", "hectare": "ha", "km": "km",
    "kilometres": "km",
    "kilometers": "km", "sq.km": "sq.km", "sq km": "sq.km", "km2": "sq.km", "square kilometres": "sq.km",
    "square kilometers": "sq.km", "sq.m": "sq.m", "m2": "sq.m", "square metres": "sq.m", "kg": "kg",
    "kilograms": "kg",
    "tonnes": "tonnes", "tons": "tonnes", "tonne": "tonnes", "degrees celsius": "degrees Celsius",
    "°c": "degrees Celsius",
    "mw": "MW", "percentage points": "percentage points", "m": "m", "metres": "m", "meters": "m",
}  # fmt: skip
_PREFIXES = {"us$": "USD", "$": "USD", "usd": "USD", "vnd": "VND", "€": "euro", "eur": "euro", "£": "GBP"}
_FIGURE = re.compile(
    rf"(?:(?P<pre>US\$|\$|€|£|(?<!\w)(?:USD|VND|EUR))\s?|(?<![\w,])(?<!\d\.)(?<![A-Za-z]-))"
    rf"(?P<n>{_NUMBER})(?![\d])"
    rf"(?P<th>st|nd|rd|th)?(?:[\s-]?(?P<scale>hundred|thousand|million|billion|trillion|quadrillion|mln"
    rf"|bln|bn|tn)\b)?"
    rf"(?:[\s-]?(?P<unit>{'|'.join(re.escape(u) for u in sorted(_UNITS, key=len, reverse=True))})"
    rf"(?![^\W_]))?",
    re.IGNORECASE,
)
_SCALES = {**ENGLISH_SCALES, "mln": 6, "bln": 9, "bn": 9, "tn": 12}
_WORD_SCALE = re.compile(r"[\s-]+(?P<scale>thousand|million|billion|trillion|quadrillion)\b", re.IGNORECASE)
_DOCUMENT = re.compile(
    r"(?<![\w.,])(?P<n>\d+)(?:/\d{4})?(?:/|-)(?=[A-ZĐ])(?!\w+\s)[A-ZĐ][\w.]*(?:[-/][\w.]+)*"
)
_FRACTION = re.compile(r"(?<![\w.,/])(?P<a>\d{1,4})\s?/\s?(?P<b>\d{1,4})(?![\w/]|[.,]\d|-[^\W\d_])")
_WORD_FRACTION = re.compile(
    r"\b(?P<a>one|two|three|four|five|six|seven|eight|nine|a)[\s-](?P<b>third|quarter|fourth|fifth|sixth"
    r"|seventh|eighth|ninth|tenth)s?\b",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"(?<![\w'])(?:[VX]|[IVXLC]{2,})(?![\w'])")
_CODE = re.compile(r"(?<![\w.,/-])(?!USD|VND|EUR|US)[A-Z]+-?\d+(?![\w.,]*\d)|(?<![\w.,/-])\d+[A-Z](?!\w)")


def find_english_figures(text: str) -> tuple[FigureMatch, ...]:
    """Find the figures of an English text, in order, none overlapping; dates and codes are left out.

    ``1,234.5 billion VND``, ``US$2 million``, ``8.02%``, ``two-thirds``, ``12/15``, ``55th``, ``third``,
    ``twenty-five``. ``english`` is the text as written.
    """
    taken = [(match.start, match.end) for match in find_english_dates(text)]
    found: list[FigureMatch] = []
    for match in _candidates(text):
        if any(a < match.end and match.start < b for a, b in taken):
            continue
        taken.append((match.start, match.end))
        found.append(match)
    return tuple(sorted(found, key=lambda match: match.start))


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


def compare_figures(source: str, english: str) -> tuple[FigureDifference, ...]:
    """Compare the figures of a Vietnamese text with those of its English.

    Values count, not spellings: ``1.500 tỷ`` is met by ``1,500 billion`` and ``1.5 trillion``, ``2`` by
    ``two`` and ``both``, ``12/15`` by ``12 of the 15``, ``XIII`` by ``13th``. Small numbers in words are
    never missed or minded, since both languages add and drop them; dates are ``compare_dates``' business.
    """
    there = _english_values(english)
    here = _vietnamese_values(source)
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
    numbers = {Decimal(number) for number in re.findall(r"\d+", source)}
    for match in _CODE.finditer(english):
        found = re.findall(r"\d+", match[0])
        if match[0].upper() != "COVID-19" and not all(Decimal(number) in numbers for number in found):
            yield _made(match.start(), match.end(), english, Decimal(found[0]), FigureKind.DOCUMENT)


def _minded(match: FigureMatch) -> bool:
    if any(character.isdigit() for character in match.source):
        return True
    return match.kind is FigureKind.WORDS and match.value >= 13


def _met(match: FigureMatch, values: frozenset[Decimal], english: str) -> bool:
    value = match.value.normalize()
    if match.kind is FigureKind.DOCUMENT and not english:
        return all(Decimal(number).normalize() in values for number in re.findall(r"\d+", match.source))
    if match.low is not None:
        low = match.low.normalize()
        scaled = match.value / _top(match) if _top(match) else Decimal(1)
        if not (low in values or (low / scaled).normalize() in values if scaled else False):
            return False
    if value in values:
        return True
    if match.kind is FigureKind.NUMBER and value in (0, 1):
        return True
    if match.kind is FigureKind.WORDS and value < 13:
        return True
    if match.kind is FigureKind.FRACTION:
        parts = [Decimal(number).normalize() for number in re.findall(r"\d+", match.source)]
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


def _top(match: FigureMatch) -> Decimal:
    """The upper number of a range as written, without its scale; zero where it cannot be read."""
    numbers = re.findall(r"\d[\d.,]*\d|\d", match.source)
    return (parse_number(numbers[-1]) if numbers else None) or Decimal(0)


def _english_values(text: str) -> frozenset[Decimal]:
    """Every value that an English text can be said to state, those inside dates and codes included."""
    values: set[Decimal] = set()
    for match in _candidates(text):
        values.add(match.value)
        if match.kind in (FigureKind.FRACTION, FigureKind.DOCUMENT):
            values.update(Decimal(number) for number in re.findall(r"\d+", match.source))
    values.update(Decimal(number.replace(",", "")) for number in re.findall(_NUMBER, text))
    for number in re.findall(r"\d+", text):
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
        half = re.match(
            r"\s+and\s+a\s+half(?:\s+(?P<s>thousand|million|billion|trillion|quadrillion))?",
            text[end:],
            re.IGNORECASE,
        )
        if half:
            values.add(
                (value + Decimal("0.5")) * Decimal(10) ** ENGLISH_SCALES.get((half["s"] or "").lower(), 0)
            )
    for half in re.finditer(
        r"\bhalf\s+a\s+(thousand|million|billion|trillion|quadrillion|century|dozen)\b", text, re.IGNORECASE
    ):
        word = half[1].lower()
        values.add(
            Decimal({"century": 50, "dozen": 6}.get(word, 0))
            or Decimal(10) ** ENGLISH_SCALES.get(word, 0) / 2
        )
    # the lower end of a range has the scale of its upper end
    for match_ in re.finditer(
        rf"({_NUMBER})\s*(?:[-–]|to|and|or)\s*(?:US\$|\$)?(?:{_NUMBER})[\s-](hundred|thousand|million"
        rf"|billion|trillion|quadrillion)\b",
        text,
        re.IGNORECASE,
    ):
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


def _vietnamese_values(text: str) -> frozenset[Decimal]:
    """Every value that a Vietnamese text can be said to state."""
    values: set[Decimal] = set()
    for match in find_figures(text):
        values.add(match.value)
        if match.unit == "quintals":
            values.add(match.value / 10)
        if match.low is not None:
            top = _top(match)
            values.update((match.low, match.low / (match.value / top) if top else match.low, top))
    for number in re.findall(r"\d+(?:[.,]\d+)*", text):
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
    values.update(Decimal(number) for number in re.findall(r"\d+", text))
    lowered = text.lower()
    values.update(
        Decimal(value)
        for word, value in _VIETNAMESE_SAID.items()
        if re.search(rf"(?<!\w){word}(?!\w)", lowered)
    )
    for _, end, value, _ in parse_vietnamese(text):
        values.add(value)
        half = re.match(r"\s+(?:(nghìn|ngàn|triệu|tỷ|tỉ)\s+)?rưỡi", text[end:], re.IGNORECASE)
        if half:
            values.add(value + Decimal("0.5"))
    for date in find_dates(text):
        values.update(_date_values(date.value.kind, date.value.number, date.value.hour, date.value.minute))
    for roman in re.findall(r"(?<!\w)[IVXLC]+(?!\w)", text):
        value_ = roman_value(roman)
        if value_ is not None:
            values.add(Decimal(value_))
    return frozenset(value.normalize() for value in values)
