"""What Word works out itself: page numbers, and the contents of an issue with the pages they are on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def number_pages(paragraph: Any) -> None:
    """Put the number of the page, centred, into a footer's paragraph."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.size = Pt(9)
    _field(run._r, "PAGE", "1")


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """Mark a paragraph so that contents can lead to it; ``number`` is unique in the document."""
    start = _element("bookmarkStart", {"id": str(number), "name": name})
    end = _element("bookmarkEnd", {"id": str(number)})
    properties = paragraph._p.pPr
    if properties is None:
        paragraph._p.insert(0, start)
    else:
        properties.addnext(start)
    paragraph._p.append(end)


def add_contents_line(paragraph: Any, title: str, target: str) -> None:
    """A line of the contents: a link to a bookmark, dots, and the page that it is on."""
    link = _element("hyperlink", {"anchor": target, "history": "1"})
    for run in (paragraph.add_run(title), paragraph.add_run("\t"), paragraph.add_run()):
        link.append(run._r)
    _field(link[-1], f"PAGEREF {target} \\h", "", dirty=True)
    paragraph._p.append(link)


def _field(run: Any, code: str, shown: str, *, dirty: bool = False) -> None:
    """A field in a run: its code, and what is shown until Word works it out anew."""
    from docx.oxml.ns import qn

    begin = _element("fldChar", {"fldCharType": "begin"})
    if dirty:
        begin.set(qn("w:dirty"), "true")
    instruction = _element("instrText")
    instruction.text = f" {code} "
    instruction.set(qn("xml:space"), "preserve")
    result = _element("t")
    result.text = shown
    for mark in (
        begin,
        instruction,
        _element("fldChar", {"fldCharType": "separate"}),
        result,
        _element("fldChar", {"fldCharType": "end"}),
    ):
        run.append(mark)


def _element(name: str, attributes: Mapping[str, str] | None = None) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(f"w:{name}")
    for key, value in (attributes or {}).items():
        element.set(qn(f"w:{key}"), value)
    return element
