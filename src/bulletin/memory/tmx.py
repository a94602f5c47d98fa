"""TMX 1.4b in, as a stream: OmegaT's, Trados' and plain files, without entities, in constant memory."""

from __future__ import annotations

import codecs
import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from bulletin.errors import MemoryStoreError
from bulletin.memory.shape import context_key
from bulletin.memory.unit import MAX_TEXT, MemoryUnit, clean_text

OWN = "x-bulletin-"
"""What the names of our own properties begin with."""

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MAX_UNIT = 4 * 2**20
"""Most bytes of one unit, and of the header; more is no translation unit."""

# elements that hold another program's codes, not text
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
# Trados marks what nobody has approved yet, or somebody has refused
_UNAPPROVED = re.compile(r"draft|rejected|unspecified", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z?")

# what stands for bytes that are no character; no text has these three in a row
_BROKEN = "\ufffd\uf8ff\ufffd"
codecs.register_error("bulletin.broken", lambda error: (_BROKEN, getattr(error, "end", 0)))

Position = Callable[[int, int], None]
"""Called with the bytes read and the bytes in all."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A unit of a file that does not enter the memory: its number from 1, its line where known, and why."""

    number: int
    line: int
    reason: str


def read_tmx(
    path: Path, *, style: str = "", progress: Position | None = None
) -> Iterator[MemoryUnit | Skipped]:
    """Yield one item for each ``<tu>``: its Vietnamese–English unit, or why it is passed over.

    ``style`` is given to units that name none themselves. Inline codes are dropped, their text kept.
    Raises MemoryStoreError for a file that cannot be read, is damaged, is no TMX, declares
    entities, or has a unit of more than ``MAX_UNIT`` bytes.
    """
    from lxml import etree

    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            try:
                yield from _units(path, file, size, style, progress)
            except etree.XMLSyntaxError as error:
                line = f":{error.lineno}" if error.lineno else ""
                reason = str(error.msg or "no XML").split(", line ")[0]
                raise MemoryStoreError(
                    f"{path}{line}: the TMX is damaged ({reason}); export it again"
                ) from error
    except OSError as error:
        raise MemoryStoreError(
            f"{path}: cannot be read ({error.strerror or error}); check its path and rights"
        ) from error


def _units(
    path: Path, file: BinaryIO, size: int, style: str, progress: Position | None
) -> Iterator[MemoryUnit | Skipped]:
    from lxml import etree

    mark_of_16 = file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    file.seek(0)
    stream = etree.iterparse(
        _Utf16(file) if mark_of_16 else file,
        encoding="utf-8" if mark_of_16 else None,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    depth = number = mark = 0
    for event, element in stream:
        if event == "start":
            depth += 1
            if depth == 1:
                _check_root(path, element)
            if file.tell() - mark > MAX_UNIT:
                raise MemoryStoreError(
                    f"{path}: unit {number + 1} has more than {MAX_UNIT // 2**20} MiB; "
                    "one unit is one sentence: split it, or take it out"
                )
            continue
        depth -= 1
        if depth > 2:
            continue
        if _local(element) == "tu":
            number += 1
            yield _unit(number, element, style)
            if progress is not None and number % 1000 == 0:
                progress(file.tell(), size)
        if depth:
            # what is read goes at once; only then is memory constant
            mark = file.tell()
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    if progress is not None:
        progress(size, size)


class _Utf16:
    """A file in UTF-16 read as UTF-8: the parser would give up at half a character, here one unit does."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-16")("bulletin.broken")

    def read(self, size: int) -> bytes:
        """About ``size`` bytes more, none at the end."""
        while data := self._file.read(size):
            if text := self._decoder.decode(data):
                return text.encode()
        return self._decoder.decode(b"", True).encode()


def _check_root(path: Path, root: Any) -> None:
    if _local(root) != "tmx":
        raise MemoryStoreError(
            f"{path}: a TMX file's outermost element is <tmx>, not <{_local(root)}>; export it as TMX"
        )
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise MemoryStoreError(
            f"{path}: the TMX declares entities, which are never read; export without them"
        )


def _unit(number: int, unit: Any, style: str) -> MemoryUnit | Skipped:
    line = unit.sourceline or 0
    sides: dict[str, str] = {}
    english: Any = None
    try:
        for variant in _children(unit, "tuv"):
            code = variant.get(XML_LANG) or variant.get("lang") or ""
            language = code.lower().replace("_", "-").split("-")[0]
            if language not in ("vi", "en") or language in sides:
                continue
            segment = next(_children(variant, "seg"), None)
            sides[language] = "" if segment is None else clean_text(_text(segment))
            english = variant if language == "en" else english
    except _EntityError:
        return Skipped(number, line, "uses an entity that is not known")
    for language, name in (("vi", "Vietnamese"), ("en", "English")):
        if not sides.get(language):
            return Skipped(number, line, f"has no {name} text")
        if _BROKEN in sides[language]:
            return Skipped(number, line, f"has bytes in its {name} that are no character")
        if len(sides[language]) > MAX_TEXT:
            return Skipped(number, line, f"is longer than {MAX_TEXT:,} characters")
    properties = {
        (prop.get("type") or "").lower(): (prop.text or "").strip()
        for owner in (unit, english)
        for prop in _children(owner, "prop")
    }
    if _UNAPPROVED.search(properties.get("x-confirmationlevel", "")):
        return Skipped(number, line, f"is not approved ({properties['x-confirmationlevel']})")
    attributes = {**unit.attrib, **english.attrib}
    return MemoryUnit(
        sides["vi"],
        sides["en"],
        article=properties.get(f"{OWN}article") or properties.get("file", ""),
        date=_day(properties.get(f"{OWN}date", "")),
        style=properties.get(f"{OWN}style", style),
        author=attributes.get("changeid") or attributes.get("creationid") or "",
        glossary=properties.get(f"{OWN}glossary", ""),
        created=_time(attributes.get("changedate", "")) or _time(attributes.get("creationdate", "")),
        previous=_context(properties.get(f"{OWN}previous", ""), properties.get("prev", "")),
        next=_context(properties.get(f"{OWN}next", ""), properties.get("next", "")),
    )


def _children(element: Any, name: str) -> Iterator[Any]:
    return (child for child in element if isinstance(child.tag, str) and _local(child) == name)


class _EntityError(Exception):
    pass


def _text(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str):
            raise _EntityError
        if _local(child) not in _CODES:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _time(text: str) -> datetime.datetime | None:
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second = map(int, match.groups())
    try:
        return datetime.datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _context(key: str, text: str) -> int | None:
    if re.fullmatch(r"-?\d{1,19}", key):
        number = int(key)
        return number if -(2**63) <= number < 2**63 else None
    return context_key(clean_text(text))
