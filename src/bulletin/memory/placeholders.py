"""Dates, figures and names of a sentence as placeholders, and new values filled in for old ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bulletin.language.calendar import MONTHS, DateKind, Order
from bulletin.language.dates import DateMatch, find_dates
from bulletin.language.english_dates import find_english_dates
from bulletin.language.english_figures import find_english_figures
from bulletin.language.figures import FigureKind, FigureMatch, find_figures
from bulletin.language.names import NameMatch, english_name, find_names
from bulletin.memory.shape import shape_words

Value = DateMatch | FigureMatch | NameMatch
Spans = Sequence[tuple[int, int]]

_IN_WORDS = frozenset({FigureKind.WORDS, FigureKind.APPROXIMATE})
_COUNTED = frozenset({FigureKind.NUMBER, FigureKind.MEASURE})
_DAY_KINDS = frozenset({DateKind.DAY, DateKind.DAYS, DateKind.WEEKDAY})
_PARTS = (
    (re.compile(r"rạng\s+sáng|khuya", re.IGNORECASE), "small hours"),
    (re.compile(r"chiều\s+tối|tối", re.IGNORECASE), "evening"),
    (re.compile("sáng", re.IGNORECASE), "morning"),
    (re.compile("trưa", re.IGNORECASE), "noon"),
    (re.compile("chiều", re.IGNORECASE), "afternoon"),
    (re.compile("đêm", re.IGNORECASE), "night"),
)
_BEFORE_DATE = re.compile(
    r"\b(?P<on>on|at|in)\s+(?:(?:the\s+)?(?P<part>morning|noon|afternoon|evening|night|small hours)"
    r"\s+(?:of|on)\s+)?$",
    re.IGNORECASE,
)
# a figure's neighbours that make it part of a longer one; a letter makes a name part of a word
_BEFORE = re.compile(r"\w$|\d[.,]$")
_AFTER = re.compile(r"\w|[.,]\d")
_DIGITS = re.compile(r"\d(?:[\d.,]*\d)?")
_SUFFIX = re.compile(r"0(?:st|nd|rd|th)\b")
_MONTH = re.compile("|".join(MONTHS))
_ARTICLE = re.compile(r"\b(an?)(\s)$", re.IGNORECASE)
_VOWEL_FIGURE = re.compile(r"8|1[18](?!\d)")
_AFTER_DATE = re.compile(r"(?P<part>\s+(?:morning|afternoon|evening|night))\b")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A value at ``start``..``end`` of a Vietnamese sentence; ``kind`` says what can stand in its place."""

    start: int
    end: int
    kind: str
    value: Value

    @property
    def meaning(self) -> tuple[str, ...]:
        """What two placeholders must share to be the same value."""
        value = self.value
        if isinstance(value, DateMatch):
            return value.normal, part_of_day(value)
        if isinstance(value, FigureMatch):
            written = value.source if value.kind is FigureKind.DOCUMENT else str(value.value.normalize())
            return written, "" if value.low is None else str(value.low.normalize()), value.unit
        return (english_name(value.source, diacritics=True),)


@dataclass(frozen=True, slots=True)
class Filled:
    """A target with new values in it.

    ``changes`` are pairs of old and new English; ``open`` the Vietnamese of values for which no
    place was found, so that the old ones still stand.
    """

    text: str
    changes: tuple[tuple[str, str], ...]
    open: tuple[str, ...]


def find_placeholders(text: str, avoid: Spans = ()) -> tuple[Placeholder, ...]:
    """The dates, figures and names of a Vietnamese sentence, in order, none overlapping.

    ``avoid`` are spans known to be something else (terms), into which no name reaches.
    """
    found: list[Placeholder] = []
    for date in find_dates(text):
        day = date.value.kind in _DAY_KINDS
        start = date.lead_start if day else date.start
        found.append(Placeholder(start, date.end, f"date:{'day' if day else date.value.kind}", date))
    for figure in find_figures(text):
        if figure.kind not in _IN_WORDS and _is_free(figure.start, figure.end, found):
            found.append(Placeholder(figure.start, figure.end, f"figure:{figure.kind}:{figure.unit}", figure))
    for name in find_names(text, avoid):
        if _is_free(name.start, name.end, found):
            found.append(Placeholder(name.start, name.end, f"name:{name.kind}", name))
    return tuple(sorted(found, key=lambda item: item.start))


def general_words(text: str, placeholders: Sequence[Placeholder]) -> list[str]:
    """The words of ``text`` as ``shape_words`` gives them, with each placeholder's kind in its place."""
    words: list[str] = []
    place = 0
    for item in placeholders:
        words += shape_words(text[place : item.start])
        words.append("{" + item.kind + "}")
        place = item.end
    return words + shape_words(text[place:])


def fill_in(target: str, old: Sequence[Placeholder], new: Sequence[Placeholder]) -> Filled:
    """Put the values of ``new`` where those of ``old`` stand in the English ``target``.

    Both are the placeholders of the two Vietnamese sentences, as many on each side and of the same
    kinds. A value that is not found, or that would have to become two different ones, stays open.
    """
    edits: list[tuple[int, int, str]] = []
    unfilled: list[str] = []
    wanted: dict[tuple[str, tuple[str, ...]], list[tuple[str, ...]]] = {}
    for before, after in zip(old, new, strict=True):
        wanted.setdefault((before.kind, before.meaning), []).append(after.meaning)
    done: set[tuple[str, tuple[str, ...]]] = set()
    for before, after in zip(old, new, strict=True):
        if before.meaning == after.meaning:
            continue
        key = before.kind, before.meaning
        if key in done:
            continue
        done.add(key)
        made = _edits(target, before.value, after.value) if len(set(wanted[key])) == 1 else []
        made = [edit for edit in made if _apart(edit, edits)]
        # more places than the source has values: one of them means something else
        if made and len(made) <= len(wanted[key]):
            edits += made
        else:
            unfilled.append(after.value.source)
    text = target
    for start, end, words in sorted(edits, reverse=True):
        text = _with_article(text[:start], words) + words + text[end:]
    changes = dict.fromkeys((target[start:end], words) for start, end, words in sorted(edits))
    return Filled(text, tuple(changes), tuple(unfilled))


def part_of_day(date: DateMatch) -> str:
    """The English of the part of the day that introduces a date (``Chiều 16/1``), or nothing."""
    return next((english for pattern, english in _PARTS if pattern.search(date.lead)), "")


def _edits(target: str, old: Value, new: Value) -> list[tuple[int, int, str]]:
    if isinstance(old, DateMatch) and isinstance(new, DateMatch):
        return _date_edits(target, old, new)
    if isinstance(old, FigureMatch) and isinstance(new, FigureMatch):
        return _figure_edits(target, old, new)
    if isinstance(old, NameMatch) and isinstance(new, NameMatch):
        return _name_edits(target, old, new)
    return []


def _date_edits(target: str, old: DateMatch, new: DateMatch) -> list[tuple[int, int, str]]:
    part, new_part = part_of_day(old), part_of_day(new)
    edits = []
    for found in find_english_dates(target):
        if not found.value.agrees(old.value):
            continue
        # the day goes before the month where it did so in the old one
        order: Order = "dmy" if found.source[0].isdigit() else "mdy"
        text = _alike(found.source, old.value.forms(order), new.value.forms(order))
        start, end = found.start, found.end
        if part != new_part:
            widened = _other_part(target, start, end, text, part, new_part)
            if widened is None:
                return []
            start, end, text = widened
        edits.append((start, end, text))
    return edits


def _other_part(
    target: str, start: int, end: int, date: str, part: str, new: str
) -> tuple[int, int, str] | None:
    """The span and English of a date whose part of the day changes as well; None where it is not seen."""
    before = _BEFORE_DATE.search(target[:start])
    after = _AFTER_DATE.match(target, end)
    if after is not None and after["part"].strip() == part and new in ("morning", "afternoon", "evening"):
        return start, after.end(), f"{date} {new}"
    if before is None or (before["part"] or "").lower() != part:
        return None
    lead = {"": "on", "noon": "at noon on", "small hours": "in the small hours of"}.get(
        new, f"on the {new} of"
    )
    if before[0][0].isupper():
        lead = lead[0].upper() + lead[1:]
    return before.start(), end, f"{lead} {date}"


def _figure_edits(target: str, old: FigureMatch, new: FigureMatch) -> list[tuple[int, int, str]]:
    if old.value != new.value and 1 in (old.value, new.value) and old.kind in _COUNTED:
        # what is counted changes its number with it
        return []
    forms, new_forms = (old.english, *old.accepted), (new.english, *new.accepted)
    for form in forms:
        places = list(_places(target, form))
        if places:
            text = _alike(form, forms, new_forms)
            return [(start, end, text) for start, end in places]
    return [
        (found.start, found.end, new.english)
        for found in find_english_figures(target)
        if found.value == old.value and found.unit == old.unit and old.low is None and new.low is None
    ]


def _with_article(before: str, words: str) -> str:
    """``before`` with its last ``a`` or ``an`` as a figure after it wants (``an 8% rise``)."""
    article = _ARTICLE.search(before)
    if article is None or not words[:1].isdigit():
        return before
    right = "an" if _VOWEL_FIGURE.match(words) else "a"
    return before[: article.start()] + (right.capitalize() if article[1][0] == "A" else right) + article[2]


def _alike(form: str, forms: Sequence[str], choices: Sequence[str]) -> str:
    """The one of ``choices`` that is written as ``form``, one of the old value's ``forms``, is."""
    pattern = _pattern(form)
    for choice in choices:
        if _pattern(choice) == pattern:
            return choice
    place = forms.index(form) if form in forms else -1
    if 0 <= place < len(choices) and _in_words(form) and _in_words(choices[place]):
        return choices[place]
    return choices[0]


def _in_words(form: str) -> bool:
    return not any(letter.isdigit() for letter in form)


def _pattern(form: str) -> str:
    """How a value is written, whatever the value: ``0 billion VND``, ``0th``, ``Month 0 to 0``."""
    return _SUFFIX.sub("0th", _DIGITS.sub("0", _MONTH.sub("Month", form)))


def _name_edits(target: str, old: NameMatch, new: NameMatch) -> list[tuple[int, int, str]]:
    for diacritics in (False, True):
        name = english_name(old.source, diacritics=diacritics)
        places = list(_places(target, name))
        if places:
            return [(start, end, english_name(new.source, diacritics=diacritics)) for start, end in places]
    return []


def _places(target: str, form: str) -> Iterator[tuple[int, int]]:
    """Where ``form`` stands in ``target`` as a whole word or figure."""
    start = target.find(form)
    while start >= 0:
        end = start + len(form)
        if not _BEFORE.search(target[max(0, start - 2) : start]) and not _AFTER.match(target[end : end + 2]):
            yield start, end
        start = target.find(form, start + 1)


def _is_free(start: int, end: int, taken: Sequence[Placeholder]) -> bool:
    return not any(item.start < end and start < item.end for item in taken)


def _apart(edit: tuple[int, int, str], edits: Sequence[tuple[int, int, str]]) -> bool:
    return not any(start < edit[1] and edit[0] < end for start, end, _ in edits)
