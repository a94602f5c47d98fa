"""The encodings of Vietnamese before Unicode: TCVN3 (ABC fonts) and VNI.

Both put Vietnamese letters at the places of Western ones, so that their text looks like
``Céng hßa x· héi chñ nghÜa ViÖt Nam`` (TCVN3) or ``Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam`` (VNI)
where the font is missing. TCVN3 is the character set VN3 of TCVN 5712:1993, one byte a letter. VNI
writes most letters as a base letter and a second byte for the marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TCVN3_ROWS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
"""Runs of letters from their first code on; the codes between are not used."""

_TCVN3 = {first + i: letter for first, row in _TCVN3_ROWS.items() for i, letter in enumerate(row)}

# mark byte -> what it makes of the base letters named by the row's key
_VNI_MARKS = {
    "aeouy": {"ù": "áéóúý", "ø": "àèòùỳ", "û": "ảẻỏủỷ", "õ": "ãẽõũỹ", "ï": "ạẹọụỵ"},
    "aeo": {"â": "âêô", "á": "ấếố", "à": "ầềồ", "å": "ẩểổ", "ã": "ẫễỗ", "ä": "ậệộ"},
    "a": {"ê": "ă", "é": "ắ", "è": "ằ", "ú": "ẳ", "ü": "ẵ", "ë": "ặ"},
    "ôö": {"ù": "ớứ", "ø": "ờừ", "û": "ởử", "õ": "ỡữ", "ï": "ợự"},
}
_VNI_SINGLES = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì"}

_VNI = {
    base + mark: made
    for bases, marks in _VNI_MARKS.items()
    for mark, row in marks.items()
    for base, made in zip(bases, row, strict=True)
} | _VNI_SINGLES
_VNI_PATTERN = re.compile("|".join(sorted(_VNI, key=len, reverse=True)), re.IGNORECASE)


_UNICODE = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")


@dataclass(frozen=True, slots=True)
class Encoding:
    """A legacy encoding: its ``name`` as findings give it."""

    name: str
    title: str

    def convert(self, text: str) -> str:
        """Convert text whose characters are those that Windows-1252 gives its bytes.

        Lines with a letter that only Unicode has are Unicode already, and stay as they are.
        """
        convert = from_tcvn3 if self.name == "tcvn3" else from_vni
        return "\n".join(line if _UNICODE.search(line) else convert(line) for line in text.split("\n"))


TCVN3 = Encoding("tcvn3", "TCVN3 (ABC fonts)")
VNI = Encoding("vni", "VNI")


def from_tcvn3(text: str) -> str:
    """Convert TCVN3 seen as Windows-1252.

    TCVN3 has no capitals with tone marks: capital fonts show the small codes as capitals. A word
    that is otherwise in capitals is therefore put into capitals whole.
    """
    converted = text.translate(_TCVN3)
    if converted == text:
        return text
    return re.sub(r"[^\W\d_]+", lambda match: _recase(match.group()), converted)


def from_vni(text: str) -> str:
    """Convert VNI seen as Windows-1252."""
    return _VNI_PATTERN.sub(_vni_letter, text)


def _recase(word: str) -> str:
    plain = [i for i, char in enumerate(word) if char.isascii()]
    capitals = all(word[i].isupper() for i in plain) and any(i > 0 for i in plain)
    return word.upper() if capitals else word


def _vni_letter(match: re.Match[str]) -> str:
    pair = match.group()
    made = _VNI[pair.lower()]
    return made.upper() if pair[0].isupper() else made
