"""DOCX: a Word document whose headline, text, captions and lists carry real styles."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import TYPE_CHECKING, Any

from bulletin.article import BlockKind
from bulletin.publishing.bulletin import Bulletin, BulletinBlock

if TYPE_CHECKING:
    from docx.document import Document

FONT = "Times New Roman"
_INK, _SOFT, _ACCENT = "1B1B1B", "565656", "9A1B1E"
_TEXT_WIDTH_CM = 16.0
_EPOCH = (1980, 1, 1, 0, 0, 0)


def render_docx(bulletin: Bulletin) -> bytes:
    """The bulletin as a DOCX file; the same bulletin always gives the same bytes."""
    document = new_document(bulletin.language)
    add_bulletin(document, bulletin)
    set_properties(document, bulletin)
    return document_bytes(document)


def new_document(language: str) -> Document:
    """An empty A4 document with the styles of a bulletin and page numbers at its foot."""
    import docx
    from docx.shared import Cm

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.3), Cm(2.2)
    _define_styles(document, language)
    _number_pages(section.footer.paragraphs[0])
    return document


def add_bulletin(document: Document, bulletin: Bulletin, *, headline_style: str = "Title") -> None:
    """Add the blocks of a bulletin to the end of a document."""
    if bulletin.agency:
        document.add_paragraph(bulletin.agency, style="Masthead")
    if bulletin.headline:
        document.add_paragraph(bulletin.headline, style=headline_style)
    for block in bulletin.blocks:
        if block.kind is BlockKind.STANDFIRST:
            document.add_paragraph(block.text, style="Subtitle")
    top = bulletin.byline if bulletin.byline_place == "top" else ""
    if details := "  ·  ".join(filter(None, (top, bulletin.date_text))):
        document.add_paragraph(details, style="Details")
    for block in bulletin.blocks:
        if block.kind is not BlockKind.STANDFIRST:
            _add_block(document, block, bulletin.dateline if block is bulletin.lead_block else "")
    if bulletin.byline and bulletin.byline_place == "end":
        document.add_paragraph(bulletin.byline, style="Byline")
    if bulletin.source_note:
        document.add_paragraph(bulletin.source_note, style="Source")


def _add_block(document: Document, block: BulletinBlock, dateline: str) -> None:
    if block.kind is BlockKind.CAPTION:
        _add_caption(document, block)
    elif block.kind is BlockKind.SUBHEADING:
        document.add_paragraph(block.text, style="Heading 2")
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
        if height > 11.0:
            width, height = width * 11.0 / height, 11.0
        shape = holder.add_run().add_picture(io.BytesIO(block.picture.data), Cm(width), Cm(height))
        properties = shape._inline.docPr
        properties.set("descr", block.image.alt if block.image else "")
        properties.set("name", block.picture.name)
    if words := " ".join(filter(None, (block.text, block.credit))):
        document.add_paragraph(words, style="Caption")


def set_properties(document: Document, bulletin: Bulletin, *, title: str = "") -> None:
    """Write the core properties; dates come from the bulletin, never from the clock."""
    day = bulletin.date or datetime.date(*_EPOCH[:3])
    moment = datetime.datetime(day.year, day.month, day.day)
    core = document.core_properties
    core.title = (title or bulletin.title)[:255]
    core.author = (bulletin.byline or bulletin.agency)[:255]
    core.last_modified_by = ""
    core.subject = ""
    core.keywords = ""
    core.category = "News bulletin"
    core.comments = bulletin.signature[:255]
    core.language = bulletin.language
    core.created = core.modified = moment
    core.revision = 1


def document_bytes(document: Document) -> bytes:
    """The document as a file, without the times that zip and python-docx would put in."""
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


def _define_styles(document: Document, language: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    styles = document.styles
    _font(styles["Normal"], 12, _INK)
    _language(styles["Normal"], language)
    _paragraph(styles["Normal"], after=0, line=1.15)
    for name, base in (
        ("Masthead", "Normal"),
        ("Details", "Normal"),
        ("Picture", "Normal"),
        ("Byline", "Normal"),
        ("Source", "Normal"),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles[base]
    dateline = styles.add_style("Dateline", WD_STYLE_TYPE.CHARACTER)
    dateline.font.bold = True

    _font(styles["Masthead"], 10, _ACCENT, bold=True)
    _spacing(styles["Masthead"], 40)
    _paragraph(styles["Masthead"], after=18)
    _rule(styles["Masthead"], "top", _ACCENT, size=18, space=6)
    _font(styles["Title"], 22, _INK, bold=True)
    _spacing(styles["Title"], 0)
    _paragraph(styles["Title"], after=8, line=1.05, keep=True)
    _no_rule(styles["Title"])
    _font(styles["Subtitle"], 13, _SOFT)
    _spacing(styles["Subtitle"], 0)
    _paragraph(styles["Subtitle"], after=8, line=1.15)
    _font(styles["Details"], 10, _SOFT)
    _paragraph(styles["Details"], after=16)
    _rule(styles["Details"], "bottom", "D9D5CD", size=6, space=8)
    for level, size in ((1, 18), (2, 13), (3, 12)):
        _font(styles[f"Heading {level}"], size, _INK, bold=True)
        _paragraph(styles[f"Heading {level}"], before=14, after=5, keep=True)
    _paragraph(styles["Body Text"], after=8, line=1.25)
    _paragraph(styles["List Bullet"], after=4, line=1.2)
    _paragraph(styles["Picture"], before=10, after=4, keep=True)
    _font(styles["Caption"], 10, _SOFT, italic=True)
    _paragraph(styles["Caption"], before=2, after=12, line=1.15)
    _font(styles["Byline"], 11, _INK, bold=True)
    _paragraph(styles["Byline"], before=12, after=2)
    _font(styles["Source"], 10, _SOFT)
    _paragraph(styles["Source"], before=2, after=2)


def _font(style: Any, size: float, colour: str, *, bold: bool = False, italic: bool = False) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name = FONT
    style.font.size = Pt(size)
    style.font.bold, style.font.italic = bold, italic
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def _paragraph(
    style: Any, *, before: float = 0, after: float = 0, line: float = 1.0, keep: bool = False
) -> None:
    from docx.shared import Pt

    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.line_spacing = line
    layout.keep_with_next = keep
    layout.widow_control = True


def _language(style: Any, language: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), language)
    properties.append(lang)


def _spacing(style: Any, twentieths: int) -> None:
    """Letter spacing, in twentieths of a point; the built-in title styles set their own."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_rPr()
    for name in ("w:spacing", "w:kern"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    if twentieths:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(twentieths))
        # the schema fixes the order of these elements: spacing stands after color, before sz
        size = properties.find(qn("w:sz"))
        if size is None:
            properties.append(spacing)
        else:
            size.addprevious(spacing)


def _rule(style: Any, side: str, colour: str, *, size: int, space: int) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    _no_rule(style)
    borders = OxmlElement("w:pBdr")
    edge = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(size)), ("space", str(space)), ("color", colour)):
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)
    properties = style.element.get_or_add_pPr()
    after = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")
    following = next((child for child in properties if child.tag in {qn(name) for name in after}), None)
    if following is None:
        properties.append(borders)
    else:
        following.addprevious(borders)


def _no_rule(style: Any) -> None:
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)


def _number_pages(paragraph: Any) -> None:
    """A field that Word fills with the number of the page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.size = Pt(9)
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("", "1"), ("end", "")):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText" if text != "1" else "w:t")
            mark.text = text
            mark.set(qn("xml:space"), "preserve")
        run._r.append(mark)
