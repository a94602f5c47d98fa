"""Verify: is each fixed term of the source in the English, and in which form?"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bulletin.glossary.entry import TermMatch
from bulletin.glossary.gender import in_gender
from bulletin.language.syllables import strip_diacritics
from bulletin.terminology.occurrence import Status
from bulletin.terminology.variation import kernel, varied


@dataclass(frozen=True, slots=True)
class Rendering:
    """Where a term stands in the English (offsets in characters; -1 and -1 where it does not).

    ``shared`` says that it shares words with another term, and stands at what it has for itself
    (``provincial`` in ``provincial and municipal People's Committees``).
    """

    status: Status
    start: int = -1
    end: int = -1
    shared: bool = False

    @property
    def right(self) -> bool:
        """Whether the term came out as the house writes it, or in a form the house accepts."""
        return self.status in {Status.EXACT, Status.ACCEPTED}


ABSENT = Rendering(Status.MISSING)


@dataclass(frozen=True, slots=True)
class _Hit:
    """A place where a form stands; ``own`` are the stretches that it takes from other terms."""

    start: int
    end: int
    own: tuple[tuple[int, int], ...]
    shared: bool = False


_Hits = Sequence[Sequence[_Hit]]


def verify(english: str, matches: Sequence[TermMatch]) -> tuple[Rendering, ...]:
    """Find each match's rendering in ``english``; rendering i belongs to match i.

    Each stretch of the English answers for one match only: longer forms are placed first, so that
    ``Party Central Committee`` is not found inside ``Party Central Committee's Office`` when the
    source names both. Exact means the house's form as written (a capital first letter aside);
    accepted covers the entry's accepted forms, and all of them in other case or number, with other
    hyphens and inner articles, and sharing a head or an owner with another term.
    """
    exact = [_hits(english, [form_pattern(match.target)]) for match in matches]
    found, taken = _exact_first(english, matches, exact)
    if not all(rendering.right for rendering in found):
        others, also_taken = _longest_first(english, matches, exact)
        # an accepted form may hold another term's exact one: Chairwoman of the National Assembly
        if sum(each.right for each in others) > sum(each.right for each in found):
            found, taken = others, also_taken
    for index in _by_length(matches):
        if not found[index].right:
            hit = _free(_hits(english, _forbidden_forms(matches[index])), taken)
            if hit is not None:
                taken += hit.own
                found[index] = Rendering(Status.FORBIDDEN, hit.start, hit.end)
    return tuple(found)


def _by_length(matches: Sequence[TermMatch]) -> list[int]:
    return sorted(range(len(matches)), key=lambda i: (-len(matches[i].target), matches[i].start))


def _exact_first(
    english: str, matches: Sequence[TermMatch], exact: _Hits
) -> tuple[list[Rendering], list[tuple[int, int]]]:
    """Place what stands exactly, then the rest, by the length of the house's forms."""
    found: list[Rendering] = [ABSENT] * len(matches)
    taken: list[tuple[int, int]] = []
    for index in _by_length(matches):
        _take(index, Status.EXACT, _free(exact[index], taken), found, taken)
    for index in _by_length(matches):
        if not found[index].right:
            _take(index, Status.ACCEPTED, _free(_accepted(english, matches[index]), taken), found, taken)
    return found, taken


def _longest_first(
    english: str, matches: Sequence[TermMatch], exact: _Hits
) -> tuple[list[Rendering], list[tuple[int, int]]]:
    """Place by the length of what stands in the English, exact or accepted."""
    found: list[Rendering] = [ABSENT] * len(matches)
    taken: list[tuple[int, int]] = []
    accepted = [
        () if exact[index] else _longest(_accepted(english, match)) for index, match in enumerate(matches)
    ]
    first = [(exact[index] or accepted[index] or (None,))[0] for index in range(len(matches))]
    order = sorted(
        (index for index, hit in enumerate(first) if hit is not None),
        key=lambda i: (first[i].start - first[i].end, not exact[i], matches[i].start),  # type: ignore[union-attr]
    )
    for index in order:
        hit = _free(exact[index], taken)
        if hit is not None:
            _take(index, Status.EXACT, hit, found, taken)
            continue
        hits = accepted[index] or _longest(_accepted(english, matches[index]))
        _take(index, Status.ACCEPTED, _free(hits, taken), found, taken)
    return found, taken


def _take(
    index: int, status: Status, hit: _Hit | None, found: list[Rendering], taken: list[tuple[int, int]]
) -> None:
    if hit is not None:
        taken += hit.own
        found[index] = Rendering(status, hit.start, hit.end, hit.shared)


def _longest(hits: Iterable[_Hit]) -> tuple[_Hit, ...]:
    return tuple(sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)))


@functools.lru_cache(maxsize=16384)
def form_pattern(form: str) -> re.Pattern[str]:
    """A pattern for one English form as written: straight or curled apostrophes, any white space.

    Only the first letter may be capital where the form's is not.
    """
    body = re.escape(form).replace(r"\ ", r"\s+").replace("'", "['’]")
    if form[:1].islower():
        body = f"[{form[0]}{form[0].upper()}]" + body[len(re.escape(form[0])) :]
    return re.compile(rf"(?<![\w]){body}(?![\w])")


def _accepted(english: str, match: TermMatch) -> tuple[_Hit, ...]:
    """Where accepted forms stand as written, then the house's form and they as English varies them.

    Forms but names are also found with Vietnamese marks or without: the Ho Chi Minh, Hồ Chí Minh.
    """
    forms = [_bare(form) for form in match.accepted if form]
    written = _hits(english, map(form_pattern, forms))
    if match.kind == "name":
        return written
    plain, forms = strip_diacritics(english), [match.target, *forms]
    if len(plain) == len(english):
        english, forms = plain, [strip_diacritics(form) for form in forms]
    text = english.casefold()
    loose = match.kind not in {"date", "figure"}
    possible = [form for form in forms if kernel(form) in text]
    hits = _hits(english, (pattern for form in possible for pattern in varied(form, plural=loose)))
    # variation takes a chairman for a chairwoman; where it is known which, one of them is wrong
    return written + tuple(h for h in hits if in_gender(english[h.start : h.end], match.gender))


def _forbidden_forms(match: TermMatch) -> list[re.Pattern[str]]:
    return [p for form in match.forbidden if form for p in varied(_bare(form), plural=False)]


def _bare(form: str) -> str:
    return form.removeprefix("the ")


def _hits(english: str, patterns: Iterable[re.Pattern[str]]) -> tuple[_Hit, ...]:
    """Where patterns stand, in their order."""
    return tuple(_hit(found) for pattern in patterns for found in pattern.finditer(english))


def _hit(found: re.Match[str]) -> _Hit:
    groups = found.re.groupindex
    if "own" in groups:
        start, end = found.span("own")
        return _Hit(start, end, ((start, end),), True)
    start, end = found.span()
    own, at = [], start
    # what the form does not have itself, the name of a place, is left to others
    for gap_start, gap_end in sorted(found.span(name) for name in groups if found.start(name) >= 0):
        own.append((at, gap_start))
        at = gap_end
    return _Hit(start, end, (*own, (at, end)))


def _free(hits: Iterable[_Hit], taken: Sequence[tuple[int, int]]) -> _Hit | None:
    """The first place that no other term has."""
    for hit in hits:
        if not any(start < b and end > a for start, end in hit.own for a, b in taken):
            return hit
    return None
