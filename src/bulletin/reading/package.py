"""The zip package of a DOCX file, checked before anything in it is trusted.

A DOCX comes from anyone. Before python-docx sees it: it must be a whole zip of bounded size when
unpacked, with a Word document inside, no macros, and no XML that declares a document type, which is
where entity bombs and external entities live and which Word never writes.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from bulletin.errors import ReadingError

_MOST_PARTS = 2_000
_LARGEST_XML = 20_000_000
_LARGEST_TOTAL = 100_000_000
_DOCTYPE = re.compile(rb"<!\s*(?:doctype|entity)", re.I)
_XML = (".xml", ".rels", ".vml")


def check_package(data: bytes, place: str) -> None:
    """Raise ReadingError unless ``data`` is a DOCX package that is safe to open."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check(package, place)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        reason = str(error) or type(error).__name__
        raise ReadingError(
            f"{place}: is a damaged .docx ({reason.splitlines()[0][:120]}); "
            "open it in a word processor and save it again"
        ) from None


def _check(package: zipfile.ZipFile, place: str) -> None:
    parts = package.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise ReadingError(f"{place}: is locked with a password; save it without one")
    if "[Content_Types].xml" not in names or not any(name.endswith("document.xml") for name in names):
        raise ReadingError(f"{place}: is a zip package but no Word document; save the article as .docx")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ReadingError(f"{place}: has macros; save it as a .docx without them")
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise ReadingError(f"{place}: is packed in a way that Word does not use; save it again as .docx")
    texts = [part for part in parts if part.filename.lower().endswith(_XML)]
    total = sum(part.file_size for part in parts)
    largest = max(part.file_size for part in texts)
    if len(parts) > _MOST_PARTS or total > _LARGEST_TOTAL or largest > _LARGEST_XML:
        raise ReadingError(
            f"{place}: unpacks to {total / 1e6:.0f} MB in {len(parts)} parts, which is more than an article "
            f"needs (at most {_LARGEST_TOTAL / 1e6:.0f} MB, {_LARGEST_XML / 1e6:.0f} MB of it text); "
            "copy the text into a .txt"
        )
    for part in texts:
        # zipfile reads no more than the size that was checked above, and compares the checksum
        content = package.read(part)
        # without zero bytes, so that UTF-16 cannot hide a declaration
        if _DOCTYPE.search(content.replace(b"\0", b"")):
            raise ReadingError(
                f"{place}: {part.filename[:60]!r} inside declares a document type or entities, which no word "
                "processor writes; copy the text into a new .docx"
            )
