"""EPUB 3: one file a bulletin, its contents, its pictures.

Written here because the library for it, EbookLib, is under the AGPL and dates files by the clock.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from markupsafe import Markup

from bulletin.publishing.bulletin import Bulletin
from bulletin.publishing.issue import Issue, issue_identifier, issue_of
from bulletin.publishing.templating import environment, render_template

_CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
  <rootfiles>
    <rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"""


def render_epub(bulletin: Bulletin, *, templates: Path | None = None) -> bytes:
    """The bulletin as an e-book of one article."""
    return render_issue_epub(issue_of(bulletin), templates=templates)


def render_issue_epub(issue: Issue, *, templates: Path | None = None) -> bytes:
    """A whole issue as an e-book, an article a file, with its contents."""
    jinja = environment(templates)
    jinja.filters["source"] = lambda picture: f"images/{picture.name}"
    files: dict[str, str] = {}
    sections: list[tuple[str, list[tuple[str, Bulletin]]]] = []
    for section in issue.sections:
        items: list[tuple[str, Bulletin]] = []
        for bulletin in section.bulletins:
            file = f"article-{len(files) + 1}.xhtml"
            files[file] = render_template(
                jinja, "epub-article.xhtml", bulletin=bulletin, section=section.title, void=Markup(" />")
            )
            items.append((file, bulletin))
        if items:
            sections.append((section.title, items))
    pictures = {picture.name: picture for each in issue.bulletins for picture in each.pictures}
    package = render_template(
        jinja,
        "epub-package.opf",
        issue=issue,
        identifier=issue_identifier(issue),
        creators=list(dict.fromkeys(each.byline for each in issue.bulletins if each.byline)),
        # required by the format; without a date of its own a book gets the same one every time
        modified=f"{issue.date.isoformat() if issue.date else '1980-01-01'}T00:00:00Z",
        files=list(files),
        pictures=list(pictures.values()),
    )
    content: dict[str, str | bytes] = {
        "META-INF/container.xml": _CONTAINER,
        "EPUB/package.opf": package,
        "EPUB/nav.xhtml": render_template(jinja, "epub-nav.xhtml", issue=issue, sections=sections),
        "EPUB/style.css": render_template(jinja, "epub.css"),
        **{f"EPUB/{name}": text for name, text in files.items()},
        **{f"EPUB/images/{name}": picture.data for name, picture in pictures.items()},
    }
    return _archive(content)


def _archive(content: dict[str, str | bytes]) -> bytes:
    """A zip with the media type first and plain, as EPUB wants it, and no times but one."""
    done = io.BytesIO()
    with zipfile.ZipFile(done, "w") as archive:
        for name, data in {"mimetype": "application/epub+zip", **content}.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return done.getvalue()
