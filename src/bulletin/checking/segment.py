"""Rules over one segment: source beside English, without a glossary."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from bulletin.finding import Finding, Severity
from bulletin.language.detect import vietnamese_remains

LONGEST_RATIO, SHORTEST_RATIO = 2.6, 0.35
"""English words for each Vietnamese syllable: outside this, something was added or lost."""

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


def segment_findings(segment: str, source: str, english: str, *, diacritics: bool = False) -> list[Finding]:
    """Empty, untranslated, odd in length, repeating itself, or with Vietnamese left in it."""
    if not source.strip():
        return []
    if not english.strip():
        return [_finding("empty", segment, "the segment has no English", "translate it")]
    return [
        *_untranslated(segment, source, english, diacritics),
        *_odd_length(segment, source, english),
        *_repeated(segment, source, english),
    ]


def _untranslated(segment: str, source: str, english: str, diacritics: bool) -> list[Finding]:
    if " ".join(source.split()) == " ".join(english.split()) and vietnamese_remains(source):
        return [_finding("untranslated", segment, "the English is the Vietnamese, unchanged", "translate it")]
    if diacritics:
        return []
    return [
        _finding(
            "vietnamese-left",
            segment,
            f"Vietnamese is left in the English: {english[start:end]!r}",
            "translate it, or write the name without diacritics",
        )
        for start, end in vietnamese_remains(english)
    ]


def _odd_length(segment: str, source: str, english: str) -> list[Finding]:
    syllables, words = len(_WORD.findall(source)), len(_WORD.findall(english))
    if syllables < 8 or SHORTEST_RATIO <= words / syllables <= LONGEST_RATIO:
        return []
    kind = "short" if words < syllables else "long"
    return [
        _finding(
            "length-odd",
            segment,
            f"the English is oddly {kind}: {words} words for {syllables} syllables",
            "see whether something was lost or added",
        )
    ]


def _repeated(segment: str, source: str, english: str) -> list[Finding]:
    """A run of four words that stands three times, or one word three times in a row: a looping engine.

    A list of people who hold the same post repeats itself in the source too.
    """
    words = [word.casefold() for word in _WORD.findall(english)]
    if any(len(set(words[i : i + 3])) == 1 for i in range(len(words) - 2)):
        return [_finding("repeated", segment, "one word stands three times in a row", "see what was meant")]
    runs = Counter(tuple(words[i : i + 4]) for i in range(len(words) - 3))
    run, times = runs.most_common(1)[0] if runs else ((), 0)
    if times >= 3 and times > 2 * _most_repeated(source):
        text = " ".join(run)
        return [_finding("repeated", segment, f"{text!r} stands {times} times", "see what was meant")]
    return []


def _most_repeated(source: str) -> int:
    """How often the commonest pair of syllables stands in the source."""
    syllables = [syllable.casefold() for syllable in _WORD.findall(source)]
    runs = Counter(pairwise(syllables))
    return max(runs.values(), default=0)


def _finding(code: str, segment: str, message: str, mend: str) -> Finding:
    return Finding(code, Severity.WARNING, message, segment=segment, mend=mend)
