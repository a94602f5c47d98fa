"""Measure the enforcement of terms, each step by itself, against no glossary and against wrong terms.

``python benchmarks/terminology.py --eval DIR [--model NAME_OR_DIR] [--limit N]``; DIR holds
``official-dev.tsv`` (columns doc, url, vi, en) and ``flores-dev.{vi,en}``. Nothing of it is kept.

Rows: no glossary; placeholders (each term a code in the source, put back afterwards); terms put
inside the source; constrained decoding alone; the full cascade; and the full cascade with random
wrong English for every term, where a mechanism obeys and a memory does not. Term success counts the
glossary's terms; names, dates and figures are enforced as in use and counted apart. Window overlap
and 1-TERm are those of the WMT 2021 terminology task. ``p`` is a paired bootstrap against no glossary.
"""

from __future__ import annotations

import csv
import datetime
import json
import random
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from bulletin.errors import BulletinError, ScoringError
from bulletin.glossary.entry import TermMatch
from bulletin.glossary.layers import Glossary, load_glossary
from bulletin.glossary.matcher import Matcher, without_article
from bulletin.scoring.metrics import Statistics, count
from bulletin.scoring.significance import compare
from bulletin.scoring.terms import TermScores, term_scores
from bulletin.terminology.audit import audit_findings, occurrences
from bulletin.terminology.cascade import Steps, render
from bulletin.terminology.spans import fixed_spans
from bulletin.terminology.verify import verify
from bulletin.translation.engine import Decoding, Engine
from bulletin.translation.seq2seq import load_engine

SEED = 20260116
OFF = Steps(inject=False, n_best=False, constrain=False, repair=False)
_DATE = re.compile(r"(20[012]\d)(\d\d)(\d\d)")
_NOT_TERMS = frozenset({"name", "date", "figure"})
_WRONG_KINDS = frozenset({"institution", "organisation", "title", "document", "event", "phrase", "place"})

Matches = Sequence[tuple[TermMatch, ...]]


@dataclass(frozen=True, slots=True)
class Testset:
    """Sources with their references, documents, and the fixed spans of each source."""

    name: str
    sources: tuple[str, ...]
    references: tuple[str, ...]
    documents: tuple[str, ...]
    matches: tuple[tuple[TermMatch, ...], ...]

    @property
    def terms(self) -> list[tuple[TermMatch, ...]]:
        """The glossary's terms alone."""
        return [only_terms(found) for found in self.matches]


@dataclass(frozen=True, slots=True)
class Made:
    """What one system made of a test set, the terms it was to hold, and how long decoding took."""

    name: str
    texts: tuple[str, ...]
    matches: tuple[tuple[TermMatch, ...], ...]
    seconds: float


def only_terms(matches: Sequence[TermMatch]) -> tuple[TermMatch, ...]:
    """The matches that come from the glossary or its grammar."""
    return tuple(match for match in matches if match.kind not in _NOT_TERMS)


def read_official(path: Path, glossary: Glossary, limit: int | None) -> Testset:
    """Read a table of articles; each is judged by its own date. Raises ScoringError."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[:limit]
    except OSError as error:
        raise ScoringError(f"{path}: cannot be read ({error.strerror}); give --eval its folder") from error
    matchers: dict[datetime.date | None, Matcher] = {}
    matches = []
    for row in rows:
        date = date_in(row.get("url") or "")
        if date not in matchers:
            matchers[date] = Matcher(glossary, "vna", date)
        matches.append(fixed_spans(row["vi"], matchers[date]))
    return Testset(
        "official-dev",
        tuple(row["vi"] for row in rows),
        tuple(row["en"] for row in rows),
        tuple(row.get("doc") or "" for row in rows),
        tuple(matches),
    )


def date_in(url: str) -> datetime.date | None:
    """The date that an article's address holds."""
    for found in _DATE.finditer(url):
        try:
            return datetime.date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            continue
    return None


def read_flores(folder: Path, glossary: Glossary, limit: int | None) -> Testset:
    """Read two files of lines that go together. Raises ScoringError."""
    try:
        sources, references = (
            (folder / f"flores-dev.{language}").read_text(encoding="utf-8").splitlines()[:limit]
            for language in ("vi", "en")
        )
    except OSError as error:
        raise ScoringError(f"{error.filename}: cannot be read ({error.strerror})") from error
    matcher = Matcher(glossary, "vna")
    found = tuple(fixed_spans(source, matcher) for source in sources)
    names = tuple(str(number) for number in range(len(sources)))
    return Testset("flores-dev", tuple(sources), tuple(references), names, found)


def with_wrong_terms(matches: Matches, glossary: Glossary, seed: int = SEED) -> list[tuple[TermMatch, ...]]:
    """The glossary's terms with random English of other entries of their kind, and nothing accepted.

    One Vietnamese term gets one wrong English throughout, as a dictionary would give it.
    """
    rng = random.Random(seed)
    pool: dict[str, list[tuple[str, bool]]] = {}
    for entry in glossary.entries:
        if entry.kind in _WRONG_KINDS:
            pool.setdefault(entry.kind, []).append(without_article(entry.form("vna")))
    wrong: dict[str, tuple[str, bool]] = {}

    def swapped(match: TermMatch) -> TermMatch:
        key = match.source.casefold()
        if key not in wrong:
            right = {form.casefold() for form in (match.target, *match.accepted)}
            choices = [
                form for form in pool.get(match.kind, pool["phrase"]) if form[0].casefold() not in right
            ]
            wrong[key] = rng.choice(choices)
        target, article = wrong[key]
        return replace(match, target=target, article=article, accepted=(), forbidden=(), status="")

    return [
        tuple(match if match.kind in _NOT_TERMS else swapped(match) for match in found) for found in matches
    ]


def with_placeholders(testset: Testset, engine: Engine) -> list[str]:
    """The baseline: each fixed span a code in the source, its English put back where the code survived."""
    coded = []
    for source, found in zip(testset.sources, testset.matches, strict=True):
        for number, match in sorted(enumerate(found, 1), key=lambda item: -item[1].start):
            source = f"{source[: match.start]}TERM{number}{source[match.end :]}"
        coded.append(source)
    made = [hypotheses[0].text for hypotheses in engine.translate(coded)]
    return [put_back(text, found) for text, found in zip(made, testset.matches, strict=True)]


def put_back(text: str, matches: Sequence[TermMatch]) -> str:
    """Codes replaced by the English they stand for; what the engine made of a code otherwise stays."""

    def english(code: re.Match[str]) -> str:
        number = int(code[1])
        return matches[number - 1].target if 1 <= number <= len(matches) else code[0]

    return re.sub(r"\bTERM\s?(\d{1,3})\b", english, text, flags=re.IGNORECASE)


def run_systems(testset: Testset, engine: Engine, glossary: Glossary) -> list[Made]:
    """Translate a test set by every system, no glossary first."""
    wrong = tuple(with_wrong_terms(testset.matches, glossary))

    def cascade(steps: Steps, matches: Matches) -> Callable[[], list[str]]:
        return lambda: [item.text for item in render(testset.sources, matches, engine, steps)]

    nothing: Matches = [()] * len(testset.sources)
    systems: list[tuple[str, Callable[[], list[str]], tuple[tuple[TermMatch, ...], ...]]] = [
        ("no glossary", cascade(OFF, nothing), testset.matches),
        ("placeholders", lambda: with_placeholders(testset, engine), testset.matches),
    ]
    if engine.carries_terms:
        systems.append(
            ("inside the source", cascade(replace(OFF, inject=True), testset.matches), testset.matches)
        )
    systems += [
        ("constrained alone", cascade(replace(OFF, constrain=True), testset.matches), testset.matches),
        ("full cascade", cascade(Steps(), testset.matches), testset.matches),
        ("random wrong terms", cascade(Steps(), wrong), wrong),
    ]
    made = []
    for name, translate, matches in systems:
        began = time.perf_counter()
        texts = translate()
        made.append(Made(name, tuple(texts), matches, time.perf_counter() - began))
    return made


def measure(
    made: Made, testset: Testset, base: tuple[Statistics, ...] | None, decode: float
) -> dict[str, Any]:
    """Every figure of one system; ``base`` are the counts of no glossary, ``decode`` its seconds."""
    statistics = count(made.texts, [testset.references], ("bleu", "chrf"))
    terms = term_scores(
        [only_terms(found) for found in made.matches], made.texts, testset.references, testset.documents
    )
    fixed = [
        rendering
        for text, found in zip(made.texts, made.matches, strict=True)
        for rendering in verify(text, found)
    ]
    return {
        "system": made.name,
        "terms": terms.as_dict(),
        "fixed spans right": sum(rendering.right for rendering in fixed),
        "fixed spans": len(fixed),
        "silent": silent(made),
        "scores": [each.score().as_dict() for each in statistics],
        "against no glossary": [
            compare(theirs, ours).as_dict() for theirs, ours in zip(base or (), statistics, strict=False)
        ],
        "seconds": made.seconds,
        "times": made.seconds / decode if decode else None,
    }


def silent(made: Made) -> int:
    """Fixed spans that are neither right nor reported by the audit: there must be none."""
    missed = 0
    for number, (text, found) in enumerate(zip(made.texts, made.matches, strict=True)):
        lines = occurrences(str(number), text, found)
        wrong = sum(line.status.value not in ("exact", "accepted") for line in lines)
        missed += len(found) - len(lines) + wrong - len(audit_findings(lines))
    return missed


def table(rows: Sequence[dict[str, Any]]) -> str:
    """The figures as a Markdown table."""
    lines = [
        "| system | terms exact | or accepted | window 2 / 3 | 1-TERm | chrF++ (p) | BLEU (p) | seconds |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        terms = row["terms"]
        rates = f"{number(terms['exact_rate'])} % | {number(terms['rate'])} % of {terms['total']}"
        bleu, chrf = row["scores"]
        # where nothing differs there is nothing to test
        tests = [
            f" (p {each['p_bootstrap']:.3f})" if each["difference"] else " (the same)"
            for each in row["against no glossary"]
        ] or ["", ""]
        windows = " / ".join(number(terms["window_overlap"][width]) for width in ("2", "3"))
        scores = f"{chrf['score']:.1f}{tests[1]} | {bleu['score']:.1f}{tests[0]}"
        lines.append(
            f"| {row['system']} | {rates} | {windows} | {number(terms['one_minus_term'])} | {scores}"
            f" | {row['seconds']:.1f} (× {row['times']:.2f}) |"
        )
    return "\n".join(lines)


def number(value: float | None) -> str:
    """A figure with one decimal, or a dash."""
    return "–" if value is None else f"{value:.1f}"


def missed_terms(rows: Sequence[dict[str, Any]]) -> list[str]:
    """What the full cascade did not bring in, a line each."""
    (full,) = (row for row in rows if row["system"] == "full cascade")
    return [
        f"- {each['segment']}: {each['source']} = {each['target']} (found: {each['found'] or 'nothing'})"
        for each in full["terms"]["missed"]
    ]


def reference_flags(testset: Testset) -> tuple[TermScores, list[str]]:
    """How the references themselves fare: each finding that stands is a false alarm, or their slip."""
    flagged = []
    for at, (text, found) in enumerate(zip(testset.references, testset.terms, strict=True), 1):
        for finding in audit_findings(occurrences(str(at), text, found)):
            if finding.stands:
                flagged.append(f"- {at}: {finding.message}")
    return term_scores(testset.terms, testset.references, testset.references), flagged


@click.command()
@click.option(
    "--eval", "folder", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option("--model", default="builtin", show_default=True, help="A model's name or folder.")
@click.option("--limit", type=click.IntRange(min=1), help="Use only so many lines of each set.")
@click.option("--flores", type=click.IntRange(min=0), default=997, show_default=True, help="FLORES lines.")
@click.option("--beam", type=click.IntRange(min=1), default=4, show_default=True)
@click.option("--threads", type=click.IntRange(min=1), default=2, show_default=True)
@click.option("--references-only", is_flag=True, help="Only count false alarms on the references.")
@click.option("--json", "output", type=click.Path(path_type=Path), help="Also write every figure to a file.")
def main(
    folder: Path,
    model: str,
    limit: int | None,
    flores: int,
    beam: int,
    threads: int,
    references_only: bool,
    output: Path | None,
) -> None:
    """Print what each step of enforcing terms is worth, as Markdown."""
    import torch

    torch.set_num_threads(threads)
    glossary = load_glossary()
    try:
        sets = [read_official(folder / "official-dev.tsv", glossary, limit)]
        scores, flagged = reference_flags(sets[0])
        click.echo(
            f"{sets[0].name} references: {len(flagged)} of {scores.total} term occurrences flagged"
            f" ({100 * len(flagged) / max(1, scores.total):.1f} %)"
        )
        click.echo("\n".join(flagged))
        if references_only:
            return
        if flores:
            sets.append(read_flores(folder, glossary, min(flores, limit or flores)))
        engine = load_engine(model, Decoding(beam=beam))
        click.echo(f"\n{engine.name} {engine.revision} · {engine.decoding} · glossary {glossary.hash}")
        figures: dict[str, Any] = {}
        for testset in sets:
            engine.translate(testset.sources[:2])  # the first call loads and warms up
            made = run_systems(testset, engine, glossary)
            base = count(made[0].texts, [testset.references], ("bleu", "chrf"))
            rows = [
                measure(each, testset, base if each is not made[0] else None, made[0].seconds)
                for each in made
            ]
            figures[testset.name] = rows
            click.echo(f"\n{testset.name}, {len(testset.sources)} lines\n\n{table(rows)}\n")
            click.echo("not rendered by the full cascade, and reported:")
            click.echo("\n".join(missed_terms(rows)) or "- nothing")
            click.echo(f"neither rendered nor reported: {sum(row['silent'] for row in rows)}")
    except BulletinError as error:
        raise click.ClickException(str(error)) from error
    if output:
        output.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
