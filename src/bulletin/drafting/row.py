"""Row: one unit as an XLIFF file holds it, before it is known to be ours."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin.drafting.draft import State, Unit
from bulletin.drafting.markup import visible


@dataclass(frozen=True, slots=True)
class Row:
    """Texts, state and metadata of one unit; ``fields`` is None where the metadata is not ours."""

    id: str
    source: str
    target: str
    hypothesis: str
    state: State
    fields: dict[str, str] | None
    line: int


def notes(unit: Unit) -> list[tuple[str, str]]:
    """What a translator should see beside a unit in any tool: pairs of category and text."""
    lines = [
        ("term", f"{occurrence.source} = {' / '.join(occurrence.expected)} [{occurrence.status}]")
        for occurrence in unit.occurrences
    ]
    for finding in unit.findings:
        mend = f" ({finding.mend})" if finding.mend else ""
        lines.append(("finding", f"{finding.severity} {finding.code}: {finding.message}{mend}"))
    return [(category, visible(text)) for category, text in lines]
