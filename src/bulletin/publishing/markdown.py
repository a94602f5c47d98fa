"""Markdown (CommonMark): every character of the text means itself."""

from __future__ import annotations

import re

from bulletin.article import BlockKind
from bulletin.publishing.bulletin import Bulletin, BulletinBlock

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


def render_markdown(bulletin: Bulletin, *, level: int = 1) -> str:
    """The bulletin as CommonMark, ending with a line break. ``level`` is that of its headline.

    Pictures are named as files of the folder ``images`` beside the bulletin.
    """
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
    return _spaced(parts)


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
