"""``bulletin publish``: drafts to bulletins, in every format, without a model."""

from __future__ import annotations

import dataclasses
import datetime
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bulletin.cli import options
from bulletin.errors import BulletinError, PublishingError

if TYPE_CHECKING:
    from bulletin.drafting.draft import Draft
    from bulletin.finding import Finding
    from bulletin.glossary.entry import Entry
    from bulletin.publishing.style import Style

FORMATS = ("md", "txt", "html", "docx", "pdf", "eml", "epub", "atom", "newsml", "nitf")


@dataclass(frozen=True, slots=True)
class _Job:
    """What holds for every draft of one call."""

    out: Path | None
    style_name: str
    formats: tuple[str, ...]
    require: str
    agency: str
    headline: str
    date: datetime.date | None
    pictures: Path | None
    templates: Path | None
    entries: tuple[Entry, ...] | None
    quiet: bool


class _HeldError(Exception):
    """A draft is not as far as ``--require`` wants it."""


@click.command()
@click.argument("drafts", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DRAFT...")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder for the results, one folder a draft in it.  [default: beside each draft]",
)
@click.option(
    "--style",
    "style_name",
    default="",
    help="House style: a name or a TOML file.  [default: the one the draft names]",
)
@options.formats(FORMATS)
@click.option(
    "--require",
    type=click.Choice(("reviewed", "final")),
    default=None,
    help="Refuse a draft, with exit code 3, that has a segment not yet so far.",
)
@options.agency
@click.option("--headline", default="", help="The headline, in English, instead of the draft's.")
@click.option(
    "--date", type=click.DateTime(["%Y-%m-%d"]), help="The bulletin's date, instead of the draft's."
)
@click.option(
    "--pictures",
    type=click.Path(path_type=Path),
    help="Folder in which the article's pictures lie.  [default: the draft's own]",
)
@options.templates
@options.glossaries
@options.strict
@options.quiet
def command(
    drafts: tuple[Path, ...],
    out: Path | None,
    style_name: str,
    formats: tuple[str, ...],
    require: str | None,
    agency: str,
    headline: str,
    date: datetime.datetime | None,
    pictures: Path | None,
    templates: Path | None,
    glossaries: tuple[Path, ...],
    strict: bool,
    quiet: bool,
) -> None:
    """Publish edited drafts as bulletins.

    DRAFT is a draft.xlf, or the folder that holds one. No model is loaded: what the draft says is
    what is printed, in the house's style. One that fails does not stop the others.
    """
    if len(drafts) > 1 and (headline or date or pictures):
        raise click.UsageError("--headline, --date and --pictures go with one draft")
    check_templates(templates)
    day = date.date() if date else None
    job = _Job(
        out,
        style_name,
        formats,
        require or "",
        agency,
        headline,
        day,
        pictures,
        templates,
        known_entries(glossaries),
        quiet,
    )
    failed = held = stands = False
    for given in drafts:
        try:
            stands |= _publish(given, job)
        except (BulletinError, _HeldError) as error:
            held |= isinstance(error, _HeldError)
            failed |= isinstance(error, BulletinError)
            message = " ".join(str(error).split())
            click.echo(
                f"Error: {message}" if str(given) in message else f"Error: {given}: {message}", err=True
            )
    if failed:
        sys.exit(1)
    if held or (strict and stands):
        sys.exit(3)


def _publish(given: Path, job: _Job) -> bool:
    """Publish one draft; answer whether a finding stands."""
    from bulletin.drafting.xliff import read_draft
    from bulletin.publishing.bulletin import clean_line
    from bulletin.publishing.formats import write_bulletin
    from bulletin.publishing.prepare import prepare_bulletin
    from bulletin.publishing.short_forms import short_form_table
    from bulletin.reading.slug import slug

    path = given / "draft.xlf" if given.is_dir() else given
    draft = read_draft(path)
    if job.date is not None:
        draft = dataclasses.replace(draft, date=job.date)
    if job.require:
        _require(draft, job.require)
    style = _style(job.style_name, draft.signature.style)
    bulletin, findings = prepare_bulletin(
        draft,
        style,
        job.pictures or path.parent,
        agency=job.agency,
        short_forms=short_form_table([draft], style, job.entries),
    )
    if job.headline:
        line = clean_line(job.headline)
        bulletin = dataclasses.replace(bulletin, headline=line, headline_provisional=False)
        findings = tuple(found for found in findings if found.code != "headline-provisional")
    folder = job.out / slug(draft.name) if job.out else path.parent
    formats = job.formats or usable_formats(dated=draft.date is not None, quiet=job.quiet)
    paths = write_bulletin(bulletin, folder, formats, templates=job.templates)
    return show(folder, paths, findings, quiet=job.quiet)


def _require(draft: Draft, required: str) -> None:
    from bulletin.drafting.draft import State
    from bulletin.publishing.prepare import unready_segments

    unready = unready_segments(draft, State(required))
    if unready:
        shown = ", ".join(unready[:5]) + (", ..." if len(unready) > 5 else "")
        count = "1 segment is" if len(unready) == 1 else f"{len(unready)} segments are"
        raise _HeldError(f"{count} not {required} yet: {shown}")


def _style(given: str, drafts_own: str) -> Style:
    """The style asked for, else the draft's own; a draft may name a built-in one only, never a file."""
    from bulletin.publishing.style import load_style, style_names

    if not given and drafts_own not in style_names():
        raise PublishingError(
            f"the draft was made for the style {drafts_own!r}, which is not built in:"
            " give its file with --style"
        )
    return load_style(given or drafts_own)


def known_entries(glossaries: tuple[Path, ...]) -> tuple[Entry, ...] | None:
    """The glossary with the house's own laid over it; None stands for the built-in one, read when needed."""
    if not glossaries:
        return None
    from bulletin.glossary.layers import load_glossary

    return load_glossary(glossaries).entries


def check_templates(templates: Path | None) -> None:
    """Refuse a folder of templates that is not there, before anything is read."""
    if templates is not None and not templates.is_dir():
        raise click.UsageError(f"--templates: no folder {templates}; 'bulletin template init' makes one")


def usable_formats(*, dated: bool, quiet: bool) -> tuple[str, ...]:
    """Every format that can be written here; what is left out is said in one line."""
    import importlib.util

    from bulletin.publishing import formats

    left_out: dict[str, str] = {}
    if not dated:
        left_out |= {name: "no date" for name, each in formats.FORMATS.items() if each.needs_date}
    if importlib.util.find_spec("typst") is None:
        left_out["pdf"] = "pip install 'bulletin[pdf]'"
    if left_out and not quiet:
        named = ", ".join(f"{name} ({why})" for name, why in left_out.items())
        click.echo(f"not written: {named}", err=True)
    return tuple(name for name in formats.FORMATS if name not in left_out)


def show(folder: Path, paths: Iterable[Path], findings: Iterable[Finding], *, quiet: bool) -> bool:
    """Say what was written and what was found; answer whether a finding stands."""
    listed = list(findings)
    if not quiet:
        click.echo(f"{folder}: {', '.join(path.name for path in paths)}")
        for finding in listed:
            place = finding.segment or (f"line {finding.line}" if finding.line else "")
            mend = f"; {finding.mend}" if finding.mend else ""
            click.echo(f"  {finding.severity.value:<7} {place:<8} {finding.message}{mend}")
    return any(finding.stands for finding in listed)
