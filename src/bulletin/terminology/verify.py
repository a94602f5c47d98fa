"""Verify: is each fixed term of the source in the English, and in which form?"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bulletin.glossary.entry import TermMatch
from bulletin.terminology.occurrence import Status
from bulletin.terminology.variation import varied


@dataclass(frozen=True, slots=True)
class Rendering:
    """Where a term stands in the English (offsets in characters; -1 and -1 where it does not)."""

    status: Status
    start: int = -1
    end: int = -1

    @property
    def right(self) -> bool:
        """Whether the term came out as the house writes it, or in a form the house accepts."""
        return self.status in {Status.EXACT, Status.ACCEPTED}


ABSENT = Rendering(Status.MISSING)


def verify(english: str, matches: Sequence[TermMatch]) -> tuple[Rendering, ...]:
    """Find each match's rendering in ``english``; rendering i belongs to match i.

    Each stretch of the English answers for one match only: longer forms are placed first, so that
    ``Party Central Committee`` is not found inside ``Party Central Committee's Office`` when the
    source names both. Exact means the house's form as written (a capital first letter aside);
    accepted covers the entry's accepted forms, and all of them in other case or number, with other
    hyphens and inner articles, and sharing a head or an owner with another term.
    """
    found: list[Rendering] = [ABSENT] * len(matches)
    taken: list[tuple[int, int]] = []
    order = sorted(range(len(matches)), key=lambda i: (-len(matches[i].target), matches[i].start))
    for status, forms in ((Status.EXACT, _exact_forms), (Status.ACCEPTED, _accepted_forms)):
        for index in order:
            if found[index].right:
                continue
            span = _first_free(english, forms(matches[index]), taken)
            if span is not None:
                taken.append(span)
                found[index] = Rendering(status, *span)
    for index in order:
        if not found[index].right:
            span = _first_free(english, _forbidden_forms(matches[index]), taken)
            if span is not None:
                taken.append(span)
                found[index] = Rendering(Status.FORBIDDEN, *span)
    return tuple(found)


@functools.lru_cache(maxsize=16384)
def form_pattern(form: str) -> re.Pattern[str]:
    """A pattern for one English form as written: straight or curled apostrophes, any white space.

    Only the first letter may be capital where the form's is not.
    """
    body = re.escape(form).replace(r"\ ", r"\s+").replace("'", "['’]")
    if form[:1].islower():
        body = f"[{form[0]}{form[0].upper()}]" + body[len(re.escape(form[0])) :]
    return re.compile(rf"(?<![\w]){body}(?![\w])")


def _exact_forms(match: TermMatch) -> list[re.Pattern[str]]:
    return [form_pattern(match.target)]


def _accepted_forms(match: TermMatch) -> list[re.Pattern[str]]:
    """The accepted forms as written, then the house's form and they as English varies them."""
    forms = [_bare(form) for form in match.accepted if form]
    patterns = [form_pattern(form) for form in forms]
    if match.kind == "name":
        return patterns
    loose = match.kind not in {"date", "figure"}
    return patterns + [p for form in (match.target, *forms) for p in varied(form, plural=loose)]


def _forbidden_forms(match: TermMatch) -> list[re.Pattern[str]]:
    return [p for form in match.forbidden if form for p in varied(_bare(form), plural=False)]


def _bare(form: str) -> str:
    return form.removeprefix("the ")


def _first_free(
    english: str, patterns: Sequence[re.Pattern[str]], taken: Sequence[tuple[int, int]]
) -> tuple[int, int] | None:
    for pattern in patterns:
        for hit in pattern.finditer(english):
            start, end = hit.span()
            if not any(start < other_end and end > other_start for other_start, other_end in taken):
                return start, end
    return None
