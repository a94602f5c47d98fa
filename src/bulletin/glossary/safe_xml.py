"""Parsing XML from strangers: no entities, nothing fetched, no more than fits."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lxml import etree

from bulletin.errors import GlossaryError

MAX_BYTES = 128 * 2**20
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def parse_xml(path: Path) -> etree._Element:
    """The root element of an XML file.

    Raises GlossaryError, with the line where there is one, for a file that is too large, is not
    well-formed, or declares entities (which could read other files, or grow without end).
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise GlossaryError(
                f"{path}: {size // 2**20} MiB; at most {MAX_BYTES // 2**20} are read: split it"
            )
        data = path.read_bytes()
    except OSError as error:
        raise GlossaryError(
            f"{path}: cannot be read ({error.strerror}); check its path and rights"
        ) from error
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        place = f"{path}:{line}" if line else str(path)
        reason = str(error).split(", line ")[0].replace(", use XML_PARSE_HUGE option", "")
        raise GlossaryError(f"{place}: not well-formed XML ({reason}); mend or export it again") from error
    subset: Any = root.getroottree().docinfo.internalDTD
    if subset is not None and subset.entities():
        raise GlossaryError(f"{path}: declares XML entities, which are never read; export it without them")
    if next(root.iter(etree.Entity), None) is not None:
        raise GlossaryError(f"{path}: refers to XML entities, which are never read; export it without them")
    return root


def xml_text(text: str, owner: str) -> str:
    """``text`` where XML can hold it. Raises GlossaryError, naming ``owner``, where it cannot."""
    unfit = _UNFIT.search(text)
    if unfit:
        raise GlossaryError(
            f"entry {owner!r}: the control character U+{ord(unfit[0]):04X} cannot stand in XML; "
            "run 'bulletin glossary check --fix' first"
        )
    return text


def local_name(element: etree._Element) -> str:
    """An element's name without its namespace."""
    return etree.QName(element).localname


def element_text(element: etree._Element | None) -> str:
    """All text in an element."""
    return "" if element is None else "".join(map(str, element.itertext()))


def line_of(element: etree._Element) -> int:
    """The line on which an element begins; 0 where the parser did not keep it."""
    line: Any = element.sourceline
    return line or 0
