"""People and their titles: a woman is a Chairwoman, where the article says that she is one.

Vietnamese titles have no gender, English ones do. What tells it is the form of address (``bà``), the
middle name (``Thị``, ``Văn``), or either of them elsewhere in the same article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bulletin.glossary.entry import TermMatch
from bulletin.glossary.gender import MAN, WOMAN, for_man, for_woman, in_gender
from bulletin.language.normal import fold_text

_PERSONS = frozenset({"name", "person"})
_ADDRESS = r"(?:đồng\s+chí|đ/c|ông|bà|anh|chị|cô)"
# title and name, title and title, name and title: what may stand between them
_BEFORE_NAME = re.compile(rf"\s+(?:{_ADDRESS}\s*:?\s+)?", re.IGNORECASE)
_BEFORE_NAME_APART = re.compile(rf"\s*[,:–-]\s+{_ADDRESS}\s+", re.IGNORECASE)
_BETWEEN_TITLES = re.compile(r"\s*(?:,|,?\s+kiêm|,?\s+đồng\s+thời\s+là|\s-|\s–)?\s+", re.IGNORECASE)
_BEHIND_NAME = re.compile(
    r"\s*(?:[,:(–-]|[,–-]?\s+(?:(?:hiện\s+)?là|làm|giữ\s+chức(?:\s+vụ|\s+danh)?|với\s+tư\s+cách(?:\s+là)?"
    r"|trên\s+cương\s+vị(?:\s+là)?))\s*",
    re.IGNORECASE,
)
_SHE = re.compile(r"(?<!\w)(?:bà|nữ|chị|cô)\s+\Z", re.IGNORECASE)
_SEVERAL = re.compile(r"(?<!\w)(?:các|những|mọi|mỗi|một|hai|ba|bốn|\d+)\s+\Z", re.IGNORECASE)
_HE = re.compile(r"(?<!\w)(?:ông|anh)\s+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class People:
    """Who is a man and who a woman (``m``, ``f``), by name; and whose a title alone is, by its text."""

    names: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


NOBODY = People()


def read_people(texts: Sequence[str], spans: Sequence[Sequence[TermMatch]]) -> People:
    """What the texts of one article tell of the people in it; ``spans`` are their fixed spans, by start.

    A person called a man here and a woman there counts as neither.
    """
    told: dict[str, set[str]] = {}
    for found in spans:
        for match in found:
            if match.kind in _PERSONS:
                told.setdefault(fold_text(match.source), set()).update(match.gender)
    names = {name: _one(genders) for name, genders in told.items()}
    _by_given_names(names)
    held: dict[str, set[str]] = {}
    known = People(names)
    for text, found in zip(texts, spans, strict=True):
        for each in titles_held(text, found, known):
            if each.gender is not None:
                held.setdefault(fold_text(found[each.title].source), set()).add(each.gender)
    return People(names, {title: _one(genders) for title, genders in held.items()})


def agree(text: str, spans: Sequence[TermMatch], people: People = NOBODY) -> tuple[TermMatch, ...]:
    """The fixed spans of a text with each title in the gender of the person who holds it.

    What belongs to the other gender is then forbidden. Without a person beside it, a title is the one's
    who has it elsewhere in the article; a title of nobody known stays as the glossary has it, and either
    gender is accepted.
    """
    agreed = list(spans)
    for held in titles_held(text, spans, people):
        title = spans[held.title]
        told = held.gender
        if told is None:
            # one of several (các Phó Chủ tịch) is not the one whom the article names elsewhere
            several = _SEVERAL.search(text[max(0, title.start - 8) : title.start])
            told = "" if several else people.titles.get(fold_text(title.source), "")
        agreed[held.title] = _in_gender(title, told)
    return tuple(agreed)


def _in_gender(match: TermMatch, gender: str) -> TermMatch:
    right, wrong = (for_woman, for_man) if gender == WOMAN else (for_man, for_woman)
    forms = (match.target, *match.accepted)
    if not gender or all(right(form) == wrong(form) for form in forms):
        return match
    target = right(match.target)
    accepted = dict.fromkeys(form for form in forms if in_gender(form, gender))
    accepted.pop(target, None)
    forbidden = [wrong(form) for form in forms if not in_gender(wrong(form), gender)]
    return replace(
        match,
        target=target,
        accepted=tuple(accepted),
        forbidden=tuple(dict.fromkeys((*match.forbidden, *forbidden))),
        gender=gender,
    )


@dataclass(frozen=True, slots=True)
class Held:
    """A title and who holds it: the numbers of two spans (no holder where it stands alone).

    ``gender`` is what is known of the holder; None for a title alone that nothing tells of.
    """

    title: int
    holder: int | None
    gender: str | None


def titles_held(text: str, spans: Sequence[TermMatch], people: People = NOBODY) -> Iterator[Held]:
    """The titles of a text with their holders, in order; ``spans`` are its fixed spans, by start."""
    index = 0
    while index < len(spans):
        if spans[index].kind != "title":
            index += 1
            continue
        last = index
        while (
            last + 1 < len(spans)
            and spans[last + 1].kind == "title"
            and _linked(text, spans, last, _BETWEEN_TITLES)
        ):
            last += 1
        yield from _run(text, spans, index, last, people)
        index = last + 1


def _run(text: str, spans: Sequence[TermMatch], first: int, last: int, people: People) -> Iterator[Held]:
    """The titles in a row from ``first`` to ``last``: of who is named before them, or behind, or both."""
    before = behind = None
    if first and spans[first - 1].kind in _PERSONS and _linked(text, spans, first - 1, _BEHIND_NAME):
        before = first - 1
    if last + 1 < len(spans) and spans[last + 1].kind in _PERSONS:
        # Ms A, Chairwoman, Mr B: the comma parts them
        apart = before is None and _linked(text, spans, last, _BEFORE_NAME_APART)
        if apart or _linked(text, spans, last, _BEFORE_NAME):
            behind = last + 1
    for index in range(first, last + 1):
        # A, Secretary, Chairman B: the last title is B's, the others are A's
        holder = behind if behind is not None and (before is None or index == last) else before
        words = text[max(0, spans[index].start - 8) : spans[index].start]
        addressed = WOMAN if _SHE.search(words) else MAN if _HE.search(words) else None
        yield Held(index, holder, addressed or (None if holder is None else _gender(spans[holder], people)))


def _linked(text: str, spans: Sequence[TermMatch], index: int, gap: re.Pattern[str]) -> bool:
    return gap.fullmatch(text[spans[index].end : spans[index + 1].start]) is not None


def _gender(match: TermMatch, people: People) -> str:
    return match.gender or people.names.get(fold_text(match.source), "")


def _one(genders: Iterable[str]) -> str:
    known = set(genders)
    return known.pop() if len(known) == 1 else ""


def _by_given_names(names: dict[str, str]) -> None:
    """``bà Trà`` tells of ``Phạm Thanh Trà``, where nobody else in the article has that given name."""
    for name, gender in list(names.items()):
        if not gender or len(name.split()) > 2:
            continue
        full = [other for other in names if other != name and other.endswith(f" {name}")]
        if len(full) == 1 and not names[full[0]]:
            names[full[0]] = gender
