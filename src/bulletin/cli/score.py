"""``bulletin score``: figures for hypotheses against references, and gates on them."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bulletin.glossary.entry import TermMatch
    from bulletin.scoring.align import Aligned
    from bulletin.scoring.evaluate import Evaluation, Expecting
    from bulletin.scoring.gates import Gate
    from bulletin.scoring.metrics import Progress
    from bulletin.scoring.texts import Text

FORMATS = ("text", "json", "junit", "github")
METRICS = ("bleu", "chrf", "ter")


@click.command()
@click.argument("hypotheses", nargs=-1, required=True, metavar="HYP...")
@click.option(
    "--reference",
    "references",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Reference: a table with columns vi and en, a draft, or text by line. Repeatable.",
)
@click.option(
    "--qe", is_flag=True, help="Without a reference: which segments of drafts to look at first, and why."
)
@click.option(
    "--source",
    type=click.Path(path_type=Path),
    help="The Vietnamese of the hypotheses, line by line, to align by and to look for terms in.",
)
@click.option("--baseline", help="A hypothesis to test the others against.")
@click.option(
    "--terms",
    type=click.Path(path_type=Path),
    help="Terms to expect: a table with columns vi and en.  [default: the glossary]",
)
@click.option("--no-terms", is_flag=True, help="Leave out terms.")
@click.option("--style", "style_name", default="vna", show_default=True, help="House style of the terms.")
@click.option(
    "--metric",
    "metrics",
    multiple=True,
    type=click.Choice(METRICS),
    help="What to compute. Repeatable.  [default: all; TER is slow on long texts]",
)
@click.option(
    "--comet",
    metavar="MODEL",
    help="Add a learned metric by pymarian, such as wmt22-comet-da, or one of its model files.",
)
@click.option(
    "--resamples",
    type=click.IntRange(0, 100_000),
    default=1000,
    show_default=True,
    help="Bootstrap resamples for the intervals; 0 leaves them out.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="What to print.",
)
@click.option("--html", type=click.Path(path_type=Path), help="Write a report as one HTML page.")
@click.option("--latex", is_flag=True, help="Print a LaTeX table.")
@click.option(
    "--fail-under",
    "floors",
    multiple=True,
    metavar="FIGURE=BOUND",
    help="Exit with 3 when a figure is under its bound (TER and HTER: over), such as chrf=60 or terms=95.",
)
@click.option(
    "--fail-if-worse",
    metavar="p=P",
    help="Exit with 3 when a metric is worse than the baseline's with a p-value under P, such as p=0.05.",
)
@click.option("--quiet", is_flag=True, help="Show no progress and no findings.")
def command(
    hypotheses: tuple[str, ...],
    references: tuple[Path, ...],
    qe: bool,
    source: Path | None,
    baseline: str | None,
    terms: Path | None,
    no_terms: bool,
    style_name: str,
    metrics: tuple[str, ...],
    comet: str | None,
    resamples: int,
    as_json: bool,
    output_format: str,
    html: Path | None,
    latex: bool,
    floors: tuple[str, ...],
    fail_if_worse: str | None,
    quiet: bool,
) -> None:
    """Score hypotheses against references.

    HYP is text by line, a table with a column en, a draft (draft.xlf), or - for standard input. With
    Vietnamese on both sides segments are aligned by it, else by line. Prints BLEU, chrF++ and TER as
    sacrebleu computes them, and what came out of terms, names, dates and figures.

    With --qe the drafts are scored without a reference: which segments to look at first, and why.
    """
    if qe:
        from bulletin.cli.qe import refuse_others, show_risks

        refuse_others(click.get_current_context())
        show_risks(hypotheses, as_json or output_format == "json", quiet)
        return
    if not references:
        raise click.UsageError("give a --reference, or --qe to score drafts without one")
    from bulletin.scoring.gates import bounds, not_worse, parse_bound
    from bulletin.scoring.texts import read_text

    wanted = [parse_bound(text) for text in floors]
    p = _p_value(fail_if_worse)
    if p is not None and baseline is None:
        raise click.UsageError("--fail-if-worse needs a --baseline")
    if terms and no_terms:
        raise click.UsageError("--terms and --no-terms exclude each other")
    if list(hypotheses).count("-") + (baseline == "-") > 1:
        raise click.UsageError("standard input can be read once only")
    texts = [read_text(path) for path in references]
    sources = read_text(source).lines if source else None
    expecting = None if no_terms else _expecting(terms, style_name, texts[0])
    keys = tuple(key for key in METRICS if key in metrics) or METRICS
    with _bar(quiet) as progress:
        base = None
        if baseline is not None:
            base = _evaluate(baseline, sources, texts, keys, None, resamples, expecting, comet, progress)
        systems = [
            _evaluate(name, sources, texts, keys, base, resamples, expecting, comet, progress)
            for name in hypotheses
            if name != baseline
        ]
    evaluations = _named_apart([base, *systems] if base else systems)
    # what is held against the bounds is what was written now, not the baseline of before
    written = evaluations[1:] if base and systems else evaluations
    gates = [gate for each in written for gate in bounds(each, wanted)]
    if p is not None:
        gates += [gate for each in evaluations if each.comparisons for gate in not_worse(each, p)]
    if html:
        _write_report(html, evaluations, references, evaluations[0] if base else None)
    _print("json" if as_json else output_format, latex, evaluations, gates, texts[0], quiet)
    if not all(gate.holds for gate in gates):
        sys.exit(3)


def _evaluate(
    name: str,
    sources: tuple[str, ...] | None,
    references: Sequence[Text],
    metrics: Sequence[str],
    baseline: Evaluation | None,
    resamples: int,
    expecting: Expecting | None,
    comet: str | None,
    progress: Progress | None,
) -> Evaluation:
    from bulletin.errors import ScoringError
    from bulletin.scoring.evaluate import evaluate
    from bulletin.scoring.texts import MAX_BYTES, parse_text, read_text

    text = parse_text(sys.stdin.buffer.read(MAX_BYTES + 1), "stdin") if name == "-" else read_text(Path(name))
    if sources is not None:
        if len(sources) != len(text.lines):
            raise ScoringError(
                f"{text.name} has {len(text.lines)} lines, its source {len(sources)}; they must go together"
            )
        text = dataclasses.replace(text, sources=sources)
    return evaluate(
        text,
        references,
        metrics=metrics,
        baseline=baseline,
        resamples=resamples,
        terms=expecting,
        comet=comet,
        progress=progress,
    )


def _expecting(table: Path | None, style_name: str, reference: Text) -> Expecting:
    """Terms from a table, or from the built-in glossary."""

    def from_table(aligned: Aligned) -> Sequence[Sequence[TermMatch]]:
        from bulletin.scoring.expected import read_expected

        assert table is not None
        return read_expected(table, aligned, reference)

    def from_glossary(aligned: Aligned) -> Sequence[Sequence[TermMatch]]:
        from bulletin.glossary.layers import load_glossary
        from bulletin.glossary.matcher import Matcher
        from bulletin.publishing.style import load_style

        matcher = Matcher(load_glossary(()), load_style(style_name).name)
        return [matcher.match(source) for source in aligned.sources or ()]

    return from_table if table else from_glossary


def _named_apart(evaluations: list[Evaluation]) -> list[Evaluation]:
    """Short names, as long as they differ."""
    short = [Path(each.name).name for each in evaluations]
    if len(set(short)) < len(short):
        return evaluations
    return [
        dataclasses.replace(
            each,
            aligned=dataclasses.replace(each.aligned, name=name),
            scores=dataclasses.replace(each.scores, name=name),
        )
        for each, name in zip(evaluations, short, strict=True)
    ]


def _p_value(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        value = float(text.removeprefix("p="))
    except ValueError:
        value = -1.0
    if not 0 < value < 1:
        raise click.BadParameter(
            "write p=0.05, or another number between 0 and 1", param_hint="--fail-if-worse"
        )
    return value


def _bar(quiet: bool) -> Any:
    from bulletin.cli.progress import progress_bar

    return progress_bar("scoring", quiet)


def _write_report(
    path: Path, evaluations: Sequence[Evaluation], references: Sequence[Path], baseline: Evaluation | None
) -> None:
    from bulletin.files import write_atomic
    from bulletin.scoring.report import dump_report

    names = ", ".join(reference.name for reference in references)
    write_atomic(path, dump_report(evaluations, reference=names, baseline=baseline))


def _print(
    kind: str,
    latex: bool,
    evaluations: Sequence[Evaluation],
    gates: Sequence[Gate],
    reference: Text,
    quiet: bool,
) -> None:
    if latex:
        from bulletin.scoring.latex import dump_latex

        click.echo(dump_latex(evaluations), nl=False)
    elif kind == "json":
        values = {
            "reference": reference.name,
            "systems": [each.as_dict() for each in evaluations],
            "gates": [dataclasses.asdict(gate) for gate in gates],
            "findings": [dataclasses.asdict(finding) for each in evaluations for finding in each.findings],
        }
        click.echo(json.dumps(values, ensure_ascii=False, indent=2))
        return
    elif kind == "junit":
        from bulletin.scoring.gates import junit

        click.echo(junit(gates, evaluations), nl=False)
        return
    else:
        _print_text(evaluations)
    if not quiet:
        for each in evaluations:
            for finding in each.findings:
                click.echo(f"{finding.file}, line {finding.line}: {finding.message}", err=True)
    for gate in gates:
        if not gate.holds:
            mark = "::error::" if kind == "github" else "fails: "
            click.echo(f"{mark}{gate.system}: {gate.rule}; {gate.found}", err=kind != "github")


def _print_text(evaluations: Sequence[Evaluation]) -> None:
    first = evaluations[0]
    titles = ["system", *(metric.name for metric in first.scores.metrics)]
    if first.terms is not None:
        titles += ["terms", "exact"]
    titles += [each.kind for each in first.fidelity]
    if any(each.hter is not None for each in evaluations):
        titles.append("HTER")
    if first.learned is not None:
        titles.append("COMET")
    titles += ["length", "lines"]
    rows = [titles]
    for each in evaluations:
        row = [each.name]
        for place, metric in enumerate(each.scores.metrics):
            text = f"{metric.value:.2f}"
            if each.intervals:
                text += f" ±{each.intervals[place].half:.1f}"
            if each.comparisons:
                text += f" p{_p_text(each.comparisons[place].p_randomisation)}"
            row.append(text)
        if first.terms is not None:
            row += [_rate(each.terms.rate), _rate(each.terms.exact_rate)] if each.terms else ["–", "–"]
        row += [_rate(item.rate) for item in each.fidelity] or ["–"] * len(first.fidelity)
        if "HTER" in titles:
            row.append(_rate(each.hter))
        if each.learned is not None:
            row.append(f"{each.learned.value:.2f}")
        row += [f"{each.scores.length_ratio:.2f}", f"{each.aligned.covered}/{each.aligned.total}"]
        rows.append(row)
    widths = [max(len(row[place]) for row in rows) for place in range(len(titles))]
    for row in rows:
        cells = [
            row[0].ljust(widths[0]),
            *(text.rjust(width) for text, width in zip(row[1:], widths[1:], strict=True)),
        ]
        click.echo("  ".join(cells).rstrip())
    for metric in first.scores.metrics:
        click.echo(f"{metric.name}: {metric.signature}")
    if first.learned is not None:
        click.echo(f"COMET: {first.learned.signature}")


def _p_text(value: float) -> str:
    return "<0.001" if value < 0.001 else f"={value:.3f}"


def _rate(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"
