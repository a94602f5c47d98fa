"""PDF, set by typst: fonts embedded, tagged for screen readers, the same bytes every time."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bulletin.errors import MissingExtraError, PublishingError
from bulletin.publishing.bulletin import Bulletin, Picture
from bulletin.publishing.context import bulletin_context, issue_context
from bulletin.publishing.issue import Issue
from bulletin.publishing.templating import TEMPLATES

# the fonts inside typst have Vietnamese, and give the same bytes on every machine; only a text in other
# scripts (a name in Chinese, in Lao) takes the machine's own, and goes untagged where they lack it too
_ATTEMPTS: tuple[tuple[bool, Any], ...] = ((False, ["ua-1"]), (True, ["ua-1"]), (True, []))
_NO_GLYPH = "could not be displayed with font"
_LENT = (".typ", ".svg", ".png", ".jpg", ".jpeg", ".ttf", ".otf")
"""What is taken from an office's template folder: templates, its logo, its fonts."""


def render_pdf(bulletin: Bulletin, *, templates: Path | None = None) -> bytes:
    """The bulletin as a PDF. Raises MissingExtraError where typst is not installed."""
    return _set("bulletin.typ", bulletin_context(bulletin), bulletin.pictures, templates)


def render_issue_pdf(issue: Issue, *, templates: Path | None = None) -> bytes:
    """A whole issue as a PDF, with contents and page numbers."""
    pictures = [picture for bulletin in issue.bulletins for picture in bulletin.pictures]
    return _set("issue.typ", issue_context(issue), pictures, templates)


def _set(main: str, data: Mapping[str, Any], pictures: Iterable[Picture], templates: Path | None) -> bytes:
    """Set the template ``main`` with ``data``, which it reads as JSON: text is never typst markup.

    typst sees one new folder that holds the templates, the data and the pictures, and nothing else.
    """
    try:
        import typst
    except ImportError:
        raise MissingExtraError("typst", "pdf") from None
    with tempfile.TemporaryDirectory(prefix="bulletin-pdf-") as name:
        root = Path(name)
        for folder in (TEMPLATES, templates):
            for path in sorted(folder.iterdir()) if folder is not None else ():
                if path.suffix.lower() in _LENT and path.is_file():
                    shutil.copyfile(path, root / path.name)
        (root / "images").mkdir()
        for picture in pictures:
            (root / "images" / picture.name).write_bytes(picture.data)
        (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        made = None
        for system_fonts, standards in _ATTEMPTS:
            try:
                made = typst.compile(
                    root / main,
                    root=root,
                    font_paths=[root],
                    ignore_system_fonts=not system_fonts,
                    package_path=root,
                    package_cache_path=root,
                    format="pdf",
                    pdf_standards=standards,
                    timestamp=0,
                )
                break
            except typst.TypstError as error:
                if _NO_GLYPH in error.message and (system_fonts, standards) != _ATTEMPTS[-1]:
                    continue
                hints = "; ".join(error.hints)
                raise PublishingError(
                    f"{main}: typst says: {error.message}{f' ({hints})' if hints else ''}; mend the template"
                ) from error
    if not isinstance(made, bytes):
        raise PublishingError(f"{main}: typst made no single file")
    return made
