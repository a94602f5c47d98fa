"""``bulletin draft``: make a draft, give it out for editing, take it back, and follow its source."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bulletin.cli import options
from bulletin.cli.memory import memory_for, memory_option
from bulletin.errors import BulletinError, DraftError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bulletin.article import Article
    from bulletin.drafting.draft import Draft
    from bulletin.drafting.edit import Edit
    from bulletin.finding import Finding

FORMATS = ("docx", "tsv", "po", "xliff")
_SUFFIXES = {".docx": "docx", ".tsv": "tsv", ".po": "po", ".xlf": "xliff", ".xliff": "xliff"}
_STATES = ("initial", "translated", "reviewed", "final")


class _DraftGroup(click.Group):
    """A group whose first argument may be an article instead of a command."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take anything that is no command as articles to make drafts of."""
        if args and args[0] not in self.commands:
            return "make", self.commands["make"], args
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Pass options on that stand before the article."""
        if args and args[0].startswith("-") and args[0] not in ("-h", "--help"):
            args = ["make", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_DraftGroup, subcommand_metavar="ARTICLE... | COMMAND [ARGS]...")
def group() -> None:
    """Make drafts, and take them out for editing and back.

    'bulletin draft ARTICLE' is short for 'bulletin draft make ARTICLE'.
    """


def _making(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that decide how a draft is made."""
    decorators: list[Callable[..., Any]] = [
        options.engine,
        options.style,
        options.glossaries,
        options.article_date,
        memory_option,
        click.option("--no-memory", is_flag=True, help="Use no memory, not even the seed that ships."),
        click.option("--headline", default="", help="The headline, in English or Vietnamese."),
        click.option(
            "--xliff",
            "version",
            type=click.Choice(["2.1", "1.2"]),
            help="XLIFF version of the draft; 1.2 for older tools.  [default: 2.1, or what the draft is in]",
        ),
        options.quiet,
    ]
    for decorate in reversed(decorators):
        function = decorate(function)
    return function


@group.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("outputs"),
    show_default=True,
    help="Folder for the drafts, one folder an article in it.",
)
@click.option("--force", is_flag=True, help="Replace a draft that is there already, edits and all.")
@_making
def make(articles: tuple[str, ...], out: Path, force: bool, **how: Any) -> None:
    """Make a draft of each ARTICLE, with terms, names, dates and figures in place.

    What the translation memory holds, word for word or but for its values, is not translated again.

    ARTICLE is a .txt, .md, .html or .docx file, or - for standard input. The draft is
    DIR/<name>/draft.xlf. One that fails does not stop the others.
    """
    if how["headline"] and len(articles) > 1:
        raise click.UsageError("--headline goes with one article")
    from bulletin.drafting.xliff import write_draft

    failed = 0
    maker: Callable[[Article], Draft] | None = None
    for given in articles:
        try:
            article = _read(given, how["date"])
            path = out / article.name / "draft.xlf"
            if path.exists() and not force:
                raise DraftError(
                    f"{path}: there already; use 'bulletin draft merge {path} {given}' to keep its edits,"
                    " or --force to replace it"
                )
            maker = maker or _maker(how)
            draft = maker(article)
            write_draft(draft, path, how["version"] or "2.1")
        except BulletinError as error:
            failed += 1
            message = " ".join(str(error).split())
            click.echo(f"Error: {message}" if given in message else f"Error: {given}: {message}", err=True)
            continue
        if not how["quiet"]:
            click.echo(f"{path}: {len(draft.units)} segments")
            _show([finding for unit in draft.units for finding in unit.findings])
    if failed:
        sys.exit(1)


@group.command(name="export")
@click.argument("draft", type=click.Path(path_type=Path))
@click.option("--to", "kind", type=click.Choice(FORMATS), default="docx", show_default=True, help="Format.")
@click.option(
    "--xliff", "version", type=click.Choice(["2.1", "1.2"]), default="1.2", show_default=True,
    help="XLIFF version with --to xliff.",
)  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path), help="File to write.  [default: beside DRAFT]")
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
def export_draft(draft: Path, kind: str, version: str, output: Path | None, force: bool) -> None:
    """Write DRAFT as a Word table, TSV, PO or another XLIFF, for editing elsewhere."""
    from bulletin.drafting.xliff import read_draft
    from bulletin.files import write_atomic

    content = _dump(read_draft(draft), kind, version)
    path = output or draft.with_suffix({"xliff": f".{version}.xlf"}.get(kind, f".{kind}"))
    if path.resolve() == draft.resolve():
        raise DraftError(f"{path}: is the draft itself; choose another --output")
    if path.exists() and not force:
        raise DraftError(f"{path}: there already, perhaps with edits; choose another --output, or --force")
    write_atomic(path, content)
    click.echo(f"{path}")


@group.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--onto",
    type=click.Path(path_type=Path),
    help="The draft that FILE was made from.  [default: FILE's name with .xlf, or draft.xlf beside it]",
)
@click.option("--state", type=click.Choice(_STATES), help="Set this state on every segment that FILE holds.")
@click.option("--strict", is_flag=True, help="Exit with 3, and write nothing, when a finding stands.")
@options.quiet
def import_file(file: Path, onto: Path | None, state: str | None, strict: bool, quiet: bool) -> None:
    """Take an edited FILE (DOCX table, TSV, PO, XLIFF) back onto its draft.

    Segments are matched by id, then by source text. What changed, is missing, was added or moved is
    reported; nothing is dropped. The draft as it was stays beside it as .bak.
    """
    from bulletin.drafting.draft import State
    from bulletin.drafting.merge import merge_edits
    from bulletin.drafting.xliff import read_bytes, read_draft

    path = onto or _home(file)
    if path.resolve() == file.resolve():
        raise DraftError(f"{file}: is the draft itself; name the draft it belongs to with --onto")
    edits = _parse(read_bytes(file), file)
    before = read_draft(path)
    after, findings = merge_edits(before, edits, file=str(file), state=State(state) if state else None)
    _finish(path, before, after, findings, strict, quiet)


@group.command()
@click.argument("draft", type=click.Path(path_type=Path))
@click.argument("article")
@click.option("--strict", is_flag=True, help="Exit with 3, and write nothing, when a finding stands.")
@_making
def merge(draft: Path, article: str, strict: bool, **how: Any) -> None:
    """Bring ARTICLE, delivered again and changed, onto the edited DRAFT.

    Segments whose Vietnamese is the same keep their English and state; new and changed ones are
    translated. The draft as it was stays beside it as .bak.
    """
    from bulletin.drafting.merge import merge_article
    from bulletin.drafting.xliff import read_draft

    before = read_draft(draft)
    fresh = _maker(how)(_read(article, how["date"]))
    after, findings = merge_article(before, fresh)
    _finish(draft, before, after, findings, strict, how["quiet"], how["version"])


def _finish(
    path: Path,
    before: Draft,
    after: Draft,
    findings: Sequence[Finding],
    strict: bool,
    quiet: bool,
    version: str | None = None,
) -> None:
    from bulletin.drafting.xliff import read_bytes, write_draft, xliff_version
    from bulletin.files import write_atomic

    if not quiet:
        _show(findings)
    if strict and any(finding.stands for finding in findings):
        click.echo(f"{path}: not written, because findings stand", err=True)
        sys.exit(3)
    if after != before:
        data = read_bytes(path)
        write_atomic(path.with_name(path.name + ".bak"), data)
        write_draft(after, path, version or xliff_version(data, str(path)))
    old = {unit.id: unit for unit in before.units}
    changed = sum(unit.id not in old or old[unit.id].target != unit.target for unit in after.units)
    states = sum(unit.id in old and old[unit.id].state is not unit.state for unit in after.units)
    if not quiet:
        told = f", {states} in another state" if states else ""
        click.echo(f"{path}: {len(after.units)} segments, {changed} changed{told}")


def _home(file: Path) -> Path:
    """The draft that a file was most likely exported from."""
    own = file.with_suffix(".xlf")
    if own != file and own.exists():
        return own
    return file.with_name("draft.xlf")


def _dump(draft: Draft, kind: str, version: str) -> bytes:
    if kind == "docx":
        from bulletin.drafting.table_docx import dump_docx

        return dump_docx(draft)
    if kind == "tsv":
        from bulletin.drafting.tsv import dump_tsv

        return dump_tsv(draft)
    if kind == "po":
        from bulletin.drafting.po import dump_po

        return dump_po(draft)
    from bulletin.drafting.xliff import dump_draft

    return dump_draft(draft, version)


def _parse(data: bytes, file: Path) -> tuple[Edit, ...]:
    kind = _SUFFIXES.get(file.suffix.lower())
    if kind == "docx":
        from bulletin.drafting.table_docx import parse_docx

        return parse_docx(data, str(file))
    if kind == "tsv":
        from bulletin.drafting.tsv import parse_tsv

        return parse_tsv(data, str(file))
    if kind == "po":
        from bulletin.drafting.po import parse_po

        return parse_po(data, str(file))
    if kind == "xliff":
        from bulletin.drafting.xliff import parse_edits

        return parse_edits(data, str(file))
    known = ", ".join(_SUFFIXES)
    raise DraftError(f"{file}: {file.suffix or 'no suffix'} is not a format of drafts; known are {known}")


def _read(given: str, date: datetime.datetime | None) -> Article:
    from bulletin.reading import read_article
    from bulletin.reading.read import MAX_BYTES

    day = date.date() if date else None
    if given == "-":
        return read_article(data=sys.stdin.buffer.read(MAX_BYTES + 1), name="stdin", date=day)
    return read_article(Path(given), date=day)


def _maker(how: dict[str, Any]) -> Callable[[Article], Draft]:
    """What makes drafts, with the model, the glossary and the style loaded once."""
    from bulletin.cli.progress import progress_bar
    from bulletin.glossary.layers import load_glossary
    from bulletin.pipeline import House, make_draft
    from bulletin.publishing.style import load_style
    from bulletin.translation.engine import Decoding
    from bulletin.translation.seq2seq import load_engine

    house = House(load_glossary(how["glossaries"]), load_style(how["style_name"]))
    engine = load_engine(how["model"], Decoding(beam=how["beam"]))

    def work(article: Article) -> Draft:
        with (
            memory_for(article, house, how["location"], none=how["no_memory"]) as memory,
            progress_bar(article.name, how["quiet"]) as progress,
        ):
            headline = how["headline"]
            return make_draft(article, engine, house, headline=headline, memory=memory, progress=progress)

    return work


def _show(findings: Sequence[Finding]) -> None:
    for finding in findings:
        place = finding.segment or (f"line {finding.line}" if finding.line else "")
        mend = f" ({finding.mend})" if finding.mend else ""
        click.echo(f"  {finding.severity.value:<7} {place:<8} {finding.message}{mend}")
