"""The heads of titles: what a person is, before the institution in which they are it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bulletin.glossary.lexicon import Lexicon
from bulletin.glossary.tokens import fold


@dataclass(frozen=True, slots=True)
class Head:
    """A head in English: for a man or unknown, for a woman where it differs, and in the plural.

    ``accepted`` are further right heads. ``link`` stands between head and institution.
    """

    english: str
    feminine: str = ""
    plural: str = ""
    accepted: tuple[str, ...] = ()
    link: str = " of "

    def forms(self) -> tuple[str, ...]:
        """All right heads, the house's first."""
        plural = self.plural or f"{self.english}s"
        own = (self.english, self.feminine, plural, self.feminine.replace("woman", "women"))
        return tuple(dict.fromkeys(form for form in (*own, *self.accepted) if form))


def _chair(rank: str = "", *accepted: str) -> Head:
    lead = f"{rank} " if rank else ""
    return Head(f"{lead}Chairman", f"{lead}Chairwoman", f"{lead}Chairmen", accepted)


_PRESIDENT = Head("President", accepted=("Chairman", "Chairwoman"))
_VICE_PRESIDENT = Head("Vice President", accepted=("Vice Chairman", "Vice Chairwoman", "Deputy President"))
_CHIEF_OFFICE = Head("Chief of the Office", plural="Chiefs of the Office", accepted=("Chief of Office",))
_DEPUTY_CHIEF_OFFICE = Head(
    "Deputy Chief of the Office", plural="Deputy Chiefs of the Office", accepted=("Deputy Chief of Office",)
)

_GENERAL = {
    "chủ tịch": _chair("", "President", "Chairperson"),
    "phó chủ tịch": _chair("Vice"),
    "phó chủ tịch thường trực": _chair("Permanent Vice", "Standing Vice Chairman"),
    "chủ nhiệm": _chair(),
    "phó chủ nhiệm": _chair("Vice"),
    "phó chủ nhiệm thường trực": _chair("Permanent Vice", "Standing Vice Chairman"),
    "trưởng ban": Head("Head", accepted=("Chairman", "Chairwoman")),
    "phó trưởng ban": Head("Deputy Head", accepted=("Vice Chairman", "Vice Chairwoman", "Deputy Chairman")),
    "phó trưởng ban thường trực": Head(
        "Permanent Deputy Head", accepted=("Permanent Vice Chairman", "Permanent Vice Chairwoman")
    ),
    "trưởng đoàn": Head("head", accepted=("Head",)),
    "phó trưởng đoàn": Head("deputy head", accepted=("Deputy Head",)),
    "bí thư": Head("Secretary", plural="Secretaries"),
    "phó bí thư": Head("Deputy Secretary", plural="Deputy Secretaries"),
    "phó bí thư thường trực": Head(
        "Permanent Deputy Secretary",
        plural="Permanent Deputy Secretaries",
        accepted=("Standing Deputy Secretary",),
    ),
    "giám đốc": Head("Director"),
    "phó giám đốc": Head("Deputy Director"),
    "phó giám đốc thường trực": Head("Permanent Deputy Director"),
    "tổng giám đốc": Head("General Director", accepted=("Director General", "Director-General")),
    "phó tổng giám đốc": Head("Deputy General Director", accepted=("Deputy Director General",)),
    "chánh văn phòng": _CHIEF_OFFICE,
    "phó chánh văn phòng": _DEPUTY_CHIEF_OFFICE,
    "chánh thanh tra": Head("Chief Inspector"),
    "phó chánh thanh tra": Head("Deputy Chief Inspector"),
    "ủy viên": Head("member", accepted=("Member",)),
    "ủy viên dự khuyết": Head("alternate member", accepted=("Alternate Member",)),
    "cục trưởng": Head("Director", accepted=("Director General", "Head", "Chief")),
    "phó cục trưởng": Head("Deputy Director", accepted=("Deputy Director General", "Deputy Head")),
    "vụ trưởng": Head("Director", accepted=("Director General", "Head")),
    "phó vụ trưởng": Head("Deputy Director", accepted=("Deputy Director General", "Deputy Head")),
    "tổng cục trưởng": Head("Director", accepted=("Director General", "General Director")),
    "phó tổng cục trưởng": Head("Deputy Director", accepted=("Deputy Director General",)),
    "viện trưởng": Head("Director", accepted=("President", "Head")),
    "phó viện trưởng": Head("Deputy Director", accepted=("Vice President", "Deputy Head")),
    "chánh án": Head("Chief Judge", accepted=("Chief Justice", "President")),
    "phó chánh án": Head("Deputy Chief Judge", accepted=("Deputy Chief Justice", "Vice President")),
    "tổng thư ký": Head("Secretary-General", plural="Secretaries-General", accepted=("Secretary General",)),
    "tư lệnh": Head("Commander"),
    "phó tư lệnh": Head("Deputy Commander"),
    "chính ủy": Head("Political Commissar"),
    "phó chính ủy": Head("Deputy Political Commissar"),
    "chỉ huy trưởng": Head("Commander", accepted=("Commander-in-Chief",)),
    "phó chỉ huy trưởng": Head("Deputy Commander"),
    "hiệu trưởng": Head("Rector", accepted=("Principal", "President")),
    "phó hiệu trưởng": Head("Vice Rector", accepted=("Deputy Rector", "Vice President")),
    "tổng biên tập": Head("Editor-in-Chief", plural="Editors-in-Chief"),
    "phó tổng biên tập": Head("Deputy Editor-in-Chief", plural="Deputy Editors-in-Chief"),
}  # fmt: skip
HEADS = Lexicon.of({head: fold(head) for head in _GENERAL})
"""Heads before an institution, each with its key for ``head_for``."""
_BY_KEY = {fold(head): value for head, value in _GENERAL.items()}

MINISTERIAL = Lexicon.of(
    {
        "bộ trưởng": Head("Minister"),
        "thứ trưởng": Head("Deputy Minister"),
        "thứ trưởng thường trực": Head("Permanent Deputy Minister", accepted=("Standing Deputy Minister",)),
    }
)
"""Heads that take the place of ``the Ministry``: ``Minister of Finance``."""

_SOCIETY = re.compile(r"\b(?:Union|Association|Confederation|Federation|Front|Red Cross|Society)\b")
_MASS = {fold("chủ tịch"): _PRESIDENT, fold("phó chủ tịch"): _VICE_PRESIDENT}
_SPEAKER = Head("Speaker", accepted=("Chairman", "Chairwoman", "President"))
_DEPUTY_SPEAKER = Head("Deputy Speaker", accepted=("Vice Speaker", "Vice Chairman", "Vice President"))
_PARLIAMENT = {fold("chủ tịch"): _SPEAKER, fold("phó chủ tịch"): _DEPUTY_SPEAKER}
_COMMISSION = {
    fold("trưởng ban"): _chair("", "Head"),
    fold("phó trưởng ban"): _chair("Vice", "Deputy Head", "Deputy Chairman"),
    fold("phó trưởng ban thường trực"): _chair("Permanent Vice", "Permanent Deputy Head"),
}
_PROCURACY = {
    fold("viện trưởng"): Head("Chief Prosecutor", accepted=("Prosecutor General", "Director", "Head")),
    fold("phó viện trưởng"): Head("Deputy Chief Prosecutor", accepted=("Deputy Prosecutor General",)),
}
_SUPREME = {
    fold("viện trưởng"): Head("Prosecutor General", plural="Prosecutors General"),
    fold("phó viện trưởng"): Head("Deputy Prosecutor General", plural="Deputy Prosecutors General"),
    fold("chánh án"): Head("Chief Justice"),
    fold("phó chánh án"): Head("Deputy Chief Justice"),
}


_VICE = r"Chairman|Chairwoman|Chairperson|President|Rector|Chancellor"
_DEPUTY = (
    r"Ambassador|Minister|Secretary|Head|Director|Chief|Governor|Commander|Inspector|Commissar|Editor|Speaker"
    r"|Consul|Representative|Judge|Justice|Prosecutor|Auditor|Leader|Principal|Captain"
)
_FIRST_HEAD = re.compile(
    rf"\b(?:(?:Foreign|Defence|Finance|Trade|Prime|General|Political|Managing)\s+)*(?:(?P<vice>{_VICE})|{_DEPUTY})\b"
)
_SMALL_HEAD = re.compile(r"\b(?:chief|head|director|leader|secretary)\b")
_RANKED = re.compile(r"\b(?:Deputy|Vice|Assistant|deputy|vice|assistant|[Mm]ember|Attorney)\b")


def deputies(form: str) -> tuple[str, ...]:
    """The English of the deputy of who bears a title, the house's first; none where it cannot be told.

    ``Chairman of the ward People's Committee`` has a Vice Chairman, the ``Australian Ambassador`` a Deputy.
    """
    if _RANKED.search(form):
        return ()
    head = _FIRST_HEAD.search(form)
    if head is None:
        return (f"deputy {form}",) if _SMALL_HEAD.search(form) else ()
    ranks = ("Vice", "Deputy") if head["vice"] else ("Deputy", "Vice")
    before, behind = form[: head.start()], form[head.start() :]
    own = [f"{before}{rank} {behind}" for rank in ranks]
    return (*own, *(f"{rank} {form}" for rank in ranks if before))


def head_for(key: str, institution: str) -> Head:
    """The head as an institution (its English) calls it: a Union has a President, a Parliament a Speaker."""
    if "Supreme" in institution and key in _SUPREME:
        return _SUPREME[key]
    if "Procuracy" in institution and key in _PROCURACY:
        return _PROCURACY[key]
    if "Commission" in institution and key in _COMMISSION:
        return _COMMISSION[key]
    if key in _PARLIAMENT and re.search(r"\b(?:Parliament|House|Duma|Knesset)\Z", institution):
        return _PARLIAMENT[key]
    if _SOCIETY.search(institution) and "Party" not in institution and key in _MASS:
        return _MASS[key]
    return _BY_KEY[key]
