"""What the English leaves out: parts of a sentence without which it is as likely as with them.

Contrastive conditioning (Vamvas & Sennrich 2022): a translation model reads the English beside its
source, and beside the source without one of its parts. Where a part is told in the English, taking it
away makes the English far less likely; where it is not told, hardly or not at all.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bulletin.checking.pair import Document, Pair
from bulletin.checking.reader import Reader, Span, joined_spans, shown, spans_between, worth_reading
from bulletin.finding import Finding, Severity

TOLD = 1.0
"""A part counts as told when the English loses at least this many nats with it (see the benchmark)."""

_SYLLABLES = 3
# where a part of a sentence begins: behind a mark, or at a word that opens a clause or a further item
_BEGINS = re.compile(
    r"(?<=[,;:])\s+"
    r"|\s+(?=(?:và|nhằm|để|nhưng|đồng thời|trong đó|nhất là|góp phần|qua đó|từ đó|trên cơ sở)\s)",
    re.IGNORECASE,
)
_BEFORE_MARK = re.compile(r"\s+(?=[,;:.])")
_MARKS = re.compile(r"[,;:](?=\s*[,;:.])|[,;:]\s*$")


@dataclass(frozen=True, slots=True)
class _Question:
    """Whether ``english`` tells the part ``span`` of ``source``."""

    source: str
    english: str
    span: Span

    @property
    def without(self) -> str:
        return without(self.source, *self.span)


def parts_of(source: str) -> tuple[Span, ...]:
    """The parts of a Vietnamese sentence that are asked for, as offsets: three syllables at least."""
    spans = spans_between(_BEGINS, source)
    if len(spans) < 2:
        return ()
    return tuple(span for span in spans if len(source[slice(*span)].split()) >= _SYLLABLES)


def without(source: str, start: int, end: int) -> str:
    """The sentence without one part, its marks set in order."""
    rest = f"{source[:start].rstrip()} {source[end:].lstrip()}".strip()
    ending = rest[-1:] if rest[-1:] in ".!?…" else ""
    rest = _MARKS.sub("", _BEFORE_MARK.sub("", rest)).strip()
    return rest if ending or source.rstrip()[-1:] not in ".!?" else rest + source.rstrip()[-1]


def omitted_findings(document: Document, reader: Reader, *, only: str = "") -> Iterator[Finding]:
    """``clause-omitted``: a part of a source sentence that the English does not seem to tell.

    ``only`` names the one segment to look at; all where empty.

    What is not told in a segment may be told by its neighbours in the same block: they are asked before
    anything is said. A segment that is too long for the model is a note, so that nothing passes unread.
    """
    asked = [pair for pair in document.pairs if only in ("", pair.segment) and worth_reading(pair)]
    questions = [
        [_Question(pair.source, pair.english, span) for span in parts_of(pair.source)] for pair in asked
    ]
    answers = _ask([question for some in questions for question in some], reader)
    doubtful: list[tuple[Pair, list[Span]]] = []
    for pair, some in zip(asked, questions, strict=True):
        losses = [answers[question] for question in some]
        if any(math.isnan(loss) for loss in losses):
            yield pair.finding(
                "clause-omitted",
                Severity.NOTE,
                "the segment is too long for the model, and was not read for what is left out",
                "cut it, or read it yourself",
            )
            continue
        open_spans = [question.span for question, loss in zip(some, losses, strict=True) if loss < TOLD]
        if open_spans:
            doubtful.append((pair, open_spans))
    for pair, spans in _not_told_nearby(document, doubtful, reader):
        for start, end in joined_spans(pair.source, spans):
            yield pair.finding(
                "clause-omitted",
                Severity.WARNING,
                f"the English does not seem to say {shown(pair.source[start:end])!r}",
                "see whether it is said in other words; if not, add it",
            )


def _ask(questions: Sequence[_Question], reader: Reader) -> dict[_Question, float]:
    """How many nats the English loses when the part is taken from the source."""
    wholes = list(dict.fromkeys((question.source, question.english) for question in questions))
    pairs = [*wholes, *((question.without, question.english) for question in questions)]
    values = [reading.total for reading in reader(pairs)] if pairs else []
    known = dict(zip(wholes, values, strict=False))
    return {
        question: known[question.source, question.english] - value
        for question, value in zip(questions, values[len(wholes) :], strict=True)
    }


def _not_told_nearby(
    document: Document, doubtful: Sequence[tuple[Pair, list[Span]]], reader: Reader
) -> Iterator[tuple[Pair, list[Span]]]:
    """What no neighbour in the block tells either.

    The part is put behind the neighbour's source: where the neighbour's English tells it, that helps.
    """
    blocks = {number: list(pairs) for number, pairs in groupby(document.pairs, key=lambda pair: pair.block)}
    asked = {
        (index, span): [
            _moved(pair.source[slice(*span)], other)
            for other in blocks[pair.block]
            if other is not pair and other.english.strip()
        ]
        for index, (pair, spans) in enumerate(doubtful)
        for span in spans
    }
    answers = _ask([question for some in asked.values() for question in some], reader)
    for index, (pair, spans) in enumerate(doubtful):
        kept = [span for span in spans if not any(answers[each] >= TOLD for each in asked[index, span])]
        if kept:
            yield pair, kept


def _moved(part: str, neighbour: Pair) -> _Question:
    """Whether ``neighbour`` tells a part that is not in its source."""
    source = neighbour.source.rstrip(" .")
    text = part.rstrip(" ,;:")
    return _Question(f"{source}, {text}.", neighbour.english, (len(source) + 2, len(source) + 2 + len(text)))
