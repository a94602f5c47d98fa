"""XLIFF 1.2, for older tools: one trans-unit each; the machine's version is an alternative translation."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

from bulletin.drafting.draft import Draft, State, Unit
from bulletin.drafting.markup import CHARACTER, get_text, line, set_text, visible
from bulletin.drafting.metadata import draft_fields, unit_fields
from bulletin.drafting.row import Row, notes

if TYPE_CHECKING:
    from lxml.etree import _Element

CORE = "urn:oasis:names:tc:xliff:document:1.2"
_SKELETON = (
    f'<xliff xmlns="{CORE}" version="1.2">'
    '<file original="draft" source-language="vi" target-language="en" datatype="plaintext">'
    '<header><tool tool-id="bulletin" tool-name="bulletin"/></header><body/></file></xliff>'
)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_PURPOSE = "x-bulletin"
_FORM = "application/vnd.bulletin+json"

_STATES = {
    State.INITIAL: "needs-review-translation",
    State.TRANSLATED: "translated",
    State.REVIEWED: "signed-off",
    State.FINAL: "final",
}
_STATES_BACK = {name: state for state, name in _STATES.items()}


def dump(draft: Draft) -> bytes:
    """``draft`` as XLIFF 1.2."""
    from lxml import etree
    from translate.storage.xliff import Xliff1File

    store: Any = Xliff1File()
    store.parse(_SKELETON.encode())
    file = store.body.getparent()
    file.set("original", visible(draft.name) or "draft")
    header = store.getheadernode(file)
    header[0].set("tool-version", visible(draft.signature.version))
    # the schema knows no metadata, but a file of any type that goes with the text
    reference = etree.SubElement(header, f"{{{CORE}}}reference")
    holder = etree.SubElement(reference, f"{{{CORE}}}internal-file", form=_FORM)
    holder.text = _join(draft_fields(draft))
    for unit in draft.units:
        entry = store.UnitClass("")
        entry.setid(unit.id)
        store.addunit(entry)
        _fill(entry.xmlelement, unit)
    # the library makes units in the namespace of XLIFF 1.1 first
    etree.cleanup_namespaces(store.document)
    out = io.BytesIO()
    store.serialize(out)
    return out.getvalue()


def _fill(element: _Element, unit: Unit) -> None:
    from lxml import etree

    for child in list(element):
        element.remove(child)
    element.set("approved", "yes" if unit.state in (State.REVIEWED, State.FINAL) else "no")
    _text(element, "source", unit.source)
    target = _text(element, "target", unit.target)
    target.set("state", _STATES[unit.state])
    if unit.state is State.INITIAL and unit.target == unit.hypothesis:
        target.set("state-qualifier", "mt-suggestion")
    if unit.hypothesis:
        alternative = etree.SubElement(element, f"{{{CORE}}}alt-trans", origin="bulletin")
        alternative.set("tool-id", "bulletin")
        alternative.set(_SPACE, "preserve")
        _text(alternative, "source", unit.source)
        _text(alternative, "target", unit.hypothesis)
    for category, text in notes(unit):
        etree.SubElement(element, f"{{{CORE}}}note", {"from": f"bulletin {category}"}).text = text
    # older tools offer the text of unknown elements for translation, but leave contexts alone
    group = etree.SubElement(element, f"{{{CORE}}}context-group", name=f"bulletin {unit.id}")
    group.set("purpose", _PURPOSE)
    for name, value in unit_fields(unit).items():
        context = etree.SubElement(group, f"{{{CORE}}}context")
        context.set("context-type", f"x-{name}")
        context.text = value


def _join(fields: dict[str, str]) -> str:
    """JSON values by name as one JSON object; each stays as it is written."""
    return "{" + ", ".join(f"{json.dumps(name)}: {value}" for name, value in fields.items()) + "}"


def _split(text: str) -> dict[str, str]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        values = None
    # what is damaged is left to who builds the draft, and is named there
    return {name: json.dumps(value) for name, value in values.items()} if isinstance(values, dict) else {}


def _text(parent: _Element, name: str, text: str) -> _Element:
    from lxml import etree

    element = etree.SubElement(parent, f"{{{CORE}}}{name}")

    def code(char: int, count: int) -> _Element:
        stand_in = etree.Element(f"{{{CORE}}}x", id=str(count), ctype=CHARACTER)
        stand_in.set("equiv-text", f"U+{char:04X}")
        return stand_in

    set_text(element, text, code)
    return element


def header(root: _Element) -> dict[str, str] | None:
    """Our metadata of the whole document, or None where there is none."""
    for holder in root.iterfind("{*}file/{*}header/{*}reference/{*}internal-file"):
        if holder.get("form") == _FORM:
            return _split(holder.text or "")
    return None


def rows(data: bytes) -> list[Row]:
    """The trans-units of an XLIFF 1 document, in its order."""
    from translate.storage.xliff import Xliff1File

    store: Any = Xliff1File()
    store.parse(data)
    return [_row(entry.xmlelement) for entry in store.units]


def _row(element: _Element) -> Row:
    target = element.find("{*}target")
    return Row(
        id=element.get("id", ""),
        source=_child(element, "source"),
        target=get_text(target) if target is not None else "",
        hypothesis=_hypothesis(element),
        state=_state(element, target),
        fields=_fields(element),
        line=line(element),
    )


def _fields(element: _Element) -> dict[str, str] | None:
    for group in element.iterfind("{*}context-group"):
        if group.get("purpose") == _PURPOSE:
            return {
                context.get("context-type", "").removeprefix("x-"): context.text or ""
                for context in group.iterfind("{*}context")
            }
    return None


def _state(element: _Element, target: _Element | None) -> State:
    name = target.get("state") if target is not None else None
    approved = element.get("approved") == "yes"
    # tools that know no states still say 'approved'
    state = _STATES_BACK.get(name or "", State.INITIAL)
    if approved and state in (State.INITIAL, State.TRANSLATED):
        return State.REVIEWED
    return state


def _child(element: _Element, name: str) -> str:
    child = element.find(f"{{*}}{name}")
    return "" if child is None else get_text(child)


def _hypothesis(element: _Element) -> str:
    for alternative in element.iterfind("{*}alt-trans"):
        if alternative.get("origin") == "bulletin":
            return _child(alternative, "target")
    return ""
