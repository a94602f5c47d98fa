"""How fixed terms came out, by the measures of the terminology tasks of the machine translation conference.

Term success, window overlap, 1-TERm and consistency are after Anastasopoulos and others (2021), "On
the Evaluation of Machine Translation for Terminology Consistency", and Alam and others (2021),
"Findings of the WMT Shared Task on Machine Translation Using Terminologies".
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bulletin.glossary.entry import TermMatch
from bulletin.scoring.edits import DELETE, KEEP, edit_script
from bulletin.terminology.occurrence import Status
from bulletin.terminology.verify import Rendering, verify

WINDOWS = (2, 3)
TERM_WEIGHT = 2
"""What an edit of a reference word costs that belongs to a term; other edits cost 1."""

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_FUNCTION_WORDS = frozenset(
    "a an and are as at be been by for from had has have he her his in into is it its not of on or our she"
    " so than that the their them there they this to was we were which who will with".split()
)


@dataclass(frozen=True, slots=True)
class MissedTerm:
    """A term that did not come out.

    ``segment`` counts from 0; ``target`` is what the house writes, ``found`` what stands, if anything.
    """

    segment: int
    source: str
    target: str
    found: str

    def as_dict(self) -> dict[str, Any]:
        """The term for JSON, its segment counted from 1."""
        return {
            "segment": self.segment + 1,
            "source": self.source,
            "target": self.target,
            "found": self.found,
        }


@dataclass(frozen=True, slots=True)
class TermScores:
    """Terms of one system.

    ``exact`` and ``accepted`` count occurrences, out of ``total``. ``windows`` gives for each width
    the overlap in per cent of the content words beside a term with those beside it in the
    reference; ``one_minus_term`` is 100 (1 - TERm); ``consistency`` is over the ``repeated``
    occurrences of terms that a document repeats. Each is None where there is nothing to measure.
    """

    total: int
    exact: int
    accepted: int
    missed: tuple[MissedTerm, ...]
    windows: tuple[tuple[int, float | None], ...]
    one_minus_term: float | None
    consistency: float | None
    repeated: int

    @property
    def exact_rate(self) -> float | None:
        """Occurrences that came out exactly as the house writes them, in per cent."""
        return 100 * self.exact / self.total if self.total else None

    @property
    def rate(self) -> float | None:
        """Occurrences that came out exactly or in an accepted form, in per cent."""
        return 100 * (self.exact + self.accepted) / self.total if self.total else None

    def as_dict(self) -> dict[str, Any]:
        """The terms for JSON."""
        return {
            "total": self.total,
            "exact": self.exact,
            "accepted": self.accepted,
            "rate": self.rate,
            "exact_rate": self.exact_rate,
            "window_overlap": {str(width): value for width, value in self.windows},
            "one_minus_term": self.one_minus_term,
            "consistency": self.consistency,
            "repeated": self.repeated,
            "missed": [each.as_dict() for each in self.missed],
        }


def term_scores(
    matches: Sequence[Sequence[TermMatch]],
    hypotheses: Sequence[str],
    references: Sequence[str],
    documents: Sequence[str] | None = None,
) -> TermScores:
    """Measure the terms of each segment in its hypothesis; ``matches[i]`` are those of segment i.

    Whether a term came out is decided as everywhere in bulletin: a stretch of English answers for
    one term only, the first letter may be capital, and an accepted form counts as accepted.
    """
    ours = [verify(text, terms) for text, terms in zip(hypotheses, matches, strict=True)]
    theirs = [verify(text, terms) for text, terms in zip(references, matches, strict=True)]
    statuses = Counter(rendering.status for found in ours for rendering in found)
    missed = tuple(
        MissedTerm(
            index,
            term.source,
            term.target,
            hypotheses[index][rendering.start : rendering.end] if rendering.start >= 0 else "",
        )
        for index, terms in enumerate(matches)
        for term, rendering in zip(terms, ours[index], strict=True)
        if not rendering.right
    )
    consistency, repeated = _consistency(matches, hypotheses, ours, documents)
    return TermScores(
        sum(statuses.values()),
        statuses[Status.EXACT],
        statuses[Status.ACCEPTED],
        missed,
        tuple((width, _window_overlap(width, hypotheses, references, ours, theirs)) for width in WINDOWS),
        _one_minus_term(hypotheses, references, theirs),
        consistency,
        repeated,
    )


Renderings = Sequence[Sequence[Rendering]]


def _window_overlap(
    width: int, hypotheses: Sequence[str], references: Sequence[str], ours: Renderings, theirs: Renderings
) -> float | None:
    """Mean share of the content words beside a term in the reference that stand beside it in the hypothesis.

    Over the terms that came out in both.
    """
    shares = []
    for hypothesis, reference, found, expected in zip(hypotheses, references, ours, theirs, strict=True):
        for here, there in zip(found, expected, strict=True):
            if here.right and there.right:
                wanted = _beside(reference, there, width)
                if wanted:
                    common = wanted & _beside(hypothesis, here, width)
                    shares.append(common.total() / wanted.total())
    return 100 * sum(shares) / len(shares) if shares else None


def _beside(text: str, rendering: Rendering, width: int) -> Counter[str]:
    left = _content_words(text[: rendering.start])[-width:]
    return Counter(left + _content_words(text[rendering.end :])[:width])


def _content_words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if word not in _FUNCTION_WORDS]


def _one_minus_term(hypotheses: Sequence[str], references: Sequence[str], theirs: Renderings) -> float | None:
    """100 (1 - TERm), over the segments whose reference has a term.

    TERm is TER with its shifts, in which inserting or replacing a word of a term costs TERM_WEIGHT,
    divided by the reference's words, each counted with its weight.
    """
    edits, length = 0, 0
    for hypothesis, reference, found in zip(hypotheses, references, theirs, strict=True):
        weights = _weights(reference, found)
        if TERM_WEIGHT in weights:
            edits += _weighted_edits(hypothesis.lower().split(), reference.lower().split(), weights)
            length += sum(weights)
    return 100 * (1 - edits / length) if length else None


def _weights(reference: str, found: Sequence[Rendering]) -> list[int]:
    spans = [(rendering.start, rendering.end) for rendering in found if rendering.right]
    return [
        TERM_WEIGHT if any(word.start() < end and word.end() > start for start, end in spans) else 1
        for word in re.finditer(r"\S+", reference)
    ]


def _weighted_edits(hypothesis: list[str], reference: list[str], weights: list[int]) -> int:
    edits, script = edit_script(hypothesis, reference)
    place = 0
    for step in script:
        if step == DELETE:
            edits += 1
            continue
        if step != KEEP:
            edits += weights[place]
        place += 1
    return edits


def _consistency(
    matches: Sequence[Sequence[TermMatch]],
    hypotheses: Sequence[str],
    ours: Renderings,
    documents: Sequence[str] | None,
) -> tuple[float | None, int]:
    """The share of a repeated term's occurrences that are rendered as it mostly is, and their number.

    An occurrence that did not come out counts against it.
    """
    forms: dict[tuple[str, str], list[str]] = defaultdict(list)
    for index, terms in enumerate(matches):
        document = documents[index] if documents else ""
        for term, rendering in zip(terms, ours[index], strict=True):
            form = hypotheses[index][rendering.start : rendering.end] if rendering.start >= 0 else ""
            forms[document, term.id + term.source.casefold()].append(" ".join(form.casefold().split()))
    repeated = [found for found in forms.values() if len(found) > 1]
    total = sum(len(found) for found in repeated)
    alike = sum(max(Counter(form for form in found if form).values(), default=0) for found in repeated)
    return (100 * alike / total if total else None), total
