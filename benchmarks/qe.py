"""Calibrate and measure the estimate of risk (``bulletin score --qe``) against sentence chrF++.

    python benchmarks/qe.py --eval DIR [--write src/bulletin/scoring/qe.json]

DIR holds ``official-dev.tsv`` and ``flores-dev.{vi,en}``. Drafts are made as ``bulletin run`` makes
them; the figures come from weights fitted to other documents than those they are measured on. Run it
again with ``--write`` whenever the built-in model changes.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import click

from bulletin.article import Article, Block, BlockKind, Segment
from bulletin.drafting.draft import Draft
from bulletin.drafting.xliff import read_draft, write_draft
from bulletin.errors import BulletinError, ScoringError
from bulletin.files import write_atomic
from bulletin.glossary.layers import load_glossary
from bulletin.pipeline import House, make_draft
from bulletin.publishing.style import load_style
from bulletin.scoring.calibrate import Sample, cross_validate, fit, measure_risks
from bulletin.scoring.metrics import count
from bulletin.scoring.qe import Measured, dump_calibration
from bulletin.scoring.signals import SIGNALS, measure
from bulletin.scoring.texts import read_text
from bulletin.translation.catalogue import model_info, resolve_model
from bulletin.translation.engine import Decoding
from bulletin.translation.seq2seq import Seq2SeqEngine, load_engine

Rows = list[tuple[str, str]]


def read_official(folder: Path) -> dict[str, Rows]:
    """Rows of (Vietnamese, English) by document."""
    text = read_text(folder / "official-dev.tsv")
    if text.sources is None or text.documents is None:
        raise ScoringError(f"{text.name}: needs the columns doc, vi and en")
    found: dict[str, Rows] = {}
    for document, source, english in zip(text.documents, text.sources, text.lines, strict=True):
        found.setdefault(document, []).append((source, english))
    return found


def read_flores(folder: Path, size: int) -> Rows:
    """A fixed sample of rows."""
    sources, english = (read_text(folder / f"flores-dev.{language}").lines for language in ("vi", "en"))
    rows = list(zip(sources, english, strict=True))
    return random.Random("qe").sample(rows, min(size, len(rows)))


def article_of(name: str, rows: Rows) -> Article:
    """An article of one-sentence paragraphs."""
    return Article(
        name,
        tuple(
            Block(BlockKind.PARAGRAPH, source, (Segment(f"b{number}.s1", source, "", 0),), number)
            for number, (source, _) in enumerate(rows, 1)
        ),
        source_hash="",
    )


def samples_of(draft: Draft, rows: Rows, testset: str) -> list[Sample]:
    """The signals of each segment with its chrF++; lines of no document are one each."""
    units = [unit for unit in draft.units if unit.source]
    scores = count([unit.target for unit in units], [[english for _, english in rows]], ("chrf",))[
        0
    ].segments()
    return [
        Sample(signals, score, draft.name if testset == "official-dev" else f"{testset}-{index}", testset)
        for index, (signals, score) in enumerate(zip(measure(units), scores, strict=True))
    ]


def show(measured: Sequence[Measured]) -> None:
    """Print the figures as a Markdown table."""
    click.echo("| set | segments | Pearson | Spearman | AUC, worst quarter | worst quarter found, % |")
    click.echo("| --- | --- | --- | --- | --- | --- |")
    for each in measured:
        cells = [
            f"{value:.{places}f} ({low:.{places}f} to {high:.{places}f})"
            for (value, low, high), places in (
                (each.pearson, 2),
                (each.spearman, 2),
                (each.auc, 2),
                (each.found, 0),
            )
        ]
        click.echo(f"| {each.name} | {each.segments} | {' | '.join(cells)} |")


@click.command()
@click.option(
    "--eval", "folder", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option("--model", default="builtin", show_default=True, help="A model's name or folder.")
@click.option("--flores", default=200, show_default=True, type=click.IntRange(0), help="FLORES lines to use.")
@click.option("--beam", default=4, show_default=True, type=click.IntRange(1))
@click.option("--threads", default=1, show_default=True, type=click.IntRange(1))
@click.option(
    "--drafts", "kept", type=click.Path(file_okay=False, path_type=Path), help="Keep the drafts here."
)
@click.option("--write", type=click.Path(dir_okay=False, path_type=Path), help="Write the calibration here.")
def main(
    folder: Path, model: str, flores: int, beam: int, threads: int, kept: Path | None, write: Path | None
) -> None:
    """Print how the estimate follows chrF++, and write its calibration."""
    import torch

    torch.set_num_threads(threads)
    try:
        documents = [(name, rows, "official-dev") for name, rows in read_official(folder).items()]
        # in parts, so that a run which is broken off loses little
        rows = read_flores(folder, flores)
        documents += [(f"flores-{at}", rows[at : at + 20], "flores-dev") for at in range(0, len(rows), 20)]
        maker = _Maker(model, Decoding(beam=beam), kept)
        samples: list[Sample] = []
        for name, rows, testset in documents:
            samples += samples_of(maker.draft(name, rows), rows, testset)
            click.echo(f"\r{len(samples)} segments", err=True, nl=False)
        click.echo(err=True)
        risks = cross_validate(samples)
        measured = [measure_risks("all", risks, samples)]
        for testset in dict.fromkeys(sample.testset for sample in samples):
            at = [index for index, sample in enumerate(samples) if sample.testset == testset]
            measured.append(measure_risks(testset, [risks[i] for i in at], [samples[i] for i in at]))
        alone = cross_validate(samples, alone=True)
        measured.append(measure_risks("all, by the weights alone", alone, samples))
        calibration = fit(samples, model, maker.revision, str(Decoding(beam=beam)), measured)
    except BulletinError as error:
        raise click.ClickException(str(error)) from error
    click.echo(
        f"{model}@{maker.revision} · {calibration.decoding}; worst quarter: under {calibration.worst}\n"
    )
    show(measured)
    click.echo(
        "\n| signal | mean | scale | log-odds a scale | alone: Spearman |\n| --- | --- | --- | --- | --- |"
    )
    for index, name in enumerate(SIGNALS):
        weight = calibration.weights[name]
        values = [_number(sample.signals.values()[index]) for sample in samples]
        correlation = "–"
        if len(set(values)) > 1:
            value, low, high = measure_risks(name, values, samples).spearman
            correlation = f"{value:.2f} ({low:.2f} to {high:.2f})"
        cells = f"{weight.mean:.3f} | {weight.scale:.3f} | {weight.weight:.2f}"
        click.echo(f"| {name} | {cells} | {correlation} |")
    if write:
        write_atomic(write, dump_calibration(calibration))


class _Maker:
    """Makes drafts, or takes those that an earlier run of the same model and house has kept."""

    def __init__(self, model: str, decoding: Decoding, kept: Path | None) -> None:
        self._model, self._decoding, self._kept = model, decoding, kept
        self._house = House(load_glossary(()), load_style("vna"))
        self._engine: Seq2SeqEngine | None = None
        self.revision = model_info(resolve_model(model)).revision

    def draft(self, name: str, rows: Rows) -> Draft:
        path = self._kept / f"{name}.{self.revision}.xlf" if self._kept else None
        if path and path.is_file():
            draft = read_draft(path)
            if [unit.source for unit in draft.units if unit.source] == [source for source, _ in rows]:
                return draft
        self._engine = self._engine or load_engine(self._model, self._decoding)
        # a headline is given: one made from the lead translates nothing
        draft = make_draft(article_of(name, rows), self._engine, self._house, headline="Headline")
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_draft(draft, path)
        return draft


def _number(value: float) -> float:
    return value if value == value else 0.0


if __name__ == "__main__":
    main()
