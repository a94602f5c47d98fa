"""Reading what is to be checked: drafts, tables of two languages, bulletins with or without their article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from bulletin.article import Article, Block, BlockKind
from bulletin.checking.beside import Group, Side, align_sides, anchors_of, likeness
from bulletin.checking.pair import Document, Pair
from bulletin.checking.published import Paragraph, read_published
from bulletin.drafting.draft import Draft
from bulletin.errors import BulletinError
from bulletin.finding import Finding, Severity
from bulletin.glossary.entry import TermMatch
from bulletin.reading.segments import split_sentences

DRAFTS = (".xlf", ".xliff")

Spans = Callable[[str], Sequence[TermMatch]]
"""Gives the fixed spans of a Vietnamese text; their English is what paragraphs are compared by."""

_FULL_STOPS = (".", "!", "?", "…", '."', ".”", ".'", ".’", ";", ":")
_HEADINGS = (BlockKind.HEADLINE, BlockKind.SUBHEADING)
_WORDS_OF_TEXT = 8
_LEAST_LIKENESS = 0.12


def files_of(path: Path) -> list[Path]:
    """The drafts of a folder, or the file itself. Raises BulletinError for a folder without drafts."""
    if not path.is_dir():
        return [path]
    found = sorted(file for suffix in DRAFTS for file in path.rglob(f"*{suffix}"))
    if not found:
        raise BulletinError(f"{path}: no draft (.xlf) is in this folder; name the files to check")
    return found


def read_draft_document(path: Path, article: Article | None = None) -> Document:
    """A draft as a document; with ``article``, also what of it the draft has not.

    Raises DraftError where the file is damaged or no draft.
    """
    from bulletin.drafting.xliff import parse_draft, parse_edits, read_bytes

    data = read_bytes(path)
    draft = parse_draft(data, str(path))
    lines = {edit.id: edit.line for edit in parse_edits(data, str(path))}
    pairs = tuple(
        Pair(
            unit.source,
            unit.target,
            unit.block,
            unit.id,
            lines.get(unit.id),
            unit.kind,
            unit.occurrences,
        )
        for unit in draft.units
    )
    findings = [*_provisional(draft, lines), *(_not_in_draft(draft, article) if article else ())]
    return Document(str(path), pairs, draft.date, tuple(findings))


def read_table_documents(path: Path) -> list[Document]:
    """The documents of a table (TSV with columns ``vi`` and ``en``, perhaps ``doc``).

    Raises BulletinError where it is not one.
    """
    from bulletin.scoring.texts import read_text

    text = read_text(path)
    if text.sources is None:
        raise BulletinError(f"{path}: a table to check has columns vi and en; name them in line 1")
    names = text.documents or ("",) * len(text.lines)
    documents: dict[str, list[Pair]] = {}
    for index, (source, english) in enumerate(zip(text.sources, text.lines, strict=True)):
        number = text.number(index)
        pairs = documents.setdefault(names[index], [])
        pairs.append(Pair(source, english, number, f"line-{number}", number))
    return [Document(str(path), tuple(pairs)) for pairs in documents.values()]


def read_bulletin_document(path: Path, article: Article | None, spans: Spans) -> Document:
    """A published bulletin as a document, laid beside ``article`` where that is given.

    ``spans`` helps to lay them beside each other. Raises ReadingError where the file cannot be read.
    """
    paragraphs = read_published(path)
    if article is None:
        pairs = tuple(
            Pair("", paragraph.text, number, line=paragraph.line, kind=paragraph.kind)
            for number, paragraph in enumerate(paragraphs)
        )
        return Document(str(path), pairs)
    return lay_beside(str(path), paragraphs, article, spans)


def lay_beside(file: str, paragraphs: Sequence[Paragraph], article: Article, spans: Spans) -> Document:
    """A bulletin's paragraphs beside the article's blocks; what has no counterpart is a finding."""
    blocks = [
        (f"b{number}", block)
        for number, block in enumerate(article.blocks, 1)
        if block.kind is not BlockKind.BYLINE
    ]
    ours = [replace(_source_side(block.text, spans), alone=block.kind in _HEADINGS) for _, block in blocks]
    theirs = [replace(_english_side(each.text), alone=each.kind in _HEADINGS) for each in paragraphs]
    pairs: list[Pair] = []
    findings: list[Finding] = []
    for number, group in enumerate(align_sides(ours, theirs)):
        if not group.theirs:
            findings += [_left_out(file, *blocks[index]) for index in group.ours]
        elif not group.ours:
            for index in group.theirs:
                pairs.append(_unsourced(paragraphs[index], number))
                findings += _added(file, paragraphs[index])
        else:
            pairs += _group_pairs(group, number, blocks, paragraphs, spans)
    return Document(file, tuple(pairs), article.date, tuple(findings))


def _group_pairs(
    group: Group,
    number: int,
    blocks: Sequence[tuple[str, Block]],
    paragraphs: Sequence[Paragraph],
    spans: Spans,
) -> list[Pair]:
    """One pair a sentence where both sides have as many and they look alike, else one for all."""
    first_id, first = blocks[group.ours[0]]
    lines = [paragraphs[index] for index in group.theirs]
    source = " ".join(blocks[index][1].text for index in group.ours)
    if len(group.ours) == len(group.theirs) == 1:
        sentences = [piece.strip() for piece in split_sentences(lines[0].text)]
        sources = [segment.text for segment in first.segments]
        if len(sentences) == len(sources) and _alike(sources, sentences, spans):
            return [
                Pair(segment.text, english, number, segment.id, lines[0].line, first.kind)
                for segment, english in zip(first.segments, sentences, strict=True)
            ]
    english = " ".join(paragraph.text for paragraph in lines)
    return [Pair(source, english, number, first_id, lines[0].line, first.kind)]


def _alike(sources: Sequence[str], sentences: Sequence[str], spans: Spans) -> bool:
    return all(
        likeness(_source_side(source, spans), _english_side(english), {}) >= _LEAST_LIKENESS
        for source, english in zip(sources, sentences, strict=True)
    )


def _source_side(text: str, spans: Spans) -> Side:
    """A Vietnamese text by its figures and the English of its fixed spans: terms, names, dates."""
    targets = [match.target for match in spans(text)]
    figures = [word for word in text.split() if any(character.isdigit() for character in word)]
    return Side(anchors_of([*targets, *figures]), len(text.split()))


def _english_side(text: str) -> Side:
    return Side(anchors_of([text]), len(text.split()))


def _unsourced(paragraph: Paragraph, number: int) -> Pair:
    return Pair("", paragraph.text, number, line=paragraph.line, kind=paragraph.kind)


def _left_out(file: str, block_id: str, block: Block) -> Finding:
    return Finding(
        "left-out",
        Severity.WARNING,
        f"nothing in the bulletin translates {_short(block.text)!r}",
        file,
        segment=block_id,
        mend="translate it, or leave it out knowingly",
    )


def _added(file: str, paragraph: Paragraph) -> list[Finding]:
    """A finding for what reads like a sentence; datelines, bylines and the house's own headings do not."""
    if len(paragraph.text.split()) < _WORDS_OF_TEXT or not paragraph.text.endswith(_FULL_STOPS):
        return []
    return [
        Finding(
            "added",
            Severity.WARNING,
            f"nothing in the article says {_short(paragraph.text)!r}",
            file,
            paragraph.line,
            mend="see where it comes from",
        )
    ]


def _provisional(draft: Draft, lines: dict[str, int | None]) -> list[Finding]:
    """``headline-provisional``, while the headline still is what was made from the lead."""
    if not draft.headline_provisional or not draft.units:
        return []
    first = draft.units[0]
    if first.target != first.hypothesis:
        return []
    return [
        Finding(
            "headline-provisional",
            Severity.WARNING,
            "the headline was made from the lead",
            line=lines.get(first.id),
            segment=first.id,
            mend="write one",
        )
    ]


def _not_in_draft(draft: Draft, article: Article) -> list[Finding]:
    """``source-differs`` and ``left-out``: what the article has now, and the draft has not."""
    if draft.source_hash == article.source_hash:
        return []
    known = {unit.source for unit in draft.units}
    lost = [segment for segment in article.segments if segment.text not in known]
    return [
        Finding(
            "source-differs",
            Severity.WARNING if lost else Severity.NOTE,
            f"the draft was made from another version of the article; {len(lost)} of its segments are new",
            mend="make the draft again, or merge the changes",
        ),
        *(
            Finding(
                "left-out",
                Severity.WARNING,
                f"the draft has no segment for {_short(segment.text)!r}",
                segment=segment.id,
                mend="make the draft again, or merge the changes",
            )
            for segment in lost
        ),
    ]


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
