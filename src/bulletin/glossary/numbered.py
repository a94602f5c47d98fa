"""Congresses, plenums, sessions and tenures: bodies and events that are told apart by their number.

``Đại hội XIII của Đảng`` is the 13th National Party Congress, ``Hội nghị Trung ương 8 khóa XIII`` the
eighth plenum of the 13th Party Central Committee, ``Quốc hội khóa XV`` the 15th National Assembly.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence

from bulletin.glossary.capitals import CAPITAL, UPPER
from bulletin.glossary.chart import Chart, Found, Piece, distinct
from bulletin.glossary.lexicon import Lexicon
from bulletin.glossary.tokens import fold

_WORDS = Lexicon.of(
    {
        "nhất": 1, "hai|nhì": 2, "ba": 3, "tư|bốn": 4, "năm": 5, "sáu": 6, "bảy|bẩy": 7, "tám": 8, "chín": 9,
        "mười": 10, "mười một": 11, "mười hai": 12, "mười ba": 13, "mười bốn|mười tư": 14, "mười lăm": 15,
        "mười sáu": 16, "mười bảy": 17, "mười tám": 18, "mười chín": 19, "hai mươi": 20,
    }
)  # fmt: skip
_SMALL = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_ROMAN = re.compile(r"(?=[IVX])(X{0,3})(IX|IV|V?I{0,3})\Z")
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_TENURE = "khóa"
_TRIGGERS = frozenset({_TENURE, "hội", "nghị", "họp", "quyết"})

_CENTRAL = Lexicon.of(
    {
        "ban chấp hành trung ương đảng|bch trung ương đảng": True,
        "ban chấp hành trung ương|trung ương đảng|trung ương": True,
    }
)
# the noun before which a tenure's number goes
_TENURED = re.compile(r"\b(Party Central Committee|National Assembly)\b(?!['’]|s\b)")


def english_ordinal(number: int) -> str:
    """``eighth``, ``13th``: words up to nine, figures above, as news style has it."""
    if number < 10:
        return _SMALL[number - 1]
    return f"{number}{'th' if number % 100 in (11, 12, 13) else _ENDINGS.get(number % 10, 'th')}"


def compose_numbered(chart: Chart, pieces: Mapping[tuple[int, int], Piece]) -> list[Piece]:
    """Every numbered body or event of a sentence; ``pieces`` are those composed so far, by place."""
    grammar = _Numbered(chart, pieces)
    read: list[Piece] = []
    folded = chart.tokens.folded
    for at, word in enumerate(folded):
        if word not in _TRIGGERS:
            continue
        before = chart.word(at - 1)
        if word == _TENURE:
            read += grammar.tenures(at)
        elif word == "hội" and before == "đại":
            read += grammar.congress(at - 1)
        elif word == "nghị" and before == "hội":
            read += grammar.plenum(at - 1, at + 1)
        elif word == "họp" and before in _MEETINGS:
            read += grammar.session(at - 1)
        elif word == "quyết" and before == "nghị":
            read += grammar.resolution(at - 1)
    return read


class _Numbered:
    def __init__(self, chart: Chart, pieces: Mapping[tuple[int, int], Piece]) -> None:
        self.chart = chart
        self.pieces = pieces

    @functools.cached_property
    def _by_end(self) -> dict[int, list[Found | Piece]]:
        found: dict[int, list[Found | Piece]] = {}
        for entries in self.chart.by_start.values():
            for entry in entries:
                found.setdefault(entry.end, []).append(entry)
        for piece in self.pieces.values():
            found.setdefault(piece.end, []).append(piece)
        return found

    @functools.cached_property
    def _by_start(self) -> dict[int, list[Piece]]:
        found: dict[int, list[Piece]] = {}
        for piece in self.pieces.values():
            found.setdefault(piece.start, []).append(piece)
        return found

    def ending(self, at: int) -> Iterator[Piece]:
        """Entries and pieces that end right before a token."""
        for found in self._by_end.get(at, ()):
            yield self.chart.piece(found) if isinstance(found, Found) else found

    def starting(self, at: int) -> Iterator[Piece]:
        """Entries and pieces that begin at a token."""
        yield from map(self.chart.piece, self.chart.by_start.get(at, ()))
        yield from self._by_start.get(at, ())

    def ordinal(self, at: int) -> tuple[int, int] | None:
        """Where an ordinal that begins at a token ends, and its number; ``lần thứ`` is read over."""
        if self.chart.word(at) == "lần":
            at += 1
        spelt = self.chart.word(at) == "thứ"
        at += spelt
        if at >= len(self.chart.tokens):
            return None
        written = self.chart.tokens.written[at]
        if written.isdecimal() and len(written) < 3 and int(written):
            return at + 1, int(written)
        roman = _ROMAN.match(written)
        if roman:
            tens, ones = roman.groups()
            return at + 1, 10 * len(tens) + _ONES.index(ones)
        return self.chart.find(_WORDS, at) if spelt else None

    def tenure(self, at: int) -> tuple[int, int] | None:
        """``khóa XV`` at a token, with a comma before it or in brackets: where it ends, and its number."""
        bracket = self.chart.word(at) == "("
        at += self.chart.word(at) in (",", "(")
        number = self.ordinal(at + 1) if self.chart.word(at) == _TENURE else None
        if number is None or not bracket:
            return number
        return (number[0] + 1, number[1]) if self.chart.word(number[0]) == ")" else None

    def tenures(self, at: int) -> Iterator[Piece]:
        """A body or title right before ``khóa``: ``đại biểu Quốc hội khóa XV``."""
        at -= self.chart.word(at - 1) in (",", "(")
        number = self.tenure(at)
        if number is None:
            return
        end, ordinal = number[0], english_ordinal(number[1])
        for piece in self.ending(at):
            forms = [placed for form in piece.forms if (placed := _with_tenure(form, ordinal))]
            if not forms:
                continue
            if "People's Council" in forms[0]:
                council = piece.forms[0].removeprefix("the ")
                forms[1:1] = [f"the {ordinal}-tenure {council}", f"the {council} of the {ordinal} tenure"]
                forms[3:3] = [f"the {council} in the {ordinal} tenure"]
            deputy = f"{ordinal} National Assembly deputy"
            if forms[0] == deputy:
                several = [
                    f"deputies to the {ordinal} National Assembly",
                    f"{ordinal} National Assembly deputies",
                ]
                single = [f"deputy to the {ordinal} National Assembly", deputy]
                named = self.chart.capitals[end : end + 1] == CAPITAL
                forms = [*single, *several] if named else [*several, *single]
            yield Piece(piece.start, end, distinct(forms), piece.kind, piece.status, piece.forbidden)

    def congress(self, start: int) -> Iterator[Piece]:
        """``Đại hội XIII``, ``Đại hội đại biểu toàn quốc lần thứ XIII của Đảng``, ``Đại hội Đảng bộ``."""
        at = self._over(start + 2, ("đại", "biểu"))
        for owner in self.starting(at):
            number = self.ordinal(owner.end)
            if number and "Party Organisation" in owner.forms[0]:
                yield Piece(start, number[0], _local_congress(number[1], owner.forms), "event")
        at = self._over(at, ("toàn", "quốc"))
        party = self.chart.word(at) == "đảng"
        at = self._over(at + party, ("toàn", "quốc"))
        number = self.ordinal(at)
        if number is None:
            return
        end = number[0]
        own = self.chart.word(end) == "của" and self.chart.word(end + 1) == "đảng"
        if own:
            end = self._over(self._over(end + 2, ("cộng", "sản")), ("việt", "nam"))
        else:
            yield from self._congress_of(start, end + (self.chart.word(end) == "của"), number[1])
        if (
            not own
            and not party
            and (
                not _ROMAN.match(self.chart.tokens.written[end - 1])
                or self.chart.word(end) == "của"
                or self.chart.capitals[end : end + 1] in (CAPITAL, UPPER)
            )
        ):
            return  # the congress of a union, or of nobody that is named
        ordinal = english_ordinal(number[1])
        names = ("National Party Congress", "Party Congress", "National Congress of the Party", "Congress")
        forms = [f"the {ordinal} {name}" for name in names]
        forms += [f"the {ordinal} National Congress of the Communist Party of Vietnam"]
        yield Piece(start, end, distinct(forms), "event")

    def _congress_of(self, start: int, at: int, number: int) -> Iterator[Piece]:
        """``Đại hội XIII Công đoàn Việt Nam``: an organisation's own congress."""
        for owner in self.starting(at):
            if owner.kind in ("institution", "organisation"):
                names = ("Congress", "National Congress")
                forms = [
                    f"the {english_ordinal(number)} {name} of {form}"
                    for name in names
                    for form in owner.forms[:4]
                ]
                yield Piece(start, owner.end, distinct(forms), "event", owner.status)

    def plenum(self, start: int, at: int) -> Iterator[Piece]:
        """``Hội nghị lần thứ tám Ban Chấp hành Trung ương Đảng khóa XIII``, ``Hội nghị Trung ương 8``."""
        number = self.ordinal(at)
        after = number[0] if number else at
        central = self.chart.find(_CENTRAL, after + (self.chart.word(after) == ","))
        if central is None:
            return
        end = central[0]
        if number is None:
            number = self.ordinal(end)
            if number is None:
                return
            end = number[0]
        end, forms = self._plenum_forms(number[1], end)
        yield Piece(start, end, forms, "event")

    def resolution(self, start: int) -> Iterator[Piece]:
        """``Nghị quyết Trung ương 4 khóa XII``: the resolution of that plenum."""
        central = self.chart.find(_CENTRAL, start + 2)
        number = self.ordinal(central[0]) if central else None
        if number:
            end, forms = self._plenum_forms(number[1], number[0])
            of = [f"the {noun} of {form}" for noun in ("resolution", "resolutions") for form in forms]
            yield Piece(start, end, distinct([*of, f"{forms[0]} resolution"]), "document")

    def session(self, start: int) -> Iterator[Piece]:
        """``Kỳ họp thứ 6, Quốc hội khóa XV``; ``Phiên họp thứ 27 của Ủy ban Thường vụ Quốc hội``."""
        names = _MEETINGS[self.chart.word(start)]
        at = start + 2
        extra = self.chart.word(at) == "bất" and self.chart.word(at + 1) == "thường"
        number = self.ordinal(at + 2 * extra)
        if number is None or self.chart.word(number[0] - 2) not in ("thứ", "lần", "họp", "thường"):
            return
        rank = f"{english_ordinal(number[1])} {'extraordinary ' if extra else ''}"
        forms = [f"the {rank}{name}" for name in names]
        yield Piece(start, number[0], distinct(forms), "event")
        at = number[0]
        at += self.chart.word(at) in (",", "của")
        for owner in self.starting(at):
            if owner.kind not in ("institution", "organisation") or "the " not in owner.forms[0]:
                continue
            tenure = self.tenure(owner.end)
            end, own = owner.end, owner.forms[:3]
            if tenure:
                placed = [form for name in own if (form := _with_tenure(name, english_ordinal(tenure[1])))]
                if placed:
                    end, own = tenure[0], tuple(placed)
            of = [f"{form} of {body}" for form in forms for body in own]
            yield Piece(start, end, distinct([*of, *forms]), "event", owner.status)

    def _plenum_forms(self, number: int, end: int) -> tuple[int, tuple[str, ...]]:
        tenure = self.tenure(end)
        which = f"{english_ordinal(tenure[1])} " if tenure else ""
        ordinal = english_ordinal(number)
        forms = [f"the {ordinal} plenum of the {which}Party Central Committee"]
        forms += [f"the {which}Party Central Committee's {ordinal} plenum", f"the {ordinal} plenum"]
        others = ("session", "meeting", "conference")
        forms += [f"the {ordinal} {name} of the {which}Party Central Committee" for name in others]
        return (tenure[0] if tenure else end), distinct(forms)

    def _over(self, at: int, words: Sequence[str]) -> int:
        """The place behind ``words`` where they stand, else the same place."""
        return (
            at + len(words) if tuple(self.chart.tokens.folded[at : at + len(words)]) == tuple(words) else at
        )


_MEETINGS = {
    fold("kỳ"): ("session",),
    "phiên": ("meeting", "session", "sitting"),
}


def _with_tenure(form: str, ordinal: str) -> str:
    """A form with a tenure's number before the body that has tenures, or nothing where there is none."""
    if form.endswith("People's Council") and form.startswith("the "):
        return f"the {ordinal} {form[4:]}"
    placed, count = _TENURED.subn(rf"{ordinal} \1", form, count=1)
    return placed if count else ""


def _local_congress(number: int, owners: Sequence[str]) -> tuple[str, ...]:
    ordinal = english_ordinal(number)
    forms = [f"the {ordinal} Congress of {owner}" for owner in owners]
    first = owners[0]
    short = first.removeprefix("the ").replace("Party Organisation", "Party Congress")
    forms += [f"the {ordinal} {short}", f"the {ordinal} {first.removeprefix('the ')} Congress"]
    return distinct(forms)
