"""Bylines: a short line that is a person's name or an agency (``Thanh Mai``, ``PV``, ``Theo TTXVN``)."""

from __future__ import annotations

import re

from bulletin.language.syllables import is_syllable

AGENCIES = frozenset(
    (
        *"ttxvn vna vgp vov vtv ndo nđo nhandan qđnd qdnd đcsvn dcsvn sggp sggpo tto tno tpo hnmo".split(),
        *"pv p.v p.v. pvtt bt bbt btv ttv ctv vietnam+ vietnamplus vnexpress bnews vietnamnet".split(),
        *("nhân dân", "dân trí", "tuổi trẻ", "thanh niên", "lao động", "tiền phong", "tổng hợp"),
    )
)
"""Agencies, newspapers and their abbreviations, casefolded."""

_PREFIX = re.compile(
    r"(?:bài\s+và\s+ảnh|tin\s+và\s+ảnh|bài,\s*ảnh|tin,\s*ảnh|tin\s*-\s*ảnh|bài\s*-\s*ảnh|tin\s+bài|bài|tin|ảnh"
    r"|thực\s+hiện|tác\s+giả|người\s+viết|biên\s+tập|nguồn|nguồn\s+tin|theo)\s*:\s*",
    re.IGNORECASE,
)
_FROM = re.compile(r"theo\s+", re.IGNORECASE)
_GROUP = re.compile(r"(?:nhóm\s+)?(?:pv|p\.v|phóng viên)(?:\s+\S+){0,5}", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:[-–—/,;&|]|\+(?=\s)|\bvà\b)\s*")
_SUFFIX = re.compile(
    r"\s*\((?:tổng hợp|t/h|th|ghi|dịch|lược dịch|biên soạn|thực hiện|[A-ZĐ][\w.+]{1,20})\)$", re.IGNORECASE
)
_SITE = re.compile(r"[\w-]{2,30}(?:\.[\w-]{2,20}){1,3}")
_PAPER = re.compile(
    r"(?:báo|tạp chí|cổng tt?đt|cổng thông tin điện tử|đài|bản tin|trang tin)\s+\S.{0,60}", re.IGNORECASE
)


def is_byline(line: str) -> bool:
    """Whether a line (white space normalised) reads as a byline."""
    rest = line.strip()
    if rest.startswith("(") and rest.endswith(")"):
        rest = rest[1:-1].strip()
    rest = rest.removesuffix(".") if not rest.endswith(("..", "P.V.")) else rest
    if not rest or len(rest) > 80 or len(rest.split()) > 10 or rest[-1] in "!?…:;":
        return False
    rest = _SUFFIX.sub("", rest)
    labelled = _PREFIX.match(rest) or _FROM.match(rest)
    if labelled:
        rest = rest[labelled.end() :]
    if _GROUP.fullmatch(rest):
        return len(rest.split()) <= 6
    parts = [part for part in _SEPARATOR.split(rest) if part]
    if not parts or len(parts) > 4:
        return False
    minimum = 1 if labelled or len(parts) > 1 else 2
    return all(is_agency(part) or is_name(part, minimum) for part in parts)


def named_source(line: str) -> str:
    """The source that a line such as ``Theo TTXVN`` or ``Nguồn: Báo Nhân Dân`` names, or an empty string."""
    rest = line.strip().strip("()").strip()
    match = re.match(r"(?:nguồn(?:\s+tin)?\s*:|theo\s*:?)\s*(?=\S)", rest, re.IGNORECASE)
    return rest[match.end() :].rstrip(".") if match and len(rest) <= 80 else ""


def is_agency(text: str) -> bool:
    """Whether ``text`` is an agency, a newspaper or a site."""
    return (
        text.casefold() in AGENCIES
        or bool(_SITE.fullmatch(text) and any(char.isalpha() for char in text))
        or bool(_PAPER.fullmatch(text))
    )


def is_name(text: str, minimum: int = 2) -> bool:
    """Whether ``text`` is written like a Vietnamese personal name: capitalised syllables, at most five."""
    words = text.split()
    if not minimum <= len(words) <= 5:
        return False
    return all(_is_name_word(word) for word in words) and any(len(word.strip(".")) > 1 for word in words)


def _is_name_word(word: str) -> bool:
    if re.fullmatch(r"[^\W\d_]\.?(?:[^\W\d_]\.?)?", word) and word[0].isupper():
        return True  # an initial: "T.", "H.A"
    return word[0].isupper() and is_syllable(word) and (word[1:].islower() or word.isupper())
