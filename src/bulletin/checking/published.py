"""Reading a published bulletin back: its English, paragraph by paragraph, with line numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from bulletin.article import BlockKind
from bulletin.errors import ReadingError
from bulletin.reading.encodings import MAX_CHARACTERS, decode, nfc, too_long
from bulletin.reading.formats import Format, format_of
from bulletin.reading.manuscript import Manuscript

MAX_BYTES = 20_000_000
"""The largest file that is opened at all."""

# HANOI (VNA) – ; Hanoi, March 12 (VNA) –
_DATELINE = re.compile(r"^[^.()\n]{2,60}\([^()\n]{2,40}\)\s*[-–—]+\s+")
_PHOTO = re.compile(r"^\[Photo\]\s*|\s*\((?:Photo|Source|Illustration)[^()]*\)\s*$", re.IGNORECASE)
_BULLET = re.compile(r"^[-–—•*+]\s+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of English without its furniture (dateline, bullet, photo credit)."""

    text: str
    line: int
    kind: BlockKind = BlockKind.PARAGRAPH


def read_published(path: Path) -> tuple[Paragraph, ...]:
    """The paragraphs of a .txt, .md, .html or .docx file.

    Raises ReadingError, in one line, where it cannot be read as one of these.
    """
    return parse_published(_load(path), str(path))


def parse_published(data: bytes, name: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a file's bytes; ``name`` is what errors call it, and its ending the format."""
    if not data.strip():
        raise ReadingError(f"{name}: is empty; give a bulletin")
    manuscript = _manuscript(data, name)
    if sum(len(passage.text) for passage in manuscript.passages) > MAX_CHARACTERS:
        raise ReadingError(too_long(name, sum(len(passage.text) for passage in manuscript.passages)))
    found = [
        Paragraph(_bare(passage.text), passage.line, passage.kind or BlockKind.PARAGRAPH)
        for passage in manuscript.passages
    ]
    if manuscript.headline:
        found.insert(0, Paragraph(_bare(manuscript.headline), 1, BlockKind.HEADLINE))
    kept = tuple(paragraph for paragraph in found if paragraph.text)
    if not kept:
        raise ReadingError(f"{name}: holds no text; give a bulletin")
    return kept


def _load(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise ReadingError(f"{path}: there is no such file; check the name")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ReadingError(f"{path}: cannot be read ({error.strerror or error}); check the name") from error
    if len(data) > MAX_BYTES:
        raise ReadingError(f"{path}: a bulletin has at most {MAX_BYTES // 10**6} MB; check the file")
    return data


def _manuscript(data: bytes, name: str) -> Manuscript:
    kind = format_of(data, Path(name).name, name)
    if kind is Format.DOCX:
        from bulletin.reading.docx import read_docx

        return read_docx(data, name)
    text = decode(data, name).text
    if kind is Format.HTML:
        from bulletin.reading.html import read_html

        return read_html(text, name)
    if kind is Format.MARKDOWN:
        from bulletin.reading.markdown import read_markdown

        return read_markdown(text, name)
    from bulletin.reading.plain import read_plain

    return read_plain(text)


def _bare(text: str) -> str:
    line = " ".join(nfc(text).split())
    return _PHOTO.sub("", _BULLET.sub("", _DATELINE.sub("", line))).strip()
