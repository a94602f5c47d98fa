"""Figures: percentages, sums of money, and ranges of years and days."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.language.calendar import MONTHS
from bulletin.publishing.rules.edit import Edit, kept_spans, outside, replacing
from bulletin.publishing.style import Style, fill

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBERS = rf"(?:(?:{_NUMBER})\s?[-–]\s?)?(?:{_NUMBER})"
_PERCENT = re.compile(rf"(?<![\w.,])(?P<number>{_NUMBERS})\s?(?:%|per\s?cent\b)")
_WORD_PERCENT = re.compile(r"(?<=[a-z] )per\s?cent\b")
_AMOUNT = (
    rf"(?P<amount>{_NUMBERS}"
    r"(?:\s(?:thousand|million|billion|trillion|quadrillion))?)"
)
_WRITTEN = {
    "VND": ("VND", "VNĐ", "₫"),
    "USD": ("USD", "US$"),
    "EUR": ("EUR", "€"),
    "JPY": ("JPY", "¥"),
    "GBP": ("GBP", "£"),
}
_YEARS = re.compile(r"(?<![\w./-])(?P<first>[12]\d{3})\s?[-–]\s?(?P<last>[12]\d{3}|\d{2})(?![\w/-]|\.\d)")
_MONTH = "|".join(MONTHS)
_DAYS = re.compile(
    rf"(?:\b(?P<before>(?:{_MONTH}) ))(?P<a>[0-3]?\d)\s?[-–]\s?(?P<b>[0-3]?\d)(?!\d)"
    rf"|(?<![\w./-])(?P<c>[0-3]?\d)\s?[-–]\s?(?P<d>[0-3]?\d)(?P<after> (?:{_MONTH})\b)"
)


def percent(text: str, style: Style) -> Iterator[Edit]:
    """``12 percent``, ``12 per cent`` or ``12%``; after a number in words the sign is never used."""
    form = style.figures.percent

    def written(match: re.Match[str]) -> str:
        return match["number"] + ("%" if form == "%" else f" {form}")

    word = "percent" if form == "%" else form
    edits = [*replacing(_PERCENT, text, written), *replacing(_WORD_PERCENT, text, lambda match: word)]
    return outside(edits, kept_spans(text))


def money(text: str, style: Style) -> Iterator[Edit]:
    """Sums in the currencies that the style lists: ``41.2 billion VND`` or ``VND41.2 billion``."""
    edits: list[Edit] = []
    for code, symbol in style.figures.symbols.items():
        names = sorted({symbol, *_WRITTEN.get(code, (code,))}, key=len, reverse=True)
        either = "|".join(map(re.escape, names))
        after = re.compile(rf"(?<![\w.,$€£¥]){_AMOUNT}\s?(?:{either})(?!\w)")
        before = re.compile(rf"(?<!\w)(?:{either})\s?{_AMOUNT}(?![\w%]|[.,]\d)")

        def written(match: re.Match[str], symbol: str = symbol) -> str:
            return fill(style.figures.money, {"amount": match["amount"], "currency": symbol})

        found = list(replacing(after, text, written))
        taken = [(edit.start, edit.end) for edit in found]
        found += [
            edit
            for edit in replacing(before, text, written)
            if not any(edit.start < end and start < edit.end for start, end in taken)
        ]
        edits += found
    return outside(edits, kept_spans(text))


def ranges(text: str, style: Style) -> Iterator[Edit]:
    """The mark between years (``2016-2020``) and between days of a month (``March 12-14``)."""
    mark = style.figures.range

    def days(match: re.Match[str]) -> str:
        if match["before"]:
            return f"{match['before']}{match['a']}{mark}{match['b']}"
        return f"{match['c']}{mark}{match['d']}{match['after']}"

    edits = [
        *replacing(_YEARS, text, lambda match: f"{match['first']}{mark}{match['last']}"),
        *replacing(_DAYS, text, days),
    ]
    return outside(edits, kept_spans(text))
