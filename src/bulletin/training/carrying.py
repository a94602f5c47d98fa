"""Term carrying: a source span is replaced by its English between marks, so that a model learns to carry it.

After Dinu et al. (2019) and Bergmanis and Pinnis (2021), with whole-span replacement and random
substitutes: a share of the terms given are not what the source said, and the target follows them, so
that the model obeys what is given instead of remembering.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bulletin.training.pairs import Pair
from bulletin.training.spans import DATE, FIGURE, MONTHS, NAME, Span
from bulletin.translation.engine import TERM_CLOSE, TERM_OPEN

_VOWEL = re.compile(r"[aeiou]", re.IGNORECASE)
_ARTICLE_BEFORE = re.compile(r"(?<!\w)(a|an|A|An) $")


@dataclass(frozen=True, slots=True)
class Carrying:
    """How often: the share of pairs, of those with every span given, and of spans with another English."""

    share: float = 0.55
    every: float = 0.45
    substitutes: float = 0.2
    most: int = 10


@dataclass(frozen=True, slots=True)
class Substitutes:
    """English to give in the place of what the source says: names, and terms with and without capitals."""

    names: Sequence[str] = ()
    capitalised: Sequence[str] = ()
    lower: Sequence[str] = ()

    def pick(self, span: Span, rng: random.Random) -> str | None:
        """Return another English of the same kind as ``span``, or None where there is none."""
        if span.kind == DATE:
            month = rng.choice(MONTHS)
            if not re.search(r"\d", span.given):
                return month
            day = (
                f"{month} {rng.randint(1, 31)}"
                if re.match(r"[A-Z][a-z]+ \d{1,2}(?!\d)", span.given)
                else month
            )
            year = re.search(r"\d{4}$", span.given)
            joint = ", " if ", " in span.given else " "
            return f"{day}{joint}{rng.randint(1930, 2035)}" if year else day
        if span.kind == FIGURE:
            return re.sub(
                r"\d", lambda digit: str(rng.randint(1 if digit.start() == 0 else 0, 9)), span.given
            )
        if span.kind == NAME:
            pool = self.names
        else:
            pool = self.capitalised if span.given[:1].isupper() else self.lower
        return rng.choice(pool) if pool else None


def carry(
    pair: Pair, spans: Sequence[Span], settings: Carrying, substitutes: Substitutes, rng: random.Random
) -> Pair:
    """Return ``pair``, in ``settings.share`` of cases with some or all of ``spans`` carried in its source.

    What is given between the marks always stands in the returned target, bare. A source that holds a
    mark already is returned as it is.
    """
    if not spans or rng.random() >= settings.share or TERM_OPEN in pair.source or TERM_CLOSE in pair.source:
        return pair
    count = len(spans) if rng.random() < settings.every else rng.randint(1, len(spans))
    chosen = rng.sample(list(spans), min(count, settings.most))
    replaced: list[tuple[Span, str, str]] = []
    for span in chosen:
        given, written = span.given, pair.target[span.target_start : span.target_end]
        if rng.random() < settings.substitutes and (other := substitutes.pick(span, rng)):
            given = written = other
            if span.target_start == 0 and span.given[:1].islower():
                written = other[0].upper() + other[1:]
        replaced.append((span, given, written))
    return Pair(_given(pair.source, replaced), _written(pair.target, replaced))


def _given(source: str, replaced: Sequence[tuple[Span, str, str]]) -> str:
    for span, given, _ in sorted(replaced, key=lambda item: -item[0].start):
        source = f"{source[: span.start]}{TERM_OPEN}{given}{TERM_CLOSE}{source[span.end :]}"
    return source


def _written(target: str, replaced: Sequence[tuple[Span, str, str]]) -> str:
    for span, _, written in sorted(replaced, key=lambda item: -item[0].target_start):
        before = target[: span.target_start]
        if written != target[span.target_start : span.target_end]:
            before = _with_article(before, written)
        target = f"{before}{written}{target[span.target_end :]}"
    return target


def _with_article(before: str, word: str) -> str:
    """Return the text before ``word`` with its ``a`` or ``an`` fitted to it."""
    found = _ARTICLE_BEFORE.search(before)
    if not found:
        return before
    return before[: found.start() + 1] + ("n " if _VOWEL.match(word) else " ")
