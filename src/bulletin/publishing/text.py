"""Plain text: one line a block, an empty line between, no markup, no wrapping."""

from __future__ import annotations

from bulletin.article import BlockKind
from bulletin.publishing.bulletin import Bulletin


def render_text(bulletin: Bulletin) -> str:
    """The bulletin as plain text, ending with a line break."""
    lines: list[str] = []
    if bulletin.headline:
        lines.append(bulletin.headline)
    if bulletin.byline and bulletin.byline_place == "top":
        lines.append(bulletin.byline)
    if bulletin.date_text:
        lines.append(bulletin.date_text)
    lead = bulletin.lead
    for index, block in enumerate(bulletin.blocks):
        if block.kind is BlockKind.CAPTION:
            lines.append(" ".join(part for part in ("[Photo]", block.text, block.credit) if part))
        elif block.kind is BlockKind.LIST_ITEM:
            lines.append(f"- {block.text}")
        else:
            lines.append((bulletin.dateline if index == lead else "") + block.text)
    if bulletin.byline and bulletin.byline_place == "end":
        lines.append(bulletin.byline)
    if bulletin.source_note:
        lines.append(bulletin.source_note)
    return _spaced(lines)


def _spaced(lines: list[str]) -> str:
    """Lines with an empty one between, but none inside a list."""
    done: list[str] = []
    for before, line in zip(["", *lines], lines, strict=False):
        if before and not (before.startswith("- ") and line.startswith("- ")):
            done.append("")
        done.append(line)
    return "\n".join(done) + "\n"
