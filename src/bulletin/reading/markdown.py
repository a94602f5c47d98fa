"""Markdown articles: front matter, headings, paragraphs, lists, pictures with their captions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bulletin.article import BlockKind, Image, Removal
from bulletin.errors import ReadingError
from bulletin.reading.frontmatter import split_front_matter
from bulletin.reading.manuscript import Manuscript, Passage

if TYPE_CHECKING:
    from markdown_it.token import Token

_DEEPEST = 50
# each may open a link, and the parser looks for the end of every one
_MOST_BRACKETS = 10_000


def read_markdown(text: str, place: str) -> Manuscript:
    """Passages of a Markdown text; what is markup only (raw HTML, link targets) goes to the removals.

    Raises ReadingError where the front matter is wrong.
    """
    from markdown_it import MarkdownIt

    matter, body = split_front_matter(text, place)
    if body.count("[") > _MOST_BRACKETS:
        raise ReadingError(f"{place}: has over {_MOST_BRACKETS:,} square brackets; give the text as .txt")
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST})
    # indented text is an indented paragraph here, not program code
    parser.enable("table").disable(["code", "reference"])
    passages: list[Passage] = []
    removals: list[Removal] = []
    tokens = parser.parse(body)
    for token in tokens:
        # the parser leaves out what is nested deeper
        if token.level >= _DEEPEST - 1 and token.map:
            line = matter.lines + token.map[0] + 1
            raise ReadingError(f"{place}, line {line}: lists or quotes are nested too deep; make them flat")
    passages += _passages(tokens, matter.lines, removals)
    known = {passage.image.path for passage in passages if passage.image}
    extra = [
        Passage(picture.caption, picture.line, BlockKind.CAPTION, credit=picture.credit, image=picture.image)
        for picture in matter.pictures
        if picture.caption and picture.image.path not in known
    ]
    passages[1:1] = extra
    return Manuscript(
        passages=tuple(passages),
        headline=matter.title,
        standfirst=matter.standfirst,
        byline=matter.byline,
        source=matter.source,
        date=matter.date,
        images=tuple(picture.image for picture in matter.pictures if not picture.caption),
        removals=tuple(removals),
        findings=matter.findings,
    )


def _passages(tokens: Sequence[Token], offset: int, removals: list[Removal]) -> Iterator[Passage]:
    kind: BlockKind | None = None
    line = offset + 1
    items = 0
    ordered: list[bool] = []
    seen = False
    pending: list[tuple[Image, int]] = []
    for token in tokens:
        if token.map:
            line = offset + token.map[0] + 1
        if token.type == "heading_open":
            kind = BlockKind.HEADLINE if token.tag == "h1" and not seen else BlockKind.SUBHEADING
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            ordered.append(token.type == "ordered_list_open")
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            ordered.pop()
        elif token.type == "list_item_open":
            items += 1
            # a numbered item keeps its number, which the sentence may need
            number = f"{token.info}{token.markup} " if token.info else ""
            if not number:
                removals.append(Removal("markup", token.markup, line))
        elif token.type == "list_item_close":
            items -= 1
        elif token.type in ("heading_close", "paragraph_close"):
            kind = None
        elif token.type in ("fence", "code_block"):
            yield Passage(token.content.strip("\n"), line)
        elif token.type == "html_block":
            removals.append(Removal("markup", " ".join(token.content.split()), line))
        elif token.type == "inline":
            seen = True
            content, images, emphasised = _inline(token.children or [], line, removals)
            if images and not content.strip():
                pending += [(image, line) for image in images]
                continue
            passage = Passage(content, line, kind)
            if images and kind is None and not items:
                # a picture with its caption on the next line of the same paragraph
                passage = replace(passage, kind=BlockKind.CAPTION, image=images.pop(0))
            elif items and kind is None:
                prefix = number if ordered and ordered[-1] else ""
                number = ""
                passage = replace(passage, kind=BlockKind.LIST_ITEM, text=prefix + content)
            elif pending and kind is None and _captions(content, emphasised, pending[-1][0]):
                passage = replace(passage, kind=BlockKind.CAPTION, image=pending.pop()[0])
            for image in images:
                removals.append(Removal("markup", f"![{image.alt}]({image.path})", line))
            yield from _uncaptioned(pending, removals)
            pending = []
            if passage.text.strip():
                yield passage
    yield from _uncaptioned(pending, removals)


def _captions(content: str, emphasised: bool, image: Image) -> bool:
    """Whether a paragraph after a picture is its caption: emphasised, credited, or short without a text."""
    return emphasised or "Ảnh:" in content or (not image.alt and len(content) < 200)


def _uncaptioned(images: Sequence[tuple[Image, int]], removals: list[Removal]) -> Iterator[Passage]:
    """Pictures that no paragraph captions: the alternative text is the caption, where there is one."""
    for image, line in images:
        if image.alt:
            yield Passage(image.alt, line, BlockKind.CAPTION, image=Image(image.path))
        else:
            removals.append(Removal("markup", f"![]({image.path})", line))


def _inline(tokens: Sequence[Token], line: int, removals: list[Removal]) -> tuple[str, list[Image], bool]:
    """Text, pictures, and whether the whole is emphasised, of the inline tokens of one block."""
    pieces: list[str] = []
    images: list[Image] = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            pieces.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            pieces.append("\n")
        elif token.type == "image":
            images.append(Image(str(token.attrGet("src") or ""), " ".join(token.content.split())))
        elif token.type == "html_inline":
            if token.content.lower().startswith("<br"):
                pieces.append("\n")
            else:
                removals.append(Removal("markup", token.content, line))
        elif token.type == "link_open":
            removals.append(Removal("markup", str(token.attrGet("href") or ""), line))
    visible = [token for token in tokens if token.type not in ("text",) or token.content]
    emphasised = (
        bool(visible)
        and visible[0].type in ("em_open", "strong_open")
        and visible[-1].type in ("em_close", "strong_close")
    )
    return "".join(pieces), images, emphasised
