"""Templates that an office owns: copied out, changed in Word or an editor, and filled with bulletins."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from bulletin.errors import MissingExtraError, PublishingError
from bulletin.files import write_atomic
from bulletin.publishing.bulletin import Bulletin
from bulletin.publishing.context import bulletin_context, issue_context
from bulletin.publishing.docx import document_bytes, new_document
from bulletin.publishing.issue import Issue
from bulletin.publishing.templating import TEMPLATES

WORD_TEMPLATE = "bulletin.docx"
WORD_ISSUE_TEMPLATE = "issue.docx"


def copy_templates(folder: Path, *, replace: bool = False) -> tuple[Path, ...]:
    """Write every built-in template into a folder, to be changed there.

    Files that are there already are left alone unless ``replace``; what was written is returned.
    """
    files: dict[str, bytes] = {
        path.name: path.read_bytes() for path in sorted(TEMPLATES.iterdir()) if path.is_file()
    }
    files[WORD_TEMPLATE] = word_template()
    files[WORD_ISSUE_TEMPLATE] = word_template(issue=True)
    written: list[Path] = []
    for name, content in files.items():
        path = folder / name
        if replace or not path.exists():
            write_atomic(path, content)
            written.append(path)
    return tuple(written)


def word_template(*, issue: bool = False) -> bytes:
    """A Word document whose tags docxtpl fills in; styles, header and footer are the office's to change."""
    document = new_document("en-GB", issue=issue)

    def add(text: str, style: str, opening: str = "") -> None:
        paragraph = document.add_paragraph(style=style)
        if opening:
            paragraph.add_run(opening, style="Dateline")
        paragraph.add_run(text)

    if issue:
        add("{{ masthead }}", "Issue Title")
        add("{{ details }}", "Details")
        add("In this issue", "Contents Heading")
        add("{%p for section in sections %}", "Normal")
        add("{{ section.title }}", "Contents Section")
        add("{%p for bulletin in section.bulletins %}", "Normal")
        add("{{ bulletin.title }}", "Contents Entry")
        add("{%p endfor %}", "Normal")
        add("{%p endfor %}", "Normal")
        add("{%p for section in sections %}", "Normal")
        add("{{ section.title }}", "Heading 1")
        add("{%p for bulletin in section.bulletins %}", "Normal")
        _add_story(add, "bulletin.", headline="Heading 2", subheading="Heading 3")
        add("{%p endfor %}", "Normal")
        add("{%p endfor %}", "Normal")
    else:
        add("{%p if agency %}", "Normal")
        add("{{ agency }}", "Masthead")
        add("{%p endif %}", "Normal")
        _add_story(add, "", headline="Title", subheading="Heading 2")
    return document_bytes(document)


def _add_story(add: Any, name: str, *, headline: str, subheading: str) -> None:
    add("{{ " + name + "headline }}", headline)
    add("{%p if " + name + "details %}", "Normal")
    add("{{ " + name + "details }}", "Details")
    add("{%p endif %}", "Normal")
    add("{%p for block in " + name + "blocks %}", "Normal")
    for number, (kind, style) in enumerate(
        (
            ("standfirst", "Subtitle"),
            ("subheading", subheading),
            ("list-item", "List Bullet"),
        )
    ):
        add("{%p " + ("elif" if number else "if") + " block.kind == '" + kind + "' %}", "Normal")
        add("{{ block.text }}", style)
    add("{%p elif block.kind == 'caption' %}", "Normal")
    add("{%p if block.image %}", "Normal")
    add("{{ block.image }}", "Picture")
    add("{%p endif %}", "Normal")
    add("{{ block.text }} {{ block.credit }}", "Caption")
    add("{%p else %}", "Normal")
    add("{{ block.text }}", "Body Text", opening="{{ block.dateline }}")
    add("{%p endif %}", "Normal")
    add("{%p endfor %}", "Normal")
    for field, style in (("signed", "Byline"), ("source_note", "Source")):
        add("{%p if " + name + field + " %}", "Normal")
        add("{{ " + name + field + " }}", style)
        add("{%p endif %}", "Normal")


def fill_word_template(template: Path, content: Bulletin | Issue) -> bytes:
    """Fill an office's Word template. Text is only text to it, whatever tags it holds.

    Raises PublishingError where the template is no Word document or has a malformed tag.
    """
    try:
        from docxtpl import DocxTemplate
    except ImportError:
        raise MissingExtraError("docxtpl", "office") from None
    import zipfile

    from docx.opc.exceptions import OpcError
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    try:
        document = DocxTemplate(str(template))
        if isinstance(content, Issue):
            context = issue_context(content)
            for section, filled in zip(content.sections, context["sections"], strict=True):
                pairs = zip(section.bulletins, filled["bulletins"], strict=True)
                filled["bulletins"] = [_with_pictures(document, *pair) for pair in pairs]
        else:
            context = _with_pictures(document, content, bulletin_context(content))
        document.render(
            context,
            ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined),
            autoescape=True,
        )
        return document_bytes(document.docx)
    except TemplateError as error:
        raise PublishingError(f"{template}: {error or type(error).__name__}; mend the tag in Word") from error
    except (zipfile.BadZipFile, OpcError, KeyError, ValueError) as error:
        raise PublishingError(f"{template}: this is no Word template ({error})") from error


def _with_pictures(document: Any, bulletin: Bulletin, context: dict[str, Any]) -> dict[str, Any]:
    """What only Word needs: pictures to put in, and lines that other templates compose themselves."""
    from docx.shared import Cm
    from docxtpl import InlineImage

    lead = bulletin.lead_block
    for block, filled in zip(bulletin.blocks, context["blocks"], strict=True):
        filled["dateline"] = bulletin.dateline if block is lead else ""
        filled["image"] = ""
        if block.picture is not None:
            width = Cm(min(16.0, block.picture.width / 150 * 2.54))
            filled["image"] = InlineImage(document, io.BytesIO(block.picture.data), width=width)
    top = bulletin.byline if bulletin.byline_place == "top" else ""
    context["details"] = "  ·  ".join(filter(None, (top, bulletin.date_text)))
    context["signed"] = bulletin.byline if bulletin.byline_place == "end" else ""
    return context
