"""Dates in English, found for checking; and what two languages' dates have not in common."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bulletin.language.calendar import MONTHS, WEEKDAYS, DateKind, DateValue, Day
from bulletin.language.dates import DateMatch, find_dates

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
)
_D = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|,\d{3}|\.\d)"
_Y = r"(?:1[89]|20)\d\d(?!\d|,\d)"
_JOIN = r"(?:\s*[-–—]\s*|\s+(?:to|and|through|until|till)\s+(?:the\s+)?|\s*,\s*(?:and\s+)?|\s*&\s*)"
_JOIN_NO_COMMA = (
    r"(?:\s*[-–—]\s*|\s+(?:to|through|until|till)\s+(?:the\s+)?|\s*,?\s+and\s+(?:the\s+)?|\s*&\s*)"
)
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10,
    "eleven": 11,
}  # fmt: skip
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

_BEFORE_MONTH = "|".join(
    rf"(?<=\b(?i:{word}) )"
    for word in (
        "in of since from until by last this early late next and or to every each during for before after "
        "through its coming"
    ).split()
)

_PATTERN = re.compile(
    "|".join(
        (
            # April 30 (2024) - May 1, 2024 is left as two days; April 10 (to) 11(, 2023) is one stretch
            rf"(?P<mdd>\b(?P<a_m>{_MONTH})\s+(?P<a_d>{_D}(?:\s*,\s*{_D}){{0,6}}{_JOIN_NO_COMMA}{_D})"
            rf"(?!\s*{_MONTH})(?:,?\s+(?P<a_y>{_Y}))?)",
            rf"(?P<md>\b(?P<b_m>{_MONTH})\s+(?P<b_d>{_D})(?:,?\s+(?P<b_y>{_Y}))?)",
            rf"(?P<ddm>(?<![\w.,])(?P<c_d>{_D}(?:\s*,\s*{_D}){{0,6}}{_JOIN_NO_COMMA}{_D})\s+(?:of\s+)?"
            rf"(?P<c_m>{_MONTH})(?:,?\s+(?P<c_y>{_Y}))?)",
            rf"(?P<dm>(?<![\w.,])(?P<d_d>{_D})\s+(?:of\s+)?(?P<d_m>{_MONTH})(?:,?\s+(?P<d_y>{_Y}))?)",
            rf"(?P<my>\b(?P<e_m>{_MONTH})(?:{_JOIN}(?P<e_m2>{_MONTH}))?,?\s+(?:of\s+)?(?P<e_y>{_Y}))",
            r"(?P<attack>(?<![\w/])9/11(?![\w/]))",
            r"(?P<iso>(?<![\w-])(?P<f_y>(?:1[89]|20)\d\d)-(?P<f_m>0[1-9]|1[0-2])-(?P<f_d>0[1-9]|[12]\d"
            r"|3[01])(?![\w-]))",
            r"(?P<num>(?<![\w/.,-])(?P<g_d>0?[1-9]|[12]\d|3[01])/(?P<g_m>0?[1-9]|1[0-2])(?:/(?P<g_y>"
            r"(?:1[89]|20)\d\d))?(?![\w/]|[.,]\d))",
            r"(?P<years>(?<![\w,.-])(?P<h_a>(?:1[89]|20)\d\d)(?P<h_j>\s*[-–—]\s*|/)(?P<h_b>(?:1[89]"
            r"|20)\d\d|\d\d)(?![\w/]|[.,]\d|-\d))",
            rf"(?P<quarter>\b(?P<i_n>first|second|third|fourth|last|1st|2nd|3rd|4th)[ -]quarter(?:\s+"
            rf"(?:of\s+|in\s+)?(?P<i_y>{_Y}))?)",
            r"(?P<q>\bQ(?P<j_n>[1-4])(?:(?:\s*/\s*|\s+(?:of\s+)?)(?P<j_y>(?:1[89]|20)\d\d))?\b)",
            rf"(?P<half>\b(?P<k_w>first|second|last|latter)\s+half(?:\s+of)?(?:\s+(?P<k_y>{_Y})|\s+(?:the"
            rf"|this|last|next)\s+year)?)",
            rf"(?P<months>\b(?P<l_w>first|last|final|remaining|opening)\s+(?P<l_n>\d\d?"
            rf"|{'|'.join(_NUMBERS)})\s+months?"
            rf"(?:\s+(?:of|in)\s+(?:(?P<l_y>{_Y})|(?:the|this|last)\s+year))?)",
            r"(?P<decade>(?<![\w'])(?P<m_y>(?:1[89]|20)\d0|['’]?[2-9]0)['’]?s\b)",
            r"(?P<decade_word>\b(?P<n_w>twenties|thirties|forties|fifties|sixties|seventies|eighties"
            r"|nineties)\b)",
            r"(?P<time>(?<![\w.,:])(?P<o_h>[01]?\d|2[0-4])(?:[:.h](?P<o_m>[0-5]\d))?\s*"
            r"(?P<o_p>[ap]\.?m\b\.?|o['’]clock)|"
            r"(?<![\w.,:])(?P<o_h2>[01]?\d|2[0-4])[:h](?P<o_m2>[0-5]\d)(?!\w|:\d))",
            rf"(?P<weekday>\b(?P<p_w>{'|'.join(WEEKDAYS)})s?\b)",
            r"(?P<year>(?<![\w,./$€£-])(?<!\d[.,])(?P<r_y>(?:1[89]|20)\d\d)(?![\w%/]|[.,:]\d|\s+(?:VND"
            r"|USD|billion|million|tonnes|ha|km)\b))",
            rf"(?P<month>\b(?P<s_m>{'|'.join(name for name in MONTHS if name not in ('May', 'March'))})\b)",
            # may and march are words too: only behind what goes before a month
            rf"(?P<month2>(?:{_BEFORE_MONTH}|(?<=\bmid-))(?P<t_m>May|March)\b)",
        )
    )
)


@lru_cache(maxsize=1024)
def find_english_dates(text: str) -> tuple[DateMatch, ...]:
    """Find the dates of an English text, in order, none overlapping, in every spelling a translator may use.

    ``January 16``, ``16th January``, ``Jan. 16, 2024``, ``April 3-5``, ``2024-04-05``, ``16/1`` (day
    first), months, quarters, halves, years and stretches of years, decades, clock times, weekdays.
    Any bare four-figure year counts as one.
    """
    found = []
    for match in _PATTERN.finditer(text):
        for value in _values(match):
            found.append(DateMatch(match.start(), match.end(), match[0], value, "", match.start()))
    return tuple(found)


def _month(name: str) -> int:
    return next(i for i, month in enumerate(MONTHS, 1) if month.startswith(name.rstrip(".")[:3]))


def _int(text: str | None) -> int | None:
    return int(text) if text else None


def _values(match: re.Match[str]) -> Iterator[DateValue]:
    group = next(name for name in _GROUPS if match[name] is not None)
    match group:
        case "mdd" | "ddm":
            key = "a" if group == "mdd" else "c"
            yield from _days(match[f"{key}_d"], _month(match[f"{key}_m"]), _int(match[f"{key}_y"]))
        case "md" | "dm":
            key = "b" if group == "md" else "d"
            number = int(re.sub(r"\D", "", match[f"{key}_d"]))
            day = Day(number, _month(match[f"{key}_m"]), _int(match[f"{key}_y"]))
            yield DateValue(DateKind.DAY, days=(day,))
        case "iso" | "num":
            key = "f" if group == "iso" else "g"
            day = Day(int(match[f"{key}_d"]), int(match[f"{key}_m"]), _int(match[f"{key}_y"]))
            yield DateValue(DateKind.DAY, days=(day,))
        case "my":
            end = _month(match["e_m2"]) if match["e_m2"] else None
            yield DateValue(DateKind.MONTH, number=_month(match["e_m"]), end=end, year=int(match["e_y"]))
        case "month" | "month2":
            yield DateValue(DateKind.MONTH, number=_month(match["s_m"] or match["t_m"]))
        case "attack":
            yield DateValue(DateKind.DAY, days=(Day(11, 9),))
        case "years":
            first = int(match["h_a"])
            last = int(match["h_b"]) if len(match["h_b"]) == 4 else first // 100 * 100 + int(match["h_b"])
            yield DateValue(DateKind.YEARS, year=first, end=last)
        case "quarter":
            yield DateValue(DateKind.QUARTER, number=_NTH[match["i_n"]], year=_int(match["i_y"]))
        case "q":
            yield DateValue(DateKind.QUARTER, number=int(match["j_n"]), year=_int(match["j_y"]))
        case "half":
            last_half = match["k_w"] != "first"
            yield DateValue(DateKind.MONTHS, number=6, year=_int(match["k_y"]), last=last_half)
        case "months":
            count = int(match["l_n"]) if match["l_n"].isdigit() else _NUMBERS[match["l_n"]]
            last_months = match["l_w"] not in ("first", "opening")
            yield DateValue(DateKind.MONTHS, number=count, year=_int(match["l_y"]), last=last_months)
        case "decade":
            year = int(match["m_y"].strip("'’"))
            yield DateValue(DateKind.DECADE, number=year if year > 100 else 1900 + year)
        case "decade_word":
            tens = "twenties thirties forties fifties sixties seventies eighties nineties".split()
            yield DateValue(DateKind.DECADE, number=1920 + 10 * tens.index(match["n_w"]))
        case "time":
            yield _time(match)
        case "weekday":
            yield DateValue(DateKind.WEEKDAY, number=WEEKDAYS.index(match["p_w"]) + 1)
        case _:
            yield DateValue(DateKind.YEAR, year=int(match["r_y"]))


_GROUPS = (
    "mdd", "md", "ddm", "dm", "my", "attack", "iso", "num", "years", "quarter", "q", "half", "months",
    "decade", "decade_word", "time", "weekday", "year", "month", "month2",
)  # fmt: skip


def _days(numbers: str, month: int, year: int | None) -> Iterator[DateValue]:
    days = tuple(Day(int(number), month, year) for number in re.findall(r"\d+", numbers))
    ordered = all(a.day < b.day for a, b in pairwise(days))
    if ordered:
        listed = re.search(r"and|,|&", numbers) is not None
        yield DateValue(DateKind.DAYS, days=days, listed=listed)
    else:
        for day in days:
            yield DateValue(DateKind.DAY, days=(day,))


def _time(match: re.Match[str]) -> DateValue:
    hour, minute = int(match["o_h"] or match["o_h2"]), int(match["o_m"] or match["o_m2"] or 0)
    half = (match["o_p"] or "").lower()
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    return DateValue(DateKind.TIME, hour=hour, minute=minute)


@dataclass(frozen=True, slots=True)
class DateDifference:
    """A date that one side has and the other has not: ``missing`` from the English, or ``extra`` in it."""

    missing: bool
    match: DateMatch


def compare_dates(source: str, english: str) -> tuple[DateDifference, ...]:
    """Compare the dates of a Vietnamese text with those of its English.

    A year that one side leaves out, a stretch written as two days, and a day of the week or month
    that the other side tells in another way are no differences. What is reported is a day, a month
    or a year that has no counterpart at all.
    """
    vietnamese, other = find_dates(source), find_english_dates(english)
    return tuple(
        [DateDifference(True, match) for match in vietnamese if not _told(match, other, english)]
        + [DateDifference(False, match) for match in other if not _told_in_source(match, vietnamese, source)]
    )


_DAYS_BY_NAME = {
    (2, 9): "National Day", (30, 4): "Reunification Day|Liberation Day|Southern Liberation",
    (1, 5): "May Day|Labour Day",
    (8, 3): "Women's Day", (20, 10): "Women's Day", (20, 11): "Teachers' Day", (1, 6): "Children's Day",
    (27, 7): "Invalids and Martyrs' Day|War Invalids",
    (22, 12): "founding anniversary of the Vietnam People's Army",
    (21, 6): "Press Day", (27, 2): "Doctors' Day|Physicians' Day", (10, 10): "Liberation Day",
}  # fmt: skip

_CHECKED = (
    DateKind.TIME,
    DateKind.DAY,
    DateKind.DAYS,
    DateKind.MONTH,
    DateKind.YEAR,
    DateKind.YEARS,
    DateKind.QUARTER,
    DateKind.DECADE,
)


def _told(match: DateMatch, others: tuple[DateMatch, ...], text: str) -> bool:
    if match.value.kind not in _CHECKED:
        return True
    value = match.value
    if value.kind is DateKind.DAY:
        name = _DAYS_BY_NAME.get((value.days[0].day, value.days[0].month))
        if name and re.search(name, text):
            return True
    if value.kind is DateKind.TIME:
        return _time_told(value, text) or any(value.agrees(other.value) for other in others)
    if value.kind is DateKind.MONTH and value.number == 1 and re.search(r"tháng giêng", text, re.IGNORECASE):
        return True
    parts = [part for other in others for part in (other.value, *other.value.parts)]
    if value.kind is DateKind.DAYS and (value.days[0].day, value.days[0].month) == (
        value.days[-1].day,
        value.days[-1].month,
    ):
        # the two ends of an anniversary, the second often told by its year alone
        first, last = value.parts[0], value.days[-1].year
        return (
            any(first.agrees(part) for part in parts) and re.search(rf"(?<!\d){last}(?!\d)", text) is not None
        )
    return any(match.value.agrees(part) for part in parts) or all(
        any(_near(part, other) for other in parts) or _stands(part, text) for part in match.value.parts
    )


def _told_in_source(match: DateMatch, sources: tuple[DateMatch, ...], text: str) -> bool:
    return _told(match, sources, text)


def _time_told(value: DateValue, text: str) -> bool:
    """Whether a clock time's hour stands in the other text in some shape (``7 giờ``, ``noon``, ``seven``)."""
    hours = {value.hour, value.hour % 12, value.hour % 12 + 12}
    words = {"midnight": 24, "noon": 12, "trưa": 12, "nửa đêm": 24}
    if any(hour in hours and word in text.lower() for word, hour in words.items()):
        return True
    return not value.minute and any(re.search(rf"(?<!\d){hour}(?!\d)", text) for hour in hours)


def _near(value: DateValue, other: DateValue) -> bool:
    if value.agrees(other):
        return True
    if value.kind is DateKind.YEAR:
        return value.year in _years(other)
    years, others = _years(value), _years(other)
    if years and others and years.isdisjoint(others):
        return False
    if value.kind is DateKind.MONTH:
        months = (
            [other.number, other.end] if other.kind is DateKind.MONTH else [day.month for day in other.days]
        )
        return value.number in months
    if value.kind is DateKind.QUARTER:
        return other.kind is DateKind.MONTHS and other.number in (3, 6, 9)
    if value.kind is DateKind.DAY and other.kind is DateKind.DAYS:
        first, last = other.days[0], other.days[-1]
        day = value.days[0]
        return (first.month, first.day) <= (day.month, day.day) <= (last.month, last.day)
    return False


def _years(value: DateValue) -> set[int | None]:
    years: set[int | None] = {value.year, value.end} | {day.year for day in value.days}
    if value.kind is DateKind.DECADE:
        years.add(value.number)
    return years - {None}


def _stands(value: DateValue, text: str) -> bool:
    """Whether a year's or day's digits stand in the other text, outside what was read as a date."""
    if value.kind is DateKind.YEAR:
        return re.search(rf"(?<!\d){value.year}(?!\d)", text) is not None
    if value.kind is DateKind.DAY:
        day = value.days[0]
        return re.search(rf"(?<!\d)0?{day.day}[/.-]0?{day.month}(?!\d)", text) is not None
    return False
