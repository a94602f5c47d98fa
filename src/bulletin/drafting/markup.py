"""Text in XML elements: what a translator reads, whatever codes stand in it, and what XML forbids."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from bulletin.errors import DraftError

if TYPE_CHECKING:
    from lxml.etree import _Element

METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
CHARACTER = "x-bulletin-character"
"""The ``ctype`` of an XLIFF 1.2 ``<x/>`` that stands for a character which XML forbids."""

MAX_BYTES = 64 * 1024 * 1024

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# elements that wrap running text; all others stand for codes of the original, which we have none of
_WRAPPERS = frozenset({"mrk", "pc", "g", "source", "target", "seg-source"})


def visible(text: str) -> str:
    """``text`` for human eyes, with U+FFFD for what XML cannot hold."""
    return _FORBIDDEN.sub("�", text)


def set_text(element: _Element, text: str, code: Callable[[int, int], _Element]) -> None:
    """Put ``text`` into ``element``; ``code(character, count)`` makes the stand-in of a forbidden one."""
    element.text = ""
    last: _Element | None = None
    end = 0
    for count, match in enumerate(_FORBIDDEN.finditer(text), start=1):
        _append(element, last, text[end : match.start()])
        last = code(ord(match.group()), count)
        element.append(last)
        end = match.end()
    _append(element, last, text[end:])


def _append(element: _Element, last: _Element | None, text: str) -> None:
    if last is None:
        element.text = text
    else:
        last.tail = text


def get_text(element: _Element) -> str:
    """The running text of ``element``: inline annotations are opened, codes left out, characters restored.

    Raises DraftError for a stand-in that names no character.
    """
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            name = local(child)
            if name == "cp":
                parts.append(_character(child, child.get("hex", "")))
            elif name == "x" and child.get("ctype") == CHARACTER:
                parts.append(_character(child, child.get("equiv-text", "").removeprefix("U+")))
            elif name in _WRAPPERS:
                parts.append(get_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _character(element: _Element, digits: str) -> str:
    try:
        return chr(int(digits, 16))
    except (ValueError, OverflowError) as error:
        raise DraftError(
            f"line {element.sourceline}: {digits!r} names no character; restore the draft"
        ) from error


def local(element: _Element) -> str:
    """The element's name without its namespace (empty for comments)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def line(element: _Element) -> int:
    """The 1-based line on which ``element`` begins, 0 where it is not known."""
    number: object = element.sourceline
    return number if isinstance(number, int) else 0


def metadata(fields: dict[str, str]) -> _Element:
    """The XLIFF metadata element that holds ``fields``."""
    from lxml import etree

    root = etree.Element(f"{{{METADATA}}}metadata", nsmap={"mda": METADATA})
    group = etree.SubElement(root, f"{{{METADATA}}}metaGroup", category="bulletin")
    for name, value in fields.items():
        etree.SubElement(group, f"{{{METADATA}}}meta", type=name).text = value
    return root


def get_metadata(element: _Element) -> dict[str, str] | None:
    """Our metadata among the children of ``element``, or None where there is none."""
    for root in element.iterchildren(f"{{{METADATA}}}metadata"):
        for group in root.iterchildren(f"{{{METADATA}}}metaGroup"):
            if group.get("category") == "bulletin":
                return {
                    meta.get("type", ""): meta.text or ""
                    for meta in group.iterchildren(f"{{{METADATA}}}meta")
                }
    return None


def parse(data: bytes, name: str) -> _Element:
    """The root of an XML document: no entities, no document type, no network, of bounded size.

    Raises DraftError naming ``name`` and the line.
    """
    from lxml import etree

    if len(data) > MAX_BYTES:
        raise DraftError(f"{name}: larger than {MAX_BYTES // 2**20} MB, which no draft is; check the file")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        place = f"{name}, line {error.lineno}" if error.lineno else name
        reason = " ".join(str(error.msg).rsplit(", line ", 1)[0].split())
        raise DraftError(f"{place}: not well-formed XML ({reason}); restore the file") from error
    except ValueError as error:
        raise DraftError(f"{name}: not XML ({error}); choose an XLIFF file") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DraftError(f"{name}: a document type or entities are not allowed; remove the DOCTYPE")
    return root
