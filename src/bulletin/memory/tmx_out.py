"""TMX 1.4b out, as a stream, the way OmegaT or Trados reads it best."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any

from bulletin import __version__
from bulletin.files import open_atomic
from bulletin.memory.store import Store
from bulletin.memory.tmx import OWN, XML_LANG
from bulletin.memory.unit import MemoryUnit, clean_text

_PAGE = 2000


class Dialect(StrEnum):
    """Whose TMX is written: language codes, encoding and properties differ."""

    OMEGAT = "omegat"
    TRADOS = "trados"


@dataclass(frozen=True, slots=True)
class _Manner:
    source: str
    target: str
    encoding: str


_MANNERS = {
    Dialect.OMEGAT: _Manner("vi", "en", "UTF-8"),
    Dialect.TRADOS: _Manner("vi-VN", "en-GB", "UTF-16"),
}


def export_tmx(store: Store, path: Path, dialect: Dialect = Dialect.OMEGAT) -> int:
    """Write a store's units to a TMX file; returns how many. See ``write_tmx``."""
    return write_tmx(_with_neighbours(store), path, dialect)


def write_tmx(
    units: Iterable[tuple[MemoryUnit, str, str]], path: Path, dialect: Dialect = Dialect.OMEGAT
) -> int:
    """Write units, each with the texts of its neighbours (or empty), to ``path``; returns how many.

    The file is written beside and renamed when it is whole, so that an old one stands until then.
    OmegaT's TMX is UTF-8 with ``prev`` and ``next``; Trados' is UTF-16 with ``vi-VN`` and ``en-GB``.
    Raises BulletinError where it cannot be written.
    """
    from lxml import etree

    manner = _MANNERS[dialect]
    count = 0
    with open_atomic(path) as file, etree.xmlfile(file, encoding=manner.encoding) as xml:
        xml.write_declaration()
        xml.write_doctype('<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
        with xml.element("tmx", version="1.4"):
            xml.write("\n")
            xml.write(etree.Element("header", _header(manner, dialect)))
            xml.write("\n")
            with xml.element("body"):
                xml.write("\n")
                for unit, previous, following in units:
                    xml.write(_element(unit, previous, following, manner, dialect))
                    xml.write("\n")
                    count += 1
    return count


def _with_neighbours(store: Store) -> Iterator[tuple[MemoryUnit, str, str]]:
    stream = iter(store)
    while page := list(islice(stream, _PAGE)):
        keys = [key for unit in page for key in (unit.previous, unit.next) if key is not None]
        texts = store.sources(keys)
        for unit in page:
            yield unit, texts.get(unit.previous or 0, ""), texts.get(unit.next or 0, "")


def _header(manner: _Manner, dialect: Dialect) -> dict[str, str]:
    return {
        "creationtool": "bulletin",
        "creationtoolversion": __version__,
        "o-tmf": "OmegaT TMX" if dialect is Dialect.OMEGAT else "bulletin",
        "adminlang": "EN-US",
        "datatype": "plaintext",
        "segtype": "sentence",
        "srclang": manner.source,
    }


def _element(unit: MemoryUnit, previous: str, following: str, manner: _Manner, dialect: Dialect) -> Any:
    from lxml import etree

    element = etree.Element("tu")
    for name, value in _properties(unit, previous, following, dialect):
        if value:
            etree.SubElement(element, "prop", type=name).text = clean_text(value)
    source = etree.SubElement(element, "tuv", {XML_LANG: manner.source})
    etree.SubElement(source, "seg").text = clean_text(unit.source)
    target = etree.SubElement(element, "tuv", {XML_LANG: manner.target})
    if unit.author:
        target.set("changeid", clean_text(unit.author))
    if unit.created:
        target.set("changedate", f"{unit.created:%Y%m%dT%H%M%SZ}")
    etree.SubElement(target, "seg").text = clean_text(unit.target)
    return element


def _properties(
    unit: MemoryUnit, previous: str, following: str, dialect: Dialect
) -> Iterator[tuple[str, str]]:
    if dialect is Dialect.OMEGAT:
        # with a "file" OmegaT would offer the unit for that file alone
        yield "prev", previous
        yield "next", following
    else:
        yield "x-Origin", "TM"
        yield "x-ConfirmationLevel", "ApprovedTranslation"
    yield f"{OWN}article", unit.article
    yield f"{OWN}date", unit.date.isoformat() if unit.date else ""
    yield f"{OWN}style", unit.style
    yield f"{OWN}glossary", unit.glossary
    yield f"{OWN}previous", "" if unit.previous is None else str(unit.previous)
    yield f"{OWN}next", "" if unit.next is None else str(unit.next)
