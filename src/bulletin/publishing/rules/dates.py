"""Dates in running English: the order of day and month, and the weekday before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.language.calendar import MONTHS
from bulletin.publishing.rules.edit import Edit, kept_spans, outside, replacing
from bulletin.publishing.style import Style

_MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
_DAY = r"[0-3]?\d(?:st|nd|rd|th)?"
# one day, a stretch of days, or days in a row: 12; 12-14; 12 and 13; 12, 13 and 14
_DAYS = rf"(?P<days>{_DAY}(?:\s?[-–]\s?{_DAY}|(?:, {_DAY})*,? and {_DAY})?)(?![\d,]*\d)"
_MONTH_FIRST = re.compile(rf"\b{_MONTH} {_DAYS}(?:,? (?P<year>[12]\d{{3}})\b)?")
_DAY_FIRST = re.compile(rf"(?<![\d.,/-])\b{_DAYS}(?: of)? {_MONTH}\b(?:,? (?P<year>[12]\d{{3}})\b)?")
_WEEKDAY = re.compile(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? "
    rf"(?=(?:{'|'.join(MONTHS)}) [0-3]?\d\b|[0-3]?\d (?:{'|'.join(MONTHS)})\b)"
)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)")


def date_order(text: str, style: Style) -> Iterator[Edit]:
    """``January 16, 2020`` or ``16 January 2020``, and so for stretches and rows of days."""
    month_first = style.dates.order == "mdy"
    pattern = _DAY_FIRST if month_first else _MONTH_FIRST

    def turned(match: re.Match[str]) -> str:
        days, year = _ORDINAL.sub("", match["days"]), match["year"]
        if month_first:
            return f"{match['month']} {days}" + (f", {year}" if year else "")
        return f"{days} {match['month']}" + (f" {year}" if year else "")

    edits = list(outside(replacing(pattern, text, turned), kept_spans(text)))
    # "May 3 June 4" holds a date of each order at once: what the house's own order reads is left alone
    own = [match.span() for match in (_MONTH_FIRST if month_first else _DAY_FIRST).finditer(text)]
    return outside(edits, own)


def weekday(text: str, style: Style) -> Iterator[Edit]:
    """The weekday right before a date, where the style drops it: ``on Monday, January 16``."""
    if style.dates.weekday == "drop":
        yield from replacing(_WEEKDAY, text, lambda match: "")
