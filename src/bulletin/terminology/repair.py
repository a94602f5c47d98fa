"""Repair: what decoding left wrong, mended in the English itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bulletin.glossary.entry import TermMatch
from bulletin.language.syllables import strip_diacritics
from bulletin.terminology.occurrence import Status
from bulletin.terminology.verify import Rendering, form_pattern, verify

_DETERMINED = re.compile(
    r"(?:\b(?:the|a|an|this|that|these|those|its|his|her|their|our|each|every|no|any|all|some|"
    r"former|then|new|acting|incumbent)|['’]s|\d)\s+$",
    re.I,
)
_DOUBLED_ARTICLE = re.compile(r"\b(the|a|an)\s+(?=(?:the|a|an)\s)", re.I)


def mend_form(english: str, matches: Sequence[TermMatch]) -> str:
    """Write titles and institutions as the house writes them where a lesser form of theirs stands.

    Lesser means in other case, or with words left out (``Permanent Member of the Secretariat``). Other
    accepted forms, plurals among them, are the sentence's own choice; so is the case of set phrases.
    """
    for match, rendering in zip(matches, verify(english, matches), strict=True):
        if rendering.status is not Status.ACCEPTED or match.kind in {"phrase", "date", "figure", "name"}:
            continue
        if rendering.shared:
            continue
        found = english[rendering.start : rendering.end]
        if found != match.target and _is_reduced(found, match.target):
            mended = english[: rendering.start] + match.target + english[rendering.end :]
            before, after = verify(english, matches), verify(mended, matches)
            # a longer form may lie over another term: only where all that stood still stand
            if all(now.right for was, now in zip(before, after, strict=True) if was.right):
                english = mended
    return english


def _is_reduced(form: str, target: str) -> bool:
    """Whether the words of ``form`` are words of ``target`` in their order, whatever case and marks."""
    words = iter(strip_diacritics(target).casefold().split())
    return all(word in words for word in strip_diacritics(form).casefold().split())


def replace_forbidden(english: str, match: TermMatch, rendering: Rendering) -> str:
    """Put the house's form where a form known to be wrong stands."""
    return _put(english, rendering.start, rendering.end, match)


def replace_aligned(
    english: str,
    match: TermMatch,
    span: tuple[int, int],
    alignment: Sequence[tuple[int, int]],
    others: Sequence[Rendering],
) -> str | None:
    """Put the house's form over the words that the engine wrote for the term, or give None.

    ``span`` is where the term stands in the string the engine read; ``alignment`` pairs source and
    target offsets. The words replaced are the longest run of aligned ones that touches none of
    ``others``, the renderings that are right already.
    """
    hit = {target for source, target in alignment if span[0] <= source < span[1]}
    words = [word.span() for word in re.finditer(r"[^\s,;:.()\"“”]+", english)]
    aligned = [any(start <= offset < end for offset in hit) for start, end in words]
    free = [not any(start < r.end and end > r.start for r in others if r.start >= 0) for start, end in words]
    runs = _runs([a and f for a, f in zip(aligned, free, strict=True)])
    if not runs:
        return None
    first, last = max(runs, key=lambda run: run[1] - run[0])
    if last - first > 3 * (len(match.target.split()) + 1):
        return None  # attention that wanders over the sentence is no alignment
    start, end = words[first][0], words[last][1]
    if re.search(r"[,;:.()]", english[start:end]):
        return None  # a term does not run over the end of a clause
    return _put(english, start, end, match)


def _runs(flags: Sequence[bool]) -> list[tuple[int, int]]:
    """The (first, last) index of each run of true flags, one false between two of them allowed."""
    runs: list[tuple[int, int]] = []
    for index, flag in enumerate(flags):
        if not flag:
            continue
        if runs and index - runs[-1][1] <= 1:
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    return runs


def _put(english: str, start: int, end: int, match: TermMatch) -> str:
    before, after = english[:start], english[end:]
    replaced = english[start:end]
    text = match.target
    took_article = re.match(r"(?i)the\s", replaced) is not None
    if (took_article or match.article) and not _DETERMINED.search(before):
        text = ("The " if not before.strip() else "the ") + text
    elif not before.strip():
        text = text[:1].upper() + text[1:]
    joined = before + text + after
    return _DOUBLED_ARTICLE.sub("", joined)


def drop_doubled(english: str, matches: Sequence[TermMatch]) -> str:
    """Take out a term that a weak engine wrote twice in a row (``Politburo member Politburo member``).

    Only an immediate repetition is taken out, and only of a form of at least two words.
    """
    for form in {match.target for match in matches if " " in match.target}:
        body = form_pattern(form).pattern
        english = re.sub(rf"({body})(?:(?:,|\s+and)?\s+(?:the\s+)?{body})+", r"\1", english)
    return english
