"""Reading an article: from a file or bytes to an ``Article``."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import replace
from pathlib import Path

from bulletin.article import Article, BlockKind
from bulletin.errors import ReadingError
from bulletin.finding import Finding
from bulletin.reading.detect import require_vietnamese
from bulletin.reading.encodings import MAX_CHARACTERS, decode, legacy_finding, nfc, recognise_legacy, too_long
from bulletin.reading.formats import Format, format_of
from bulletin.reading.legacy import Encoding
from bulletin.reading.manuscript import Manuscript, Passage
from bulletin.reading.slug import slug
from bulletin.reading.structure import arrange

MAX_BYTES = 20_000_000
"""The largest file that is opened at all."""


def read_article(
    path: Path | None = None,
    *,
    data: bytes | None = None,
    name: str = "",
    date: datetime.date | None = None,
    headline: str = "",
) -> Article:
    """Read a Vietnamese article from ``path``, or from ``data`` where it does not come from a file.

    ``name`` names the data (``article.html``: its ending says the format, its stem the folder) and
    takes the place of the path's name where both are given. ``date`` and ``headline`` (Vietnamese)
    go before what the file says.

    Raises ReadingError, in one line, for whatever cannot be read as a Vietnamese article.
    """
    if path is None and data is None:
        raise ValueError("read_article needs a path or data")
    content = _load(path) if data is None and path is not None else data or b""
    place = (str(path) if path is not None else name or "standard input").replace("\n", " ")
    file_name = name or (path.name if path is not None else "")
    if len(content) > MAX_BYTES:
        raise ReadingError(_too_large(place, len(content)))
    if not content.strip():
        raise ReadingError(f"{place}: is empty; give an article")
    manuscript, encoding, findings = _manuscript(content, file_name, place)
    if headline:
        manuscript = replace(manuscript, headline=nfc(headline))
    arrangement = arrange(manuscript, place)
    require_vietnamese("\n".join(block.text for block in arrangement.blocks), place)
    title = next((block.text for block in arrangement.blocks if block.kind is BlockKind.HEADLINE), "")
    return Article(
        name=slug(Path(file_name).stem) if file_name else slug(title),
        blocks=arrangement.blocks,
        source_hash=hashlib.sha256(content).hexdigest(),
        encoding=encoding,
        date=date or arrangement.date,
        dateline=arrangement.dateline,
        source=arrangement.source,
        removals=arrangement.removals,
        findings=(*findings, *arrangement.findings),
    )


def _load(path: Path) -> bytes:
    """The bytes of a file, never more than one article may have."""
    try:
        if path.is_dir():
            raise ReadingError(f"{path}: is a folder; name the articles in it")
        if path.exists() and not path.is_file():
            raise ReadingError(f"{path}: is not a regular file; give an article, or - for standard input")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
            if len(content) > MAX_BYTES:
                raise ReadingError(_too_large(str(path), max(path.stat().st_size, len(content))))
    except FileNotFoundError:
        raise ReadingError(f"{path}: there is no such file; check the name") from None
    except PermissionError:
        raise ReadingError(f"{path}: may not be read; change its permissions") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadingError(f"{path!s}: cannot be read ({reason})") from None
    return content


def _too_large(place: str, size: int) -> str:
    return (
        f"{place}: is {size / 1e6:.1f} MB, and an article may have at most {MAX_BYTES / 1e6:.0f} MB; "
        "split it, or take large pictures out"
    )


def _manuscript(content: bytes, file_name: str, place: str) -> tuple[Manuscript, str, tuple[Finding, ...]]:
    """Passages of a file by its format, the encoding, and the findings of decoding."""
    kind = format_of(content, file_name, place)
    findings: tuple[Finding, ...] = ()
    if kind is Format.DOCX:
        from bulletin.reading.docx import read_docx

        manuscript = read_docx(content, place)
        decoded_as = "utf-8"
    else:
        decoded = decode(content, place)
        decoded_as, findings = decoded.encoding, decoded.findings
        if kind is Format.HTML:
            from bulletin.reading.html import read_html

            manuscript = read_html(decoded.text, place)
        elif kind is Format.MARKDOWN:
            from bulletin.reading.markdown import read_markdown

            manuscript = read_markdown(decoded.text, place)
        else:
            from bulletin.reading.plain import read_plain

            manuscript = read_plain(decoded.text)
    size = sum(len(passage.text) for passage in manuscript.passages)
    if size > MAX_CHARACTERS:
        raise ReadingError(too_long(place, size))
    if kind in (Format.DOCX, Format.HTML):
        manuscript, legacy = _converted(manuscript, place)
        decoded_as = legacy or decoded_as
    return manuscript, decoded_as, findings


def _converted(manuscript: Manuscript, place: str) -> tuple[Manuscript, str]:
    """Convert TCVN3 or VNI inside a document, whose fonts may change from paragraph to paragraph."""
    texts = [nfc(passage.text) for passage in manuscript.passages]
    whole = recognise_legacy("\n".join(texts))
    found = whole
    passages: list[Passage] = []
    for passage, text in zip(manuscript.passages, texts, strict=True):
        # a passage too short to judge goes with the rest
        encoding = (recognise_legacy(text) if len(text.split()) >= 4 else None) or whole
        found = found or encoding
        passages.append(replace(passage, text=_convert(encoding, text)))
    result = replace(
        manuscript,
        passages=tuple(passages),
        headline=_convert(whole, manuscript.headline),
        standfirst=_convert(whole, manuscript.standfirst),
        byline=_convert(whole, manuscript.byline),
    )
    if found is None:
        return result, ""
    return replace(result, findings=(*result.findings, legacy_finding(found, place))), found.name


def _convert(encoding: Encoding | None, text: str) -> str:
    return nfc(encoding.convert(text)) if encoding is not None else nfc(text)
