"""How well ``bulletin check --model`` finds what the English leaves out, and how often it is wrong.

    python benchmarks/omissions.py --eval DIR [--flores 300] [--list]

DIR holds ``official-dev.tsv``, ``seed-article.tsv`` and ``flores-dev.{vi,en}``. Two counts a set: the
correct references as they are (what is flagged there is a false alarm, or a reference that does leave
something out), and references out of which one clause was taken, each in a fixed place (what is not
flagged there is missed). ``--list`` prints what is flagged in references as they are.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Sequence
from pathlib import Path

import click

from bulletin.checking.omitted import omitted_findings, parts_of
from bulletin.checking.pair import Document, Pair
from bulletin.errors import BulletinError
from bulletin.scoring.texts import read_text
from bulletin.translation.seq2seq import Seq2SeqEngine, load_engine

Rows = Sequence[tuple[str, str]]

LEAST_WORDS = 4
"""A clause that is taken out has at least so many words."""


def read_table(path: Path) -> Rows:
    """Rows of (Vietnamese, English)."""
    text = read_text(path)
    if text.sources is None:
        raise BulletinError(f"{path}: needs the columns vi and en")
    return list(zip(text.sources, text.lines, strict=True))


def cut_one(rows: Rows) -> Rows:
    """The rows with one clause of the English, between marks, taken out; those with none are left out."""
    rng = random.Random("omissions")
    cut = []
    for source, english in rows:
        clauses = re.split(r"(?<=[,;:])\s+", english)
        places = [n for n, clause in enumerate(clauses) if len(clause.split()) >= LEAST_WORDS]
        if len(clauses) < 2 or not places:
            continue
        place = rng.choice(places)
        rest = " ".join(clauses[:place] + clauses[place + 1 :]).rstrip(" ,;:.")
        cut.append((source, f"{rest}."))
    return cut


def flagged(rows: Rows, engine: Seq2SeqEngine) -> dict[str, list[str]]:
    """The findings of each row that has any, by its number."""
    document = Document("", tuple(Pair(vi, en, n, str(n)) for n, (vi, en) in enumerate(rows)))
    found: dict[str, list[str]] = {}
    for finding in omitted_findings(document, engine.likelihoods):
        found.setdefault(finding.segment, []).append(finding.message)
    return found


@click.command(help=__doc__.split("\n")[0])
@click.option("--eval", "folder", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--flores", default=300, show_default=True, help="How many lines of FLORES-200 dev.")
@click.option("--model", default="builtin", show_default=True)
@click.option("--list", "listed", is_flag=True, help="Print what is flagged in the references as they are.")
def main(folder: Path, flores: int, model: str, listed: bool) -> None:
    """Print the table."""
    engine = load_engine(model)
    general = [read_text(folder / f"flores-dev.{language}").lines[:flores] for language in ("vi", "en")]
    sets = {
        "official-dev": read_table(folder / "official-dev.tsv"),
        "seed-article": read_table(folder / "seed-article.tsv"),
        "FLORES-200 dev": list(zip(*general, strict=True)),
    }
    click.echo(f"model {engine.name}@{engine.revision}")
    click.echo("| set | sentences | parts | references flagged | clause taken out: found | seconds |")
    click.echo("| --- | --- | --- | --- | --- | --- |")
    for name, rows in sets.items():
        began = time.perf_counter()
        alarms = flagged(rows, engine)
        seconds = time.perf_counter() - began
        cut = cut_one(rows)
        hits = len(flagged(cut, engine))
        parts = sum(len(parts_of(source)) for source, _ in rows)
        click.echo(
            f"| {name} | {len(rows)} | {parts} | {len(alarms)} ({100 * len(alarms) / len(rows):.1f} %) "
            f"| {hits} of {len(cut)} ({100 * hits / len(cut):.0f} %) | {seconds:.1f} |"
        )
        for messages in alarms.values() if listed else ():
            click.echo("\n".join(messages), err=True)


if __name__ == "__main__":
    main()
