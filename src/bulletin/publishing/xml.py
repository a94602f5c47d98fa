"""Building XML for agencies and feeds: elements from names, text and attributes, never from markup."""

from __future__ import annotations

from lxml import etree
from lxml.etree import _Element as Element


def root(namespace: str, name: str) -> Element:
    """A document's first element, whose namespace is the default one."""
    return etree.Element(f"{{{namespace}}}{name}", nsmap={None: namespace})  # type: ignore[dict-item]


def child(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """Add an element; ``name`` may be ``{namespace}name``, without it the parent's namespace holds.

    An underscore in an attribute's name stands for a hyphen; ``lang`` means ``xml:lang``.
    """
    if not name.startswith("{"):
        space = etree.QName(parent).namespace
        name = f"{{{space}}}{name}" if space else name
    element = etree.SubElement(parent, name)
    element.text = text or None
    set_attributes(element, attributes)
    return element


def set_attributes(element: Element, attributes: dict[str, str]) -> None:
    """Set attributes; those that are empty are left out."""
    for key, value in attributes.items():
        name = "{http://www.w3.org/XML/1998/namespace}lang" if key == "lang" else key.replace("_", "-")
        if value:
            element.set(name, value)


def document(top: Element) -> bytes:
    """The whole file, indented, in UTF-8."""
    etree.indent(top)
    return bytes(etree.tostring(top, xml_declaration=True, encoding="utf-8")) + b"\n"
