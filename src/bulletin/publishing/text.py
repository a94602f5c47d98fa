"""Plain text: one line a block, an empty line between, no markup, no wrapping."""

from __future__ import annotations

from bulletin.article import BlockKind
from bulletin.publishing.bulletin import Bulletin
from bulletin.publishing.issue import Issue


def render_text(bulletin: Bulletin) -> str:
    """The bulletin as plain text, ending with a line break."""
    return _spaced(_lines(bulletin))


def render_issue_text(issue: Issue) -> str:
    """A whole issue as plain text: masthead, contents, then the articles under their sections."""
    lines = [issue.masthead.upper()]
    if issue.details:
        lines.append(issue.details)
    lines += [f"- {bulletin.title}" for bulletin in issue.bulletins]
    for section in issue.sections:
        if section.title:
            lines += ["", section.title.upper()]
        for bulletin in section.bulletins:
            lines += ["* * *", *_lines(bulletin)]
    return _spaced(lines)


def _lines(bulletin: Bulletin) -> list[str]:
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
    return lines


def _spaced(lines: list[str]) -> str:
    """Lines with an empty one between, but none inside a list."""
    done: list[str] = []
    for before, line in zip(["", *lines], lines, strict=False):
        if before and not (before.startswith("- ") and line.startswith("- ")):
            done.append("")
        done.append(line)
    return "\n".join(done) + "\n"
