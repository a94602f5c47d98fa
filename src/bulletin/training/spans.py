"""Spans of a source whose English is known and stands in the target: terms, names, dates, figures …"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

TERM, NAME, DATE, FIGURE, PHRASE = "term", "name", "date", "figure", "phrase"

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_UPPER = "A-Z" + "".join(c for c in map(chr, range(0xC0, 0x1EFA)) if c.isupper() and c.isalpha())
_CAPITALISED = rf"[{_UPPER}][^\W\d_]*"
_RUN = re.compile(rf"(?<![\w]){_CAPITALISED}(?:[ -]{_CAPITALISED})*(?![\w])")
_DATE = re.compile(r"(?<![\d/.,])(?:[Nn]gày )?(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}))?(?![\d/])")
_MONTH = re.compile(r"(?<!\w)tháng (\d{1,2})(?:[/-](\d{4}))?(?![\d/])", re.IGNORECASE)
_FIGURE = re.compile(
    r"(?<![\w/.,])(\d+(?:\.\d{3})*(?:,\d+)?)"
    r"(%|(?: (?:nghìn|ngàn|triệu|tỷ|tỉ))?(?: (?:đồng|USD|euro))?)(?![\w/]|[.,]\d)"
)
_SCALES = {"nghìn": "thousand", "ngàn": "thousand", "triệu": "million", "tỷ": "billion", "tỉ": "billion"}
_MONEY = {"đồng": "VND", "USD": "USD", "euro": "euro"}
_OPENERS = frozenset({"the", "this", "that", "it", "in", "on", "at", "he", "she", "a", "an"})


@dataclass(frozen=True, slots=True)
class Span:
    """``source[start:end]`` is rendered ``target[target_start:target_end]``; ``given`` is carried in."""

    start: int
    end: int
    target_start: int
    target_end: int
    given: str
    kind: str


@dataclass(frozen=True, slots=True)
class TermIndex:
    """Known terms by their first syllable (case folded), longest first."""

    by_first: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, terms: Mapping[str, Sequence[str]]) -> TermIndex:
        """Index ``terms``: Vietnamese to the English forms that count."""
        by_first: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for vietnamese, english in terms.items():
            by_first.setdefault(vietnamese.split(" ")[0].casefold(), []).append((vietnamese, tuple(english)))
        return cls({key: tuple(sorted(value, key=lambda v: -len(v[0]))) for key, value in by_first.items()})


def undiacritic(text: str) -> str:
    """Return ``text`` without Vietnamese marks (``Đỗ Mười`` gives ``Do Muoi``)."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if unicodedata.category(c) != "Mn"))


class _Free:
    """Which characters of the two sides no span has taken yet."""

    def __init__(self, source: str, target: str) -> None:
        self.source = bytearray(len(source))
        self.target = bytearray(len(target))
        self.text = target

    def source_is_free(self, start: int, end: int) -> bool:
        return not any(self.source[start:end])

    def find(self, english: str, *, fold: bool) -> tuple[int, int] | None:
        """Return the first whole-word place of ``english`` in the target that is still free."""
        flags = re.IGNORECASE if fold else 0
        for match in re.finditer(rf"(?<!\w){re.escape(english)}(?!\w)", self.text, flags):
            if not any(self.target[match.start() : match.end()]):
                return match.span()
        return None

    def take(self, span: Span) -> None:
        self.source[span.start : span.end] = b"\1" * (span.end - span.start)
        self.target[span.target_start : span.target_end] = b"\1" * (span.target_end - span.target_start)


def find_spans(
    source: str,
    target: str,
    terms: TermIndex,
    phrases: Sequence[tuple[int, int, int, int]] = (),
) -> list[Span]:
    """Return the spans, in source order, none overlapping on either side.

    ``phrases`` are aligned phrases as character offsets (source start and end, target start and end).
    """
    free = _Free(source, target)
    found: list[Span] = []
    for finder in (
        _terms(source, free, terms),
        _dates(source, free),
        _figures(source, free),
        _names(source, free),
    ):
        for span in finder:
            if free.source_is_free(span.start, span.end):
                free.take(span)
                found.append(span)
    for start, end, target_start, target_end in phrases:
        if free.source_is_free(start, end) and not any(free.target[target_start:target_end]):
            given = target[target_start:target_end]
            if target_start == 0 and given[1:2].islower() and " " in given and given.split(" ")[1].islower():
                given = given[0].lower() + given[1:]
            span = Span(start, end, target_start, target_end, given, PHRASE)
            free.take(span)
            found.append(span)
    return sorted(found, key=lambda span: span.start)


def _terms(source: str, free: _Free, terms: TermIndex) -> Iterator[Span]:
    folded = source.casefold()
    if len(folded) != len(source):
        return
    position = 0
    for word in _WORD.finditer(source):
        if word.start() < position:
            continue
        for vietnamese, renderings in terms.by_first.get(word.group().casefold(), ()):
            end = word.start() + len(vietnamese)
            if not free.source_is_free(word.start(), end):
                continue
            if not folded.startswith(vietnamese.casefold(), word.start()) or source[end : end + 1].isalnum():
                continue
            if vietnamese[0].isupper() and not source[word.start()].isupper():
                continue
            span = _rendered(word.start(), end, renderings, free)
            if span is not None:
                position = end
                yield span
                break


def _rendered(start: int, end: int, renderings: Sequence[str], free: _Free) -> Span | None:
    for english in renderings:
        for form in (english, f"{english}s"):
            place = free.find(form, fold=True)
            if place is None:
                continue
            as_written = free.text[place[0] : place[1]]
            # at the head of a sentence the term is given as the list has it, and the model capitalises
            given = form if place[0] == 0 and form[1:] == as_written[1:] else as_written
            return Span(start, end, *place, given, TERM)
    return None


def _names(source: str, free: _Free) -> Iterator[Span]:
    for run in _RUN.finditer(source):
        syllables = list(re.finditer(r"[^ -]+", run.group()))
        first = 0
        while first < len(syllables):
            for last in range(len(syllables), first, -1):
                start, end = run.start() + syllables[first].start(), run.start() + syllables[last - 1].end()
                written = source[start:end]
                plain = undiacritic(written)
                if last - first == 1 and (len(plain) < 2 or plain.casefold() in _OPENERS or start == 0):
                    continue
                if free.source_is_free(start, end) and (place := free.find(plain, fold=False)):
                    yield Span(start, end, *place, plain, NAME)
                    first = last - 1
                    break
            first += 1


def _dates(source: str, free: _Free) -> Iterator[Span]:
    for match in _DATE.finditer(source):
        day, month, year = match.groups()
        if not 1 <= int(month) <= 12 or not 1 <= int(day) <= 31:
            continue
        english = f"{MONTHS[int(month) - 1]} {int(day)}"
        for form in (f"{english}, {year}", f"{english} {year}") if year else (english,):
            if place := free.find(form, fold=False):
                yield Span(match.start(), match.end(), *place, form, DATE)
                break
    for match in _MONTH.finditer(source):
        month, year = match.groups()
        if not 1 <= int(month) <= 12:
            continue
        form = f"{MONTHS[int(month) - 1]} {year}" if year else MONTHS[int(month) - 1]
        if place := free.find(form, fold=False):
            yield Span(match.start(), match.end(), *place, form, DATE)


def english_figure(vietnamese: str) -> str:
    """Return a figure with English separators (``1.234,5`` gives ``1,234.5``)."""
    return vietnamese.translate(str.maketrans(".,", ",."))


def _figures(source: str, free: _Free) -> Iterator[Span]:
    for match in _FIGURE.finditer(source):
        figure, unit = match.groups()
        words = unit.split()
        number = english_figure(figure)
        full = " ".join([number, *(_SCALES.get(word) or _MONEY[word] for word in words if word != "%")])
        forms = [f"{number}%", f"{number} percent", f"{number} per cent"] if unit == "%" else [full]
        for form in forms:
            # a lone small number is too common a string to say what it renders
            if (len(form) > 2 or unit) and (place := free.find(form, fold=False)):
                yield Span(match.start(), match.end(), *place, form, FIGURE)
                break
