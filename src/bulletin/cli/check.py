"""``bulletin check``: drafts and bulletins against the glossary, their source and themselves."""

from __future__ import annotations

import datetime
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bulletin.cli import options
from bulletin.errors import BulletinError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bulletin.article import Article
    from bulletin.checking.check import Checked, Spotter
    from bulletin.checking.documents import Spans
    from bulletin.checking.pair import Document
    from bulletin.checking.reader import Reader

_PATH = click.Path(path_type=Path)
FORMATS = ("text", "json", "junit", "sarif", "github")
_TABLES = (".tsv",)


def _show_codes(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    from bulletin.checking.codes import CODES

    width = max(map(len, CODES))
    for code, meaning in CODES.items():
        click.echo(f"{code:<{width}}  {meaning}")
    context.exit()


@click.command()
@click.argument("files", nargs=-1, required=True, type=_PATH, metavar="DRAFT_OR_BULLETIN...")
@click.option(
    "--source",
    "sources",
    multiple=True,
    type=_PATH,
    metavar="ARTICLE",
    help="The Vietnamese article of a bulletin. Once for each file, in their order.",
)
@options.style
@options.glossaries
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Date by which terms are judged.  [default: that of the draft or article]",
)
@click.option(
    "--model",
    metavar="NAME",
    help="Also have a model read the English beside its source, for clauses left out or added: 'builtin', "
    "or a name or folder of 'bulletin models list'.",
)
@click.option(
    "--format", "fmt", type=click.Choice(FORMATS), default="text", show_default=True,
    help="Format of the findings.",
)  # fmt: skip
@click.option("--audit", is_flag=True, help="Also show every fixed term, and what became of it.")
@click.option(
    "--codes", is_flag=True, is_eager=True, expose_value=False, callback=_show_codes,
    help="List the codes of findings and exit.",
)  # fmt: skip
def command(
    files: tuple[Path, ...],
    sources: tuple[Path, ...],
    style_name: str,
    glossaries: tuple[Path, ...],
    date: datetime.datetime | None,
    model: str | None,
    fmt: str,
    audit: bool,
) -> None:
    """Check drafts and bulletins against the glossary and their source.

    A file is a draft (.xlf), a table (.tsv with columns vi and en), or a bulletin (.md, .txt, .html,
    .docx); a folder stands for the drafts in it. A bulletin is laid beside its --source paragraph by
    paragraph; without one only its English is checked. Files named together must agree in their terms.

    \b
    Terms:    term-missing term-forbidden term-expired term-ambiguous term-inconsistent
    Facts:    name-missing name-differs name-added title-gender date-differs figure-differs
    Segments: empty untranslated vietnamese-left length-odd repeated word-doubled quote-unpaired
              segment-doubled
    Texts:    left-out added headline-provisional source-differs
    A model:  clause-omitted clause-added (with --model)

    Exits with 0 when nothing stands, 3 when an error or a warning does, 1 when a file cannot be read.
    """
    if sources and len(sources) != len(files):
        raise click.UsageError(f"--source goes with each file: {len(files)} files, {len(sources)} sources")
    if audit and fmt not in ("text", "json"):
        raise click.UsageError("--audit goes with the formats text and json")
    from bulletin.checking.check import Spotter, check_documents
    from bulletin.glossary.layers import load_glossary
    from bulletin.publishing.style import load_style

    spotter = Spotter(load_glossary(glossaries), load_style(style_name))
    day = date.date() if date else None
    documents, failed = _read_all(files, sources, spotter, day)
    with _reading(model if documents else None) as reader:
        checked = check_documents(documents, spotter, day, reader)
    if failed and fmt == "text" and not audit and not any(each.findings for each in checked):
        # a bare "no findings" would be taken for the word on a file that was not read
        if checked:
            click.echo("no findings in what could be read")
    else:
        _show(checked, fmt, audit)
    if failed:
        sys.exit(1)
    if any(finding.stands for each in checked for finding in each.findings):
        sys.exit(3)


@contextmanager
def _reading(model: str | None) -> Iterator[Reader | None]:
    """What reads English beside its source, with its progress shown; None without a model."""
    if model is None:
        yield None
        return
    from bulletin.cli.progress import progress_bar
    from bulletin.translation.seq2seq import load_engine

    engine = load_engine(model)
    with progress_bar("reading") as progress:
        yield lambda pairs: engine.read(pairs, progress)


def _read_all(
    files: tuple[Path, ...], sources: tuple[Path, ...], spotter: Spotter, date: datetime.date | None
) -> tuple[list[Document], int]:
    """Read every file; one that fails is told and does not stop the others."""
    documents: list[Document] = []
    failed = 0
    for number, path in enumerate(files):
        try:
            article = _article(sources[number], date) if sources else None
            documents += _read(path, article, spotter, date)
        except BulletinError as error:
            failed += 1
            message = " ".join(str(error).split())
            click.echo(f"Error: {message}", err=True)
    return documents, failed


def _article(path: Path, date: datetime.date | None) -> Article:
    from bulletin.reading.read import read_article

    return read_article(path, date=date)


def _read(
    path: Path, article: Article | None, spotter: Spotter, date: datetime.date | None
) -> list[Document]:
    from bulletin.checking import documents as reading

    if path.is_dir() and article is not None:
        raise BulletinError(f"{path}: --source goes with a file, not with a folder")
    found: list[Document] = []
    for file in reading.files_of(path):
        if file.suffix.lower() in reading.DRAFTS:
            found.append(reading.read_draft_document(file, article))
        elif file.suffix.lower() in _TABLES:
            if article is not None:
                raise BulletinError(f"{file}: a table has its source in it; leave --source out")
            found += reading.read_table_documents(file)
        else:
            day = date or (article.date if article else None)
            found.append(reading.read_bulletin_document(file, article, _spans(spotter, day)))
    return found


def _spans(spotter: Spotter, date: datetime.date | None) -> Spans:
    return lambda text: spotter.spans(text, date)


def _show(checked: Sequence[Checked], fmt: str, audit: bool) -> None:
    from bulletin.checking.formats import render

    findings = [finding for each in checked for finding in each.findings]
    text = render(findings, fmt)
    if audit and fmt == "json":
        import dataclasses
        import json

        data = json.loads(text)
        data["audit"] = [
            {"file": each.document.file, **dataclasses.asdict(line)}
            for each in checked
            for line in each.occurrences
        ]
        text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    elif audit:
        from bulletin.cli.audit import show_audit

        for each in checked:
            show_audit(each.occurrences, each.document.file)
            click.echo()
    click.echo(text, nl=False)
