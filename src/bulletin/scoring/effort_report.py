"""What editing cost, as one HTML page: is the machine getting better?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.drafting.draft import Draft, Unit
from bulletin.scoring.effort import KINDS, DraftEffort, SegmentEffort, by_week, total
from bulletin.scoring.plots import Series, legend, lines
from bulletin.scoring.report import marked, page_template

if TYPE_CHECKING:
    from markupsafe import Markup

WORST = 12


@dataclass(frozen=True, slots=True)
class Edited:
    """A segment that took much editing, with what was taken out and put in marked."""

    draft: str
    id: str
    hter: float
    source: str
    machine: Markup
    final: Markup


def dump_effort(drafts: Sequence[Draft], efforts: Sequence[DraftEffort], *, title: str = "Effort") -> str:
    """One self-contained HTML page; ``efforts[i]`` is the effort of ``drafts[i]``."""
    weeks = by_week(efforts)
    dated = [week for week in weeks if week.week and week.words]
    found = dict(total(efforts, "all").kinds)
    kinds = [kind for kind in KINDS if kind in found]
    return page_template("effort.html").render(
        title=title,
        drafts=efforts,
        weeks=weeks,
        total=total(efforts, "all"),
        kinds=kinds,
        legend=[legend(number) for number in range(len(kinds))],
        hter=_over_weeks("HTER by week", dated, [("HTER", [week.hter for week in dated])]),
        by_kind=_over_weeks(
            "Edits by kind and week",
            dated,
            [(kind, [100 * dict(week.kinds).get(kind, 0) / week.words for week in dated]) for kind in kinds],
        ),
        worst=_worst(drafts, efforts),
    )


def _over_weeks(
    title: str, weeks: Sequence[DraftEffort], rows: Sequence[tuple[str, Sequence[float]]]
) -> Markup | None:
    """A line a row over the weeks; nothing where there are not two weeks to compare."""
    if len(weeks) < 2 or not rows:
        return None
    series = [Series(name, tuple((float(at), value) for at, value in enumerate(row))) for name, row in rows]
    return lines(title, "week", series, labels=[week.week for week in weeks])


def _worst(drafts: Sequence[Draft], efforts: Sequence[DraftEffort]) -> list[Edited]:
    parts: list[tuple[SegmentEffort, str, Unit]] = []
    for draft, effort in zip(drafts, efforts, strict=True):
        units = {unit.id: unit for unit in draft.units}
        parts += [(part, draft.name, units[part.id]) for part in effort.parts if part.edits]
    parts.sort(key=lambda row: (-row[0].edits, row[1], row[0].id))
    rows = []
    for part, name, unit in parts[:WORST]:
        machine = marked(unit.hypothesis, unit.target, "del")
        final = marked(unit.target, unit.hypothesis, "ins")
        rows.append(Edited(name, part.id, part.hter, unit.source, machine, final))
    return rows
