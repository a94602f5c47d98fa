"""``bulletin effort``: what editing cost, by article and by week."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bulletin.scoring.effort import DraftEffort


@click.command()
@click.argument("drafts", nargs=-1, required=True, metavar="DRAFT...", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print everything, by segment, as JSON.")
@click.option("--html", type=click.Path(path_type=Path), help="Write a report as one HTML page.")
def command(drafts: tuple[Path, ...], as_json: bool, html: Path | None) -> None:
    """Measure what editing cost, by article and by week.

    From the machine's version to the text as it stands: HTER (edits by 100 words, the less the
    better), chrF++, edits by kind and, for drafts edited with 'bulletin edit', the time spent. A
    week is that of an article's date.
    """
    from bulletin.drafting.xliff import read_draft
    from bulletin.scoring.effort import by_week, draft_effort, total
    from bulletin.web.journal import read_times

    read = [read_draft(path) for path in drafts]
    efforts = [draft_effort(draft, read_times(path)) for draft, path in zip(read, drafts, strict=True)]
    weeks = by_week(efforts)
    everything = total(efforts, "all")
    if html:
        from bulletin.files import write_atomic
        from bulletin.scoring.effort_report import dump_effort

        write_atomic(html, dump_effort(read, efforts))
    if as_json:
        values = {
            "drafts": [effort.as_dict() for effort in efforts],
            "weeks": [week.as_dict() for week in weeks],
            "total": everything.as_dict(),
        }
        click.echo(json.dumps(values, ensure_ascii=False, indent=2))
        return
    rows = list(efforts)
    if len(weeks) > 1:
        rows += weeks
    if len(efforts) > 1:
        rows.append(everything)
    _print(rows)
    if everything.reviewed < everything.segments:
        left = everything.segments - everything.reviewed
        click.echo(
            f"{left} of {everything.segments} segments are not reviewed; they count as they stand", err=True
        )


def _print(rows: Sequence[DraftEffort]) -> None:
    table = [["article", "week", "segments", "untouched", "HTER", "chrF++", "minutes", "edits"]]
    for row in rows:
        kinds = ", ".join(f"{kind} {count}" for kind, count in row.kinds)
        table.append(
            [
                row.name,
                row.week or "–",
                str(row.segments),
                str(row.untouched),
                f"{row.hter:.1f}",
                f"{row.chrf:.1f}",
                f"{row.seconds / 60:.0f}" if row.seconds else "–",
                f"{row.edits} ({kinds})" if kinds else "0",
            ]
        )
    widths = [max(len(line[place]) for line in table) for place in range(7)]
    for line in table:
        cells = [cell.rjust(width) for cell, width in zip(line[2:7], widths[2:], strict=True)]
        click.echo("  ".join([line[0].ljust(widths[0]), line[1].ljust(widths[1]), *cells, line[7]]))
