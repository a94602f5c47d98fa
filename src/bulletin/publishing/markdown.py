"""Markdown (CommonMark): every character of the text means itself."""

from __future__ import annotations

import re

from bulletin.article import BlockKind
from bulletin.publishing.bulletin import Bulletin, BulletinBlock
from bulletin.publishing.issue import Issue

# all that can open markup inside a line; braces too, which site generators read as templates
_INLINE = re.compile(r"[\\`*_\[\]<>{}|~^$]|&(?=#?\w+;)|!(?=\[)")
# what means something only where a line begins
_START = re.compile(r"^(?:([#+\-=:>@%])|(\d{1,9})([.)]))")
# GFM makes links of bare addresses; the text names them, it does not link
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp)(:)|\b(www)(\.)|(@)")


def escape(text: str) -> str:
    """Text as Markdown that shows exactly this text, on one line."""
    escaped = _INLINE.sub(lambda match: "\\" + match.group(), text)
    escaped = _ADDRESS.sub(_unlinked, escaped)
    return _START.sub(_unstarted, escaped)


def _unlinked(match: re.Match[str]) -> str:
    scheme, colon, www, dot, at = match.groups()
    return f"{scheme}\\{colon}" if scheme else f"{www}\\{dot}" if www else f"\\{at}"


def _unstarted(match: re.Match[str]) -> str:
    mark, number, closing = match.groups()
    return f"\\{mark}" if mark else f"{number}\\{closing}"


def render_markdown(bulletin: Bulletin) -> str:
    """The bulletin as CommonMark, ending with a line break.

    Pictures are named as files of the folder ``images`` beside the bulletin.
    """
    return _spaced(_parts(bulletin, 1))


def render_issue_markdown(issue: Issue) -> str:
    """A whole issue as CommonMark: masthead, contents, then the articles under their sections."""
    parts = [f"# {escape(issue.masthead)}", escape(issue.details)]
    parts += [f"- {escape(bulletin.title)}" for bulletin in issue.bulletins]
    for section in issue.sections:
        if section.title:
            parts.append(f"## {escape(section.title)}")
        for number, bulletin in enumerate(section.bulletins):
            if number or not section.title:
                parts.append("---")
            parts += _parts(bulletin, 3 if section.title else 2)
    return _spaced(parts)


def _parts(bulletin: Bulletin, level: int) -> list[str]:
    parts: list[str] = []
    if bulletin.headline:
        parts.append(f"{'#' * level} {escape(bulletin.headline)}")
    if bulletin.byline and bulletin.byline_place == "top":
        parts.append(f"*{escape(bulletin.byline)}*")
    if bulletin.date_text:
        parts.append(escape(bulletin.date_text))
    lead = bulletin.lead
    for index, block in enumerate(bulletin.blocks):
        parts.append(_block(block, bulletin.dateline if index == lead else "", level))
    if bulletin.byline and bulletin.byline_place == "end":
        parts.append(f"*{escape(bulletin.byline)}*")
    if bulletin.source_note:
        parts.append(f"*{escape(bulletin.source_note)}*")
    return parts


def _block(block: BulletinBlock, dateline: str, level: int) -> str:
    if block.kind is BlockKind.SUBHEADING:
        return f"{'#' * min(level + 1, 6)} {escape(block.text)}"
    if block.kind is BlockKind.STANDFIRST:
        return f"**{escape(block.text)}**"
    if block.kind is BlockKind.LIST_ITEM:
        return f"- {escape(block.text)}"
    if block.kind is BlockKind.CAPTION:
        words = " ".join(part for part in (block.text, block.credit) if part)
        caption = f"*{escape(words)}*" if words else ""
        if block.picture is None:
            return f"> {caption}" if caption else ""
        alt = escape(block.image.alt if block.image else "")
        return f"![{alt}](images/{block.picture.name})" + (f"\n\n{caption}" if caption else "")
    place = dateline.rstrip()
    if place == dateline:
        return escape(dateline + block.text)
    return f"**{escape(place)}** {escape(block.text)}"


def _spaced(parts: list[str]) -> str:
    """Blocks with an empty line between, but none inside a list."""
    done: list[str] = []
    before = ""
    for part in filter(None, parts):
        if before and not (before.startswith("- ") and part.startswith("- ")):
            done.append("")
        done.append(part)
        before = part
    return "\n".join(done) + "\n"
