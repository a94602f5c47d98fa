"""Rules over people's names: everyone whom the source names, as it names them, and nobody else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bulletin.checking.terms import RIGHT, Audited
from bulletin.finding import Finding, Severity
from bulletin.language.families import COMMON
from bulletin.language.syllables import strip_diacritics

NAME_LIKENESS = 80
"""From this likeness in per cent, two different spellings are taken for one name."""

_NEAR = 30
"""Within so many characters nobody is named twice."""

_FAMILY = "|".join(sorted(map(strip_diacritics, COMMON)))
# a Vietnamese syllable without its marks
_SYLLABLE = (
    r"(?:Ngh?|Gh|Gi|Kh|Nh|Ph|Qu|Th|Tr|Ch|[BCDGHKLMNPRSTVX]|(?=[AEIOUY]))"
    r"[aeiouyAEIOUY]{1,3}(?:ch|nh|ng|[cmnpt])?"
)
_NAME = re.compile(rf"(?<![\w'’-])(?:{_FAMILY})(?: {_SYLLABLE}(?!\w)){{2,4}}(?![\w’'-])")


def name_findings(audited: Sequence[Audited], known: set[str]) -> Iterator[Finding]:
    """``name-missing``, ``name-differs``; ``known`` collects the names that the document has named in full.

    A person named before may be he, she or the official: that is a note. A lone given name always may.
    """
    for item in audited:
        english = strip_diacritics(item.pair.english)
        for line in item.lines:
            if line.kind != "name":
                continue
            name = strip_diacritics(line.expected[0])
            if line.status in RIGHT or re.search(rf"(?<!\w){re.escape(name)}(?!\w)", english):
                known.add(name)
                continue
            other = _nearest(name, english)
            if other:
                yield item.pair.finding(
                    "name-differs",
                    Severity.ERROR,
                    f"{line.source!r} is spelled {other!r}",
                    f"write {line.expected[0]!r}",
                )
            else:
                before = " " not in name or any(name == full or full.endswith(f" {name}") for full in known)
                yield item.pair.finding(
                    "name-missing",
                    Severity.NOTE if before else Severity.WARNING,
                    f"{line.source!r} is not named",
                    f"write {line.expected[0]!r}",
                )


def _nearest(name: str, english: str) -> str:
    """What stands in the English in place of a name: a run of as many capitalised words, nearly alike."""
    from rapidfuzz import fuzz

    count = len(name.split())
    if count < 2:
        return ""
    words = list(re.finditer(r"[^\W\d_]+", english))
    best, text = float(NAME_LIKENESS), ""
    for size in (count, count - 1, count + 1):
        for first, last in zip(words, words[size - 1 :], strict=False):
            run = english[first.start() : last.end()]
            if size > 1 and run[0].isupper() and re.fullmatch(r"[^\W\d_]+(?: [^\W\d_]+)*", run):
                likeness = fuzz.ratio(name.casefold(), run.casefold())
                if likeness > best and run != name:
                    best, text = likeness, run
    return text


def plain(text: str) -> str:
    """A text as names are looked for in it: without marks and case."""
    return strip_diacritics(text).casefold()


def added_name_findings(audited: Sequence[Audited], everyone: str) -> Iterator[Finding]:
    """``name-added``: a Vietnamese name that the document's whole source has nowhere.

    ``everyone`` is that source as ``plain`` gives it. Also ``repeated``, where one person is named
    twice in a breath and the source does so once.
    """
    for item in audited:
        if not item.pair.source:
            continue
        here: Counter[str] = Counter()
        taken = [(line.found_start, line.found_end) for line in item.lines if line.kind != "name"]
        places: dict[str, int] = {}
        for found in _NAME.finditer(item.pair.english):
            name = found[0]
            if any(start < found.end() and end > found.start() for start, end in taken):
                continue
            if name.casefold() not in everyone:
                yield item.pair.finding(
                    "name-added",
                    Severity.WARNING,
                    f"{name!r} is named, whom the source does not name",
                    "see whom the source names",
                )
                continue
            here[name] += 1
            near = name in places and found.start() - places[name] < _NEAR
            if near and here[name] > strip_diacritics(item.pair.source).count(name):
                yield item.pair.finding(
                    "repeated",
                    Severity.WARNING,
                    f"{name!r} is named twice, and once in the source",
                    "take one of the two out",
                )
            places[name] = found.end()
