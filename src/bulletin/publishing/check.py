"""Checking a file against a house style: every departure with its place and its mend."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bulletin.errors import PublishingError
from bulletin.finding import Finding, Severity
from bulletin.publishing.restyle import departures
from bulletin.publishing.rules.names import Originals, read_originals
from bulletin.publishing.style import Style

MAX_CHECKED_BYTES = 20 * 2**20
_DRAFTS = (".xlf", ".xliff")
_FIGURE_START = re.compile(r"(?:^|(?<=[.!?] ))\"?(\d[\d,.]*)(?= [a-z])")
# a lone digit before a small word, in running text; units and numbered things keep theirs
_UNITS = r"(?:km|kg|cm|mm|m|ha|percent|per|am|pm|a\.m|p\.m|thousand|million|billion|trillion)\b"
_SMALL_NUMBER = re.compile(rf"(?<![\w'’-])[a-z][\w'’-]* ([2-9])(?= (?!{_UNITS})[a-z])")
_BIG = re.compile(r"(?<![\w.,])(\d{1,3}(?:,\d{3})+(?:\.\d+)?) billion\b")
_TRILLION = re.compile(r"\btrillion (?:VND|VNĐ|dong)\b|\bVN[DĐ] ?[\d.,]+ trillion\b")
_HTML_BLOCKS = ("title", "h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "figcaption", "td", "th", "dt", "dd")
# in Markdown, what is not text: code, and where links and pictures lead
_NOT_TEXT = re.compile(r"`[^`]*`|(?<=\])\([^)\s]*\)|<[^>]*>")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    number: int | None = None
    segment: str = ""


def check_style(path: Path, style: Style) -> tuple[Finding, ...]:
    """Where a text, Markdown, HTML, Word or draft file departs from a style.

    Raises PublishingError where the file is not one of these, DraftError where a draft is damaged.
    """
    originals: Originals | None = None
    if path.suffix.lower() in _DRAFTS:
        from bulletin.drafting.xliff import read_draft

        draft = read_draft(path)
        originals = read_originals(unit.source for unit in draft.units)
        lines = [_Line(unit.target, None, unit.id) for unit in draft.units]
    else:
        lines = list(_lines(path))
    findings = [finding for line in lines for finding in _check(line, style, originals, str(path))]
    return (*findings, *_mixed_figures(lines, str(path)))


def _check(line: _Line, style: Style, originals: Originals | None, file: str) -> Iterator[Finding]:
    for rule, edit in departures(line.text, style, originals):
        yield Finding(
            f"style-{rule.code}",
            Severity.WARNING,
            f"{rule.about}: {edit.old.strip()!r} is {edit.new.strip()!r} in this style"
            if edit.new.strip()
            else f"{rule.about}: {edit.old.strip()!r} goes in this style",
            file,
            line.number,
            line.segment,
            f"write {edit.new.strip()!r}" if edit.new.strip() else "take it out",
        )
    if style.figures.numerals == "words below ten":
        for match in _SMALL_NUMBER.finditer(line.text):
            yield Finding(
                "style-numeral",
                Severity.NOTE,
                f"the number {match[1]} is below ten",
                file,
                line.number,
                line.segment,
                "write it in words",
            )
    for match in _FIGURE_START.finditer(line.text):
        yield Finding(
            "style-figure-first",
            Severity.NOTE,
            f"a sentence begins with the figure {match[1]}",
            file,
            line.number,
            line.segment,
            "put a word before it, or write it in words",
        )


def _mixed_figures(lines: list[_Line], file: str) -> Iterator[Finding]:
    """Thousands of billions and trillions are both right, but not in one text."""
    if not any(_TRILLION.search(line.text) for line in lines):
        return
    for line in lines:
        for match in _BIG.finditer(line.text):
            yield Finding(
                "style-trillion",
                Severity.WARNING,
                f"{match[0]!r} stands in a text that has trillions elsewhere",
                file,
                line.number,
                line.segment,
                "keep to one of the two",
            )


def _lines(path: Path) -> Iterator[_Line]:
    suffix = path.suffix.lower()
    readers = {
        ".txt": _text,
        ".md": _markdown,
        ".markdown": _markdown,
        ".html": _html,
        ".htm": _html,
        ".docx": _docx,
    }
    if suffix not in readers:
        known = ", ".join((*readers, *_DRAFTS))
        raise PublishingError(f"{path}: style is checked in files of these kinds: {known}")
    try:
        if path.stat().st_size > MAX_CHECKED_BYTES:
            raise PublishingError(f"{path}: a file to check has at most {MAX_CHECKED_BYTES // 2**20} MiB")
        return iter(list(readers[suffix](path)))
    except OSError as error:
        raise PublishingError(f"{path}: cannot be read ({error.strerror or error})") from error
    except UnicodeDecodeError as error:
        raise PublishingError(f"{path}: this is not UTF-8 text; save it as that") from error


def _text(path: Path) -> Iterator[_Line]:
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        yield _Line(line, number)


def _markdown(path: Path) -> Iterator[_Line]:
    fenced = False
    lines = list(_text(path))
    front = _front_matter(lines)
    for line in lines[front:]:
        if line.text.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        elif not fenced:
            shown = _NOT_TEXT.sub(" ", line.text)
            yield _Line(re.sub(r"\\([^\w\s])", r"\1", shown), line.number)


def _front_matter(lines: list[_Line]) -> int:
    if not lines or lines[0].text.strip() != "---":
        return 0
    return next((n + 1 for n, line in enumerate(lines[1:], 1) if line.text.strip() == "---"), 0)


def _html(path: Path) -> Iterator[_Line]:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    tree = etree.fromstring(path.read_bytes() or b"<p/>", parser)
    if tree is None:
        raise PublishingError(f"{path}: this is no HTML page")
    etree.strip_elements(tree, "script", "style", "template", with_tail=False)
    for element in tree.iter(*_HTML_BLOCKS):
        words = " ".join("".join(map(str, element.itertext())).split())
        # a block that holds others is seen through them
        if words and not any(child is not element for child in element.iter(*_HTML_BLOCKS)):
            yield _Line(words, int(element.sourceline or 0) or None)  # type: ignore[arg-type]


def _docx(path: Path) -> Iterator[_Line]:
    import docx
    from docx.opc.exceptions import OpcError

    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > 5 * MAX_CHECKED_BYTES:
                raise PublishingError(f"{path}: the document unpacks to too much; save it without pictures")
        document = docx.Document(str(path))
    except (zipfile.BadZipFile, OpcError, KeyError, ValueError) as error:
        raise PublishingError(f"{path}: this is no Word document ({error})") from error
    for number, paragraph in enumerate(document.paragraphs, 1):
        yield _Line(paragraph.text, number)
