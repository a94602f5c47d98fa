"""From passages to blocks: which is headline, caption, byline, subheading, and what is left out.

Each step takes the passages and gives them back changed, with what it removed. A format that knows
what a passage is (a heading, a figure's caption) has set its kind; these rules decide the rest.
Every visible character of a passage ends in a block, in a credit, in the dateline or in a removal.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bulletin.article import Block, BlockKind, Image, Removal
from bulletin.finding import Finding, Severity
from bulletin.reading import residue
from bulletin.reading.byline import is_byline, is_name, named_source
from bulletin.reading.captions import begins_like_caption, split_credit
from bulletin.reading.dateline import split_dateline
from bulletin.reading.manuscript import Manuscript, Passage
from bulletin.reading.plain import bullet_of
from bulletin.reading.segments import segment, split_sentences

_HEADLINE_WORDS = 25
_SUBHEADING_WORDS = 15
_CAPTION_WORDS = 60
_CREDITED_WORDS = 60
_ENDS = ".!?…:;,"
# Đ typed as the Icelandic letter that looks the same
_ETH = re.compile(r"Ð(?=[^\W\d_]|\b)")


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The blocks of an article and what was learnt while sorting them."""

    blocks: tuple[Block, ...]
    dateline: str
    source: str
    date: datetime.date | None
    removals: tuple[Removal, ...]
    findings: tuple[Finding, ...]


def arrange(manuscript: Manuscript, place: str) -> Arrangement:
    """Sort a manuscript's passages into blocks; ``place`` names the file in findings."""
    removals = list(manuscript.removals)
    findings = list(manuscript.findings)
    passages = _tidied(manuscript.passages, removals, findings, place)
    passages, date = _without_furniture(passages, removals)
    passages = _without_end_marks(passages, removals)
    passages = _with_bylines(passages)
    passages = _with_credits(passages, removals)
    passages = _with_headline(passages, manuscript)
    passages = _with_subheadings(passages)
    passages = _without_bullets(passages, removals)
    dateline, passages = _without_dateline(passages, removals)
    passages = _with_front_matter(passages, manuscript)
    passages = _with_images(passages, manuscript.images)
    source = manuscript.source or next(
        (
            named
            for passage in passages
            if passage.kind is BlockKind.BYLINE and (named := named_source(passage.text))
        ),
        "",
    )
    blocks = tuple(
        Block(
            kind=passage.kind or BlockKind.PARAGRAPH,
            text=passage.text,
            segments=segment(passage.text, number),
            line=passage.line,
            credit=passage.credit,
            image=passage.image,
        )
        for number, passage in enumerate((passage for passage in passages if passage.text), start=1)
    )
    removals.sort(key=lambda removal: removal.line)
    return Arrangement(blocks, dateline, source, manuscript.date or date, tuple(removals), tuple(findings))


def one_line(text: str) -> str:
    """``text`` with each run of white space as one space, none at its ends."""
    return " ".join(text.split())


def word_count(text: str) -> int:
    """How many words ``text`` has."""
    return len(text.split())


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Cn") and not char.isspace()


def _tidied(
    passages: Iterable[Passage], removals: list[Removal], findings: list[Finding], place: str
) -> list[Passage]:
    """Drop characters that cannot be seen, and put Icelandic capital eths right."""
    tidied: list[Passage] = []
    eths: list[int] = []
    for passage in passages:
        text = passage.text
        hidden = sorted({char for char in text if _is_invisible(char)})
        if hidden:
            names = ", ".join(f"U+{ord(char):04X} × {text.count(char)}" for char in hidden)
            removals.append(Removal("markup", names, passage.line))
            text = text.translate(dict.fromkeys(map(ord, hidden)))
        if "Ð" in text:
            eths.append(passage.line)
            text = _ETH.sub("Đ", text)
        tidied.append(replace(passage, text=text))
    if eths:
        findings.append(
            Finding(
                code="letter-eth",
                severity=Severity.NOTE,
                message=f"Ð (U+00D0, Icelandic) stands for Đ (U+0110) in {len(eths)} passages; read as Đ",
                file=place,
                line=eths[0],
            )
        )
    return tidied


def _without_furniture(
    passages: list[Passage], removals: list[Removal]
) -> tuple[list[Passage], datetime.date | None]:
    """Drop residue, furniture and page dates; what follows a picture box's residue is a caption."""
    kept: list[Passage] = []
    date: datetime.date | None = None
    caption_next = related = False
    for passage in passages:
        if passage.gap:
            related = False
        pending: list[str] = []
        first_line = passage.line
        for offset, raw in _lines(passage.text):
            line, number = one_line(raw), passage.line + offset
            leading, before_caption = residue.leading_residue(line)
            while leading:
                removals.append(Removal("residue", leading, number))
                kept += _joined(pending, passage, first_line, caption_next)
                caption_next = before_caption or (caption_next and not pending)
                pending, line = [], line[len(leading) :].strip()
                leading, before_caption = residue.leading_residue(line)
            if not line:
                continue
            first = not kept and not pending
            if first and residue.is_rubric(line) and passage.kind is not BlockKind.HEADLINE:
                removals.append(Removal("furniture", line, number))
                continue
            if residue.is_stamp(line) and passage.kind is None:
                removals.append(Removal("furniture", line, number))
                date = date or residue.stamp_date(line)
                continue
            heading = residue.is_related_heading(line)
            if passage.kind is not BlockKind.HEADLINE and (
                residue.is_furniture(line) or heading or (related and _is_link(line))
            ):
                removals.append(Removal("furniture", line, number))
                related = related or heading
                continue
            related = False
            if not pending:
                first_line = number
            pending.append(line)
        if pending:
            kept += _joined(pending, passage, first_line, caption_next)
            caption_next = False
    return kept, date


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a passage with their offsets; residue inside a line begins a piece of its own."""
    for offset, line in enumerate(text.split("\n")):
        for piece in residue.split_at_boxes(line):
            yield offset, piece


def _joined(lines: list[str], passage: Passage, line: int, caption: bool) -> list[Passage]:
    if not lines:
        return []
    text = " ".join(lines)
    kind = passage.kind
    short = word_count(text) <= _CAPTION_WORDS and len(split_sentences(text)) <= 2
    if caption and short and kind in (None, BlockKind.PARAGRAPH):
        kind = BlockKind.CAPTION
    return [replace(passage, text=text, line=line, kind=kind)]


def _is_link(line: str) -> bool:
    """Whether a line under "related news" is the headline of another article."""
    return word_count(line) <= 30 and line[-1] not in ".…:;" and not is_byline(line)


def _without_end_marks(passages: list[Passage], removals: list[Removal]) -> list[Passage]:
    """Take ``./.`` off; a byline on the same line becomes a passage of its own."""
    result: list[Passage] = []
    for passage in passages:
        text, tail = passage.text, ""
        start = text.rfind("./.", max(0, len(text) - 90))
        if start > 0 and is_byline(text[start + 3 :]):
            text, tail = text[: start + 3], text[start + 3 :].strip()
        body, mark, closers = residue.split_end_mark(text)
        if mark:
            removals.append(Removal("end-mark", mark, passage.line))
            passage = replace(passage, text=body + closers)
        if passage.text:
            result.append(passage)
        if tail:
            result.append(Passage(tail, passage.line, BlockKind.BYLINE, gap=False))
    return result


def _with_bylines(passages: list[Passage]) -> list[Passage]:
    """Mark the bylines: up to three lines at the end, or one under the first line."""
    result = list(passages)
    for i in range(len(result) - 1, max(0, len(result) - 4), -1):
        before = result[i - 1].kind
        if result[i].kind not in (None, BlockKind.BYLINE) or before is BlockKind.CAPTION:
            break
        if not is_byline(result[i].text):
            break
        result[i] = replace(result[i], kind=BlockKind.BYLINE)
    # "Thanh Mai" under a headline; a single agency name there is rather a place or a rubric
    if len(result) > 2 and result[1].kind is None and is_byline(result[1].text) and is_name(result[1].text):
        result[1] = replace(result[1], kind=BlockKind.BYLINE)
    return result


def _with_credits(passages: list[Passage], removals: list[Removal]) -> list[Passage]:
    """Split photo credits off captions, and know a caption by its credit or by how it begins."""
    result: list[Passage] = []
    for i, passage in enumerate(passages):
        movable = passage.kind in (None, BlockKind.CAPTION)
        found = split_credit(passage.text) if movable else None
        if found and not found.text:
            before = result[-1] if result else None
            if (
                before
                and not before.credit
                and before.kind in (None, BlockKind.CAPTION)
                and word_count(before.text) <= _CREDITED_WORDS
                and (before.kind is BlockKind.CAPTION or len(result) > 1)
            ):
                result[-1] = replace(before, kind=BlockKind.CAPTION, credit=found.credit)
                removals.append(Removal("markup", found.cut, passage.line))
                continue
            removals.append(Removal("furniture", passage.text, passage.line))
            continue
        if found and (passage.kind is BlockKind.CAPTION or word_count(found.text) <= _CREDITED_WORDS):
            removals.append(Removal("markup", found.cut, passage.line))
            passage = replace(passage, text=found.text, kind=BlockKind.CAPTION, credit=found.credit)
        elif (
            passage.kind is None
            and 0 < i < len(passages) - 1
            and passage.text[-1] not in _ENDS
            and word_count(passage.text) <= 45
            and begins_like_caption(passage.text)
        ):
            passage = replace(passage, kind=BlockKind.CAPTION)
        result.append(passage)
    return result


def _with_headline(passages: list[Passage], manuscript: Manuscript) -> list[Passage]:
    """Mark the headline: the one given, else a short first line that is no sentence.

    A headline in the file's own words about itself is looked for among the first passages, so that
    it does not come twice.
    """
    given = one_line(manuscript.headline)
    if given:
        for i, passage in enumerate(passages[:6]):
            if passage.text.casefold() == given.casefold():
                rest = passages[:i] + passages[i + 1 :]
                return [replace(passage, kind=BlockKind.HEADLINE), *rest]
        passages = [
            replace(passage, kind=BlockKind.SUBHEADING) if passage.kind is BlockKind.HEADLINE else passage
            for passage in passages
        ]
        return [Passage(given, 1, BlockKind.HEADLINE), *passages]
    if any(passage.kind is BlockKind.HEADLINE for passage in passages):
        return passages
    if len(passages) < 2 or passages[0].kind not in (None, BlockKind.SUBHEADING):
        return passages
    first, second = passages[0], passages[1]
    if first.kind is BlockKind.SUBHEADING and word_count(first.text) <= 40:
        return [replace(first, kind=BlockKind.HEADLINE), *passages[1:]]
    apart = second.gap or (not any(p.gap for p in passages[1:]) and second.text[-1] in _ENDS)
    if (
        apart
        and 3 <= word_count(first.text) <= _HEADLINE_WORDS
        and first.text.rstrip('”"’)»')[-1:] not in tuple(_ENDS)
        and not bullet_of(first.text)
        and split_dateline(first.text)[0] is None
    ):
        return [replace(first, kind=BlockKind.HEADLINE), *passages[1:]]
    return passages


def _with_subheadings(passages: list[Passage]) -> list[Passage]:
    """Mark short lines without an end, between paragraphs, as subheadings."""
    result = list(passages)
    for i in range(1, len(result) - 1):
        passage, following = result[i], result[i + 1]
        if (
            passage.kind is None
            and passage.gap
            and (following.gap or following.text[-1] in _ENDS)
            and following.kind in (None, BlockKind.LIST_ITEM, BlockKind.PARAGRAPH)
            and word_count(passage.text) <= _SUBHEADING_WORDS
            and passage.text.rstrip('”"’)»')[-1:] not in tuple(_ENDS)
            and not passage.text[0].islower()
            and not passage.credit
        ):
            result[i] = replace(passage, kind=BlockKind.SUBHEADING)
    return result


def _without_bullets(passages: list[Passage], removals: list[Removal]) -> list[Passage]:
    result: list[Passage] = []
    for passage in passages:
        bullet = bullet_of(passage.text) if passage.kind is BlockKind.LIST_ITEM else ""
        if bullet:
            removals.append(Removal("markup", bullet, passage.line))
            passage = replace(passage, text=passage.text[len(bullet) :].lstrip())
        result.append(passage)
    return result


def _without_dateline(passages: list[Passage], removals: list[Removal]) -> tuple[str, list[Passage]]:
    """Take the dateline off the standfirst or the lead."""
    result = list(passages)
    tried = 0
    for i, passage in enumerate(result):
        if passage.kind not in (None, BlockKind.PARAGRAPH, BlockKind.STANDFIRST):
            continue
        found, rest = split_dateline(passage.text)
        if found:
            removals.append(Removal("dateline", found.cut, passage.line))
            result[i] = replace(passage, text=rest)
            return str(found), result
        tried += 1
        if tried == 2:
            break
    return "", result


def _with_front_matter(passages: list[Passage], manuscript: Manuscript) -> list[Passage]:
    """Add the standfirst and byline that a file names apart from its text."""
    result = list(passages)
    standfirst, byline = one_line(manuscript.standfirst), one_line(manuscript.byline)
    if standfirst and not any(passage.text.casefold() == standfirst.casefold() for passage in result):
        at = 1 if result and result[0].kind is BlockKind.HEADLINE else 0
        result.insert(at, Passage(standfirst, 1, BlockKind.STANDFIRST))
    if byline:
        for i, passage in enumerate(result):
            if passage.text.casefold() == byline.casefold():
                result[i] = replace(passage, kind=BlockKind.BYLINE)
                return result
        result.append(Passage(byline, 1, BlockKind.BYLINE))
    return result


def _with_images(passages: list[Passage], images: tuple[Image, ...]) -> list[Passage]:
    """Give the captions without a picture those that the file names apart, in order."""
    by_path = {image.path: image for image in images}
    result: list[Passage] = []
    used = {passage.image.path for passage in passages if passage.image}
    spare = iter([image for image in images if image.path not in used])
    for passage in passages:
        if passage.image and not passage.image.alt and passage.image.path in by_path:
            passage = replace(passage, image=by_path[passage.image.path])
        elif passage.kind is BlockKind.CAPTION and passage.image is None:
            passage = replace(passage, image=next(spare, None))
        result.append(passage)
    return result
