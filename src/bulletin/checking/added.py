"""What the English has of its own: clauses that its source does nothing for.

A translation model reads the English beside its source, and beside none. A clause that translates
something is far likelier with its source; one that does not is hardly likelier, or less. The mean
difference over a clause's pieces is their pointwise mutual information with the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.checking.pair import Document
from bulletin.checking.reader import Reader, Span, joined_spans, shown, spans_between, worth_reading
from bulletin.finding import Finding, Severity
from bulletin.translation.engine import Reading

BORNE_OUT = 0.8
"""A clause counts as translated when its source makes it likelier by this many nats a piece."""

_NO_SOURCE = "."
_WORDS = 3
_TELLING = re.compile(r"\b[^\W\d_]{4,}")
_BEGINS = re.compile(
    r"(?<=[,;:])\s+|\s+(?=(?:and|which|who|while|but|in order to|so as to)\s)", re.IGNORECASE
)


def clauses_of(english: str) -> tuple[Span, ...]:
    """The parts of an English sentence that are asked for, as offsets.

    They have three words at least, two of them of four letters: ``and so on`` says nothing of its own.
    """
    return tuple(
        span
        for span in spans_between(_BEGINS, english)
        if len(english[slice(*span)].split()) >= _WORDS and len(_TELLING.findall(english, *span)) > 1
    )


def added_findings(document: Document, reader: Reader, *, only: str = "") -> Iterator[Finding]:
    """``clause-added``: a part of the English that its source does not seem to say.

    ``only`` names the one segment to look at; all where empty. What stands in another source of the same
    block is not added. A segment too long to be read is told of by ``omitted_findings``.
    """
    asked = [
        pair
        for pair in document.pairs
        if only in ("", pair.segment)
        and pair.source.strip()
        and worth_reading(pair)
        and clauses_of(pair.english)
    ]
    with_source = reader([(pair.source, pair.english) for pair in asked]) if asked else ()
    with_none = reader([(_NO_SOURCE, pair.english) for pair in asked]) if asked else ()
    for pair, own, none in zip(asked, with_source, with_none, strict=True):
        spans = [span for span in clauses_of(pair.english) if not _borne_out(own, none, span)]
        others = [other.source for other in document.pairs if other.block == pair.block and other is not pair]
        for other in reader([(source, pair.english) for source in others]) if spans and others else ():
            spans = [span for span in spans if not _borne_out(other, none, span)]
        for start, end in joined_spans(pair.english, spans):
            yield pair.finding(
                "clause-added",
                Severity.WARNING,
                f"the source does not seem to say {shown(pair.english[start:end])!r}",
                "see whether the source says it in other words; if not, take it out",
            )


def _borne_out(own: Reading, none: Reading, span: Span) -> bool:
    """Whether a source makes a clause likelier than none does; what could not be read is not doubted."""
    gained = [here - there for here, there in zip(own.within(*span), none.within(*span), strict=False)]
    return not gained or sum(gained) / len(gained) >= BORNE_OUT
