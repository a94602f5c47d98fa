"""Vietnamese personal names: where they stand in a sentence, and how English writes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bulletin.language.families import COMMON, COUNTRIES, FOREIGNERS, HIGHLAND, OTHER, PLACES
from bulletin.language.name_cues import (
    ADDRESS,
    BODIES,
    DOUBTFUL,
    FOREIGN_ENVOY,
    FOREIGN_FAMILIES,
    GENDERS,
    GIVEN_AFTER,
    HIS_THOUGHT,
    MIDDLES,
    NAMED_AFTER,
    NOT_AFTER_ADDRESS,
    NOT_NAMED_AFTER,
    ONE_WORD_ADDRESS,
    OPENINGS,
    TITLE_ENDS,
    TITLE_PAIRS,
    TITLE_STARTS,
    UNITS,
)
from bulletin.language.normal import fold_text
from bulletin.language.syllables import is_syllable, is_vietnamese_letter, strip_diacritics


class NameKind(StrEnum):
    """A full name begins with the family name; a given name follows a form of address (``bà Trà``)."""

    FULL = "full"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A Vietnamese personal name at ``start``..``end`` of a text.

    ``honorific`` is the span of the form of address right before it (``đồng chí``, ``ông``), which
    English drops or turns into Mr or Ms. ``gender`` is ``m``, ``f`` or empty: what the form of
    address or a middle name (``Thị``, ``Văn``) says.
    """

    start: int
    end: int
    source: str
    kind: NameKind = NameKind.FULL
    honorific: tuple[int, int] | None = None
    gender: str = ""


def english_name(name: str, *, diacritics: bool = False) -> str:
    """Write a Vietnamese name in English: its order kept, its marks dropped unless the style wants them."""
    plain = " ".join(unicodedata.normalize("NFC", name).replace("’", "'").split())
    return plain if diacritics else strip_diacritics(plain)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    plain: str
    start: int
    end: int
    capital: bool


_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+(?:['’](?:[^\W\d_][\u0300-\u036f]*)+)*")


def find_names(text: str, avoid: Sequence[tuple[int, int]] = ()) -> tuple[NameMatch, ...]:
    """Find Vietnamese personal names in ``text``, in order, none overlapping.

    A name is two to six capitalised syllables in a row that begin with a family name, or follow a
    form of address (``đồng chí``, ``ông``, ``bà``); a single given name counts only there. Streets,
    schools and provinces are left out as far as the words before them tell; ``avoid`` holds spans
    that are known to be something else (terms, places), and a name never reaches into one.
    Foreigners are left out, under names as written (``Xi Jinping``) and Vietnamese ones.
    """
    found: list[NameMatch] = []
    for run, term_before in _runs(text, avoid):
        match = _read(text, run, term_before)
        if match is not None:
            found.append(match)
    return tuple(found)


def _runs(text: str, avoid: Sequence[tuple[int, int]]) -> Iterator[tuple[list[_Word], bool]]:
    """Runs of capitalised words with only spaces between them, and whether a term ends right before."""
    barred = bytearray(len(text))
    for a, b in avoid:
        barred[max(0, a) : b] = b"\x01" * (min(b, len(text)) - min(max(0, a), len(text)))
    run: list[_Word] = []
    term_before = False
    for match in _WORD.finditer(text):
        start, end = match.span()
        avoided = barred.find(1, start, end) >= 0
        capital = match[0][0].isupper() and not _is_acronym(match[0]) and not avoided
        if run and (not capital or not _joined(text, run[-1].end, start, barred)):
            yield run, term_before
            run = []
        if capital:
            if not run:
                at = start
                while at and text[at - 1].isspace():
                    at -= 1
                term_before = at > 0 and barred[at - 1] == 1
            run.append(_Word(match[0], fold_text(match[0]), start, end, True))
    if run:
        yield run, term_before


def _joined(text: str, end: int, start: int, barred: bytearray) -> bool:
    """Whether only spaces, none of them avoided, lie between two words."""
    between = text[end:start]
    return between != "" and not between.strip(" \u00a0") and barred.find(1, end, start) < 0


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper() and not is_syllable(word) and "'" not in word and "’" not in word


# a longer run of capitals is a heading or noise
_LONGEST_RUN = 14


def _read(text: str, run: list[_Word], term_before: bool) -> NameMatch | None:
    if len(run) > _LONGEST_RUN:
        return None
    whole, run = run, _without_opening(text, run)
    if len(run) < 2 and len(whole) > 1:
        # one capital before a title (Nguyên Thủ tướng) is no name
        return None
    before = text[max(0, run[0].start - 1000) : run[0].start] if run else ""
    address = ADDRESS.search(before[-24:]) if run else None
    span: tuple[int, int] | None = None
    if address is not None and not _is_named_after(run[0].plain, address[1] or address[2], before):
        shift = run[0].start - min(24, len(before))
        group = 1 if address[1] else 2
        span = shift + address.start(group), shift + address.end(group)
    elif len(run) > 3 and run[1].plain in ("Ông", "Bà") and not _is_family(run[0].plain):
        span = run[1].start, run[1].end
        run = run[2:]
    elif len(run) > 1 and run[0].plain.lower() in ONE_WORD_ADDRESS and _opens(before):
        if f"{run[0].plain} {run[1].plain}" in NOT_AFTER_ADDRESS or (
            run[0].plain == "Ông" and len(run) == 3 and run[1].plain == "Ích"
        ):
            return None
        span = run[0].start, run[0].end
        run = run[1:]
    if not run:
        return None
    if span is not None:
        return _after_address(text, run, span)
    return _unaddressed(text, run, before, term_before)


def _without_opening(text: str, run: list[_Word]) -> list[_Word]:
    """Drop a last syllable that belongs to the small word after it (``Nguyễn Văn A Bí | thư``)."""
    following = _WORD.match(text, run[-1].end + 1) if text[run[-1].end : run[-1].end + 1] == " " else None
    if following is None or not following[0][0].islower():
        return run
    allowed = OPENINGS.get(run[-1].plain.lower())
    if allowed is None or (allowed != "*" and fold_text(following[0]) not in allowed.split()):
        return run
    # Trưởng and the like are also given names, unless another title word follows
    if (
        allowed == "*"
        and len(run) > 2
        and _is_family(run[0].plain)
        and fold_text(following[0]) not in TITLE_STARTS
    ):
        return run
    return run[:-1]


def _is_named_after(first: str, address: str, before: str) -> bool:
    pair = f"{address.capitalize()} {first}"
    return pair in NOT_AFTER_ADDRESS or before.rstrip().lower().endswith("hai bà")


def _opens(before: str) -> bool:
    """Whether a capitalised form of address may stand here: not inside a run of other words' capitals."""
    return not before.rstrip().endswith(("Hai", "nước", "Vương quốc"))


def _is_family(plain: str) -> bool:
    head = plain.split("'")[0] if "'" in plain else plain
    return head in COMMON or head in OTHER or head in HIGHLAND


def _after_address(text: str, run: list[_Word], span: tuple[int, int]) -> NameMatch | None:
    address = text[span[0] : span[1]].lower()
    first = run[0].plain
    joined = " ".join(word.plain for word in run)
    if joined in FOREIGNERS or first == "Tập" or _foreign_follows(text, run[-1].end):
        return None
    gender = GENDERS.get(address, "")
    if joined in PLACES or joined in COUNTRIES:
        return None
    if len(run) == 1:
        if (
            _ABROAD.search(text)
            or address not in GIVEN_AFTER
            or len(first) < 2
            or not is_syllable(first)
            or first in FOREIGN_FAMILIES
        ):
            return None
        return _match(text, run, NameKind.GIVEN, span, gender)
    if _is_family(first) or (run[1].plain in {"Thị", "Văn"} and len(run) > 2):
        name = _whole(run)
        return _match(text, name, NameKind.FULL, span, gender) if name else None
    if len(run) == 2 and address in GIVEN_AFTER and all(is_syllable(word.plain) for word in run):
        return _match(text, run, NameKind.GIVEN, span, gender)
    return None


# in news from there, ông Mạnh is Mr Meng
_ABROAD = re.compile(r"Trung Quốc|Bắc Kinh|Đài Loan|Hồng Kông|Hong Kong|Huawei|Singapore|Triều Tiên|Hàn Quốc")
_LATIN_NAME = re.compile(r"\s*\(((?:[A-Z][a-z]+[ -]?){2,3})\)|-[^\W\d_]")


def _foreign_follows(text: str, end: int) -> bool:
    """Whether a foreign spelling follows in brackets (``(Zhang Yesui)``), or a hyphen (``Gien-xân``)."""
    match = _LATIN_NAME.match(text, end)
    if match is None:
        return False
    return match[1] is None or not all(is_syllable(word) for word in re.findall(r"[A-Za-z]+", match[1]))


def _unaddressed(text: str, run: list[_Word], before: str, term_before: bool) -> NameMatch | None:
    """The name in a run that no form of address announces: at its start, or behind a place or a country."""
    last, last_two = _words_before(before)
    kind_word = last_two if last_two in NAMED_AFTER else last if last in NAMED_AFTER else ""
    if re.search(r"(?<!\w)tp\.\s?$", before[-5:], re.IGNORECASE):
        kind_word = "tp"
    if last_two in NOT_NAMED_AFTER or re.match(r"(?:trưởng|già|phó|thư|tịch)\s", last_two):
        kind_word = ""
    if before.rstrip().lower().endswith("ảnh:") and len(run) in (2, 3) and _all_syllables(run):
        return _match(text, run, NameKind.FULL if _is_family(run[0].plain) else NameKind.GIVEN, None, "")
    title_before = (last in TITLE_ENDS and last != "hội") or last_two in TITLE_PAIRS
    titled = term_before or title_before or _in_list(before) or last_two in HIS_THOUGHT
    if kind_word and [word.plain for word in run[:3]] == ["Hồ", "Chí", "Minh"]:
        # the city; its chairman may follow
        run, kind_word, titled = run[3:], "", True
        if not run:
            return None
    posted = re.search(r"(?:tại|ở)\s+$", before[-6:]) is not None
    if (
        posted
        and FOREIGN_ENVOY.search(before[-80:])
        and not re.search(r"Việt Nam\s+(?:tại|ở)\s+$", before[-20:])
    ):
        return None
    if _OF_ANOTHER_COUNTRY.search(before[-40:]):
        # the country belongs to a term: Đại sứ Trung Quốc Triệu Giám Hoa
        return None
    if run[0].plain == "Đoàn" and len(run) > 2 and run[1].plain in COMMON:
        run, titled = run[1:], True
    for i in range(len(run) - 1):
        prefix = " ".join(word.plain for word in run[:i])
        if prefix in COUNTRIES and not posted and last != "châu":
            # Thủ tướng Singapore Lý Hiển Long; but tại Lào Nguyễn Bá Hưng is our ambassador there
            return None
        if prefix == "Việt Nam" and posted:
            return None
        if i == 0 and kind_word and not term_before and not _heads(kind_word, run):
            continue
        if i and not _ends_before(run, i, kind_word):
            continue
        name = _name_here(run[i:], titled or i > 0)
        if name and not _foreign_follows(text, name[-1].end):
            return _match(text, name, NameKind.FULL, None, "")
    return None


# whose people bear names that read as Vietnamese ones; but tại Trung Quốc Phạm Sao Mai is our ambassador
# there, and the head of Hội hữu nghị Việt Nam - Trung Quốc one of us
_OF_ANOTHER_COUNTRY = re.compile(
    r"(?<!\w)(?<!tại )(?<!ở )(?<!với )(?<![-–] )"
    r"(?:Trung Quốc|Trung Hoa|Đài Loan|Hồng Kông|Hồng Công|Singapore|Triều Tiên|Hàn Quốc)\s+$"
)


def _words_before(before: str) -> tuple[str, str]:
    """The last word, and the last two, right before a run (small letters); empty after a mark."""
    words = [fold_text(match[0], case=True) for match in list(_WORD.finditer(before[-40:]))[-2:]]
    if not words or before[-1:] not in " \u00a0" or not _WORD.search(before.rstrip()[-1:]):
        return "", ""
    return words[-1], " ".join(words[-2:]) if len(words) > 1 else ""


def _heads(kind_word: str, run: list[_Word]) -> bool:
    """Whether a name follows ``tỉnh`` or ``thành phố``: none but one of these bears a person's name."""
    return kind_word in ("tỉnh", "tp", "thành phố") and run[0].plain in COMMON and len(run) > 2


def _all_syllables(run: list[_Word]) -> bool:
    return all(is_syllable(word.plain) for word in run)


def _ends_before(run: list[_Word], at: int, kind_word: str) -> bool:
    """Whether something else ends at ``at`` in a run, so that a name may begin: a place, a firm."""
    prefix = " ".join(word.plain for word in run[:at])
    if prefix in PLACES or prefix in COUNTRIES or prefix in BODIES:
        return True
    rest = run[at:]
    if rest[0].plain in COMMON and len(rest) > 2 and not _is_family(run[0].plain):
        # any other capital before a common family name: Sở, Theo, a ministry's name in capitals
        return run[at - 1].plain.lower() not in NAMED_AFTER
    if kind_word in UNITS:
        # huyện Yên Định Lê Văn Bảy
        return rest[0].plain in COMMON and len(rest) >= (3 if at == 1 else 2) and at <= 3
    foreign = not any(is_syllable(word.plain) for word in run[:at])
    return foreign and _is_family(rest[0].plain) and len(rest) > 2


def _in_list(before: str) -> bool:
    """Whether a name may stand here as the next of ``các đồng chí: A, Bí thư...; B``."""
    if not _LIST_JOINT.search(before[-12:]):
        return False
    lead = _LIST_LEAD.search(before)
    return lead is not None and re.search(r"[:;]", lead[0]) is not None


_LIST_JOINT = re.compile(r"(?:[:;,]|(?<!\w)và)\s*$")
_LIST_LEAD = re.compile(r"(?<!\w)các\s+(?:đồng\s+chí|đ/c|ông|bà)(?!\w)[^.]*$", re.IGNORECASE)


def _name_here(rest: list[_Word], titled: bool) -> list[_Word] | None:
    """The name that begins with the first word of ``rest``, or None."""
    first, middle = rest[0].plain, rest[1].plain
    family = _is_family(first)
    if not family and not (len(rest) in (3, 4) and middle == "Thị" and is_syllable(first)):
        return None
    if _is_something_else([word.plain for word in rest], titled):
        return None
    name = _whole(rest)
    if name is None:
        return None
    if first in COMMON or "'" in first:
        return name
    if len(name) == 2:
        return name if titled and len(first) > 1 and first != "Phó" else None
    if middle in ("Thị", "Văn", "A") or titled:
        return name
    if len(first) == 1:
        return name if first in HIGHLAND else None
    return name if first not in DOUBTFUL or middle in MIDDLES else None


def _is_something_else(words: list[str], titled: bool) -> bool:
    """Whether a run that begins like a name is a place, a foreigner, a delegation."""
    joined = " ".join(words)
    if joined == "Hồ Chí Minh":
        return not titled
    if joined in FOREIGNERS or joined in COUNTRIES or joined in PLACES:
        return True
    behind = " ".join(words[1:])
    if words[0] == "Đoàn" and (words[1] in COMMON or behind in PLACES):
        return True
    if words[0] not in COMMON and len(words) > 2 and not titled and (behind in PLACES or behind in COUNTRIES):
        return True
    # Hà Trung Kiên is a man behind a title, though Hà Trung is a place
    places = [count for count in range(2, len(words)) if " ".join(words[:count]) in PLACES]
    return bool(places) and not (titled and places == [len(words) - 1])


def _whole(run: list[_Word]) -> list[_Word] | None:
    """As much of ``run`` as one name can be."""
    highland = run[0].plain.split("'")[0] in HIGHLAND or any("'" in word.plain for word in run)
    if len(run) > 4 and " ".join(word.plain for word in run[-2:]) in PLACES:
        run = run[:-2]
    if highland:
        return run if len(run) <= 6 else None
    cut = next((i for i, word in enumerate(run) if not _may_be_in_name(word.plain)), len(run))
    if cut == len(run):
        return run if len(run) <= 5 else None
    # a foreign word behind three good syllables is no part of the name; earlier, the whole is foreign
    return run[:cut] if cut >= 3 else None


def _may_be_in_name(plain: str) -> bool:
    """Whether a syllable may be part of a name: well-formed, one letter, or in Vietnamese letters."""
    return is_syllable(plain) or len(plain) == 1 or any(map(is_vietnamese_letter, plain))


def _match(
    text: str, run: list[_Word], kind: NameKind, honorific: tuple[int, int] | None, gender: str
) -> NameMatch:
    start, end = run[0].start, run[-1].end
    match = NameMatch(start, end, text[start:end], kind, honorific, gender)
    if not gender and len(run) > 2 and kind is NameKind.FULL:
        hint = {"Thị": "f", "Văn": "m"}.get(run[1].plain, "")
        match = replace(match, gender=hint)
    return match
