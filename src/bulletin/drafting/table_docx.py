"""Drafts as a Word table of id, source, draft and final text: what most desks work in."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from bulletin.drafting.draft import Draft
from bulletin.drafting.edit import Edit
from bulletin.drafting.markup import MAX_BYTES, visible
from bulletin.errors import DraftError

if TYPE_CHECKING:
    from lxml.etree import _Element

COLUMNS = ("ID", "Source", "Draft", "Final")
_WIDTHS = (0.7, 3.2, 3.0, 3.1)  # inches, on a landscape page
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def dump_docx(draft: Draft) -> bytes:
    """``draft`` as a landscape DOCX table; the final column holds today's text, to be corrected in place."""
    import datetime

    import docx
    from docx.enum.section import WD_ORIENT
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Inches, Pt

    document: Any = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Inches(11.69), Inches(8.27)
    section.left_margin = section.right_margin = Inches(0.8)
    properties = document.core_properties
    properties.title = visible(draft.name)[:255]
    properties.author = "bulletin"
    # the same draft gives the same file
    properties.created = properties.modified = datetime.datetime(2000, 1, 1)
    document.styles["Normal"].font.size = Pt(10)
    document.add_heading(visible(draft.name), level=1)
    document.add_paragraph(
        "Correct the text in the last column. Keep the ID column and the rows as they are;"
        " then import this file."
    )
    table = document.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for cell, title in zip(table.rows[0].cells, COLUMNS, strict=True):
        cell.paragraphs[0].add_run(title).bold = True
    _repeat(table.rows[0])
    for unit in draft.units:
        cells = table.add_row().cells
        texts = (unit.id, unit.source, unit.hypothesis, unit.target)
        for cell, text, language in zip(cells, texts, ("", "vi-VN", "en-GB", "en-GB"), strict=True):
            run = cell.paragraphs[0].add_run(visible(text))
            if language:
                _language(run, language)
    # Word goes by the cells, LibreOffice by the columns
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Inches(width)
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = Inches(width)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def parse_docx(data: bytes, name: str = "table") -> tuple[Edit, ...]:
    """What a DOCX table says of each segment; tracked insertions count, tracked deletions do not.

    Raises DraftError for what is not a DOCX, holds no such table, or has merged cells.
    """
    document = _open(data, name)
    for table in document.tables:
        rows = [row._tr for row in table.rows]
        header = [_text(cell).strip().lower() for cell in _cells(rows[0])] if rows else []
        if "final" in header and {"id", "source"} & set(header):
            return tuple(
                edit
                for number, row in enumerate(rows[1:], start=2)
                for edit in _edit(row, number, header, name)
            )
    raise DraftError(
        f"{name}: no table with the columns ID, Source and Final in its first row; export the draft again"
    )


def _edit(row: _Element, number: int, header: list[str], name: str) -> list[Edit]:
    if row.find(f"{_WORD}trPr/{_WORD}del") is not None:
        return []  # the row was deleted with change tracking on
    cells = _cells(row)
    merged = any(
        cell.find(f"{_WORD}tcPr/{_WORD}{mark}") is not None
        for cell in cells
        for mark in ("vMerge", "gridSpan", "hMerge")
    )
    if merged or len(cells) != len(header):
        raise DraftError(
            f"{name}, table row {number}: cells were merged or split, so its text belongs to no one segment;"
            f" give the row {len(header)} cells again"
        )
    texts = dict(zip(header, map(_text, cells), strict=True))
    if not any(text.strip() for text in texts.values()):
        return []
    return [Edit(texts.get("id", "").strip(), texts.get("source", ""), texts["final"], None, number)]


def _cells(row: _Element) -> list[_Element]:
    # a cell may stand inside a content control, never deeper
    return [*row.iterfind(f"{_WORD}tc"), *row.iterfind(f"{_WORD}sdt/{_WORD}sdtContent/{_WORD}tc")]


def _text(cell: _Element) -> str:
    """The text of a cell as Word shows it with all changes accepted."""
    return "\n".join("".join(_pieces(paragraph)) for paragraph in cell.iter(f"{_WORD}p"))


def _pieces(element: _Element) -> list[str]:
    pieces: list[str] = []
    for child in element:
        tag = child.tag
        if tag in (f"{_WORD}del", f"{_WORD}moveFrom"):
            continue
        if tag == f"{_WORD}t":
            pieces.append(child.text or "")
        elif tag == f"{_WORD}tab" and element.tag == f"{_WORD}r":
            pieces.append("\t")
        elif tag in (f"{_WORD}br", f"{_WORD}cr"):
            pieces.append("\n")
        elif tag == f"{_WORD}noBreakHyphen":
            pieces.append("\u2011")
        elif isinstance(tag, str):
            pieces.extend(_pieces(child))
    return pieces


def _open(data: bytes, name: str) -> Any:
    import docx

    if len(data) > MAX_BYTES:
        raise DraftError(f"{name}: larger than {MAX_BYTES // 2**20} MB, which no draft is; check the file")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(item.file_size for item in archive.infolist()) > 4 * MAX_BYTES:
                raise DraftError(f"{name}: unpacks to more than any draft holds; check where it came from")
        return docx.Document(io.BytesIO(data))
    except DraftError:
        raise
    except Exception as error:
        # python-docx raises what lxml, zipfile or its own lookups raise
        reason = " ".join(str(error).split())
        raise DraftError(f"{name}: not a DOCX file ({reason}); choose the exported one") from error


def _repeat(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _language(run: Any, language: str) -> None:
    """Let Word check the spelling in the right language."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), language)
    run._r.get_or_add_rPr().append(mark)
