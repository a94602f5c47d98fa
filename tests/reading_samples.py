"""The sample article in its formats, and small documents built for the reading tests."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx

DATA = Path(__file__).parent / "data"
TEXT = DATA / "sample-article.vi.txt"
MARKDOWN = DATA / "sample-article.vi.md"
HTML = DATA / "sample-article.vi.html"
REFERENCE = DATA / "sample-article.ref.tsv"

SENTENCE = "Sáng nay, tại Hà Nội, Văn phòng Chính phủ tổ chức Hội nghị về cải cách hành chính."
"""A Vietnamese sentence for documents that need some text."""


def reference_sentences() -> list[str]:
    """The Vietnamese of the reference, a sentence a line."""
    return [line.split("\t")[0] for line in REFERENCE.read_text(encoding="utf-8").splitlines()[1:]]


def sample_docx() -> bytes:
    """The sample article as a Word document, with the styles that an office would use."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "VĂN PHÒNG MẪU"
    lines = TEXT.read_text(encoding="utf-8").splitlines()
    caption = False
    for number, line in enumerate(lines):
        if not line:
            continue
        if line == "leftcenterrightdel":
            caption = True
        elif number == 0:
            document.add_paragraph(line, style="Title")
        elif caption:
            document.add_paragraph(line, style="Caption")
            caption = False
        elif line.startswith("- "):
            document.add_paragraph(line[2:], style="List Bullet")
        elif line == "Lấy người dân làm trung tâm":
            document.add_paragraph(line, style="Heading 2")
        else:
            document.add_paragraph(line)
    return saved(document)


def saved(document) -> bytes:
    """The bytes of a python-docx document."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def small_docx(*paragraphs: str) -> bytes:
    """A Word document of plain paragraphs."""
    document = docx.Document()
    for paragraph in paragraphs or (SENTENCE,):
        document.add_paragraph(paragraph)
    return saved(document)


def repacked(package: bytes, **changes: bytes) -> bytes:
    """A zip package with parts replaced or added; the part's name is the keyword with ``__`` for ``/``."""
    parts = {name.replace("__", "/"): content for name, content in changes.items()}
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, parts.pop(name, None) or old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return buffer.getvalue()
