"""Putting hypotheses beside their references: by Vietnamese source where it is known, else by number."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass

from bulletin.errors import ScoringError
from bulletin.finding import Finding, Severity
from bulletin.language.normal import fold_text
from bulletin.scoring.texts import Text

MOST_JOINED = 6
"""A line is at most this many segments of the other side joined."""

_LETTERS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Aligned:
    """Segments that go together, in the reference's order.

    ``references[k][i]`` is what reference k has for segment i, as sacrebleu takes it. ``covered`` is
    how many of the reference's ``total`` lines they make up; ``rows`` says which, where not one for one.
    """

    name: str
    hypotheses: tuple[str, ...]
    references: tuple[tuple[str, ...], ...]
    sources: tuple[str, ...] | None
    documents: tuple[str, ...] | None
    covered: int
    total: int
    findings: tuple[Finding, ...] = ()
    rows: tuple[tuple[int, ...], ...] = ()

    def lines(self, index: int) -> tuple[int, ...]:
        """The lines of the reference, from 0, that make up segment ``index``."""
        return self.rows[index] if self.rows else (index,)


def align(hypothesis: Text, references: Sequence[Text]) -> Aligned:
    """Align ``hypothesis`` with one or more references of one source text.

    With Vietnamese on both sides, by source text, whatever its tone marks, case, punctuation and
    white space; segments that were split or joined differently are joined, and lines without a
    partner are findings. Else line by line. Raises ScoringError where the numbers of lines differ.
    """
    first = references[0]
    for other in references[1:]:
        if len(other.lines) != len(first.lines):
            raise ScoringError(
                f"{other.name} has {len(other.lines)} lines, {first.name} has {len(first.lines)};"
                " references must be of one text, line by line"
            )
    if hypothesis.sources and first.sources and hypothesis.sources != first.sources:
        return _by_source(hypothesis, references, hypothesis.sources, first.sources)
    if len(hypothesis.lines) != len(first.lines):
        raise ScoringError(
            f"{hypothesis.name} has {len(hypothesis.lines)} lines, {first.name} has {len(first.lines)};"
            " give the Vietnamese on both sides (a draft, and a table with a column vi), or equal lines"
        )
    return Aligned(
        hypothesis.name,
        hypothesis.lines,
        tuple(reference.lines for reference in references),
        first.sources or hypothesis.sources,
        first.documents or hypothesis.documents,
        len(first.lines),
        len(first.lines),
    )


def source_letters(source: str) -> str:
    """What makes two Vietnamese sentences one: their letters and digits, folded, without case."""
    return "".join(_LETTERS.findall(fold_text(source, case=True).casefold()))


def _by_source(
    hypothesis: Text, references: Sequence[Text], ours: Sequence[str], theirs: Sequence[str]
) -> Aligned:
    first = references[0]
    left, right = [source_letters(text) for text in ours], [source_letters(text) for text in theirs]
    groups = _single(left, right)
    groups += _joined(left, right, groups)
    if not groups:
        raise ScoringError(
            f"no Vietnamese line of {first.name} ({len(right)} lines) is in {hypothesis.name}"
            f" ({len(left)} lines); choose the reference of this article"
        )
    groups.sort(key=lambda group: group[1][0])
    findings = _unmatched(hypothesis, first, groups)

    def join(lines: Sequence[str], indices: Sequence[int]) -> str:
        return " ".join(lines[index] for index in indices)

    return Aligned(
        hypothesis.name,
        tuple(join(hypothesis.lines, ours_at) for ours_at, _ in groups),
        tuple(tuple(join(reference.lines, at) for _, at in groups) for reference in references),
        tuple(join(theirs, at) for _, at in groups),
        tuple(first.documents[at[0]] for _, at in groups) if first.documents else None,
        sum(len(at) for _, at in groups),
        len(right),
        findings,
        tuple(at for _, at in groups),
    )


Group = tuple[tuple[int, ...], tuple[int, ...]]


def _single(left: Sequence[str], right: Sequence[str]) -> list[Group]:
    """Pairs of one line each, twins in their order."""
    waiting: dict[str, deque[int]] = defaultdict(deque)
    for index, letters in enumerate(left):
        waiting[letters].append(index)
    groups: list[Group] = []
    for index, letters in enumerate(right):
        if letters and waiting[letters]:
            groups.append(((waiting[letters].popleft(),), (index,)))
    return groups


def _joined(left: Sequence[str], right: Sequence[str], groups: Sequence[Group]) -> list[Group]:
    """Lines that are several of the other side, one after another."""
    free_left = set(range(len(left))) - {index for at, _ in groups for index in at}
    free_right = set(range(len(right))) - {index for _, at in groups for index in at}
    found: list[Group] = []
    for index in sorted(free_right):
        run = _run_that_makes(right[index], left, free_left)
        if run:
            found.append((run, (index,)))
            free_left -= set(run)
    free_right -= {index for _, at in found for index in at}
    for index in sorted(free_left):
        run = _run_that_makes(left[index], right, free_right)
        if run:
            found.append(((index,), run))
            free_right -= set(run)
    return found


def _run_that_makes(whole: str, parts: Sequence[str], free: set[int]) -> tuple[int, ...]:
    if not whole:
        return ()
    for start in sorted(free):
        text = ""
        for index in range(start, min(start + MOST_JOINED, len(parts))):
            text += parts[index]
            if index not in free or not whole.startswith(text):
                break
            if text == whole:
                return tuple(range(start, index + 1))
    return ()


def _unmatched(hypothesis: Text, reference: Text, groups: Sequence[Group]) -> tuple[Finding, ...]:
    left = {index for at, _ in groups for index in at}
    right = {index for _, at in groups for index in at}
    assert hypothesis.sources is not None and reference.sources is not None
    findings = [
        Finding(
            "reference-unmatched",
            Severity.WARNING,
            f"has no segment in {hypothesis.name}, so it is not scored: {_short(reference.sources[index])}",
            reference.name,
            reference.number(index),
            mend="see whether reading left it out or split it otherwise",
        )
        for index in range(len(reference.lines))
        if index not in right
    ]
    findings += [
        Finding(
            "hypothesis-unmatched",
            Severity.NOTE,
            f"is in no line of {reference.name}, so it is not scored: {_short(hypothesis.sources[index])}",
            hypothesis.name,
            hypothesis.number(index),
        )
        for index in range(len(hypothesis.lines))
        if index not in left
    ]
    return tuple(findings)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
