"""Forms that the house never writes, looked for in English that has no source beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bulletin.checking.pair import Pair
from bulletin.finding import Finding, Severity
from bulletin.glossary.layers import Glossary
from bulletin.glossary.matcher import without_article


@dataclass(frozen=True, slots=True)
class WrongForms:
    """Known wrong renderings of several words, each with the house's form of its entry."""

    right: dict[str, str]
    pattern: re.Pattern[str]


def wrong_forms(glossary: Glossary, style: str) -> WrongForms:
    """The glossary's forbidden forms that can be judged by themselves.

    A form of one word is not enough to go by, nor is one that is right for another entry, or that
    stands inside a right form.
    """
    right = [
        without_article(form)[0].casefold()
        for entry in glossary.entries
        for form in (*entry.english.values(), *entry.accepted, entry.plural, entry.feminine, entry.short)
        if form
    ]
    text = "\n".join(right)
    found: dict[str, str] = {}
    for entry in glossary.entries:
        for forbidden in entry.forbidden:
            form = without_article(forbidden)[0]
            if " " in form and form.casefold() not in text:
                found.setdefault(form, entry.form(style))
    longest_first = sorted(found, key=lambda form: (-len(form), form))
    alternatives = "|".join(re.escape(form) for form in longest_first) or r"(?!)"
    return WrongForms(found, re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)"))


def wrong_form_findings(pair: Pair, wrong: WrongForms) -> Iterator[Finding]:
    """``term-forbidden``, where the segment has no source to say which term is meant."""
    for found in wrong.pattern.finditer(pair.english):
        yield Finding(
            "term-forbidden",
            Severity.WARNING,
            f"{found[0]!r} is not what the house writes",
            line=pair.line,
            segment=pair.segment,
            mend=f"if this is {wrong.right[found[0]]!r}, write that",
        )
