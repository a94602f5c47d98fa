"""The formats a bulletin is written in, and writing it."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bulletin.errors import PublishingError
from bulletin.files import write_atomic
from bulletin.publishing.bulletin import Bulletin, Picture
from bulletin.publishing.issue import Issue

Files = dict[str, "str | bytes"]
"""Content by file name, within the folder that is written to."""


@dataclass(frozen=True, slots=True)
class Format:
    """One output format: its name for ``--format``, its file's ending, and what renders it.

    ``module`` is in this package; it is imported when the format is first used, for python-docx,
    typst and jinja2 take time to load. It holds ``render_<module>`` and ``render_issue_<module>``.
    """

    name: str
    suffix: str
    module: str
    title: str
    templated: bool = False
    pictures_beside: bool = False
    needs_date: bool = False

    def render(self, bulletin: Bulletin, templates: Path | None = None) -> str | bytes:
        """The bulletin's whole file."""
        return self._call(f"render_{self.module}", bulletin, templates)

    def render_issue(self, issue: Issue, templates: Path | None = None) -> str | bytes:
        """A whole issue's file."""
        return self._call(f"render_issue_{self.module}", issue, templates)

    def _call(self, name: str, content: Bulletin | Issue, templates: Path | None) -> str | bytes:
        function = getattr(importlib.import_module(f"bulletin.publishing.{self.module}"), name)
        made: str | bytes = function(content, templates=templates) if self.templated else function(content)
        return made


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("md", "md", "markdown", "Markdown", pictures_beside=True),
        Format("txt", "txt", "text", "plain text"),
        Format("html", "html", "html", "a self-contained web page", templated=True),
        Format("docx", "docx", "docx", "Word", templated=True),
        Format("pdf", "pdf", "pdf", "PDF", templated=True),
        Format("eml", "eml", "email", "an e-mail ready to send", templated=True),
        Format("epub", "epub", "epub", "an e-book", templated=True),
        Format("atom", "atom.xml", "atom", "an Atom feed", templated=True, needs_date=True),
        Format("newsml", "newsml.xml", "newsml", "NewsML-G2", pictures_beside=True, needs_date=True),
        Format("nitf", "nitf.xml", "nitf", "NITF 3.6", pictures_beside=True),
    )
}
"""Every format by its name, in the order in which they are offered."""

CORE_FORMATS = ("md", "txt", "html", "docx")
"""What ``bulletin run`` writes when no format is asked for; they need no extra and no date."""


def write_bulletin(
    bulletin: Bulletin,
    folder: Path,
    formats: Sequence[str] = CORE_FORMATS,
    *,
    templates: Path | None = None,
) -> tuple[Path, ...]:
    """Write ``folder/bulletin.{md,txt,...}``; the paths are returned in the order of ``formats``.

    All formats are rendered before the first is written, and each file is written whole or not at
    all. The same bulletin gives the same bytes. ``templates`` is a folder of the office's own
    templates. Raises PublishingError for an unknown format, or one that misses what it needs.
    """
    chosen = [find_format(name) for name in dict.fromkeys(formats)]
    files: Files = {f"bulletin.{each.suffix}": each.render(bulletin, templates) for each in chosen}
    return _write(files, chosen, bulletin.pictures, folder)


def write_issue(
    issue: Issue,
    folder: Path,
    formats: Sequence[str] = CORE_FORMATS,
    *,
    templates: Path | None = None,
) -> tuple[Path, ...]:
    """Write ``folder/issue.{md,txt,...}``, as :func:`write_bulletin` does for one bulletin."""
    chosen = [find_format(name) for name in dict.fromkeys(formats)]
    files: Files = {f"issue.{each.suffix}": each.render_issue(issue, templates) for each in chosen}
    pictures = [picture for bulletin in issue.bulletins for picture in bulletin.pictures]
    return _write(files, chosen, pictures, folder)


def _write(
    files: Files, chosen: Sequence[Format], pictures: Iterable[Picture], folder: Path
) -> tuple[Path, ...]:
    if any(each.pictures_beside for each in chosen):
        for picture in pictures:
            write_atomic(folder / "images" / picture.name, picture.data)
    for name, content in files.items():
        write_atomic(folder / name, content)
    return tuple(folder / name for name in files)


def find_format(name: str) -> Format:
    """The format of that name. Raises PublishingError where there is none."""
    try:
        return FORMATS[name]
    except KeyError:
        raise PublishingError(f"no format {name!r}: the formats are {', '.join(FORMATS)}") from None
