"""Days written in figures, and how to tell them from fractions, scores and document numbers.

``16/1`` is a day after ``Chiều`` and a fraction before ``dân số``: the words around decide, and where
they do not, a number that cannot be a proper fraction or is a holiday's counts as a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bulletin.language.calendar import DateKind, DateValue, Day

DASH = r"\s*[-–—]\s*"
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
MONTH = r"(?:0?[1-9]|1[0-2])"
YEAR = r"(?:1[89]|20)\d\d"
_BEGIN = r"(?<![\w.,/])(?<![\w/][-–])"
_END = r"(?![\w/]|[-–]\w|[.,]\d)"
_MONTH_WORDS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8,
    "chín": 9,
    "mười": 10, "mười một": 11, "mười hai": 12,
}  # fmt: skip


def _one_of(words: str) -> str:
    return "|".join(word.strip() for word in words.replace("\n", "|").split("|") if word.strip())


_DAY_WORD = r"(?:rạng\s+sáng|chiều\s+tối|sáng|trưa|chiều|tối|đêm|khuya|ngày|hôm)"
LEAD = re.compile(
    rf"(?<!\w)(?P<lead>(?:các\s+)?(?:{_DAY_WORD}(?:\s+(?:mai|qua|nay|kia|sớm|nghỉ\s+lễ))?(?:\s*[(,]\s*|\s+))+)$",
    re.IGNORECASE,
)
"""What stands right before a date and makes it sure: ``Chiều``, ``sáng ngày``, ``chiều qua (``."""

_SOFT_WORDS = """
    từ|đến|tới|trước|sau|vào|hết|dịp|lễ|kể từ|tính đến|nay|qua|và|này|kỷ niệm|quốc khánh|khánh|lao động
    bầu cử|khủng bố|giao dịch|làm việc|phiên|khai mạc|bế mạc|truyền thống
"""
_SOFT_LEAD = re.compile(rf"(?<!\w)(?:{_one_of(_SOFT_WORDS)})\s*\(?\s*$|[(]\s*$", re.IGNORECASE)
_TIME_LEAD = re.compile(r"(?<!\w)(?:từ|trước|sau|đến|tới|hết|tính đến)\s+$", re.IGNORECASE)
_RUNS_FROM_DAY = re.compile(r"(?<!\w)\d{1,2}[-/]\d{1,2}\s+(?:đến|tới)\s+(?:ngày\s+)?$", re.IGNORECASE)

# what a fraction counts
_COUNTED_WORDS = """
    số|tổng|dân|đại biểu|ĐBQH|chỉ tiêu|tiêu chí|mục tiêu|xã|huyện|tỉnh|thành phố|địa phương|thành viên
    người|diện tích|cử tri|phiếu|đơn vị|ủy viên|uỷ viên|hộ|nhiệm vụ|bộ|cơ quan|nhóm|sản phẩm|quận|phường
    thôn|bản|trường|dự án|nội dung|vốn|giá trị|kế hoạch|thời gian|lực lượng|quân|GDP|lượng|doanh|công
    lao động|cán bộ|đảng|chi bộ|học|bệnh|trong|của|thế|quãng|chiều|con|cụ|gia đình|phần|so với|nhân|khu
    tiểu|trận|lần|điểm|km|tàu|nước|quốc gia|điều|phụ|nữ|em|cháu|ý kiến
"""
_COUNTED = re.compile(rf"\s*(?:{_one_of(_COUNTED_WORDS)}|ca\b|ha\b)", re.IGNORECASE)

# what announces a fraction, a score or a number
_COUNTING_WORDS = """
    hơn|gần|khoảng|chiếm|đạt|có|quá|trên|bằng|đủ|với|hoàn thành|vượt|được|ít nhất|tối thiểu|giảm|tăng
    dưới|chừng|cả|số|hẻm|ngõ|ngách|nhà|lô|kiệt|đường|phố|tổ|hạng|tỷ lệ|tỉ lệ|tỷ số|tỉ số|thắng|thua|hòa
    quyết định|nghị định|tỷ|còn
"""
_COUNTING = re.compile(rf"(?:{_one_of(_COUNTING_WORDS)})\s*$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?:(?<!\w)số|hẻm|ngõ|ngách|lô|kiệt|đường|phố|tỷ số|tỉ số|tỷ lệ|tỉ lệ)\s*:?\s*$", re.IGNORECASE
)
_DOCUMENT = re.compile(
    r"(?:nghị định|nghị quyết|quyết định|thông tư|chỉ thị|luật|công văn|văn bản)\s*$", re.IGNORECASE
)
_UNIT = re.compile(
    r"\s*(?:%|tuổi|năm\b(?!\s+(?:nay|ngoái|trước|sau|tới|\d))|người|giờ\b(?!\s+(?:địa|quốc|GMT|(?-i:[A-ZĐ])))|tỷ|triệu|nghìn|tháng|(?-i:ngày)|lần|m\b|km)",
    re.IGNORECASE,
)
LUNAR = re.compile(r"\s*\(?\s*(?:âm lịch|ÂL\b)", re.IGNORECASE)
_LUNAR_LEAD = re.compile(r"(?:mùng|mồng|rằm)\s*$", re.IGNORECASE)

# days that are known by their number, and so are dates where a fraction would do as well
_HOLIDAYS = frozenset(
    {(1, 1), (3, 2), (8, 3), (1, 5), (7, 5), (1, 6), (6, 6), (8, 8), (2, 9), (9, 9), (1, 10), (10, 10)}
)

_PATTERNS = re.compile(
    _BEGIN
    + "(?:"
    + "|".join(
        (
            rf"(?P<days_words>(?P<wa>{DAY})(?P<wj>{DASH}|\s*,\s*|\s+(?:đến|và|tới)\s+(?:ngày\s+)?)"
            rf"(?P<wb>{DAY})\s+tháng\s+(?P<wm>{MONTH})"
            rf"(?:(?:\s+năm\s+|\s*[/-]\s*|,\s*năm\s+)(?P<wy>{YEAR}))?{_END})",
            rf"(?P<day_words>(?P<a>{DAY})\s+(?i:tháng)\s+(?P<b>{MONTH}|(?i:mười\s+một|mười\s+hai|một|hai|ba|tư"
            rf"|năm|sáu|bảy|tám|chín|mười))"
            rf"(?:(?:\s+năm\s+|\s*[/-]\s*|,\s*năm\s+|\s+)(?P<c>{YEAR}))?{_END})",
            rf"(?P<span>(?P<s1>{DAY})[/.](?P<s2>{MONTH})(?:[/.](?P<s3>{YEAR}))?(?P<sj>{DASH}|\s+(?:đến|tới)\s+"
            rf"(?:ngày\s+)?)"
            rf"(?P<s4>{DAY})[/.](?P<s5>{MONTH})(?:[/.](?P<s6>{YEAR}))?{_END})",
            rf"(?P<days>(?P<d1>{DAY})(?P<dm>(?:\s*,\s*{DAY}){{0,6}})(?P<dj>{DASH}|\s+và\s+(?:ngày\s+)?|\s+(?:đến"
            rf"|tới)\s+(?:ngày\s+)?|\s*,\s*|\s+&\s+)(?P<d2>{DAY})"
            rf"(?P<dsep>[/.-])(?P<d3>{MONTH})(?:(?P=dsep)(?P<d4>{YEAR}))?{_END})",
            rf"(?P<full>(?P<f1>{DAY})(?P<fs>[/.-])(?P<f2>{MONTH})(?P=fs)(?P<f3>{YEAR}){_END})",
            rf"(?P<month_year>(?P<m1>{MONTH})\s*/\s*(?P<m2>{YEAR}){_END})",
            rf"(?P<day>(?P<x1>{DAY})(?P<xs>[/.-]|\s-\s)(?P<x2>{MONTH}){_END})",
            rf"(?P<years>(?P<y1>{YEAR}){DASH}(?P<y2>{YEAR}|\d\d(?!\d)){_END})",
        )
    )
    + ")"
)


def small_number(word: str) -> int | None:
    """The value of figures or of a month's number in words; None for anything else."""
    if word.isdigit():
        return int(word)
    return _MONTH_WORDS.get(" ".join(word.lower().split()))


def numeric_dates(text: str) -> Iterator[tuple[int, int, DateValue | None]]:
    """Yield what is written like a day: start, end, and its value, or None where it only looks like one."""
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
    strong = LEAD.search(before) is not None
    if LUNAR.match(after) or _LUNAR_LEAD.search(before):
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
            month = small_number(match["b"])
            if month is None:
                return False
            # 3 tháng hai bên is no day; 3 tháng Hai is, and so is 3 tháng hai năm 2024 (not 3 tháng năm 2024)
            word = match["b"]
            sure = strong or word.isdigit() or word[0].isupper() or (match["c"] and word != "năm")
            if not sure:
                return False
            return _one(_day(match["a"], str(month), int(match["c"]) if match["c"] else None))
        case "full":
            if match["fs"] == "." and not strong:
                return False
            return (
                False if _NUMBERED.search(before) else _one(_day(match["f1"], match["f2"], int(match["f3"])))
            )
        case "month_year":
            if re.search(r"(?<!\w)quý\s*$", before, re.IGNORECASE):
                return False
            if _NUMBERED.search(before) or _DOCUMENT.search(before):
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
    # hai ngày quốc tang (26 và 27-9): one day and the next, too late in the month for a count
    next_day = (
        separator in "/-"
        and "và" in join
        and not match["dm"]
        and int(match["d2"]) == int(match["d1"]) + 1 > 13
        and not _UNIT.match(after)
    )
    if (
        separator in ".-"
        and not strong
        and not next_day
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
        and re.fullmatch(DASH, join)
        and match["d4"] is None
        and " " not in join
        and not strong
    ):
        return False
    listed = "và" in join or "," in join or "&" in join
    if listed and not strong and not next_day:
        return False
    year = int(match["d4"]) if match["d4"] else None
    middle = re.findall(r"\d+", match["dm"] or "")
    days = tuple(_day(number, match["d3"], year) for number in (match["d1"], *middle, match["d2"]))
    return _stretch(days, listed=listed)


def _day_value(match: re.Match[str], before: str, after: str, strong: bool) -> DateValue | bool | None:
    day, month, separator = int(match["x1"]), int(match["x2"]), match["xs"].strip()
    if separator != match["xs"] and not strong:
        return False
    value = _one(Day(day, month))
    if separator in ".-":
        # 21-4 runs down, so it is no stretch of numbers; nor is 8-4, but it may be a score
        soft = _SOFT_LEAD.search(before) is not None or not before.strip()
        sure = separator == "-" and (
            (soft and (day > 12 or (day, month) in _HOLIDAYS))
            or (day > month and _TIME_LEAD.search(before) is not None)
            or (not before.strip() and after.startswith(","))
            or _RUNS_FROM_DAY.search(before) is not None
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
