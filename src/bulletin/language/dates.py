"""Dates in Vietnamese news: found, understood, and told from fractions, scores and document numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bulletin.language.calendar import DateKind, DateValue, Order
from bulletin.language.numeric_dates import DASH, LEAD, LUNAR, MONTH, YEAR, numeric_dates, small_number


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date expression at ``start``..``end`` of a text.

    The span is that of the date alone: ``16/1`` of ``Chiều 16/1``, ``5 tháng 4 năm 2024`` of ``ngày 5
    tháng 4 năm 2024``. ``lead`` is the introducing words right before it (``Chiều``, ``sáng ngày``),
    and ``lead_start`` where they begin (``start`` where there are none).
    """

    start: int
    end: int
    source: str
    value: DateValue
    lead: str = ""
    lead_start: int = 0

    @property
    def normal(self) -> str:
        """The value in one spelling, for comparing both languages."""
        return self.value.normal

    @property
    def article(self) -> bool:
        """Whether running English text puts ``the`` before ``english``."""
        return self.value.article

    def english(self, order: Order = "mdy") -> str:
        """The English without a leading article: ``January 16`` (``mdy``) or ``16 January`` (``dmy``)."""
        return self.value.english(order)

    def accepted(self, order: Order = "mdy") -> tuple[str, ...]:
        """Further right ways to write it in English."""
        return self.value.forms(order)[1:]


_YEAR = re.compile(
    rf"(?:(?<!\w)(?:các\s+)?năm\s+(?:học\s+)?)(?P<y>{YEAR})(?P<more>(?:(?:\s*,\s*|\s+và\s+|\s+đến\s+"
    rf"(?:năm\s+)?)(?:{YEAR})(?![\w/]|[.,]\d|[-–]\d))*)"
    rf"(?![\w/]|[.,]\d|{DASH}\d)",
    re.IGNORECASE,
)
_MONTH = re.compile(
    rf"(?<!\w)(?P<w>tháng\s+(?P<m>{MONTH}|(?<=hồi\stháng\s)một|(?<=vào\stháng\s)một|(?-i:Một)|mười\s+một|mười\s+hai|"
    rf"(?:hai|ba|tư|năm|sáu|bảy|tám|chín|mười)(?!\s+(?:tuổi|tháng)))"
    rf"(?:(?P<j>{DASH}|\s+và\s+|\s+đến\s+)(?:tháng\s+)?(?P<m2>{MONTH}))?"
    rf"(?:\s*/\s*(?P<y1>{YEAR})|\s*[-.]\s*(?P<y2>{YEAR})|,?\s+năm\s+(?P<y3>{YEAR}))?)(?![\w/]|[.,]\d|\s*[-–]\s*\d)",
    re.IGNORECASE,
)
# (5-2012 - 8-2013), từ 8-2015 đến 8-2018: only in stretches, for alone they may be any two numbers
_MONTH_YEAR = re.compile(
    rf"(?<![\w.,/-])(?:[Tt]háng\s+)?(?P<m>{MONTH})-(?P<y>{YEAR})"
    rf"(?=\s*(?:[-–]|đến|tới)\s*(?:{MONTH}-{YEAR}|nay)(?![\w/]))"
    rf"|(?:(?<=đến )|(?<=tới )|(?<=\d{{4}} [-–] ))(?P<m2>{MONTH})-(?P<y2>{YEAR})(?![\w/]|[.,]\d|-\d)"
)
_QUARTER = re.compile(
    rf"(?<!\w)(?P<w>quý\s+(?P<q>IV|I{{1,3}}|[1-4]|một|hai|ba|bốn|tư)(?:\s*[/-]\s*(?P<y1>{YEAR})|,?\s+năm\s+"
    rf"(?P<y2>{YEAR}))?)(?![\w/]|[.,]\d|\s+lần)",
    re.IGNORECASE,
)
_MONTHS_OF = re.compile(
    rf"(?<!\w)(?P<n>\d{{1,2}}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+tháng\s+(?P<w>đầu|cuối)(?:\s+của)?"
    rf"(?:\s+năm(?:\s+(?P<y>{YEAR}))?)?(?![\w/]|[.,]\d|\s*[-–]\s*\d)",
    re.IGNORECASE,
)
_DECADE = re.compile(
    r"(?<!\w)(?P<w>(?:thập\s+(?:niên|kỷ|kỉ)|những\s+năm(?:\s+đầu)?)\s+(?:của\s+)?(?:thập\s+(?:niên|kỷ"
    r"|kỉ)\s+)?"
    r"(?P<y>(?:1[89]\d|20\d)0|[2-9]0))(?![\w/]|[.,]\d|\s*[-–]\s*\d)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![\w.,/:])(?P<h>[01]?\d|2[0-4])(?:\s?h\s?(?P<m>[0-5]\d)?|\s?g(?P<g>[0-5]\d)|\s+giờ(?:\s+"
    r"(?P<mm>[0-5]\d)(?:\s+phút)?|\s+(?P<half>rưỡi))?|:(?P<colon>[0-5]\d)(?:\s+giờ(?=\s+(?:sáng|trưa|chiều|tối"
    r"|đêm)))?)"
    r"(?:\s+(?P<part>sáng|trưa|chiều|tối|đêm))?(?![\w/]|[.,]\d)",
    re.IGNORECASE,
)
_TIME_LEAD = re.compile(r"(?<!\w)(?:lúc|vào|từ|đến|hồi|trước|sau|khoảng)\s*$", re.IGNORECASE)
_NOT_TIME = re.compile(
    r"\s*(?:đồng hồ|mỗi|một ngày|/|qua\b|liên tục|trong|làm|bay|lái|học|tới\b|đêm ngày)", re.IGNORECASE
)
_FULL_MOON = re.compile(r"(?<!\w)rằm\s*$", re.IGNORECASE)
_DAY_FOLLOWS = re.compile(r"\s*,?\s*(?:ngày|sáng|chiều|tối|đêm)\s+\d")
_WEEKDAYS = {"hai": 1, "ba": 2, "tư": 3, "năm": 4, "sáu": 5, "bảy": 6} | {str(n): n - 1 for n in range(2, 8)}
_WEEKDAY = re.compile(
    r"(?<!\w)(?:[Tt]hứ\s+(?P<d>[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy|[2-7](?![.,]?\d))"
    r"|(?P<sun>[Cc]hủ\s+[Nn]hật))(?!\w)"
)
_ORDINAL_LEAD = re.compile(
    r"(?:lần|phiên họp|phiên|kỳ họp|hội nghị|đại hội|khóa|khoá|hạng|vị trí|người|ngày|năm|tuần|tháng|nước"
    r"|tập|bài|đợt)\s*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def find_dates(text: str) -> tuple[DateMatch, ...]:
    """Find the date expressions of a Vietnamese text (in NFC), in order, none overlapping.

    Days (``16/1``, ``2-9-2023``, ``5 tháng 4``), stretches of days (``3-5/4``), months, quarters, the
    first or last months of a year, years (after ``năm``) and stretches of years, decades, clock
    times and days of the week. What only looks like a date is left out: ``24/7``, ``2/3 số đại
    biểu``, ``tỷ số 3-2``, ``176/2025/QH15``, house numbers, and days of the lunar calendar.
    """
    taken = bytearray(len(text))
    found: list[DateMatch] = []
    for start, end, value in _candidates(text):
        if taken.find(1, start, end) >= 0:
            continue
        taken[start:end] = b"\x01" * (end - start)
        if value is None:
            continue
        lead = LEAD.search(text[max(0, start - 40) : start])
        lead_start = start
        words = ""
        if lead is not None:
            lead_start = max(0, start - 40) + lead.start("lead")
            words = text[lead_start:start].rstrip(" (,")
        found.append(DateMatch(start, end, text[start:end], value, words, lead_start))
    return tuple(sorted(found, key=lambda match: match.start))


def _candidates(text: str) -> Iterator[tuple[int, int, DateValue | None]]:
    """Candidates by rank; a value of None takes a place without being a date."""
    for match in _MONTHS_OF.finditer(text):
        count = small_number(match["n"])
        if count is not None and 1 <= count <= 11:
            year = int(match["y"]) if match["y"] else None
            value = DateValue(DateKind.MONTHS, number=count, year=year, last=match["w"].lower() == "cuối")
            yield match.start(), match.end(), value
    for match in _MONTH_YEAR.finditer(text):
        month, year = int(match["m"] or match["m2"]), int(match["y"] or match["y2"])
        yield match.start(), match.end(), DateValue(DateKind.MONTH, number=month, year=year)
    yield from numeric_dates(text)
    for match in _DECADE.finditer(text):
        year = int(match["y"])
        yield (
            match.start("w"),
            match.end("w"),
            DateValue(DateKind.DECADE, number=year if year > 100 else 1900 + year),
        )
    for match in _QUARTER.finditer(text):
        number = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4}.get(
            match["q"].lower()
        )
        given = match["y1"] or match["y2"]
        value = DateValue(
            DateKind.QUARTER, number=number or int(match["q"]), year=int(given) if given else None
        )
        yield match.start("w"), match.end("w"), value
    for match in _MONTH.finditer(text):
        yield from _month(text, match)
    for match in _YEAR.finditer(text):
        for given_year in re.finditer(YEAR, text[match.start("y") : match.end()]):
            start = match.start("y") + given_year.start()
            yield start, start + 4, DateValue(DateKind.YEAR, year=int(given_year[0]))
    yield from _times(text)
    for match in _WEEKDAY.finditer(text):
        if match["sun"]:
            if (
                match["sun"][-4] == "N"
                or LEAD.search(text[max(0, match.start() - 40) : match.start()])
                or match["sun"][0] == "C"
            ):
                yield match.start(), match.end(), DateValue(DateKind.WEEKDAY, number=7)
        elif _is_weekday(text, match):
            yield (
                match.start(),
                match.end(),
                DateValue(DateKind.WEEKDAY, number=_WEEKDAYS[match["d"].lower()]),
            )


def _is_weekday(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 24) : match.start()]
    if match["d"].isdigit():
        # sáng thứ 7, thứ 3 (23/1); but người thứ 3, ngày thứ 3
        after = text[match.end() : match.end() + 12]
        return (
            re.search(r"(?<!\w)(?:sáng|trưa|chiều|tối|đêm)\s+$", before, re.IGNORECASE) is not None
            or re.match(r",?\s*\(?(?:ngày\s+)?\d{1,2}[/-](?:0?[1-9]|1[0-2])(?!\d)", after) is not None
        )
    if LEAD.search(before) and not re.search(r"ngày\s*$", before, re.IGNORECASE):
        return True
    if re.search(r"(?:^|[,;(.]|(?<!\w)(?:vào|từ|đến|tới|hôm))\s*$", before, re.IGNORECASE) and re.match(
        r"\s*,?\s*(?:\(?\s*ngày|\(?\d{1,2}[/-]\d)", text[match.end() : match.end() + 16]
    ):
        return True
    return match["d"][0].isupper() and not _ORDINAL_LEAD.search(before)


def _month(text: str, match: re.Match[str]) -> Iterator[tuple[int, int, DateValue | None]]:
    before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 14]
    number = small_number(match["m"])
    if number is None or (re.search(r"\d\s*$", before) and not re.search(r"thứ\s+\d+\s*$", before)):
        return
    if (
        LUNAR.match(after)
        or _FULL_MOON.search(before)
        or (re.match(r"\s*(?:đầu|cuối) năm", after) and not match["m"].isdigit())
    ):
        yield match.start(), match.end(), None
        return
    if match["m"].lower() == "giêng":
        return
    if (
        not match["m"].isdigit()
        and match["m"][0].islower()
        and not (match["y1"] or match["y3"])
        and number == 5
    ):
        return  # tháng năm: month and year
    given = match["y1"] or match["y2"] or match["y3"]
    end = int(match["m2"]) if match["m2"] else None
    if end is not None and end <= number:
        # tháng 11 đến tháng 3: over the new year, so two months rather than a stretch of one year's
        second = text.rfind("háng", match.end("m"), match.start("m2")) - 1
        yield match.start("w"), match.end("m"), DateValue(DateKind.MONTH, number=number)
        if second > 0 and not given:
            yield second, match.end("m2"), DateValue(DateKind.MONTH, number=end)
        return
    yield (
        match.start("w"),
        match.end("w"),
        DateValue(
            DateKind.MONTH,
            number=number,
            end=end,
            year=int(given) if given else None,
            listed="và" in (match["j"] or "").lower(),
        ),
    )


def _times(text: str) -> Iterator[tuple[int, int, DateValue | None]]:
    for match in _TIME.finditer(text):
        minute = match["m"] or match["g"] or match["mm"] or match["colon"]
        before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() : match.end() + 12]
        part = (match["part"] or "").lower()
        if (
            minute is None
            and not match["half"]
            and not part
            and not _DAY_FOLLOWS.match(text, match.end())
            and (
                not _TIME_LEAD.search(before[-12:])
                or ("giờ" in match[0].lower() and re.match(r"\s*\w*\s*(?:ngày|sáng|chiều)", after) is None)
            )
        ):
            continue
        if minute is None and _NOT_TIME.match(after):
            continue
        if match["colon"] and not (part or _TIME_LEAD.search(before)):
            continue  # a score, a verse, a scale
        hour = int(match["h"])
        if (part in ("chiều", "tối") and hour < 12) or (part == "đêm" and 6 < hour < 12):
            hour += 12
        end = match.end()
        minutes = 30 if match["half"] else int(minute or 0)
        yield match.start(), end, DateValue(DateKind.TIME, hour=hour, minute=minutes)
