"""The formats a bulletin is written in, and writing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bulletin.errors import PublishingError
from bulletin.files import write_atomic
from bulletin.publishing.bulletin import Bulletin

Render = Callable[[Bulletin, Path | None], str | bytes]
"""Called with the bulletin and a folder of the office's own templates, or None."""


@dataclass(frozen=True, slots=True)
class Format:
    """One output format: its name for ``--format``, its file's ending, how it is rendered."""

    name: str
    suffix: str
    render: Render
    pictures_beside: bool = False


# each renderer is imported when it is first used: python-docx and jinja2 take time to load
def _markdown(bulletin: Bulletin, templates: Path | None) -> str:
    from bulletin.publishing.markdown import render_markdown

    return render_markdown(bulletin)


def _text(bulletin: Bulletin, templates: Path | None) -> str:
    from bulletin.publishing.text import render_text

    return render_text(bulletin)


def _html(bulletin: Bulletin, templates: Path | None) -> str:
    from bulletin.publishing.html import render_html

    return render_html(bulletin, templates=templates)


def _docx(bulletin: Bulletin, templates: Path | None) -> bytes:
    from bulletin.publishing.docx import render_docx

    return render_docx(bulletin)


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("md", "md", _markdown, pictures_beside=True),
        Format("txt", "txt", _text),
        Format("html", "html", _html),
        Format("docx", "docx", _docx),
    )
}
"""Every format by its name, in the order in which they are offered."""


def write_bulletin(
    bulletin: Bulletin,
    folder: Path,
    formats: Sequence[str] = ("md", "txt", "html", "docx"),
    *,
    templates: Path | None = None,
    stem: str = "bulletin",
) -> tuple[Path, ...]:
    """Write ``folder/bulletin.{md,txt,...}``; the paths are returned in the order of ``formats``.

    All formats are rendered before the first is written, and each file is written whole or not at
    all. The same bulletin gives the same bytes. Raises PublishingError for an unknown format.
    """
    chosen = [find_format(name) for name in dict.fromkeys(formats)]
    files: dict[Path, str | bytes] = {}
    for each in chosen:
        files[folder / f"{stem}.{each.suffix}"] = each.render(bulletin, templates)
    paths = tuple(files)
    if any(each.pictures_beside for each in chosen):
        for block in bulletin.blocks:
            if block.picture is not None:
                files[folder / "images" / block.picture.name] = block.picture.data
    for path, content in files.items():
        write_atomic(path, content)
    return paths


def find_format(name: str) -> Format:
    """The format of that name. Raises PublishingError where there is none."""
    try:
        return FORMATS[name]
    except KeyError:
        raise PublishingError(f"no format {name!r}: the formats are {', '.join(FORMATS)}") from None
