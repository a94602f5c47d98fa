"""Word documents: paragraphs with what their styles say, tables, text boxes, captions."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bulletin.article import BlockKind, Removal
from bulletin.errors import ReadingError
from bulletin.finding import Finding, Severity
from bulletin.reading.manuscript import Manuscript, Passage
from bulletin.reading.package import check_package

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{_W}txbxContent"
_PICTURES = (f"{_W}drawing", f"{_W}pict")


def read_docx(data: bytes, place: str) -> Manuscript:
    """Passages of a DOCX file; ``line`` is the number of the paragraph.

    Deleted text of tracked changes is left out and inserted text is read. Headers, footers and notes
    go to the removals. Raises ReadingError for a package that is damaged or not safe.
    """
    check_package(data, place)
    document = _open(data, place)
    try:
        passages, pictures = _passages(document)
        removals = tuple(_aside(document))
    except (KeyError, ValueError, AttributeError, TypeError, IndexError, RecursionError) as error:
        raise ReadingError(_damaged(place, error)) from None
    findings: tuple[Finding, ...] = ()
    if pictures:
        findings = (
            Finding(
                code="pictures-embedded",
                severity=Severity.NOTE,
                message=f"{pictures} pictures inside the document are not carried over",
                file=place,
                mend="give them as files, in the front matter of a .md",
            ),
        )
    return Manuscript(tuple(passages), removals=removals, findings=findings)


def _open(data: bytes, place: str) -> Document:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml import etree

    try:
        return docx.Document(io.BytesIO(data))
    except (
        OpcError,
        etree.LxmlError,
        KeyError,
        ValueError,
        AttributeError,
        TypeError,
        IndexError,
        OSError,
    ) as error:
        raise ReadingError(_damaged(place, error)) from None


def _damaged(place: str, error: Exception) -> str:
    reason = (str(error) or type(error).__name__).splitlines()[0][:120]
    return f"{place}: is a damaged .docx ({reason}); open it in a word processor and save it again"


def _passages(document: Document) -> tuple[list[Passage], int]:
    names = {style.style_id: str(style.name or "") for style in document.styles}
    passages: list[Passage] = []
    pictures = 0
    after_picture = False
    gap = True
    for number, paragraph in enumerate(_paragraphs(document.element.body), start=1):
        text = "".join(_text(paragraph))
        has_picture = any(
            next(element.iter(tag), None) is not None
            for element in paragraph.iter(f"{_W}r")
            for tag in _PICTURES
        )
        pictures += has_picture
        if not text.strip():
            gap = gap or not has_picture
            after_picture = after_picture or has_picture
            continue
        kind = _kind(paragraph, names, first=not passages)
        if kind is None and after_picture and _reads_as_caption(paragraph, text):
            kind = BlockKind.CAPTION
        passages.append(Passage(text, number, kind, gap=True))
        after_picture, gap = has_picture, False
    return passages, pictures


def _paragraphs(body: Any) -> Iterator[Any]:
    """Every ``w:p`` in order, those of tables and text boxes too, once each."""
    stack = [body]
    while stack:
        element = stack.pop()
        if element.tag == _FALLBACK:
            continue  # the same text box again, for old programs
        if element.tag == f"{_W}p":
            yield element
        stack.extend(reversed(element))


def _text(paragraph: Any) -> Iterator[str]:
    """The text of a paragraph, without what is deleted or in a text box of its own."""
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        tag = element.tag
        if tag in (_BOX, _FALLBACK, f"{_W}del", f"{_W}moveFrom", f"{_W}instrText"):
            continue
        if tag == f"{_W}t":
            yield element.text or ""
        elif tag in (f"{_W}tab", f"{_W}ptab") and element.getparent().tag == f"{_W}r":
            yield " "
        elif tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif tag == f"{_W}noBreakHyphen":
            yield "-"
        stack.extend(reversed(element))


def _kind(paragraph: Any, names: dict[str, str], *, first: bool) -> BlockKind | None:
    """What the paragraph's style or numbering says that it is."""
    properties = paragraph.find(f"{_W}pPr")
    style = properties.find(f"{_W}pStyle") if properties is not None else None
    name = names.get(style.get(f"{_W}val", ""), "").casefold() if style is not None else ""
    if name == "title":
        return BlockKind.HEADLINE if first else BlockKind.SUBHEADING
    if name == "subtitle":
        return BlockKind.STANDFIRST
    if name.startswith("heading"):
        return BlockKind.HEADLINE if first and name in ("heading 1", "heading") else BlockKind.SUBHEADING
    if name == "caption":
        return BlockKind.CAPTION
    if name.startswith("list") or (properties is not None and properties.find(f"{_W}numPr") is not None):
        return BlockKind.LIST_ITEM
    return BlockKind.PARAGRAPH if _in_table(paragraph) else None


def _in_table(paragraph: Any) -> bool:
    return any(ancestor.tag == f"{_W}tc" for ancestor in paragraph.iterancestors())


def _reads_as_caption(paragraph: Any, text: str) -> bool:
    """Whether the paragraph under a picture is its caption: short, and in italics or without an end."""
    if len(text.split()) > 60:
        return False
    runs = [run for run in paragraph.iter(f"{_W}r") if run.find(f"{_W}t") is not None]
    italic = bool(runs) and all(run.find(f"{_W}rPr/{_W}i") is not None for run in runs)
    return italic or text.rstrip()[-1] not in ".!?…:;"


def _aside(document: Document) -> Iterator[Removal]:
    """Headers, footers and notes, which are no part of the article's text."""
    for part in document.part.package.iter_parts():
        name = str(part.partname).rsplit("/", 1)[-1]
        if not name.endswith(".xml") or not name.startswith(
            ("header", "footer", "footnotes", "endnotes", "comments")
        ):
            continue
        element = getattr(part, "element", None)
        if element is None:
            from docx.oxml import parse_xml

            element = parse_xml(part.blob)
        for paragraph in _paragraphs(element):
            text = " ".join("".join(_text(paragraph)).split())
            if text:
                yield Removal("furniture", text, 1)
