"""From a draft to a bulletin with its pictures, and what should be known before it goes out."""

from __future__ import annotations

from pathlib import Path

from bulletin.drafting.draft import Draft, State
from bulletin.finding import Finding, Severity
from bulletin.publishing.bulletin import Bulletin, make_bulletin
from bulletin.publishing.images import attach_images
from bulletin.publishing.rules.mentions import ShortFormTable
from bulletin.publishing.style import Style


def prepare_bulletin(
    draft: Draft,
    style: Style,
    pictures: Path,
    *,
    agency: str = "",
    short_forms: ShortFormTable | None = None,
) -> tuple[Bulletin, tuple[Finding, ...]]:
    """A bulletin with its pictures, taken from the folder ``pictures``, and what was found on the way.

    Reported are segments without English, a provisional headline, pictures that are missing or
    refused, and alternative texts that are missing or still Vietnamese (which are left out).
    """
    made = make_bulletin(draft, style, agency=agency, short_forms=short_forms)
    bulletin, about_pictures = attach_images(made, pictures)
    return bulletin, (*_about_text(draft), *about_pictures)


def unready_segments(draft: Draft, required: State) -> tuple[str, ...]:
    """The segments with a source that have not come as far as ``required``, by id."""
    states = list(State)
    return tuple(
        unit.id for unit in draft.units if unit.source and states.index(unit.state) < states.index(required)
    )


def _about_text(draft: Draft) -> list[Finding]:
    findings = [
        Finding(
            "empty",
            Severity.ERROR,
            "the segment has no English, and the bulletin is without it",
            draft.name,
            segment=unit.id,
            mend="translate it",
        )
        for unit in draft.units
        if unit.source and not unit.target.strip()
    ]
    if draft.headline_provisional:
        findings.append(
            Finding(
                "headline-provisional",
                Severity.WARNING,
                "the headline was made from the lead",
                draft.name,
                segment=draft.units[0].id if draft.units else "",
                mend="write one in the draft",
            )
        )
    return findings
