"""``bulletin run``: the main job, articles in, bulletins out."""

from __future__ import annotations

import datetime
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bulletin.cli import options
from bulletin.errors import BulletinError

if TYPE_CHECKING:
    from bulletin.article import Article
    from bulletin.drafting.draft import Draft
    from bulletin.finding import Finding
    from bulletin.pipeline import House
    from bulletin.publishing.bulletin import Bulletin
    from bulletin.scoring.evaluate import Evaluation
    from bulletin.translation.engine import Engine

FORMATS = ("md", "txt", "html", "docx")


@dataclass(frozen=True, slots=True)
class _Job:
    """What holds for every article of one call."""

    out: Path
    engine: Engine
    house: House
    headline: str
    date: datetime.date | None
    agency: str
    formats: tuple[str, ...]
    reference: Path | None
    memory: str | None
    show_terms: bool
    quiet: bool


@dataclass(slots=True)
class _Clock:
    """Seconds by step."""

    seconds: dict[str, float] = field(default_factory=dict)
    _last: float = field(default_factory=time.perf_counter)

    def lap(self, step: str) -> None:
        now = time.perf_counter()
        self.seconds[step] = now - self._last
        self._last = now


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("outputs"),
    show_default=True,
    help="Folder for the results, one folder an article in it.",
)
@options.style
@options.glossaries
@click.option("--headline", default="", help="The headline, in English, or in Vietnamese to be translated.")
@options.article_date
@options.agency
@options.engine
@click.option(
    "--reference",
    type=click.Path(path_type=Path),
    help="Reference translation (TSV with columns vi and en, or text by line): adds scores.",
)
@options.formats(FORMATS)
@click.option(
    "--memory",
    "location",
    default="",
    help="Translation memory: a file or a PostgreSQL URL.  [default: your own]",
)
@click.option("--no-memory", is_flag=True, help="Use no translation memory, not even the seed that ships.")
@click.option(
    "--terms", "show_terms", is_flag=True, help="Show the audit: every fixed term and what became of it."
)
@options.strict
@options.quiet
def command(
    articles: tuple[str, ...],
    out: Path,
    style_name: str,
    glossaries: tuple[Path, ...],
    headline: str,
    date: datetime.datetime | None,
    agency: str,
    model: str,
    beam: int,
    reference: Path | None,
    formats: tuple[str, ...],
    location: str,
    no_memory: bool,
    show_terms: bool,
    strict: bool,
    quiet: bool,
) -> None:
    """Turn Vietnamese articles into English bulletins.

    ARTICLE is a .txt, .md, .html or .docx file, or - for standard input. Each gets a folder in the
    output folder with the bulletin, draft.xlf for editing, and report.json. One that fails does not
    stop the others.
    """
    if headline and len(articles) > 1:
        raise click.UsageError("--headline goes with one article")
    if reference and len(articles) > 1:
        raise click.UsageError("--reference goes with one article")
    from bulletin.glossary.layers import load_glossary
    from bulletin.pipeline import House
    from bulletin.publishing.style import load_style

    house = House(load_glossary(glossaries), load_style(style_name))
    read, failed = _read_all(articles, date.date() if date else None)
    if not read:
        sys.exit(1)
    from bulletin.translation.engine import Decoding
    from bulletin.translation.seq2seq import load_engine

    engine = load_engine(model, Decoding(beam=beam))
    job = _Job(
        out,
        engine,
        house,
        headline,
        date.date() if date else None,
        agency,
        formats or FORMATS,
        reference,
        None if no_memory else location,
        show_terms,
        quiet,
    )
    stands = False
    for given, article in read:
        try:
            stands |= _run_one(article, Path() if given == "-" else Path(given).parent, job)
        except BulletinError as error:
            failed += 1
            _show_error(given, error)
    if failed:
        sys.exit(1)
    if strict and stands:
        sys.exit(3)


def _read_all(articles: tuple[str, ...], date: datetime.date | None) -> tuple[list[tuple[str, Article]], int]:
    """Read every article before the model is loaded; count those that cannot be read."""
    from bulletin.reading import read_article
    from bulletin.reading.read import MAX_BYTES

    read: list[tuple[str, Article]] = []
    failed = 0
    names: dict[str, int] = {}
    for given in articles:
        try:
            if given == "-":
                article = read_article(data=sys.stdin.buffer.read(MAX_BYTES + 1), name="stdin", date=date)
            else:
                article = read_article(Path(given), date=date)
        except BulletinError as error:
            failed += 1
            _show_error(given, error)
            continue
        read.append((given, _with_own_name(article, names)))
    return read, failed


def _with_own_name(article: Article, names: dict[str, int]) -> Article:
    """Number the folders of articles of one name, so that none overwrites another."""
    import dataclasses

    count = names[article.name] = names.get(article.name, 0) + 1
    return article if count == 1 else dataclasses.replace(article, name=f"{article.name}-{count}")


def _run_one(article: Article, pictures: Path, job: _Job) -> bool:
    """Make, write and show one bulletin; say whether a finding stands."""
    from bulletin.cli.memory import memory_for
    from bulletin.cli.progress import progress_bar
    from bulletin.drafting.xliff import dump_draft
    from bulletin.files import write_atomic
    from bulletin.pipeline import make_draft
    from bulletin.publishing.formats import write_bulletin
    from bulletin.publishing.prepare import prepare_bulletin
    from bulletin.publishing.short_forms import short_form_table
    from bulletin.report import all_findings, build_report, dump_report

    clock = _Clock()
    with (
        memory_for(article, job.house, job.memory or None, none=job.memory is None) as memory,
        progress_bar(article.name, job.quiet) as progress,
    ):
        draft = make_draft(
            article, job.engine, job.house, headline=job.headline, memory=memory, progress=progress
        )
    clock.lap("translate")
    short_forms = short_form_table([draft], job.house.style, job.house.glossary.entries)
    bulletin, about_print = prepare_bulletin(
        draft, job.house.style, pictures, agency=job.agency, short_forms=short_forms
    )
    findings = all_findings(article, draft, about_print)
    evaluation = _score(draft, job.reference) if job.reference else None
    clock.lap("score")
    folder = job.out / article.name
    xliff = dump_draft(draft)
    paths = write_bulletin(bulletin, folder, job.formats)
    write_atomic(folder / "draft.xlf", xliff)
    _keep_pictures(bulletin, folder)
    clock.lap("publish")
    report = build_report(
        article, draft, findings, scores=evaluation.as_dict() if evaluation else None, timings=clock.seconds,
        files=[path.name for path in paths] + ["draft.xlf"],
    )  # fmt: skip
    write_atomic(folder / "report.json", dump_report(report))
    if not job.quiet:
        _show(folder, draft, findings, report)
        if evaluation:
            _show_scores(evaluation)
    if job.show_terms:
        from bulletin.cli.audit import show_audit

        show_audit([line for unit in draft.units for line in unit.occurrences])
    return any(finding.stands for finding in findings)


def _keep_pictures(bulletin: Bulletin, folder: Path) -> None:
    """Put the checked pictures where ``bulletin publish`` looks for them: beside the draft."""
    from bulletin.files import write_atomic

    for block in bulletin.blocks:
        if block.picture is not None and block.image is not None:
            path = (folder / block.image.path).resolve()
            if path.is_relative_to(folder.resolve()):
                write_atomic(path, block.picture.data)


def _score(draft: Draft, reference: Path) -> Evaluation:
    from bulletin.scoring.evaluate import score_against

    return score_against([(u.source, u.target) for u in draft.units if u.source], reference, name=draft.name)


def _show(folder: Path, draft: Draft, findings: tuple[Finding, ...], report: Mapping[str, Any]) -> None:
    """Say where the result lies, how the terms came out, and what stands against it."""
    statuses = report["terms"]["by_status"]
    right = statuses.get("exact", 0) + statuses.get("accepted", 0)
    click.echo(
        f"{folder}: {len(draft.units)} segments, {right} of {report['terms']['total']} fixed terms right"
    )
    for finding in findings:
        place = finding.segment or (f"line {finding.line}" if finding.line else "")
        click.echo(f"  {finding.severity.value:<7} {place:<8} {finding.message}")


def _show_scores(evaluation: Evaluation) -> None:
    """A short table: each figure with the signature by which it can be had again."""
    for metric in evaluation.scores.metrics:
        click.echo(f"  {metric.key:<7} {metric.value:6.2f}  {metric.signature}")
    for finding in evaluation.findings:
        click.echo(f"  {finding.severity.value:<7} {finding.message}")


def _show_error(given: str, error: BulletinError) -> None:
    message = " ".join(str(error).split())
    click.echo(f"Error: {message}" if given in message else f"Error: {given}: {message}", err=True)
