"""``bulletin score --qe``: where to look first in a draft, without a reference."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bulletin.drafting.draft import Draft
    from bulletin.scoring.qe import Calibration, Risk

PIPED_WIDTH = 160
"""Columns of the table where it does not go to a terminal."""

_WORST, _BAD = 0.6, 0.35


_TAKEN = frozenset({"hypotheses", "qe", "as_json", "output_format", "quiet"})


def refuse_others(context: click.Context) -> None:
    """Raise a UsageError where an option was given that means nothing without a reference."""
    for parameter in context.command.params:
        name = parameter.name or ""
        given = context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
        if given and name not in _TAKEN:
            raise click.UsageError(f"{parameter.opts[0]} does not go with --qe", context)
    if context.params["output_format"] not in ("text", "json"):
        raise click.UsageError("--qe goes with the formats text and json", context)


def show_risks(paths: Sequence[str], as_json: bool, quiet: bool) -> None:
    """Print the risk of each segment of the drafts that nobody has reviewed, the worst first."""
    from bulletin.drafting.xliff import read_draft
    from bulletin.scoring.qe import builtin_calibration, estimate, note_on

    if "-" in paths:
        raise click.UsageError("--qe reads drafts (draft.xlf), not standard input")
    calibration = builtin_calibration()
    drafts = [read_draft(Path(path)) for path in paths]
    risks = [
        (path, draft, risk) for path, draft in zip(paths, drafts, strict=True) for risk in estimate(draft)
    ]
    risks.sort(key=lambda item: -item[2].risk)
    notes = [note for draft in drafts if (note := note_on(draft))]
    if as_json:
        values = {
            "calibration": calibration.as_dict(),
            "notes": notes,
            "segments": [
                {"file": path, "draft": draft.name, **dataclasses.asdict(risk)} for path, draft, risk in risks
            ],
        }
        click.echo(json.dumps(values, ensure_ascii=False, indent=2))
        return
    _print([(draft, risk) for _, draft, risk in risks if not risk.reviewed], len(drafts) > 1)
    if quiet:
        return
    reviewed = sum(risk.reviewed for _, _, risk in risks)
    if reviewed:
        click.echo(f"{reviewed} of {len(risks)} segments are reviewed and left out", err=True)
    for note in notes:
        click.echo(f"note: {note}", err=True)
    click.echo(_limits(calibration), err=True)


def _print(rows: Sequence[tuple[Draft, Risk]], several: bool) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    if several:
        table.add_column("draft", overflow="fold")
    table.add_column("segment", overflow="fold")
    table.add_column("risk", justify="right")
    table.add_column("reasons", overflow="fold")
    for draft, risk in rows:
        style = "red" if risk.risk >= _WORST else "yellow" if risk.risk >= _BAD else "green"
        cells = [
            Text(risk.segment),
            Text(f"{risk.risk:.2f}", style=style),
            Text("; ".join(risk.reasons) or "–"),
        ]
        # Text, not str: brackets in a name are no markup
        table.add_row(*([Text(draft.name)] if several else []), *cells)
    console = Console(
        file=sys.stdout, width=None if sys.stdout.isatty() else PIPED_WIDTH, highlight=False, soft_wrap=False
    )
    console.print(table)


def _limits(calibration: Calibration) -> str:
    """What the figures are worth, in one line."""
    if not calibration.measured:
        return "how well the estimate follows a reference was not measured"
    overall = calibration.measured[0]
    value, low, high = overall.spearman
    return (
        "risk: the chance of being among the worst quarter by chrF++. On "
        f"{overall.segments} segments that it was not fitted to, its rank correlation with chrF++ is "
        f"{value:.2f} ({low:.2f} to {high:.2f}), and the quarter it ranks first holds "
        f"{overall.found[0]:.0f} % of the worst quarter (25 % by chance): an order to read in, no verdict"
    )
