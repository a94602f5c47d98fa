"""Which format a file is in: by its name, checked against its first bytes."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath

from bulletin.errors import ReadingError
from bulletin.reading.frontmatter import has_front_matter

SUPPORTED = ".txt, .md, .html and .docx"


class Format(StrEnum):
    """The formats that articles are read from."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    DOCX = "docx"


_BY_SUFFIX = {
    "": None,
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".docx": Format.DOCX,
}
_ADVICE = {
    ".doc": "open it in a word processor and save it as .docx",
    ".docm": "save it as a .docx, without macros",
    ".dotm": "save it as a .docx, without macros",
    ".dotx": "save it as a .docx",
    ".odt": "save it as .docx",
    ".rtf": "save it as .docx or .txt",
    ".wps": "save it as .docx",
    ".pages": "export it as .docx",
    ".pdf": "take its text out, or ask for the .docx it was made from",
    ".xlsx": "copy the text into a .txt",
    ".pptx": "copy the text into a .txt",
    ".epub": "save the chapter as .html or .txt",
    ".mht": "save the page as .html",
    ".mhtml": "save the page as .html",
}
_MAGIC = (
    (b"%PDF", "a PDF", _ADVICE[".pdf"]),
    (b"{\\rtf", "an RTF file", _ADVICE[".rtf"]),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Office file (.doc), or a .docx with a password",
        _ADVICE[".doc"],
    ),
    (b"\x89PNG", "a picture", "give the text"),
    (b"\xff\xd8\xff", "a picture", "give the text"),
    (b"GIF8", "a picture", "give the text"),
    (b"\x1f\x8b", "compressed", "unpack it first"),
    (b"7z\xbc\xaf", "compressed", "unpack it first"),
    (b"Rar!", "compressed", "unpack it first"),
)
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)?"
    rb"<(?:!doctype\s+html|html|head|body|article|div|p)\b",
    re.I | re.S,
)


def format_of(data: bytes, name: str, place: str) -> Format:
    """The format of ``data`` whose file is called ``name`` (may be empty).

    Raises ReadingError, naming what can be read, for formats that cannot.
    """
    suffix = PurePath(name).suffix.lower()
    for magic, what, mend in _MAGIC:
        if data.startswith(magic):
            raise ReadingError(f"{place}: is {what}; articles are read from {SUPPORTED}: {mend}")
    if suffix in _ADVICE:
        raise ReadingError(
            f"{place}: {suffix} is not read; articles are read from {SUPPORTED}: {_ADVICE[suffix]}"
        )
    zipped = data.startswith(b"PK\x03\x04")
    known = _BY_SUFFIX.get(suffix)
    if zipped:
        if known not in (None, Format.DOCX):
            raise ReadingError(
                f"{place}: is a .docx or another packed file, not {suffix}; rename it to what it is"
            )
        return Format.DOCX
    if known is Format.DOCX:
        raise ReadingError(
            f"{place}: is no .docx (it is not a zip package); save it again as .docx, or rename it"
        )
    if known is not None:
        return known
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if _HTML_START.match(head):
        return Format.HTML
    if head.startswith(b"---") and has_front_matter(
        data[:70_000].decode("utf-8", "replace").replace("\r\n", "\n")
    ):
        return Format.MARKDOWN
    return Format.TEXT
