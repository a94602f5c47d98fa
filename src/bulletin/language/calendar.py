"""What a date expression says, in a form that Vietnamese and English can be compared in, and its English."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Order = Literal["mdy", "dmy"]

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ORDINALS = ("first", "second", "third", "fourth")
NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


class DateKind(StrEnum):
    """What kind of time an expression names."""

    DAY = "day"
    DAYS = "days"
    MONTH = "month"
    MONTHS = "months"
    QUARTER = "quarter"
    YEAR = "year"
    YEARS = "years"
    DECADE = "decade"
    TIME = "time"
    WEEKDAY = "weekday"


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month, with its year where that is given."""

    day: int
    month: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class DateValue:
    """A point or stretch of time.

    ``days`` holds the day of a DAY, the first and last of a DAYS (all of them where they are listed,
    ``listed``, which also tells May and July from May to July). ``number`` is the month, quarter, weekday
    (Monday is 1), decade's first year or the count of months of a MONTHS; ``last`` says that those are a
    year's last months, ``end`` is a stretch's last year or last month. ``hour`` and ``minute`` belong to a
    TIME.
    """

    kind: DateKind
    days: tuple[Day, ...] = ()
    number: int = 0
    end: int | None = None
    year: int | None = None
    hour: int = 0
    minute: int = 0
    last: bool = False
    listed: bool = False

    @property
    def normal(self) -> str:
        """One spelling for each time: ``2024-04-05``, ``--01-16``, ``2024-03``, ``2024-Q2``, ``14:30``."""
        year = "" if self.year is None else str(self.year)
        match self.kind:
            case DateKind.DAY | DateKind.DAYS:
                return "/".join(
                    f"{'-' if d.year is None else d.year}-{d.month:02}-{d.day:02}" for d in self.days
                )
            case DateKind.MONTH:
                return f"{year or '-'}-{self.number:02}" + (f"/{self.end:02}" if self.end else "")
            case DateKind.MONTHS:
                return f"{year or '-'}-{'last' if self.last else 'first'}{self.number}"
            case DateKind.QUARTER:
                return f"{year or '-'}-Q{self.number}"
            case DateKind.YEAR:
                return year
            case DateKind.YEARS:
                return f"{year}/{self.end}"
            case DateKind.DECADE:
                return f"{self.number}s"
            case DateKind.TIME:
                return f"{self.hour:02}:{self.minute:02}"
            case DateKind.WEEKDAY:
                return f"W{self.number}"

    @property
    def article(self) -> bool:
        """Whether running English text puts ``the`` before it (``the second quarter``)."""
        return self.kind in (DateKind.QUARTER, DateKind.MONTHS, DateKind.DECADE)

    def english(self, order: Order = "mdy") -> str:
        """The English without a leading article: ``January 16, 2024``, or for ``dmy`` ``16 January 2024``."""
        return self.forms(order)[0]

    def forms(self, order: Order = "mdy") -> tuple[str, ...]:
        """All right ways to write it, the one that ``english`` gives first."""
        match self.kind:
            case DateKind.DAY:
                return _day_forms(self.days[0], order)
            case DateKind.DAYS:
                return _days_forms(self.days, order, listed=self.listed)
            case DateKind.MONTH:
                return self._month_forms()
            case DateKind.MONTHS:
                return self._months_forms()
            case DateKind.QUARTER:
                return self._quarter_forms()
            case DateKind.YEAR:
                return (str(self.year),)
            case DateKind.YEARS:
                first, last = str(self.year), str(self.end)
                joined = (f"{first}-{last}", f"{first}–{last}", f"{first} - {last}", f"{first} to {last}")
                more = (f"{first} and {last}", f"{first} through {last}", f"{first} until {last}")
                return joined + more + ((f"{first}-{last[2:]}",) if first[:2] == last[:2] else ())
            case DateKind.DECADE:
                return self._decade_forms()
            case DateKind.TIME:
                return self._time_forms()
            case DateKind.WEEKDAY:
                return (WEEKDAYS[self.number - 1],)

    def _month_forms(self) -> tuple[str, ...]:
        names = [MONTHS[self.number - 1], SHORT_MONTHS[self.number - 1] + ".", SHORT_MONTHS[self.number - 1]]
        if self.end:
            both, through = (" and ", " & "), ("-", " to ", " - ", "–", " through ", " until ")
            first, other = (both, through) if self.listed else (through, both)
            # of two months in a row either may be said
            joins = first + (other if self.end == self.number + 1 else ())
            names = [f"{names[0]}{join}{MONTHS[self.end - 1]}" for join in joins]
        if self.year is None:
            return tuple(dict.fromkeys(names))
        return tuple(
            dict.fromkeys(f"{name}{join}{self.year}" for join in (" ", ", ", " of ") for name in names)
        )

    def _months_forms(self) -> tuple[str, ...]:
        which = "last" if self.last else "first"
        tails = (
            ("",)
            if self.year is None
            else (f" of {self.year}", f" months of {self.year}", f" in {self.year}")
        )
        count = NUMBERS[self.number]
        forms = []
        for tail in tails:
            tail = tail.replace(" months", "")
            forms += [f"{which} {count} months{tail}", f"{which} {self.number} months{tail}"]
            if self.last:
                forms += [f"final {count} months{tail}", f"remaining {count} months{tail}"]
            if self.number == 6:
                forms += [f"{'second' if self.last else 'first'} half{tail}"]
            if self.number == 3:
                forms += [f"{'fourth' if self.last else 'first'} quarter{tail}"]
            if not self.last and self.number > 1:
                forms += [f"January-{MONTHS[self.number - 1]}" + (f" {self.year}" if self.year else "")]
        return tuple(dict.fromkeys(forms))

    def _quarter_forms(self) -> tuple[str, ...]:
        nth = ORDINALS[self.number - 1]
        name = f"{nth} quarter"
        if self.year is None:
            return name, f"{nth}-quarter", f"Q{self.number}"
        return (
            f"{name} of {self.year}", f"{name} {self.year}", f"{self.year}'s {name}",
            f"Q{self.number} of {self.year}", f"Q{self.number} {self.year}", f"Q{self.number}/{self.year}",
        )  # fmt: skip

    def _decade_forms(self) -> tuple[str, ...]:
        words = {20: "twenties", 30: "thirties", 40: "forties", 50: "fifties", 60: "sixties", 70: "seventies",
                 80: "eighties", 90: "nineties"}  # fmt: skip
        short = self.number % 100
        forms = [f"{self.number}s", f"{self.number}'s", f"{short:02}s", f"'{short:02}s"]
        return tuple(forms + ([words[short]] if short in words else []))

    def _time_forms(self) -> tuple[str, ...]:
        hour, half = self.hour % 12 or 12, "pm" if 12 <= self.hour < 24 else "am"
        minute = f":{self.minute:02}" if self.minute else ""
        halves = (f" {half}", half, f" {half[0]}.m.", f"{half[0]}.m.")
        forms = [f"{hour}{mark}{h}" for mark in (minute, minute.replace(":", ".")) for h in halves]
        forms += [
            f"{self.hour}:{self.minute:02}",
            f"{self.hour:02}:{self.minute:02}",
            f"{hour}:{self.minute:02}",
        ]
        forms += [f"{hour}:{self.minute:02} {half}", f"{self.hour}h{self.minute:02}", f"{hour} o'clock"]
        if (self.hour, self.minute) in ((12, 0), (0, 0), (24, 0)):
            forms.append("noon" if self.hour == 12 else "midnight")
        return tuple(dict.fromkeys(forms))

    def agrees(self, other: DateValue) -> bool:
        """Whether two values may name the same time; a year that one side leaves out is no difference."""
        if self.kind is DateKind.TIME and other.kind is DateKind.TIME:
            # English may say half past two for 14:30 once the afternoon has been named
            return self.minute == other.minute and self.hour % 12 == other.hour % 12
        if self.kind is not other.kind:
            return False
        if len(self.days) != len(other.days):
            return False
        same_days = all(
            (a.day, a.month) == (b.day, b.month) and (a.year is None or b.year is None or a.year == b.year)
            for a, b in zip(self.days, other.days, strict=True)
        )
        same_year = self.year is None or other.year is None or self.year == other.year
        if self.kind in (DateKind.YEAR, DateKind.YEARS):
            same_year = self.year == other.year
        return (
            same_days
            and same_year
            and (self.number, self.end, self.last) == (other.number, other.end, other.last)
        )

    @property
    def parts(self) -> tuple[DateValue, ...]:
        """The single times inside: a stretch of days is its first and its last day."""
        if self.kind is DateKind.DAYS:
            return tuple(DateValue(DateKind.DAY, days=(day,)) for day in self.days)
        if self.kind is DateKind.YEARS and self.end is not None:
            return DateValue(DateKind.YEAR, year=self.year), DateValue(DateKind.YEAR, year=self.end)
        if self.kind is DateKind.MONTH and self.end is not None:
            return (
                DateValue(DateKind.MONTH, number=self.number, year=self.year),
                DateValue(DateKind.MONTH, number=self.end, year=self.year),
            )
        return (self,)


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _day_forms(day: Day, order: Order) -> tuple[str, ...]:
    month, short, number, nth = MONTHS[day.month - 1], SHORT_MONTHS[day.month - 1], day.day, _ordinal(day.day)
    mdy = [
        f"{month} {number}",
        f"{month} {nth}",
        f"{short}. {number}",
        f"{short} {number}",
        f"{month} {number:02}",
    ]
    dmy = [f"{number} {month}", f"{nth} {month}", f"{nth} of {month}", f"{number} {short}"]
    if day.year is not None:
        mdy = [f"{form}{join}{day.year}" for join in (", ", " ") for form in mdy]
        dmy = [f"{form} {day.year}" for form in dmy] + [f"{number} {month}, {day.year}"]
    forms = dmy + mdy if order == "dmy" else mdy + dmy
    return tuple(dict.fromkeys(forms))


def _days_forms(days: tuple[Day, ...], order: Order, *, listed: bool) -> tuple[str, ...]:
    first, last = days[0], days[-1]
    year = "" if last.year is None else f"{last.year}"
    comma, space = (f", {year}", f" {year}") if year else ("", "")
    if first.month == last.month and first.year in (None, last.year):
        month = MONTHS[first.month - 1]
        numbers = [str(day.day) for day in days]
        if listed and len(days) > 2:
            groups = [", ".join(numbers[:-1]) + " and " + numbers[-1], ", ".join(numbers)]
        elif listed:
            groups = [" and ".join(numbers), "-".join(numbers)]
        else:
            groups = [f"{numbers[0]}{join}{numbers[-1]}" for join in ("-", " to ", " - ", "–", " and ")]
        mdy = [f"{month} {group}{end}" for end in dict.fromkeys((comma, space)) for group in groups]
        if not listed:
            mdy += [f"{month} {numbers[0]} to {month} {numbers[-1]}{comma}"]
        dmy = [f"{group} {month}{space}" for group in groups]
    else:
        joins = (" and ",) if listed else (" - ", " to ", "-", "–", " – ", " and ")
        ends = [
            (_day_forms(a, order)[0], _day_forms(last, order)[0])
            for a in ((first, Day(first.day, first.month)) if first.year == last.year else (first,))
        ][::-1]
        mdy = dmy = [f"{a}{join}{b}" for join in joins for a, b in ends]
        if (first.day, first.month) == (last.day, last.month):
            # an anniversary: May 19, 1890 - 2020
            mdy = dmy = mdy + [f"{ends[0][0]}{join}{last.year}" for join in (" - ", "-", "–", " – ")]
    return tuple(dict.fromkeys(dmy + mdy if order == "dmy" else mdy + dmy))
