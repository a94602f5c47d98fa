"""``bulletin glossary``: check, look up, compare and exchange the official terms."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bulletin.glossary.diff import Changes
    from bulletin.glossary.entry import Entry

_PATH = click.Path(path_type=Path)
_GLOSSARY = click.option(
    "--glossary",
    "glossaries",
    multiple=True,
    type=_PATH,
    help="A further glossary, CSV file or folder, laid over the built-in one. Repeatable.",
)
_STYLE = click.option("--style", default="vna", show_default=True, help="House style whose English is shown.")
_DATE = click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Date on which the terms are to hold.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_KINDS = ("tbx", "tmx", "csv", "xlsx")


@click.group()
def group() -> None:
    """Check, look up, compare and exchange official terms."""


@group.command()
@click.argument("paths", nargs=-1, type=_PATH, metavar="[PATH]...")
@click.option(
    "--format", "fmt", type=click.Choice(["text", "json", "junit", "sarif", "github"]), default="text",
    show_default=True, help="Format of the findings.",
)  # fmt: skip
@click.option(
    "--fix", is_flag=True,
    help="First mend what is mechanical: NFC, spaces, repetitions, feminine forms, order.",
)  # fmt: skip
def check(paths: tuple[Path, ...], fmt: str, fix: bool) -> None:
    """Check glossary files: PATHs together, or the built-in glossary.

    Exits with 3 when an error or a warning stands. Rules have stable codes; a code in square
    brackets in an entry's note, [G021], waives that rule for the entry.
    """
    from bulletin.checking.formats import render
    from bulletin.glossary.lint import check_glossary, fix_glossary

    if fix:
        for file in fix_glossary(paths):
            click.echo(f"{file}: mended", err=True)
    findings = check_glossary(paths)
    click.echo(render(findings, fmt), nl=False)
    if any(finding.stands for finding in findings):
        sys.exit(3)


@group.command()
@click.argument("term")
@_GLOSSARY
@_STYLE
@_DATE
@click.option(
    "--limit", type=click.IntRange(1, 100), default=8, show_default=True, help="Most entries shown."
)
@_JSON
def lookup(
    term: str,
    glossaries: tuple[Path, ...],
    style: str,
    date: datetime.datetime | None,
    limit: int,
    as_json: bool,
) -> None:
    """Look TERM up, by its Vietnamese or its English, exactly or nearly.

    A title that no entry lists is composed: Bí thư Tỉnh ủy Hà Nam. Exits with 1 when nothing is near.
    """
    from bulletin.errors import GlossaryError
    from bulletin.glossary.layers import load_glossary
    from bulletin.glossary.lookup import composed, look_up
    from bulletin.glossary.matcher import Matcher
    from bulletin.glossary.table import entry_cells

    glossary = load_glossary(glossaries)
    if style not in glossary.styles:
        raise GlossaryError(f"no entry has English in style {style!r}; use {', '.join(glossary.styles)}")
    day = date.date() if date else None
    title = composed(Matcher(glossary, style, day), term)
    hits = look_up([entry for entry in glossary.entries if _holds(entry, day)], term, limit)
    if as_json:
        data = {
            "term": term,
            "composed": title.target if title else None,
            "status": title.status if title else None,
            "entries": [{"score": hit.score, "form": hit.form, **entry_cells(hit.entry)} for hit in hits],
        }
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        if title:
            out_of_date = f", not in force on {day}" * (title.status == "expired")
            click.echo(f"{title.source} → {'the ' * title.article}{title.target}\n  composed{out_of_date}\n")
        for hit in hits:
            _show(hit.entry, style)
    if not hits and not title:
        shown = term if len(term) <= 80 else f"{term[:80]}…"
        click.echo(f"nothing near {shown!r}; 'bulletin glossary coverage' lists what articles lack", err=True)
        sys.exit(1)


def _holds(entry: Entry, date: datetime.date | None) -> bool:
    if date is None:
        return True
    return (entry.valid_from or date) <= date <= (entry.valid_to or date)


def _show(entry: Entry, style: str) -> None:
    click.echo(f"{entry.vi} → {entry.form(style)}")
    lines = {
        "also in Vietnamese": ", ".join(entry.variants),
        "other styles": ", ".join(f"{name}: {form}" for name, form in entry.english.items() if name != style),
        "after first mention": entry.short,
        "of a woman": entry.feminine,
        "plural": entry.plural,
        "accepted": ", ".join(entry.accepted),
        "forbidden": ", ".join(entry.forbidden),
        "in force": _span(entry),
        "authority": entry.authority,
        "note": entry.note,
    }
    for name, text in lines.items():
        if text and not (name == "other styles" and text == f"vna: {entry.form(style)}"):
            click.echo(f"  {name}: {text}")
    click.echo(f"  {entry.id}, {entry.kind}, {Path(entry.file).name}:{entry.line}\n")


def _span(entry: Entry) -> str:
    since = f"from {entry.valid_from}" if entry.valid_from else ""
    until = f"to {entry.valid_to}" if entry.valid_to else ""
    return f"{since} {until}".strip()


@group.command()
@click.argument("articles", nargs=-1, required=True, type=_PATH, metavar="ARTICLE...")
@_GLOSSARY
@_DATE
@click.option("--limit", type=click.IntRange(1), default=40, show_default=True, help="Most phrases shown.")
@_JSON
def coverage(
    articles: tuple[Path, ...],
    glossaries: tuple[Path, ...],
    date: datetime.datetime | None,
    limit: int,
    as_json: bool,
) -> None:
    """List the official-looking phrases of articles that have no entry yet, most frequent first."""
    from bulletin.glossary.coverage import measure_coverage
    from bulletin.glossary.layers import load_glossary
    from bulletin.glossary.matcher import Matcher
    from bulletin.reading.read import read_article

    matcher = Matcher(load_glossary(glossaries), "vna", date.date() if date else None)
    read = [(str(given), read_article(given)) for given in articles]
    texts = [(name, [segment.text for segment in article.segments]) for name, article in read]
    measured = measure_coverage(texts, matcher)
    gaps = measured.gaps[:limit]
    if as_json:
        data = {
            "found": measured.found,
            "share": round(measured.share, 4),
            "gaps": [
                {"phrase": gap.phrase, "count": gap.count, "articles": gap.articles, "example": gap.example}
                for gap in gaps
            ],
        }
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    for gap in gaps:
        click.echo(f"{gap.count:>5}  {gap.phrase}")
    if len(measured.gaps) > limit:
        click.echo(f"       and {len(measured.gaps) - limit} more (--limit)")
    occurrences = f"{measured.found} occurrence{'s' * (measured.found != 1)}"
    click.echo(f"{occurrences} of terms with an entry; {measured.share:.1%} of what looks official")


@group.command()
@click.argument("old", type=_PATH)
@click.argument("new", type=_PATH)
@click.option(
    "--drafts",
    multiple=True,
    type=_PATH,
    help="Draft, or folder of drafts, to look for changed terms. Repeatable.",
)
@_JSON
def diff(old: Path, new: Path, drafts: tuple[Path, ...], as_json: bool) -> None:
    """Say what changed from glossary OLD to NEW (CSV files or folders), and which drafts it touches."""
    from bulletin.glossary.diff import diff_glossaries, touched
    from bulletin.glossary.layers import load_glossary

    changes = diff_glossaries(load_glossary([old], builtin=False), load_glossary([new], builtin=False))
    texts = [(str(file), _sources(file)) for file in _draft_files(drafts)]
    found = touched(changes, texts)
    if as_json:
        click.echo(json.dumps(_values(changes, found), ensure_ascii=False, indent=2))
        return
    for entry in changes.added:
        click.echo(f"+ {entry.vi} → {entry.form('vna')}  [{entry.id}]")
    for entry in changes.removed:
        click.echo(f"- {entry.vi} → {entry.form('vna')}  [{entry.id}]")
    for change in changes.changed:
        click.echo(f"~ {change.after.vi}  [{change.after.id}]")
        for cell in change.cells:
            click.echo(f"    {cell}")
    click.echo(f"{len(changes.added)} added, {len(changes.removed)} removed, {len(changes.changed)} changed")
    for name, terms in found.items():
        click.echo(f"touches {name}: {', '.join(terms)}")
    if texts and not found:
        click.echo(f"touches none of {len(texts)} draft{'s' * (len(texts) != 1)}")


def _values(changes: Changes, found: dict[str, list[str]]) -> dict[str, object]:
    from bulletin.glossary.table import entry_cells

    return {
        "added": [entry_cells(entry) for entry in changes.added],
        "removed": [entry_cells(entry) for entry in changes.removed],
        "changed": [
            {
                "id": change.after.id,
                "vi": change.after.vi,
                "cells": [
                    {"name": cell.name, "before": cell.before, "after": cell.after} for cell in change.cells
                ],
            }
            for change in changes.changed
        ],
        "touches": found,
    }


def _draft_files(paths: tuple[Path, ...]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        files += sorted(path.rglob("*.xlf")) if path.is_dir() else [path]
    return files


def _sources(file: Path) -> list[str]:
    from bulletin.drafting.xliff import read_draft

    return [unit.source for unit in read_draft(file).units]


@group.command(name="import")
@click.argument("file", type=_PATH)
@click.option("--output", type=_PATH, required=True, help="Glossary CSV file to write.")
@click.option("--from", "kind", type=click.Choice(_KINDS), help="Format of FILE.  [default: by its ending]")
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
def import_terms(file: Path, output: Path, kind: str | None, force: bool) -> None:
    """Make a glossary CSV of FILE: TBX (version 3 or 2), TMX, XLSX, or a CSV list of two columns.

    What cannot be taken is told, with its line. Check the result with 'bulletin glossary check'.
    """
    from bulletin.errors import GlossaryError
    from bulletin.files import write_atomic
    from bulletin.glossary.exchange import read_terms
    from bulletin.glossary.sheets import write_csv

    if output.exists() and not force:
        raise GlossaryError(f"{output}: there already; choose another --output, or --force")
    entries, problems = read_terms(file, kind)
    for problem in problems:
        click.echo(f"Left out: {problem}", err=True)
    if not entries:
        raise GlossaryError(f"{file}: no term with Vietnamese and English in it; check its languages")
    write_atomic(output, write_csv(entries))
    click.echo(f"{output}: {len(entries)} entries")


@group.command()
@click.argument("paths", nargs=-1, type=_PATH, metavar="[PATH]...")
@click.option("--to", "kind", type=click.Choice(_KINDS), help="Format.  [default: by the ending of --output]")
@click.option("--output", type=_PATH, required=True, help="File to write.")
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
def export(paths: tuple[Path, ...], kind: str | None, output: Path, force: bool) -> None:
    """Write glossary PATHs, or the built-in glossary, as TBX, TMX, CSV or XLSX for other tools."""
    from bulletin.errors import GlossaryError
    from bulletin.files import write_atomic
    from bulletin.glossary.exchange import format_of, write_terms
    from bulletin.glossary.layers import load_glossary

    if output.exists() and not force:
        raise GlossaryError(f"{output}: there already; choose another --output, or --force")
    glossary = load_glossary(paths, builtin=not paths)
    write_atomic(output, write_terms(glossary.entries, format_of(output, kind)))
    click.echo(f"{output}: {len(glossary.entries)} entries")
