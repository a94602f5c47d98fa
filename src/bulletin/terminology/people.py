"""People and their titles: a woman is a Chairwoman, where the article says that she is one.

Vietnamese titles have no gender, English ones do. What tells it is the form of address (``bà``), the
middle name (``Thị``, ``Văn``), or either of them elsewhere in the same article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bulletin.glossary.entry import TermMatch
from bulletin.language.normal import fold_text

MAN, WOMAN = "m", "f"

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
_HE = re.compile(r"(?<!\w)(?:ông|anh)\s+\Z", re.IGNORECASE)
_MALE = re.compile(r"\b([Cc]hair|[Ss]pokes|[Aa]lder|[Oo]mbuds)(m[ae]n)\b")
_FEMALE = re.compile(r"\b([Cc]hair|[Ss]pokes|[Aa]lder|[Oo]mbuds)(wom[ae]n)\b")


@dataclass(frozen=True, slots=True)
class People:
    """Who is a man and who a woman (``m``, ``f``), by name; and whose a title alone is, by its text."""

    names: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


NOBODY = People()


def for_woman(form: str) -> str:
    """An English form with its heads in the feminine: ``Vice Chairman`` becomes ``Vice Chairwoman``."""
    return _MALE.sub(lambda head: head[1] + ("woman" if head[2] == "man" else "women"), form)


def for_man(form: str) -> str:
    """An English form with its heads in the masculine."""
    return _FEMALE.sub(lambda head: head[1] + head[2].removeprefix("wo"), form)


def in_gender(form: str, gender: str) -> bool:
    """Whether no head of an English form, plurals aside, belongs to the other gender."""
    wrong = {WOMAN: _MALE, MAN: _FEMALE}.get(gender)
    return wrong is None or all(head[2].endswith("men") for head in wrong.finditer(form))


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
        for title, gender in _titles(text, found, known):
            if gender is not None:
                held.setdefault(fold_text(found[title].source), set()).add(gender)
    return People(names, {title: _one(genders) for title, genders in held.items()})


def agree(text: str, spans: Sequence[TermMatch], people: People = NOBODY) -> tuple[TermMatch, ...]:
    """The fixed spans of a text with each title in the gender of the person who holds it.

    What belongs to the other gender is then forbidden. Without a person beside it, a title is the one's
    who has it elsewhere in the article; a title of nobody known stays as the glossary has it, and either
    gender is accepted.
    """
    agreed = list(spans)
    for index, gender in _titles(text, spans, people):
        told = gender if gender is not None else people.titles.get(fold_text(spans[index].source), "")
        agreed[index] = _in_gender(spans[index], told)
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


def _titles(text: str, spans: Sequence[TermMatch], people: People) -> Iterable[tuple[int, str | None]]:
    """Each title's index and its holder's gender: empty for one not known, None where it stands alone."""
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


def _run(
    text: str, spans: Sequence[TermMatch], first: int, last: int, people: People
) -> Iterable[tuple[int, str | None]]:
    """The titles in a row from ``first`` to ``last``: of who is named before them, or behind, or both."""
    holder = following = None
    if first and spans[first - 1].kind in _PERSONS and _linked(text, spans, first - 1, _BEHIND_NAME):
        holder = _gender(spans[first - 1], people)
    if last + 1 < len(spans) and spans[last + 1].kind in _PERSONS:
        # Ms A, Chairwoman, Mr B: the comma parts them
        apart = holder is None and _linked(text, spans, last, _BEFORE_NAME_APART)
        if apart or _linked(text, spans, last, _BEFORE_NAME):
            following = _gender(spans[last + 1], people)
    for index in range(first, last + 1):
        before = text[max(0, spans[index].start - 8) : spans[index].start]
        addressed = WOMAN if _SHE.search(before) else MAN if _HE.search(before) else None
        # A, Secretary, Chairman B: the last title is B's, the others are A's
        named = following if following is not None and (holder is None or index == last) else holder
        yield index, addressed or named


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
