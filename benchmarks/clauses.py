"""How well ``bulletin check --model`` finds clauses left out or added, and how often it is wrong.

    python benchmarks/clauses.py --eval DIR [--flores 300] [--list]

DIR holds ``official-dev.tsv``, ``seed-article.tsv`` and ``flores-dev.{vi,en}``. Each set's correct
references are read as they are (what is flagged there is a false alarm, or a reference that does leave
out or add something), with one clause taken out, and with one clause of another sentence put in (what
is not flagged there is missed). ``--list`` prints what is flagged in references as they are.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click

from bulletin.checking.added import added_findings
from bulletin.checking.omitted import omitted_findings
from bulletin.checking.pair import Document, Pair
from bulletin.checking.reader import Reader
from bulletin.errors import BulletinError
from bulletin.finding import Finding
from bulletin.scoring.texts import read_text
from bulletin.translation.seq2seq import Seq2SeqEngine, load_engine

Rows = Sequence[tuple[str, str]]
Find = Callable[[Document, Reader], Iterator[Finding]]

LEAST_WORDS = 4
"""A clause that is taken out or put in has at least so many words."""


def read_table(path: Path) -> Rows:
    """Rows of (Vietnamese, English)."""
    text = read_text(path)
    if text.sources is None:
        raise BulletinError(f"{path}: needs the columns vi and en")
    return list(zip(text.sources, text.lines, strict=True))


def clauses(english: str) -> list[str]:
    """What stands between marks."""
    return re.split(r"(?<=[,;:])\s+", english)


def without_one(rows: Rows) -> Rows:
    """The rows with one clause of the English taken out; those that have only one are left out."""
    rng = random.Random("clauses")
    cut = []
    for source, english in rows:
        parts = clauses(english)
        places = [n for n, part in enumerate(parts) if len(part.split()) >= LEAST_WORDS]
        if len(parts) > 1 and places:
            place = rng.choice(places)
            rest = " ".join(parts[:place] + parts[place + 1 :]).rstrip(" ,;:.")
            cut.append((source, f"{rest}."))
    return cut


def with_one_more(rows: Rows) -> Rows:
    """The rows with a clause of another row behind their first."""
    rng = random.Random("clauses")
    spare = [part for _, english in rows for part in clauses(english) if len(part.split()) >= LEAST_WORDS]
    more = []
    for source, english in rows:
        parts = clauses(english)
        others = [part for part in spare if part not in parts]
        if len(parts) > 1 and others:
            one = rng.choice(others).rstrip(" ,;:.")
            more.append((source, " ".join([parts[0].rstrip(" ,;:") + ",", f"{one},", *parts[1:]])))
    return more


def flagged(rows: Rows, engine: Seq2SeqEngine, find: Find) -> dict[str, list[str]]:
    """The findings of each row that has any, by its number."""
    document = Document("", tuple(Pair(vi, en, n, str(n)) for n, (vi, en) in enumerate(rows)))
    found: dict[str, list[str]] = {}
    for finding in find(document, engine.read):
        if finding.stands:
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
    click.echo(
        "| set | sentences | clause taken out: found | flagged as they are | put in: found "
        "| flagged as they are | seconds for all, as they are |"
    )
    click.echo("| --- | --- | --- | --- | --- | --- | --- |")
    for name, rows in sets.items():
        began = time.perf_counter()
        alarms = [flagged(rows, engine, find) for find in (omitted_findings, added_findings)]
        seconds = time.perf_counter() - began
        cells = [name, str(len(rows))]
        changed = (without_one(rows), with_one_more(rows))
        for false, made, find in zip(alarms, changed, (omitted_findings, added_findings), strict=True):
            cells += [share(len(flagged(made, engine, find)), len(made)), share(len(false), len(rows))]
        click.echo(f"| {' | '.join(cells)} | {seconds:.1f} |")
        for message in (m for false in alarms for some in false.values() for m in some) if listed else ():
            click.echo(message, err=True)


def share(count: int, of: int) -> str:
    """``12 of 40 (30.0 %)``."""
    return f"{count} of {of} ({100 * count / max(1, of):.1f} %)"


if __name__ == "__main__":
    main()
