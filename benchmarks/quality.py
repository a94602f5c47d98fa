"""Measure a translation model: BLEU and chrF++ with signatures, terms carried, speed and memory.

``python benchmarks/quality.py --eval DIR [--model NAME_OR_DIR]``; DIR holds ``official-dev.tsv``,
``official-dev.terms.tsv``, ``seed-article.tsv`` and ``flores-dev.{vi,en}``. Nothing of it is kept.
"""

from __future__ import annotations

import csv
import random
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from bulletin.errors import BulletinError, ScoringError
from bulletin.training.evaluate import terms_kept
from bulletin.training.prepare import make_substitutes
from bulletin.translation.engine import TERM_CLOSE, TERM_OPEN, Decoding
from bulletin.translation.seq2seq import SENTENCE_PIECES, Seq2SeqEngine, load_engine


@dataclass(frozen=True, slots=True)
class Testset:
    """Sources with their references."""

    name: str
    sources: tuple[str, ...]
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """A term that is given at its place in a source: 0-based row, Vietnamese, English."""

    row: int
    vietnamese: str
    english: str


def rows_of(path: Path) -> list[dict[str, str]]:
    """Read a TSV with a heading. Raises ScoringError."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    except OSError as error:
        raise ScoringError(f"{path}: cannot be read ({error.strerror}); give --eval its folder") from error


def read_table(path: Path, name: str) -> Testset:
    """Read a TSV that has the columns vi and en."""
    rows = rows_of(path)
    return Testset(name, tuple(row["vi"] for row in rows), tuple(row["en"] for row in rows))


def read_lines(folder: Path, name: str, limit: int | None) -> Testset:
    """Read two files of lines that go together."""
    sources, references = (
        (folder / f"{name}.{language}").read_text(encoding="utf-8").splitlines()[:limit]
        for language in ("vi", "en")
    )
    return Testset(name, tuple(sources), tuple(references))


def with_terms(sources: Sequence[str], terms: Sequence[Given]) -> list[str]:
    """Give terms at their places, longest first; a term whose Vietnamese is not found is left out."""
    given = list(sources)
    for row in {term.row for term in terms}:
        source = sources[row]
        places: list[tuple[int, int, str]] = []
        for term in sorted((t for t in terms if t.row == row), key=lambda t: -len(t.vietnamese)):
            start = source.find(term.vietnamese)
            while start >= 0 and any(
                start < end and begin < start + len(term.vietnamese) for begin, end, _ in places
            ):
                start = source.find(term.vietnamese, start + 1)
            if start >= 0:
                places.append((start, start + len(term.vietnamese), term.english))
        for start, end, english in sorted(places, reverse=True):
            source = f"{source[:start]}{TERM_OPEN}{english}{TERM_CLOSE}{source[end:]}"
        given[row] = source
    return given


def translate(engine: Seq2SeqEngine, sources: Sequence[str]) -> tuple[list[str], float]:
    """Return (translations, source words a second)."""
    began = time.perf_counter()
    made = [hypotheses[0].text for hypotheses in engine.translate(sources)]
    words = sum(len(source.split()) for source in sources)
    return made, words / (time.perf_counter() - began)


def figures(made: Sequence[str], references: Sequence[str]) -> tuple[float, float]:
    """Return (BLEU, chrF++)."""
    import sacrebleu

    return (
        sacrebleu.corpus_bleu(list(made), [list(references)]).score,
        sacrebleu.corpus_chrf(list(made), [list(references)], word_order=2).score,
    )


def signatures() -> tuple[str, str]:
    """Return sacrebleu's signatures of both measures."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    bleu, chrf = BLEU(), CHRF(word_order=2)
    bleu.corpus_score(["one"], [["one"]])
    chrf.corpus_score(["one"], [["one"]])
    return str(bleu.get_signature()), str(chrf.get_signature())


def lines_apart(testset: Testset, made: Sequence[str]) -> str:
    """Each line's words, and the BLEU and chrF++ of its translation: a Markdown table without its text."""
    import sacrebleu

    rows = ["", f"| line of {testset.name} | source words | BLEU | chrF++ |", "| --- | --- | --- | --- |"]
    for number, (source, text, reference) in enumerate(
        zip(testset.sources, made, testset.references, strict=True), 1
    ):
        bleu = sacrebleu.sentence_bleu(text, [reference]).score
        chrf = sacrebleu.sentence_chrf(text, [reference], word_order=2).score
        rows.append(f"| {number} | {len(source.split())} | {bleu:.1f} | {chrf:.1f} |")
    return "\n".join(rows)


def report_terms(engine: Seq2SeqEngine, dev: Testset, terms: Sequence[Given]) -> None:
    """Show how many given terms come out exactly, and what giving them does to chrF++."""
    rows = sorted({term.row for term in terms})
    plain = [dev.sources[row] for row in rows]
    references = [dev.references[row] for row in rows]
    rng = random.Random("quality")
    names = make_substitutes({}).capitalised
    others = [Given(term.row, term.vietnamese, rng.choice(names)) for term in terms]
    made, _ = translate(engine, plain)
    chrf = f"{figures(made, references)[1]:.1f}"
    click.echo(f"| none given, {len(rows)} lines of official-dev | – | {chrf} |")
    for name, listed in (("its terms", terms), ("random substitutes", others)):
        sources = [with_terms(dev.sources, listed)[row] for row in rows]
        made, _ = translate(engine, sources)
        kept, total = terms_kept(sources, made)
        chrf = f"{figures(made, references)[1]:.1f}" if listed is terms else "–"
        click.echo(f"| given {name} | {kept} of {total} = {100 * kept / max(1, total):.1f} % | {chrf} |")


@click.command()
@click.option(
    "--eval", "folder", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option("--model", default="builtin", show_default=True, help="A model's name or folder.")
@click.option(
    "--flores", default=997, show_default=True, type=click.IntRange(min=0), help="FLORES lines to use."
)
@click.option("--beam", "beams", multiple=True, default=(1, 4), show_default=True, type=click.IntRange(min=1))
@click.option("--no-repeat", default=0, show_default=True, type=click.IntRange(min=0))
@click.option("--length-penalty", default=1.0, show_default=True)
@click.option(
    "--clauses",
    default=SENTENCE_PIECES,
    show_default=True,
    type=click.IntRange(min=16),
    help="Cut sentences of more pieces at their clauses.",
)
@click.option("--by-line", is_flag=True, help="Also give the seed article's scores line by line.")
@click.option("--threads", default=2, show_default=True, type=click.IntRange(min=1))
def main(
    folder: Path,
    model: str,
    flores: int,
    beams: tuple[int, ...],
    no_repeat: int,
    length_penalty: float,
    clauses: int,
    by_line: bool,
    threads: int,
) -> None:
    """Print a model's figures as Markdown tables."""
    import torch

    torch.set_num_threads(threads)
    try:
        sets = [
            read_table(folder / "official-dev.tsv", "official-dev"),
            read_table(folder / "seed-article.tsv", "seed-article"),
        ]
        if flores:
            sets.append(read_lines(folder, "flores-dev", flores))
        terms = [
            Given(int(row["line"]) - 1, row["vi"], row["en"])
            for row in rows_of(folder / "official-dev.terms.tsv")
        ]
        for beam in beams:
            decoding = Decoding(beam=beam, length_penalty=length_penalty, no_repeat_ngram=no_repeat)
            engine = load_engine(model, decoding, sentence_pieces=clauses)
            settings = f"{engine.decoding} · clauses of {clauses} · {threads} threads"
            click.echo(f"\n{engine.name} {engine.revision} · {settings}\n")
            click.echo(
                "| set | lines | BLEU | chrF++ | source words a second |\n| --- | --- | --- | --- | --- |"
            )
            translated: dict[str, list[str]] = {}
            for testset in sets:
                made, speed = translate(engine, testset.sources)
                translated[testset.name] = made
                bleu, chrf = figures(made, testset.references)
                click.echo(f"| {testset.name} | {len(made)} | {bleu:.1f} | {chrf:.1f} | {speed:.0f} |")
            if by_line:
                click.echo(lines_apart(sets[1], translated[sets[1].name]))
            if engine.carries_terms:
                click.echo("\n| terms | come out exactly | chrF++ |\n| --- | --- | --- |")
                report_terms(engine, sets[0], terms)
    except BulletinError as error:
        raise click.ClickException(str(error)) from error
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    click.echo(f"\npeak memory {peak:.0f} MiB; " + "; ".join(signatures()))


if __name__ == "__main__":
    main()
