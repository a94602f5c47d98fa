"""What stands beside a term in its sentence: forms that become right by it, and what makes it no term.

English says a place or ``Ministries`` once where Vietnamese repeats it, or the other way round:
``Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh Hà Nam`` may name Ha Nam twice, and ``Bộ Y tế, Bộ Tài chính`` may be
the Ministries of Health and Finance.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bulletin.glossary.entry import TermMatch
from bulletin.glossary.localities import CITY, DISTRICT, PROVINCE, TOWN, TOWN_CITY, Locality, insert_place

_LONGEST_SENTENCE = 4000
_LEVELS = {
    "provincial": PROVINCE, "municipal": CITY, "city": TOWN_CITY, "district": DISTRICT, "town": TOWN,
}  # fmt: skip
_PLACED = re.compile(
    r"\b((?:[A-ZĐ][\w'-]*)(?: (?:- )?[A-ZĐ][\w'-]*)*) (provincial|municipal|city|district|town) "
)
_OPEN = re.compile(r"(?:\A|\bthe )(provincial|municipal|city|district|town) ")
_HCMC = re.compile(r"\bHo Chi Minh City (?:People's|Party)")
_MINISTRY = "Ministry of "
_JOINT = re.compile(r"\s*(?:,|và|,\s*và)\s*\Z")


# a term that ends so is the Party's own, unless the name of another body goes on behind it
_CENTRAL = re.compile(r"(?:Trung ương|TW|T\.Ư|TƯ)( Đảng)?\Z", re.IGNORECASE)
_ENDS = ("ương", "TW", "T.Ư", "TƯ", "Đảng", "đảng", "ƯƠNG", "ĐẢNG")
_OTHER_BODY = re.compile(
    r"\s+(?:(?:Giáo h|Tổng h|Tổng H|H)ội(?!\s+(?:nghị|đồng|trường|thảo|đàm|chợ|viên)\b)"
    r"|Liên (?:hiệp|đoàn|minh)\b|Tổng Liên\b|Mặt trận\b|MTTQ|Cục\b)"
)
# a family name too, and a delegation
_UNION = re.compile(
    r"\s+Đoàn\b(?:\s+(?!(?:công tác|kiểm tra|giám sát|đại biểu)\b)|(?=\s*(?:[^\w\s]|\Z)))(\S*)"
)
_UNION_NAMES = ("Thanh niên", "TNCS", "thanh niên")
_SEVERAL = re.compile(r"(?:\b(?:các|những|hai|ba|bốn)|\d)\s+\Z", re.IGNORECASE)
_OTHER_PARTY = re.compile(
    r"\s+(?:Nhân dân|NDCM|Lao động|Dân chủ|Cộng hòa|Xã hội|Cách mạng|Tự do|Bảo thủ|Hành động"
    r"|Cộng sản (?!Việt)(?=(\w)))"
)


def with_neighbours(text: str, matches: Sequence[TermMatch]) -> tuple[TermMatch, ...]:
    """The matches of a sentence that are what they look like, with the forms their neighbours make right."""
    matches = [match for match in matches if not goes_on(text, match)]
    if len(matches) < 2 or len(text) > _LONGEST_SENTENCE:
        return tuple(matches)
    places = _places(matches)
    found = []
    for number, match in enumerate(matches):
        further = [*_with_place(match, places), *_in_a_row(text, matches, number)]
        if further:
            accepted = dict.fromkeys((*match.accepted, *further))
            accepted.pop(match.target, None)
            match = replace(match, accepted=tuple(accepted))
        found.append(match)
    return tuple(found)


def goes_on(text: str, match: TermMatch) -> bool:
    """Whether a term of the Party's centre is how the name of another body begins, which nobody entered.

    ``Ban Tổ chức Trung ương`` before ``Hội Luật gia Việt Nam``, ``Ban Bí thư Trung ương Đảng`` before
    ``Nhân dân Cách mạng Lào``: to render it would be to name the wrong body. So would it be for several
    central offices at once.
    """
    if not match.source.endswith(_ENDS):
        return False
    centre = _CENTRAL.search(match.source)
    if centre is None:
        return False
    if centre[1]:
        party = _OTHER_PARTY.match(text, match.end)
        return party is not None and (party[1] or "A").isupper()
    # các Văn phòng Trung ương: the offices of the Party, the Assembly, the President and the Government
    if match.source.startswith("Văn phòng") and _SEVERAL.search(text, max(0, match.start - 10), match.start):
        return True
    union = _UNION.match(text, match.end)
    if union is not None:
        return not union[1][:1].isupper() or text.startswith(_UNION_NAMES, union.start(1))
    return _OTHER_BODY.match(text, match.end) is not None


def _places(matches: Sequence[TermMatch]) -> list[Locality]:
    """The places that composed titles and bodies of the sentence name, with their levels."""
    places: dict[Locality, None] = {}
    for match in matches:
        if match.id.startswith("role:"):
            named = _PLACED.search(match.target)
            if named:
                places.setdefault(Locality(_LEVELS[named[2]], named[1]))
            elif _HCMC.search(match.target):
                places.setdefault(Locality(CITY, "Ho Chi Minh City"))
    return list(places)


def _with_place(match: TermMatch, places: Sequence[Locality]) -> list[str]:
    if not places or match.kind not in ("title", "institution", "organisation"):
        return []
    level = _OPEN.search(match.target)
    if level is None or _PLACED.search(match.target):
        return []
    near = [
        place for place in places if place.level and level[1] in (place.level.adjective, *place.level.others)
    ]
    forms = [form for place in near for form in insert_place(f"the {match.target}", place, least=True)]
    return [form.removeprefix("the ") for form in forms]


def _in_a_row(text: str, matches: Sequence[TermMatch], number: int) -> list[str]:
    """Further forms of a ministry with others right beside it: ``Ministries of Health``, ``and Finance``."""
    match = matches[number]
    if not match.target.startswith(_MINISTRY):
        return []
    behind = number > 0 and _adjoin(text, matches[number - 1], match)
    before = number + 1 < len(matches) and _adjoin(text, match, matches[number + 1])
    if not (behind or before):
        return []
    field = match.target.removeprefix(_MINISTRY)
    return [f"Ministries of {field}", *([f"of {field}", field] if behind else [])]


def _adjoin(text: str, first: TermMatch, second: TermMatch) -> bool:
    both = first.target.startswith(_MINISTRY) and second.target.startswith(_MINISTRY)
    return both and _JOINT.match(text[first.end : second.start]) is not None
