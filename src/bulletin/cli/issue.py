"""``bulletin issue``: several drafts as one publication."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bulletin.cli import options
from bulletin.cli.publish import FORMATS, check_templates, known_entries, show, usable_formats


@click.command()
@click.argument("issue_file", type=click.Path(path_type=Path), metavar="ISSUE.toml")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder for the results.  [default: one beside the file, named after it]",
)
@click.option("--style", "style_name", default="", help="House style, instead of the one the file names.")
@options.formats(FORMATS)
@options.templates
@options.glossaries
@options.strict
@options.quiet
def command(
    issue_file: Path,
    out: Path | None,
    style_name: str,
    formats: tuple[str, ...],
    templates: Path | None,
    glossaries: tuple[Path, ...],
    strict: bool,
    quiet: bool,
) -> None:
    """Publish several drafts as one issue.

    ISSUE.toml holds the masthead, the number, the date, and the drafts in their sections:

    \b
    masthead = "Weekly bulletin"
    number = "No. 12"
    date = 2026-03-12
    [[sections]]
    title = "Domestic affairs"
    articles = ["outputs/one/draft.xlf", "outputs/two/draft.xlf"]
    """
    from bulletin.publishing.formats import write_issue
    from bulletin.publishing.issue_file import read_issue

    check_templates(templates)
    issue, findings = read_issue(issue_file, style_name=style_name, entries=known_entries(glossaries))
    folder = out or issue_file.with_suffix("")
    chosen = formats or usable_formats(dated=issue.date is not None, quiet=quiet)
    paths = write_issue(issue, folder, chosen, templates=templates)
    if show(folder, paths, findings, quiet=quiet) and strict:
        sys.exit(3)
