"""XLIFF 2.1: one unit with one segment each; the machine's version is a match of the matches module."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from bulletin.drafting.draft import Draft, State, Unit
from bulletin.drafting.markup import get_metadata, get_text, line, local, metadata, set_text, visible
from bulletin.drafting.metadata import draft_fields, unit_fields
from bulletin.drafting.row import Row, notes

if TYPE_CHECKING:
    from lxml.etree import _Element

CORE = "urn:oasis:names:tc:xliff:document:2.0"
MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
_SKELETON = (
    f'<xliff xmlns="{CORE}" xmlns:mtc="{MATCHES}" xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0"'
    ' version="2.1" srcLang="vi" trgLang="en"><file id="f1"/></xliff>'
)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SEGMENT = "s1"


def dump(draft: Draft) -> bytes:
    """``draft`` as XLIFF 2.1."""
    from translate.storage.xliff2 import Xliff2File

    store: Any = Xliff2File()
    store.parse(_SKELETON.encode())
    store.body.set("original", visible(draft.name))
    store.body.append(metadata(draft_fields(draft)))
    for unit in draft.units:
        segment = store.UnitClass("")
        segment.setid(unit.id)
        store.addunit(segment)
        _fill(segment.xmlelement, unit, draft.signature.model)
    out = io.BytesIO()
    store.serialize(out)
    return out.getvalue()


def _fill(segment: _Element, unit: Unit, model: str) -> None:
    from lxml import etree

    element = segment.getparent()
    assert element is not None
    # the schema allows xml:space on the unit, not on the segment
    segment.attrib.pop(_SPACE, "")
    element.set(_SPACE, "preserve")
    segment.set("id", _SEGMENT)
    segment.set("state", unit.state)
    for child in list(segment):
        segment.remove(child)
    _text(segment, "source", unit.source)
    _text(segment, "target", unit.target)
    # the order is the schema's: modules, notes, segments
    element.insert(0, metadata(unit_fields(unit)))
    if unit.hypothesis:
        matches = etree.Element(f"{{{MATCHES}}}matches")
        match = etree.SubElement(
            matches,
            f"{{{MATCHES}}}match",
            ref=f"#{_SEGMENT}",
            origin=visible(f"bulletin: {model}"),
            type="mt",
        )
        _text(match, "source", unit.source)
        _text(match, "target", unit.hypothesis)
        element.insert(0, matches)
    lines = notes(unit)
    if lines:
        box = etree.Element(f"{{{CORE}}}notes")
        for category, text in lines:
            etree.SubElement(box, f"{{{CORE}}}note", category=category).text = text
        element.insert(element.index(segment), box)


def _text(parent: _Element, name: str, text: str) -> None:
    from lxml import etree

    element = etree.SubElement(parent, f"{{{CORE}}}{name}")
    element.set(_SPACE, "preserve")
    # 'cp' is XLIFF's own element for what XML forbids
    set_text(element, text, lambda char, _: etree.Element(f"{{{CORE}}}cp", hex=f"{char:04X}"))


def header(root: _Element) -> dict[str, str] | None:
    """Our metadata of the whole document, or None where there is none."""
    file = root.find("{*}file")
    return None if file is None else get_metadata(file)


def rows(data: bytes) -> list[Row]:
    """The units of an XLIFF 2 document, in its order; re-segmented units are joined again."""
    from translate.storage.xliff2 import Xliff2File

    store: Any = Xliff2File()
    store.parse(data)
    found: list[Row] = []
    done: set[_Element] = set()
    for part in store.units:
        element = part.getunitelement()
        if element not in done:
            done.add(element)
            found.append(_row(element))
    return found


def _row(element: _Element) -> Row:
    parts = [child for child in element if local(child) in ("segment", "ignorable")]
    states = [State(part.get("state", State.INITIAL)) for part in parts if local(part) == "segment"]
    order = list(State)
    return Row(
        id=element.get("id", ""),
        source="".join(_child(part, "source") or "" for part in parts),
        # what has no target of its own, such as the space between two segments, stays as it is
        target="".join(
            _child(part, "target", "source" if local(part) == "ignorable" else "") or "" for part in parts
        ),
        hypothesis=_hypothesis(element),
        state=min(states, key=order.index, default=State.INITIAL),
        fields=get_metadata(element),
        line=line(element),
    )


def _child(part: _Element, name: str, instead: str = "") -> str | None:
    child = part.find(f"{{*}}{name}")
    if child is None and instead:
        child = part.find(f"{{*}}{instead}")
    return None if child is None else get_text(child)


def _hypothesis(element: _Element) -> str:
    for match in element.iterfind(f"{{{MATCHES}}}matches/{{{MATCHES}}}match"):
        if match.get("type") == "mt" and match.get("origin", "").startswith("bulletin:"):
            return _child(match, "target") or ""
    return ""
