"""Datelines: the place and agency before the lead (``Hà Nội (TTXVN) –``, ``NDO -``, ``(Chinhphu.vn) –``)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DASH = r"\s*[-–—―]+\s*"
_PLACE = r"(?:TP\.\s?)?[^\W\d_][^\s(),.–—-]*(?:[ -][^\W_][^\s(),.–—-]*){0,5}"
_DAY = r"(?:ngày\s+)?\d{1,2}[/-]\d{1,2}(?:[/-]\d{4})?"
# Agencies and newspapers that sign with their initials, without brackets
_INITIALS = (
    r"(?:TTXVN(?:/Vietnam\+)?|TTXVN/VNP|VNA|NDO|NDĐT|ND|QĐND(?:\s+Online)?|QDND|ĐCSVN|SGGPO?|TTO|TNO|TPO|PLO|NLĐO?|HNMO?|HNM"
    r"|LĐO?|DNO|BNEWS|VOV|VTV|VTC(?:\s+News)?|VTVNEWS|VGP|CAND(?:\s+Online)?|ANTĐ|ANTD|KTĐT|GD&TĐ|BVPL|ĐBND|TCCS|BĐBP|MTTQ"
    r"|Vietnam\+|VietnamPlus|VnExpress|Vietnamnet|VietNamNet|Dân\ trí|Dân\ Trí|Baotintuc)"
)
_SITE = r"[A-Za-zĐđ][\w-]{1,30}(?:\.(?:vn|com|net|org|gov|info|VN|COM)){1,3}"
_DATELINE = re.compile(
    rf"(?:(?P<place>{_PLACE})(?:,?\s+{_DAY})?,?(?:\s+|(?=\()))?"
    rf"(?:\(\s*(?P<bracketed>[^()\n]{{2,60}}?)\s*\)|(?P<bare>{_INITIALS}|{_SITE}))(?P<dash>{_DASH})(?=\S)"
)
_BRACKETED = re.compile(rf"(?:{_INITIALS}|{_SITE}|[A-ZĐ][\w&+./ -]{{1,40}})(?:,?\s+{_DAY})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline: ``place`` and ``agency`` (either may be empty), and the ``cut`` as written."""

    place: str
    agency: str
    cut: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.place, f"({self.agency})" if self.agency else "") if part)


def split_dateline(text: str) -> tuple[Dateline | None, str]:
    """Split the dateline off a lead (white space normalised): (dateline or None, the rest)."""
    match = _DATELINE.match(text[:200])
    if match is None:
        return None, text
    agency = match["bracketed"] or match["bare"]
    if match["bracketed"] and not _BRACKETED.fullmatch(agency):
        return None, text
    if match["bare"] and not re.search(r"\s", match["dash"]) and match["place"]:
        return None, text
    place = match["place"] or ""
    if any(word[0].islower() for word in place.split() if word not in ("và", "phố")):
        return None, text
    rest = text[match.end() :]
    if not rest[0].isupper() and not rest[0].isdigit() and rest[0] not in "“\"‘'":
        return None, text  # a dateline is followed by a sentence
    agency = re.sub(rf",?\s+{_DAY}$", "", agency)
    return Dateline(place, agency, match.group().strip()), rest


def parse_dateline(dateline: str) -> tuple[str, str]:
    """Place and agency of ``Article.dateline`` (``Hà Nội (TTXVN)``, ``(NDO)``), either may be empty."""
    match = re.fullmatch(r"([^()]*?)\s*(?:\(([^()]*)\))?", dateline.strip())
    return (match.group(1), match.group(2) or "") if match else (dateline.strip(), "")
