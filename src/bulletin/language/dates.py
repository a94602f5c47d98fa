"""Dates in Vietnamese news: found, understood, and told from fractions, scores and document numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bulletin.language.calendar import DateKind, DateValue, Day, Order


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


_DASH = r"\s*[-–—]\s*"
_D = r"(?:0?[1-9]|[12]\d|3[01])"
_M = r"(?:0?[1-9]|1[0-2])"
_Y = r"(?:1[89]|20)\d\d"
_BEGIN = r"(?<![\w.,/])(?<![\w/][-–])"
_END = r"(?![\w/]|[-–]\w|[.,]\d)"
_MONTH_WORDS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười": 10, "mười một": 11, "mười hai": 12,
}  # fmt: skip
_DAY_WORD = r"(?:rạng\s+sáng|chiều\s+tối|sáng|trưa|chiều|tối|đêm|khuya|ngày|hôm)"
_LEAD = re.compile(
    rf"(?<!\w)(?P<lead>(?:các\s+)?(?:{_DAY_WORD}(?:\s+(?:mai|qua|nay|kia|sớm|nghỉ\s+lễ))?(?:\s*[(,]\s*"
    rf"|\s+))+)$",
    re.IGNORECASE,
)
_SOFT_LEAD = re.compile(
    r"(?<!\w)(?:từ|đến|tới|trước|sau|vào|hết|dịp|lễ|kể từ|tính đến|nay|qua|và|nghỉ lễ|kỷ niệm|quốc khánh"
    r"|lao động|bầu cử|khủng bố|này|khánh)"
    r"\s*\(?\s*$|[(]\s*$",
    re.IGNORECASE,
)
# words that a fraction counts, and words that announce one
_COUNTED = re.compile(
    r"\s*(?:số|tổng|dân|đại biểu|ĐBQH|chỉ tiêu|tiêu chí|mục tiêu|xã|huyện|tỉnh|thành phố|địa phương"
    r"|thành viên|người|diện tích"
    r"|cử tri|phiếu|đơn vị|ủy viên|uỷ viên|hộ|nhiệm vụ|bộ|cơ quan|nhóm|sản phẩm|quận|phường|thôn|bản"
    r"|trường|dự án|nội dung"
    r"|vốn|giá trị|kế hoạch|thời gian|lực lượng|quân|GDP|lượng|doanh|công|lao động|cán bộ|đảng|chi bộ|học"
    r"|bệnh|trong|của|thế"
    r"|quãng|chiều|ca\b|con|cụ|gia đình|phần|so với|nhân|khu|tiểu|trận|lần|điểm|km|ha\b|tàu|nước|quốc gia"
    r"|điều|phụ|nữ)",
    re.IGNORECASE,
)
_COUNTING = re.compile(
    r"(?:hơn|gần|khoảng|chiếm|đạt|có|quá|trên|bằng|đủ|với|hoàn thành|vượt|được|ít nhất|tối thiểu|giảm"
    r"|tăng|dưới|chừng|cả"
    r"|số|hẻm|ngõ|ngách|nhà|lô|kiệt|đường|phố|tổ|hạng|tỷ lệ|tỉ lệ|tỷ số|tỉ số|thắng|thua|hòa|quyết định"
    r"|nghị định|tỷ|còn)\s*$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:(?<!\w)số|hẻm|ngõ|ngách|lô|kiệt|đường|phố|tỷ số|tỉ số|tỷ lệ|tỉ lệ)\s*:?\s*$", re.IGNORECASE
)
_LUNAR = re.compile(r"\s*\(?\s*(?:âm lịch|ÂL\b)", re.IGNORECASE)
_LUNAR_LEAD = re.compile(r"(?:mùng|mồng|rằm)\s*$", re.IGNORECASE)

_PATTERNS = re.compile(
    _BEGIN
    + "(?:"
    + "|".join(
        (
            rf"(?P<days_words>(?P<wa>{_D})(?P<wj>{_DASH}|\s*,\s*|\s+(?:đến|và|tới)\s+(?:ngày\s+)?)"
            rf"(?P<wb>{_D})\s+tháng\s+(?P<wm>{_M})"
            rf"(?:(?:\s+năm\s+|\s*[/-]\s*|,\s*năm\s+)(?P<wy>{_Y}))?{_END})",
            rf"(?P<day_words>(?P<a>{_D})\s+tháng\s+(?P<b>{_M}|mười\s+một|mười\s+hai|hai|ba|tư|năm|sáu|bảy"
            rf"|tám|chín|mười)"
            rf"(?:(?:\s+năm\s+|\s*[/-]\s*|,\s*năm\s+|\s+)(?P<c>{_Y}))?{_END})",
            rf"(?P<span>(?P<s1>{_D})[/.](?P<s2>{_M})(?:[/.](?P<s3>{_Y}))?(?P<sj>{_DASH}|\s+(?:đến|tới)\s+"
            rf"(?:ngày\s+)?)"
            rf"(?P<s4>{_D})[/.](?P<s5>{_M})(?:[/.](?P<s6>{_Y}))?{_END})",
            rf"(?P<days>(?P<d1>{_D})(?P<dm>(?:\s*,\s*{_D})*)(?P<dj>{_DASH}|\s+và\s+(?:ngày\s+)?|\s+(?:đến"
            rf"|tới)\s+(?:ngày\s+)?|\s*,\s*|\s+&\s+)(?P<d2>{_D})"
            rf"(?P<dsep>[/.-])(?P<d3>{_M})(?:(?P=dsep)(?P<d4>{_Y}))?{_END})",
            rf"(?P<full>(?P<f1>{_D})(?P<fs>[/.-])(?P<f2>{_M})(?P=fs)(?P<f3>{_Y}){_END})",
            rf"(?P<month_year>(?P<m1>{_M})\s*/\s*(?P<m2>{_Y}){_END})",
            rf"(?P<day>(?P<x1>{_D})(?P<xs>[/.-])(?P<x2>{_M}){_END})",
            rf"(?P<years>(?P<y1>{_Y}){_DASH}(?P<y2>{_Y}|\d\d(?!\d)){_END})",
        )
    )
    + ")"
)
_YEAR = re.compile(
    rf"(?:(?<!\w)(?:các\s+)?năm\s+(?:học\s+)?)(?P<y>{_Y})(?P<more>(?:(?:\s*,\s*|\s+và\s+|\s+đến\s+"
    rf"(?:năm\s+)?)(?:{_Y})(?![\w/]|[.,]\d|[-–]\d))*)"
    rf"(?![\w/]|[.,]\d|{_DASH}\d)",
    re.IGNORECASE,
)
_MONTH = re.compile(
    rf"(?<!\w)(?P<w>tháng\s+(?P<m>{_M}|(?<=hồi\stháng\s)một|(?<=vào\stháng\s)một|mười\s+một|mười\s+hai|"
    rf"(?:hai|ba|tư|năm|sáu|bảy|tám|chín|mười)(?!\s+(?:tuổi|tháng)))"
    rf"(?:(?P<j>{_DASH}|\s+và\s+|\s+đến\s+)(?:tháng\s+)?(?P<m2>{_M}))?"
    rf"(?:\s*/\s*(?P<y1>{_Y})|\s*-\s*(?P<y2>{_Y})|,?\s+năm\s+(?P<y3>{_Y}))?)(?![\w/]|[.,]\d|\s*[-–]\s*\d)",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    rf"(?<!\w)(?P<w>quý\s+(?P<q>IV|I{{1,3}}|[1-4]|một|hai|ba|bốn|tư)(?:\s*[/-]\s*(?P<y1>{_Y})|,?\s+năm\s+"
    rf"(?P<y2>{_Y}))?)(?![\w/]|[.,]\d)",
    re.IGNORECASE,
)
_MONTHS_OF = re.compile(
    rf"(?<!\w)(?P<n>\d{{1,2}}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+tháng\s+(?P<w>đầu|cuối)(?:\s+của)?"
    rf"(?:\s+năm(?:\s+(?P<y>{_Y}))?)?(?![\w/]|[.,]\d|\s*[-–]\s*\d)",
    re.IGNORECASE,
)
_DECADE = re.compile(
    r"(?<!\w)(?P<w>(?:thập\s+(?:niên|kỷ|kỉ)|những\s+năm(?:\s+đầu)?)\s+(?:của\s+)?(?:thập\s+(?:niên|kỷ"
    r"|kỉ)\s+)?"
    r"(?P<y>(?:1[89]\d|20\d)0|[2-9]0))(?![\w/]|[.,]\d|\s*[-–]\s*\d)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![\w.,/])(?P<h>[01]?\d|2[0-4])(?:\s?h\s?(?P<m>[0-5]\d)?|\s?g(?P<g>[0-5]\d)|\s+giờ(?:\s+"
    r"(?P<mm>[0-5]\d)(?:\s+phút)?|\s+(?P<half>rưỡi))?)"
    r"(?:\s+(?P<part>sáng|trưa|chiều|tối|đêm))?(?![\w/]|[.,]\d)",
    re.IGNORECASE,
)
_TIME_LEAD = re.compile(r"(?<!\w)(?:lúc|vào|từ|đến|hồi|trước|sau|khoảng)\s*$", re.IGNORECASE)
_NOT_TIME = re.compile(
    r"\s*(?:đồng hồ|mỗi|một ngày|/|qua\b|liên tục|trong|làm|bay|lái|học|tới\b|đêm ngày)", re.IGNORECASE
)
_WEEKDAYS = {"hai": 1, "ba": 2, "tư": 3, "năm": 4, "sáu": 5, "bảy": 6}
_WEEKDAY = re.compile(
    r"(?<!\w)(?:[Tt]hứ\s+(?P<d>[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy)|(?P<sun>[Cc]hủ\s+[Nn]hật))(?!\w)"
)
_ORDINAL_LEAD = re.compile(
    r"(?:lần|phiên họp|phiên|kỳ họp|hội nghị|đại hội|khóa|khoá|hạng|vị trí|người|ngày|năm|tuần|tháng|nước"
    r"|tập|bài|đợt)\s*$",
    re.IGNORECASE,
)


def find_dates(text: str) -> tuple[DateMatch, ...]:
    """Find the date expressions of a Vietnamese text, in order, none overlapping.

    Days (``16/1``, ``2-9-2023``, ``5 tháng 4``), stretches of days (``3-5/4``), months, quarters, the
    first or last months of a year, years (after ``năm``) and stretches of years, decades, clock
    times and days of the week. What only looks like a date is left out: ``24/7``, ``2/3 số đại
    biểu``, ``tỷ số 3-2``, ``176/2025/QH15``, house numbers, and days of the lunar calendar.
    """
    taken: list[tuple[int, int]] = []
    found: list[DateMatch] = []
    for start, end, value in _candidates(text):
        if any(a < end and start < b for a, b in taken):
            continue
        taken.append((start, end))
        if value is None:
            continue
        lead = _LEAD.search(text[max(0, start - 40) : start])
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
        count = _small_number(match["n"])
        if count is not None and 1 <= count <= 11:
            year = int(match["y"]) if match["y"] else None
            value = DateValue(DateKind.MONTHS, number=count, year=year, last=match["w"].lower() == "cuối")
            yield match.start(), match.end(), value
    yield from _numeric(text)
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
        for given_year in re.finditer(_Y, text[match.start("y") : match.end()]):
            start = match.start("y") + given_year.start()
            yield start, start + 4, DateValue(DateKind.YEAR, year=int(given_year[0]))
    yield from _times(text)
    for match in _WEEKDAY.finditer(text):
        if match["sun"]:
            if match["sun"][-4] == "N" or _LEAD.search(text[: match.start()]) or match["sun"][0] == "C":
                yield match.start(), match.end(), DateValue(DateKind.WEEKDAY, number=7)
        elif _is_weekday(text, match):
            yield (
                match.start(),
                match.end(),
                DateValue(DateKind.WEEKDAY, number=_WEEKDAYS[match["d"].lower()]),
            )


def _small_number(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    return _MONTH_WORDS.get(" ".join(word.lower().split()))


def _is_weekday(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 24) : match.start()]
    if _LEAD.search(before) and not re.search(r"ngày\s*$", before, re.IGNORECASE):
        return True
    if re.match(r"\s*,?\s*(?:\(?\s*ngày|\(?\d{1,2}[/-]\d)", text[match.end() : match.end() + 16]):
        return True
    return match["d"][0].isupper() and not _ORDINAL_LEAD.search(before)


def _month(text: str, match: re.Match[str]) -> Iterator[tuple[int, int, DateValue | None]]:
    before, after = text[: match.start()], text[match.end() : match.end() + 14]
    number = _small_number(match["m"])
    if number is None or re.search(r"\d\s*$", before):
        return
    if _LUNAR.match(after) or (re.match(r"\s*(?:đầu|cuối) năm", after) and not match["m"].isdigit()):
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
        return
    yield (
        match.start("w"),
        match.end("w"),
        DateValue(DateKind.MONTH, number=number, end=end, year=int(given) if given else None),
    )


def _times(text: str) -> Iterator[tuple[int, int, DateValue | None]]:
    for match in _TIME.finditer(text):
        minute = match["m"] or match["g"] or match["mm"]
        before, after = text[: match.start()], text[match.end() : match.end() + 12]
        part = (match["part"] or "").lower()
        if (
            minute is None
            and not match["half"]
            and not part
            and (
                not _TIME_LEAD.search(before[-12:])
                or ("giờ" in match[0].lower() and re.match(r"\s*\w*\s*(?:ngày|sáng|chiều)", after) is None)
            )
        ):
            continue
        if minute is None and _NOT_TIME.match(after):
            continue
        hour = int(match["h"])
        if (part in ("chiều", "tối") and hour < 12) or (part == "đêm" and 6 < hour < 12):
            hour += 12
        end = match.end()
        minutes = 30 if match["half"] else int(minute or 0)
        yield match.start(), end, DateValue(DateKind.TIME, hour=hour, minute=minutes)


def _numeric(text: str) -> Iterator[tuple[int, int, DateValue | None]]:
    position = 0
    while match := _PATTERNS.search(text, position):
        value = _value(text, match)
        if value is False:
            # not what it looked like: try what is left inside it
            position = match.start() + len(match[0]) - len(match[0].lstrip("0123456789"))
            continue
        yield match.start(), match.end(), value if isinstance(value, DateValue) else None
        position = match.end()


def _value(text: str, match: re.Match[str]) -> DateValue | bool | None:
    """The value; None for something that takes the place and is no date; False to look again further on."""
    before, after = text[max(0, match.start() - 48) : match.start()], text[match.end() : match.end() + 20]
    strong = _LEAD.search(before) is not None
    if _LUNAR.match(after) or _LUNAR_LEAD.search(before):
        return None
    kind = match.lastgroup
    for group in ("days_words", "day_words", "span", "days", "full", "month_year", "day", "years"):
        if match[group] is not None:
            kind = group
            break
    match kind:
        case "years":
            first = int(match["y1"])
            last = int(match["y2"]) if len(match["y2"]) == 4 else first // 100 * 100 + int(match["y2"])
            return DateValue(DateKind.YEARS, year=first, end=last) if first < last else False
        case "days_words" | "day_words" if re.search(r"thứ\s*$", before):
            return False
        case "days_words":
            year = int(match["wy"]) if match["wy"] else None
            days = (_day(match["wa"], match["wm"], year), _day(match["wb"], match["wm"], year))
            return _stretch(days, listed="và" in match["wj"] or "," in match["wj"])
        case "day_words":
            month = _small_number(match["b"])
            if month is None or re.match(r"\s*tháng", text[match.end("a") :]) is None:
                return False
            if not match["b"].isdigit() and not strong:
                return False
            return _one(_day(match["a"], str(month), int(match["c"]) if match["c"] else None))
        case "full":
            if match["fs"] == "." and not strong:
                return False
            return (
                False if _NUMBERED.search(before) else _one(_day(match["f1"], match["f2"], int(match["f3"])))
            )
        case "month_year":
            if _NUMBERED.search(before):
                return None
            return (
                DateValue(DateKind.MONTH, number=int(match["m1"]), year=int(match["m2"]))
                if not re.search(r"tháng\s*$", before, re.I)
                else False
            )
        case "span":
            return _span_value(match, before, after, strong)
        case "days":
            return _days_value(match, before, after, strong)
        case _:
            return _day_value(match, before, after, strong)


def _day(day: str, month: str, year: int | None) -> Day:
    return Day(int(day), int(month), year)


def _exists(day: Day) -> bool:
    longest = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[day.month - 1]
    if day.month == 2 and day.year is not None and (day.year % 4 or (day.year % 100 == 0 and day.year % 400)):
        longest = 28
    return day.day <= longest


def _one(day: Day) -> DateValue | bool:
    return DateValue(DateKind.DAY, days=(day,)) if _exists(day) else False


def _stretch(days: tuple[Day, ...], *, listed: bool = False) -> DateValue | bool:
    if not all(map(_exists, days)):
        return False
    ordered = all(
        (a.year or b.year or 0, a.month, a.day) < (b.year or a.year or 9999, b.month, b.day)
        for a, b in pairwise(days)
    )
    if not ordered and days[0].month == days[-1].month:
        return False
    return DateValue(DateKind.DAYS, days=days, listed=listed)


def _span_value(match: re.Match[str], before: str, after: str, strong: bool) -> DateValue | bool:
    if "." in match["span"] and not strong:
        return False
    if not strong and (_NUMBERED.search(before) or _COUNTING.search(before)):
        return False
    last = int(match["s6"]) if match["s6"] else None
    first = int(match["s3"]) if match["s3"] else last
    return _stretch((_day(match["s1"], match["s2"], first), _day(match["s4"], match["s5"], last)))


def _days_value(match: re.Match[str], before: str, after: str, strong: bool) -> DateValue | bool:
    separator, join = match["dsep"], match["dj"]
    if (
        separator in ".-"
        and not strong
        and not (
            separator == "-"
            and re.search(r"(?<!\w)từ\s*$", before)
            and re.search(r"đến|tới", join)
            and not _UNIT.match(after)
        )
    ):
        return False
    if not strong and (_NUMBERED.search(before) or _COUNTING.search(before) or _COUNTED.match(after)):
        return False
    if (
        separator == "-"
        and re.fullmatch(_DASH, join)
        and match["d4"] is None
        and " " not in join
        and not strong
    ):
        return False
    listed = "và" in join or "," in join or "&" in join
    if listed and not strong:
        return False
    year = int(match["d4"]) if match["d4"] else None
    middle = re.findall(r"\d+", match["dm"] or "")
    days = tuple(_day(number, match["d3"], year) for number in (match["d1"], *middle, match["d2"]))
    return _stretch(days, listed=listed)


_UNIT = re.compile(r"\s*(?:%|tuổi|năm\b|người|giờ|tỷ|triệu|nghìn|tháng|ngày|lần|m\b|km)", re.IGNORECASE)
_HOLIDAYS = frozenset(
    {(1, 5), (2, 9), (8, 8), (1, 6), (3, 2), (8, 3), (1, 1), (7, 5), (9, 9), (1, 10), (10, 10), (6, 6)}
)


def _day_value(match: re.Match[str], before: str, after: str, strong: bool) -> DateValue | bool | None:
    day, month, separator = int(match["x1"]), int(match["x2"]), match["xs"]
    value = _one(Day(day, month))
    if separator in ".-":
        # 21-4 runs down, so it is no stretch of numbers
        sure = (
            separator == "-"
            and (day > 12 or (day, month) in _HOLIDAYS)
            and _SOFT_LEAD.search(before) is not None
        )
        return value if (strong or sure) and not _UNIT.match(after) else False
    if strong:
        return value
    if (day, month) == (24, 7) or _NUMBERED.search(before):
        return None
    soft = _SOFT_LEAD.search(before) is not None
    if _COUNTED.match(after) and not (soft and (day > month or (day, month) in _HOLIDAYS)):
        return None
    if _COUNTING.search(before) and not ((day, month) in _HOLIDAYS or day > 12):
        return None
    if day > month or soft or (day, month) in _HOLIDAYS:
        return value
    return None
