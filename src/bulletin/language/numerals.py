"""Numbers written in words, Vietnamese and English, and in Roman figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bulletin.language.normal import fold_text

_DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6,
    "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_SCALES = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9}
_FIRST_DIGITS = "một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười"
_VIETNAMESE = re.compile(
    rf"(?<!\w)(?:{_FIRST_DIGITS})(?:\s+(?:không|một|mốt|hai|ba|bốn|tư|năm|lăm|nhăm|sáu|bảy|bẩy|tám|chín"
    rf"|mười|mươi|trăm|linh|lẻ|nghìn"
    rf"|ngàn|triệu|tỷ|tỉ|rưỡi))*(?!\w)",
    re.IGNORECASE,
)

# words of the longest number that is looked for
_LONGEST = 16


def parse_vietnamese(text: str) -> Iterator[tuple[int, int, Decimal, int]]:
    """Yield numbers in Vietnamese words: start, end, value, and how many words (``hai mươi lăm`` is three).

    ``năm`` before a number or after a number's unit is read as it stands: callers that must not take
    *year* for *five* ask for two words or more.
    """
    for match in _VIETNAMESE.finditer(text):
        words = [
            (fold_text(m[0], case=True), match.start() + m.start(), match.start() + m.end())
            for m in re.finditer(r"\S+", match[0])
        ]
        position = 0
        while position < len(words):
            value, used = _longest(words[position : position + _LONGEST])
            if not used:
                position += 1
                continue
            first, last = words[position], words[position + used - 1]
            yield first[1], last[2], value, used
            position += used


def _longest(words: list[tuple[str, int, int]]) -> tuple[Decimal, int]:
    """The longest beginning of ``words`` that is one number."""
    for count in range(min(len(words), _LONGEST), 0, -1):
        value = _vietnamese_value([word for word, _, _ in words[:count]])
        if value is not None:
            return value, count
    return Decimal(0), 0


def _vietnamese_value(words: list[str]) -> Decimal | None:
    total = Decimal(0)
    rest = words
    highest = 99
    while rest:
        at = next((i for i, word in enumerate(rest) if word in _SCALES), None)
        group = rest if at is None else rest[:at]
        if at is not None and rest[at + 1 : at + 2] == ["tỷ"] and rest[at] in ("nghìn", "ngàn"):
            power, following = 12, rest[at + 2 :]
        else:
            power, following = (0, []) if at is None else (_SCALES[rest[at]], rest[at + 1 :])
        if power >= highest:
            return None
        half = group[-1:] == ["rưỡi"] and power == 0
        if half:
            if group != ["rưỡi"] or highest == 99:
                return None
            return total + Decimal(10) ** highest / 2
        value = _under_thousand(group)
        # bốn nghìn năm are four thousand years: a five would be nghìn không trăm linh năm
        if value is None or (group == ["năm"] and power == 0 and highest != 99):
            return None
        total += Decimal(value) * Decimal(10) ** power
        highest, rest = power, following
    return total


def _under_thousand(words: list[str]) -> int | None:
    if not words:
        return None
    value = 0
    if "trăm" in words:
        at = words.index("trăm")
        if at != 1 or words[0] not in _DIGITS:
            return None
        value, words = _DIGITS[words[0]] * 100, words[2:]
        if words[:1] in (["linh"], ["lẻ"]):
            words = words[1:]
            if len(words) != 1 or words[0] not in _DIGITS:
                return None
        elif words == ["năm"]:
            return None  # hai trăm năm are two hundred years
    if not words:
        return value
    if words[0] == "mười":
        tens, words = 10, words[1:]
    elif len(words) > 1 and words[1] == "mươi" and words[0] in _DIGITS and _DIGITS[words[0]] > 1:
        tens, words = _DIGITS[words[0]] * 10, words[2:]
    elif (
        len(words) == 2
        and words[0] in _DIGITS
        and words[1] in ("mốt", "tư", "lăm", "nhăm")
        and _DIGITS[words[0]] > 1
    ):
        return value + _DIGITS[words[0]] * 10 + _DIGITS[words[1]]
    else:
        return value + _DIGITS[words[0]] if len(words) == 1 and words[0] in _DIGITS else None
    if not words:
        return value + tens
    # mười lăm is fifteen, mười năm ten years
    if len(words) != 1 or words[0] not in _DIGITS or words[0] == "năm":
        return None
    return value + tens + _DIGITS[words[0]]


_ROMAN = re.compile(r"(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


def roman_value(text: str) -> int | None:
    """The value of a well-formed Roman figure below 400 in capitals; None for anything else."""
    if not _ROMAN.fullmatch(text):
        return None
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    total = 0
    for letter, following in zip(text, text[1:] + " ", strict=True):
        value = values[letter]
        total += -value if values.get(following, 0) > value else value
    return total


_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18,
    "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_NTHS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
    "fortieth": 40, "fiftieth": 50,
    "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100,
}  # fmt: skip
ENGLISH_SCALES = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "quadrillion": 15}
_ALL = "|".join([*_UNITS, *_TENS, *_NTHS])
_ENGLISH = re.compile(
    rf"(?<![\w'])(?:{_ALL}|(?:a|an)(?=\s+(?:hundred|thousand|million|billion|trillion|quadrillion)\b))"
    rf"(?:(?:[\s-]+(?:and\s+)?)(?:{_ALL}|hundred|thousand|million|billion|trillion|quadrillion)"
    rf"(?:ths?)?\b)*(?:s\b)?(?!\w)",
    re.IGNORECASE,
)


def parse_english(text: str) -> Iterator[tuple[int, int, Decimal, bool]]:
    """Yield numbers in English words: start, end, value, and whether it is an ordinal (``twenty-first``)."""
    for match in _ENGLISH.finditer(text):
        words = [
            (m[0].lower(), match.start() + m.start(), match.start() + m.end())
            for m in re.finditer(r"[A-Za-z]+", match[0])
        ]
        position = 0
        while position < len(words):
            for count in range(min(len(words) - position, _LONGEST), 0, -1):
                chosen = words[position : position + count]
                value = _english_value([word for word, _, _ in chosen])
                if value is not None:
                    yield chosen[0][1], chosen[-1][2], value, chosen[-1][0] in _NTHS
                    position += count
                    break
            else:
                position += 1


def _english_value(words: list[str]) -> Decimal | None:
    if words[-1] == "and" or words[0] == "and":
        return None
    total, group, highest = Decimal(0), 0, 99
    seen = last_unit = last_ten = False
    for i, word in enumerate(words):
        word = word.rstrip("s") if word not in _UNITS and word not in _NTHS else word
        word = word.removesuffix("th") if word.removesuffix("th") in ENGLISH_SCALES else word
        if word == "and":
            if not seen or words[i - 1] != "hundred":
                return None
        elif word in ("a", "an"):
            group, seen, last_unit = 1, True, True
        elif word in _UNITS or (word in _NTHS and _NTHS[word] < 20):
            value = _UNITS[word] if word in _UNITS else _NTHS[word]
            if last_unit or (last_ten and not 0 < value < 10) or (word in _NTHS and i != len(words) - 1):
                return None
            group, seen, last_unit, last_ten = group + value, True, True, False
        elif word in _TENS or word in _NTHS:
            if last_unit or last_ten or (word in _NTHS and i != len(words) - 1):
                return None
            group += _TENS.get(word) or _NTHS[word]
            seen, last_ten = True, True
        elif word == "hundred":
            if not 0 < group < 100:
                return None
            group, last_unit, last_ten = group * 100, False, False
        elif word in ENGLISH_SCALES:
            power = ENGLISH_SCALES[word]
            if not group or power >= highest:
                return None
            total += Decimal(group) * Decimal(10) ** power
            group, highest, last_unit, last_ten = 0, power, False, False
        else:
            return None
    return total + group if seen else None


def spell(number: int) -> str:
    """Write a number below 1000 in English words: ``seventy-two``, ``one hundred and five``."""
    if not 0 <= number < 1000:
        raise ValueError(f"only numbers below 1000 are spelt, not {number}")
    names = {value: word for word, value in reversed((_UNITS | _TENS).items())}
    if number in names:
        return names[number]
    if number < 100:
        return f"{names[number // 10 * 10]}-{names[number % 10]}"
    rest = f" and {spell(number % 100)}" if number % 100 else ""
    return f"{names[number // 100]} hundred{rest}"
