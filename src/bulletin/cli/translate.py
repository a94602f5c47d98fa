"""``bulletin translate``: text in, text out, line by line."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bulletin.cli import options
from bulletin.errors import ReadingError

if TYPE_CHECKING:
    from bulletin.terminology.cascade import Rendered

MOST_BYTES = 20_000_000


@click.command()
@click.argument("file", default="-", metavar="[FILE|-]")
@options.engine
@options.style
@options.glossaries
@click.option("--no-glossary", is_flag=True, help="Leave terms, names, dates and figures to the model.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, with terms and findings.")
@click.option("--quiet", is_flag=True, help="Show no progress and no findings.")
def command(
    file: str,
    model: str,
    beam: int,
    style_name: str,
    glossaries: tuple[Path, ...],
    no_glossary: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Translate text line by line.

    One line in, one line out, in the same order; an empty line stays empty. Terms that do not come
    out as the glossary has them are reported on standard error.
    """
    lines = _lines(file)
    from bulletin.cli.progress import progress_bar
    from bulletin.glossary.layers import load_glossary
    from bulletin.publishing.style import load_style
    from bulletin.translation.engine import Decoding
    from bulletin.translation.seq2seq import load_engine

    style = load_style(style_name)
    glossary = None if no_glossary else load_glossary(glossaries)
    engine = load_engine(model, Decoding(beam=beam))
    from bulletin.glossary.matcher import Matcher
    from bulletin.terminology.cascade import render
    from bulletin.terminology.spans import fixed_spans

    matcher = Matcher(glossary, style.name) if glossary else None
    matches = [
        fixed_spans(line, matcher, diacritics=style.names.diacritics, date_order=style.dates.order)
        if matcher
        else ()
        for line in lines
    ]
    with progress_bar("translating", quiet) as progress:
        rendered = render(lines, matches, engine, progress=progress)
    for number, (line, item) in enumerate(zip(lines, rendered, strict=True), start=1):
        _show(number, line, item, as_json, quiet)


def _lines(file: str) -> list[str]:
    """The lines of a file or of standard input, white space at their ends taken off."""
    from bulletin.reading.encodings import decode

    try:
        data = sys.stdin.buffer.read(MOST_BYTES + 1) if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise ReadingError(f"{file}: cannot be read ({error.strerror}); give a text file, or -") from error
    if len(data) > MOST_BYTES:
        raise ReadingError(f"{file}: over {MOST_BYTES // 1_000_000} MB; split it into smaller files")
    return [line.strip() for line in decode(data, file).text.splitlines()]


def _show(number: int, line: str, item: Rendered, as_json: bool, quiet: bool) -> None:
    from bulletin.terminology.audit import audit_findings, occurrences

    audit = occurrences(str(number), item.text, item.matches, item.how, item.renderings)
    findings = audit_findings(audit)
    if as_json:
        values: dict[str, Any] = {
            "line": number,
            "source": line,
            "target": item.text,
            "score": round(item.hypothesis.score, 4),
            "alternatives": list(item.alternatives),
            "terms": [dataclasses.asdict(occurrence) for occurrence in audit],
            "findings": [dataclasses.asdict(finding) for finding in findings],
        }
        click.echo(json.dumps(values, ensure_ascii=False))
        return
    click.echo(item.text)
    if not quiet:
        for finding in findings:
            click.echo(f"line {number}: {finding.message}", err=True)
