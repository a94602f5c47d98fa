"""The styles of a DOCX bulletin: what Word shows in its list of styles, and how each looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

FONT = "Times New Roman"
"""What Vietnamese offices write in by decree, and every machine has or stands in for."""
_INK, _SOFT, _ACCENT = "1B1B1B", "565656", "9A1B1E"


def define_styles(document: Document, language: str, *, issue: bool) -> None:
    """Give the document the looks of a bulletin: built-in styles where Word has them, a few of our own.

    In an issue the first level of headings is a section, the second a headline.
    """
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Cm

    styles = document.styles
    _font(styles["Normal"], 12, _INK)
    _language(styles["Normal"], language)
    _paragraph(styles["Normal"], after=0, line=1.15)
    for name, base in (
        ("Masthead", "Normal"),
        ("Issue Title", "Title"),
        ("Details", "Normal"),
        ("Picture", "Normal"),
        ("Byline", "Normal"),
        ("Source", "Normal"),
        ("Contents Heading", "Normal"),
        ("Contents Section", "Normal"),
        ("Contents Entry", "Normal"),
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
    _font(styles["Issue Title"], 26, _INK, bold=True)
    _paragraph(styles["Issue Title"], after=6, line=1.05, keep=True)
    _rule(styles["Issue Title"], "top", _ACCENT, size=18, space=14)
    _font(styles["Subtitle"], 13, _SOFT)
    _spacing(styles["Subtitle"], 0)
    _paragraph(styles["Subtitle"], after=8, line=1.15)
    _font(styles["Details"], 10, _SOFT)
    _paragraph(styles["Details"], after=16, keep=True)
    _rule(styles["Details"], "bottom", "D9D5CD", size=6, space=8)
    for level, size in ((1, 11), (2, 19), (3, 13)) if issue else ((1, 18), (2, 13), (3, 12)):
        _font(styles[f"Heading {level}"], size, _INK, bold=True)
        _paragraph(styles[f"Heading {level}"], before=14, after=5, keep=True)
    _rule(styles["Heading 1"], "top", _INK, size=12, space=6)
    if issue:
        _capitals(styles["Heading 1"])
        _paragraph(styles["Heading 2"], before=20, after=6, line=1.05, keep=True)
    _paragraph(styles["Body Text"], after=8, line=1.25)
    _paragraph(styles["List Bullet"], after=4, line=1.2)
    _paragraph(styles["Picture"], before=10, after=4, keep=True)
    _font(styles["Caption"], 10, _SOFT, italic=True)
    _paragraph(styles["Caption"], before=2, after=12, line=1.15)
    _font(styles["Byline"], 11, _INK, bold=True)
    _paragraph(styles["Byline"], before=12, after=2, keep=True)
    _font(styles["Contents Heading"], 10, _ACCENT, bold=True)
    _capitals(styles["Contents Heading"])
    _paragraph(styles["Contents Heading"], before=6, after=6, keep=True)
    _font(styles["Contents Section"], 12, _INK, bold=True)
    _paragraph(styles["Contents Section"], before=8, after=3, keep=True)
    _paragraph(styles["Contents Entry"], after=4)
    styles["Contents Entry"].paragraph_format.tab_stops.add_tab_stop(
        Cm(16.0), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )
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


def _capitals(style: Any) -> None:
    """Spaced capitals; the text itself keeps its letters."""
    style.font.all_caps = True
    _spacing(style, 20)


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
