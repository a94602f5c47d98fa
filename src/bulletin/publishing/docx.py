"""DOCX: a Word document whose headline, text, captions and lists carry real styles."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.article import BlockKind
from bulletin.publishing.bulletin import Bulletin, BulletinBlock
from bulletin.publishing.docx_fields import add_contents_line, bookmark, number_pages
from bulletin.publishing.docx_styles import define_styles
from bulletin.publishing.issue import Issue

if TYPE_CHECKING:
    from docx.document import Document

_TEXT_WIDTH_CM = 16.0
_PICTURE_HEIGHT_CM = 7.5
"""A higher one leaves a hole where it does not fit on the page any more."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def render_docx(bulletin: Bulletin, *, templates: Path | None = None) -> bytes:
    """The bulletin as a DOCX file; the same bulletin always gives the same bytes.

    Where the folder ``templates`` holds ``bulletin.docx``, that document is filled instead.
    """
    if templates is not None and (templates / "bulletin.docx").is_file():
        from bulletin.publishing.office import fill_word_template

        return fill_word_template(templates / "bulletin.docx", bulletin)
    document = new_document(bulletin.language)
    if bulletin.agency:
        document.add_paragraph(bulletin.agency, style="Masthead")
    _add_bulletin(document, bulletin, headline="Title", subheading="Heading 2")
    set_properties(
        document,
        title=bulletin.title,
        author=bulletin.byline or bulletin.agency,
        comments=bulletin.signature,
        language=bulletin.language,
        date=bulletin.date,
    )
    return document_bytes(document)


def render_issue_docx(issue: Issue, *, templates: Path | None = None) -> bytes:
    """A whole issue as a DOCX file, with contents whose page numbers Word keeps.

    Where the folder ``templates`` holds ``issue.docx``, that document is filled instead.
    """
    if templates is not None and (templates / "issue.docx").is_file():
        from bulletin.publishing.office import fill_word_template

        return fill_word_template(templates / "issue.docx", issue)
    document = new_document(issue.language, issue=True)
    document.add_paragraph(issue.masthead, style="Issue Title")
    if issue.details:
        document.add_paragraph(issue.details, style="Details")
    document.add_paragraph("In this issue", style="Contents Heading")
    number = 0
    for section in issue.sections:
        if section.title:
            document.add_paragraph(section.title, style="Contents Section")
        for bulletin in section.bulletins:
            number += 1
            add_contents_line(
                document.add_paragraph(style="Contents Entry"), bulletin.title, f"article_{number}"
            )
    number = 0
    for section in issue.sections:
        if section.title:
            document.add_paragraph(section.title, style="Heading 1").paragraph_format.page_break_before = True
        for place, bulletin in enumerate(section.bulletins):
            number += 1
            before = len(document.paragraphs)
            _add_bulletin(document, bulletin, headline="Heading 2", subheading="Heading 3")
            added = document.paragraphs[before:]
            if added:
                bookmark(added[0], f"article_{number}", number)
                added[0].paragraph_format.page_break_before = place == 0 and not section.title
    set_properties(
        document,
        title=issue.title,
        author=issue.agency,
        comments="",
        language=issue.language,
        date=issue.date,
    )
    return document_bytes(document)


def new_document(language: str, *, issue: bool = False) -> Document:
    """An empty A4 document with the styles of a bulletin, or of an issue, and page numbers at its foot."""
    import docx
    from docx.shared import Cm

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.3), Cm(2.2)
    define_styles(document, language, issue=issue)
    number_pages(section.footer.paragraphs[0])
    return document


def _add_bulletin(document: Document, bulletin: Bulletin, *, headline: str, subheading: str) -> None:
    """Add the blocks of a bulletin to the end of a document, with these styles for its headings."""
    if bulletin.headline:
        document.add_paragraph(bulletin.headline, style=headline)
    for block in bulletin.blocks:
        if block.kind is BlockKind.STANDFIRST:
            document.add_paragraph(block.text, style="Subtitle")
    top = bulletin.byline if bulletin.byline_place == "top" else ""
    if details := "  ·  ".join(filter(None, (top, bulletin.date_text))):
        document.add_paragraph(details, style="Details")
    for block in bulletin.blocks:
        if block.kind is not BlockKind.STANDFIRST:
            dateline = bulletin.dateline if block is bulletin.lead_block else ""
            _add_block(document, block, dateline, subheading)
    signed = bulletin.byline if bulletin.byline_place == "end" else ""
    if (signed or bulletin.source_note) and bulletin.blocks:
        # who signs does not stand alone on a page
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    if signed:
        document.add_paragraph(signed, style="Byline")
    if bulletin.source_note:
        document.add_paragraph(bulletin.source_note, style="Source")


def _add_block(document: Document, block: BulletinBlock, dateline: str, subheading: str) -> None:
    if block.kind is BlockKind.CAPTION:
        _add_caption(document, block)
    elif block.kind is BlockKind.SUBHEADING:
        document.add_paragraph(block.text, style=subheading)
    elif block.kind is BlockKind.LIST_ITEM:
        document.add_paragraph(block.text, style="List Bullet")
    else:
        paragraph = document.add_paragraph(style="Body Text")
        if dateline:
            paragraph.add_run(dateline, style="Dateline")
        paragraph.add_run(block.text)


def _add_caption(document: Document, block: BulletinBlock) -> None:
    from docx.shared import Cm

    if block.picture is not None:
        holder = document.add_paragraph(style="Picture")
        width = min(_TEXT_WIDTH_CM, block.picture.width / 150 * 2.54)
        height = width * block.picture.height / block.picture.width
        if height > _PICTURE_HEIGHT_CM:
            width, height = width * _PICTURE_HEIGHT_CM / height, _PICTURE_HEIGHT_CM
        shape = holder.add_run().add_picture(io.BytesIO(block.picture.data), Cm(width), Cm(height))
        properties = shape._inline.docPr
        properties.set("descr", block.image.alt if block.image else "")
        properties.set("name", block.picture.name)
    if words := " ".join(filter(None, (block.text, block.credit))):
        document.add_paragraph(words, style="Caption")


def set_properties(
    document: Document, *, title: str, author: str, comments: str, language: str, date: datetime.date | None
) -> None:
    """Write the core properties; dates come from the bulletin, never from the clock."""
    day = date or datetime.date(*_EPOCH[:3])
    core = document.core_properties
    # 255 characters are what the properties can hold
    core.title, core.author, core.comments = title[:255], author[:255], comments[:255]
    core.last_modified_by = core.subject = core.keywords = ""
    core.category = "News bulletin"
    core.language = language
    core.created = core.modified = datetime.datetime(day.year, day.month, day.day)
    core.revision = 1


def document_bytes(document: Document) -> bytes:
    """The document as a file, without the times that zip and python-docx would put in."""
    from docx.oxml.ns import qn

    for inline in document.element.body.iter(qn("wp:inline")):
        for side in ("distT", "distB", "distL", "distR"):
            # unsaid, some word processors set pictures off from the margin
            inline.set(side, "0")
    raw = io.BytesIO()
    document.save(raw)
    done = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(done, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            fixed = zipfile.ZipInfo(entry.filename, _EPOCH)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.external_attr = 0o600 << 16
            target.writestr(fixed, source.read(entry.filename))
    return done.getvalue()
