"""``bulletin memory``: the translation memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bulletin.cli.progress import progress_bar

if TYPE_CHECKING:
    from bulletin.article import Article
    from bulletin.memory.search import Memory, Terms
    from bulletin.pipeline import House

F = TypeVar("F", bound=Callable[..., Any])


def memory_option(function: F) -> F:
    """Add ``--memory``."""
    return click.option(
        "--memory",
        "location",
        metavar="FILE|URL",
        help="The memory: a file, or postgresql://user@host/database. "
        "By default $BULLETIN_MEMORY, or bulletin/memory.sqlite in the user's data folder.",
    )(function)


@contextmanager
def memory_for(
    article: Article, house: House, location: str | None, *, none: bool
) -> Iterator[Memory | None]:
    """The memory that an article is translated with, closed afterwards; nothing where ``none`` is wanted.

    ``location`` is what the user named, and must be there; without it, the user's own. Raises
    MemoryStoreError where it cannot be opened.
    """
    if none:
        yield None
        return
    from bulletin.glossary.matcher import Matcher
    from bulletin.memory.open import open_memory

    terms = Matcher(house.glossary, house.style.name, article.date).match
    with closing(open_memory(location, terms=terms, must_exist=location is not None)) as memory:
        yield memory


@click.group("memory")
def group() -> None:
    """Keep approved translations and find them again."""


@group.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@memory_option
@click.option("--style", default="", help="The house style of units that name none, such as vna.")
@click.option("--author", default="", help="Who approved the segments of a draft.")
@click.option("--again", is_flag=True, help="Read files that are already in once more.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
def import_files(
    files: tuple[Path, ...], location: str | None, style: str, author: str, again: bool, quiet: bool
) -> None:
    """Take in TMX files, tab-separated files, and the reviewed segments of drafts (.xlf).

    An import that was stopped goes on where it stopped when it is called again.
    """
    from bulletin.memory.importing import import_file
    from bulletin.memory.store import Store

    with Store(_place(location)) as store:
        for path in files:
            if path.suffix.lower() in (".xlf", ".xliff"):
                _import_draft(store, path, author)
                continue
            with progress_bar(path.name, quiet) as progress:
                result = import_file(store, path, style=style, progress=progress, again=again)
            if result.known:
                click.echo(f"{path}: already in ({result.read:,} units); --again reads it once more")
                continue
            resumed = f", from unit {result.resumed + 1:,} on" if result.resumed else ""
            click.echo(
                f"{path}: {result.read:,} units read{resumed}; {result.added.added:,} added, "
                f"{result.added.renewed:,} renewed, {result.skipped + result.added.refused:,} passed over"
            )
            for skipped in result.reasons:
                click.echo(f"{path}: unit {skipped.number} {skipped.reason}", err=True)
            if result.skipped > len(result.reasons):
                click.echo(f"{path}: {result.skipped - len(result.reasons):,} more like these", err=True)


@group.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@memory_option
@click.option(
    "--dialect",
    type=click.Choice(["omegat", "trados"]),
    default="omegat",
    show_default=True,
    help="Whose TMX: omegat is UTF-8 with neighbours, trados UTF-16 with vi-VN and en-GB.",
)
def export_file(file: Path, location: str | None, dialect: str) -> None:
    """Write the memory as TMX 1.4b."""
    from bulletin.memory.store import Store
    from bulletin.memory.tmx_out import Dialect, export_tmx

    with Store(_place(location), read_only=True) as store:
        click.echo(f"{file}: {export_tmx(store, file, Dialect(dialect)):,} units written")


@group.command("search")
@click.argument("text")
@memory_option
@click.option("--previous", default="", help="The Vietnamese sentence before it.")
@click.option("--next", "following", default="", help="The Vietnamese sentence after it.")
@click.option("--style", default="vna", show_default=True, help="The house style that is wanted.")
@click.option("--threshold", type=click.IntRange(1, 101), default=70, show_default=True, help="Lowest score.")
@click.option("--limit", type=click.IntRange(1, 50), default=5, show_default=True, help="How many at most.")
@click.option(
    "--glossary", multiple=True, type=click.Path(path_type=Path), help="A glossary over the built-in one."
)
@click.option("--no-seed", is_flag=True, help="Leave out the set phrases that ship.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def search(
    text: str,
    location: str | None,
    previous: str,
    following: str,
    style: str,
    threshold: int,
    limit: int,
    glossary: tuple[Path, ...],
    no_seed: bool,
    as_json: bool,
) -> None:
    """Look TEXT up: the same, the same but for dates, figures and names, or near."""
    from bulletin.memory.open import open_memory

    memory = open_memory(
        location, terms=_terms(glossary, style), seed=not no_seed, must_exist=location is not None
    )
    matches = memory.lookup(text, previous, following, style=style, threshold=threshold, limit=limit)
    memory.close()
    if as_json:
        rows = [
            {
                "score": m.score, "source": m.source, "target": m.target, "filled": m.filled,
                "reasons": list(m.reasons), "article": m.unit.article, "style": m.unit.style,
                "author": m.unit.author, "date": m.unit.date.isoformat() if m.unit.date else None,
            }
            for m in matches
        ]  # fmt: skip
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for match in matches:
        click.echo(f"{match.score:>3}  {match.filled}")
        click.echo(f"     {match.source}")
        if match.reasons:
            click.echo(f"     {'; '.join(match.reasons)}")
    if not matches:
        click.echo("nothing near enough", err=True)


@group.command("stats")
@memory_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show_stats(location: str | None, as_json: bool) -> None:
    """Say what the memory holds."""
    from bulletin.memory.store import Store

    with Store(_place(location), read_only=True) as store:
        stats = store.stats()
        name = store.name
    values = {
        "memory": name,
        "units": stats.units,
        "sources": stats.sources,
        "articles": stats.articles,
        "authors": stats.authors,
        "conflicts": stats.conflicts,
        "first": stats.first.isoformat() if stats.first else None,
        "last": stats.last.isoformat() if stats.last else None,
        "styles": dict(stats.styles),
    }
    if as_json:
        click.echo(json.dumps(values, ensure_ascii=False, indent=2))
        return
    values["styles"] = ", ".join(f"{name or 'none'} {count:,}" for name, count in stats.styles)
    for key, value in values.items():
        if value not in (None, ""):
            click.echo(f"{key}: {value:,}" if isinstance(value, int) else f"{key}: {value}")


@group.command("check")
@memory_option
@click.option("--style", default="vna", show_default=True, help="The style whose terms are looked for.")
@click.option(
    "--glossary", multiple=True, type=click.Path(path_type=Path), help="A glossary over the built-in one."
)
@click.option("--conflicts", "only_conflicts", is_flag=True, help="Only sources with two translations.")
@click.option(
    "--limit", type=click.IntRange(1), default=1000, show_default=True, help="How many findings at most."
)
@click.option("--strict", is_flag=True, help="Exit 3 if a finding stands.")
def check(
    location: str | None,
    style: str,
    glossary: tuple[Path, ...],
    only_conflicts: bool,
    limit: int,
    strict: bool,
) -> None:
    """Find conflicts, values that differ, and terms that have changed since."""
    from bulletin.memory.checks import conflicts, doubts
    from bulletin.memory.store import Store

    stands = False
    count = 0
    with Store(_place(location), read_only=True) as store:
        found = conflicts(store)
        streams = [found] if only_conflicts else [found, doubts(store, _terms(glossary, style))]
        for finding in islice((item for stream in streams for item in stream), limit):
            count += 1
            stands = stands or finding.stands
            click.echo(f"{finding.severity}: {finding.message} [{finding.code}]")
    if not count:
        click.echo("nothing found")
    if strict and stands:
        raise click.exceptions.Exit(3)


@group.command("forget")
@click.argument("source")
@click.argument("target")
@memory_option
@click.option("--style", default="vna", show_default=True, help="The unit's house style.")
def forget(source: str, target: str, location: str | None, style: str) -> None:
    """Take the pair SOURCE, TARGET out, such as the wrong one of a conflict."""
    from bulletin.memory.store import Store
    from bulletin.memory.unit import MemoryUnit

    with Store(_place(location), must_exist=True) as store:
        gone = store.remove([MemoryUnit(source, target, style=style)])
    if not gone:
        raise click.ClickException(f"no such pair in style {style}; copy both from 'bulletin memory search'")
    click.echo(f"{gone} taken out")


def _import_draft(store: Any, path: Path, author: str) -> None:
    from bulletin.drafting.xliff import read_draft
    from bulletin.memory.drafts import add_draft

    added = add_draft(store, read_draft(path), author=author)
    click.echo(f"{path}: {added.added:,} added, {added.renewed:,} renewed of the reviewed segments")


def _place(location: str | None) -> str:
    from bulletin.memory.database import default_location

    return location or default_location()


def _writable(location: str | None) -> str:
    return _place(location)


def _terms(paths: tuple[Path, ...], style: str) -> Terms:
    from bulletin.glossary.layers import load_glossary
    from bulletin.glossary.matcher import Matcher

    return Matcher(load_glossary(paths), style).match
