"""A bulletin as plain data, for templates that cannot see Python objects (typst, DOCX)."""

from __future__ import annotations

from typing import Any

from bulletin.publishing.bulletin import Bulletin, BulletinBlock
from bulletin.publishing.issue import Issue


def bulletin_context(bulletin: Bulletin) -> dict[str, Any]:
    """Strings, numbers, lists and tables only; ``templates/README.md`` documents the names."""
    language, _, region = bulletin.language.partition("-")
    lead = bulletin.lead_block
    return {
        "name": bulletin.name,
        "title": bulletin.title,
        "headline": bulletin.headline,
        "headline_provisional": bulletin.headline_provisional,
        "summary": bulletin.summary,
        "author": bulletin.byline or bulletin.agency,
        "agency": bulletin.agency,
        "dateline": bulletin.dateline,
        "date": bulletin.date.isoformat() if bulletin.date else "",
        "date_text": bulletin.date_text,
        "byline": bulletin.byline,
        "byline_place": bulletin.byline_place,
        "source_note": bulletin.source_note,
        "language": language,
        "region": region,
        "style": bulletin.style,
        "state": bulletin.state.value,
        "signature": bulletin.signature,
        "blocks": [_block(block, block is lead) for block in bulletin.blocks],
    }


def _block(block: BulletinBlock, lead: bool) -> dict[str, Any]:
    picture = block.picture
    return {
        "kind": block.kind.value,
        "text": block.text,
        "lead": lead,
        "credit": block.credit,
        "alt": block.image.alt if block.image else "",
        "picture": picture.name if picture else None,
        "width": picture.width if picture else 0,
        "height": picture.height if picture else 0,
    }


def issue_context(issue: Issue) -> dict[str, Any]:
    """An issue, with its bulletins as :func:`bulletin_context` gives them."""
    language, _, region = issue.language.partition("-")
    return {
        "masthead": issue.masthead,
        "title": issue.title,
        "number": issue.number,
        "details": issue.details,
        "date": issue.date.isoformat() if issue.date else "",
        "date_text": issue.date_text,
        "agency": issue.agency,
        "language": language,
        "region": region,
        "style": issue.style,
        "sections": [
            {
                "title": section.title,
                "bulletins": [bulletin_context(bulletin) for bulletin in section.bulletins],
            }
            for section in issue.sections
        ],
    }
