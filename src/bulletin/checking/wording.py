"""Rules over the English by itself, and over what its paragraphs make together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bulletin.checking.pair import Document, Pair
from bulletin.checking.segment import segment_findings
from bulletin.checking.terms import Audited
from bulletin.finding import Finding, Severity
from bulletin.language.detect import vietnamese_remains

_DOUBLED = re.compile(r"\b(\w[\w'’-]{0,40})(\s+)\1\b", re.IGNORECASE)
_ARTICLES = re.compile(r"\b(?:(?:a|an)\s+the|the\s+(?:a|an))\b(?!-)", re.IGNORECASE)
# words that English does write twice
_MAY_DOUBLE = frozenset("had that is was no so very bye ha".split())
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_FUNCTION_WORDS = frozenset(
    "the of and a an for to in on s by at with from as is was were be has have had that it its not".split()
)
_QUOTES = re.compile("[\"“”„«»]|''|‘‘|’’|``")
_LEAST_WORDS = 6
_SHORT_BLOCK = 0.5


def own_findings(pairs: Sequence[Pair], *, diacritics: bool) -> Iterator[Finding]:
    """The rules over single segments; an empty one whose neighbours tell all of the block is a note."""
    whole = " ".join(pair.english for pair in pairs)
    syllables = sum(len(pair.source.split()) for pair in pairs)
    told = len(pairs) > 1 and len(whole.split()) >= _SHORT_BLOCK * syllables
    yield from unpaired_quotes(pairs)
    for pair in pairs:
        for finding in segment_findings(pair.segment, pair.source, pair.english, diacritics=diacritics):
            severity = finding.severity
            if finding.code == "empty" and told:
                severity = Severity.NOTE
            yield pair.finding(finding.code, severity, finding.message, finding.mend)
        if not pair.source and not diacritics:
            yield from _vietnamese(pair)
        yield from doubled_words(pair)


def repeated_phrases(audited: Sequence[Audited]) -> Iterator[Finding]:
    """``repeated``: three words with two of content stand twice, in a source that repeats no two syllables.

    Words that belong to the renderings of terms each time are the terms' own.
    """
    for item in audited:
        syllables = _WORD.findall(item.pair.source.casefold())
        if not syllables or max(Counter(pairwise(syllables)).values(), default=0) > 1:
            continue
        spans = [(line.found_start, line.found_end) for line in item.lines]
        names = " ".join(line.expected[0] for line in item.lines if line.kind == "name").casefold()
        words = list(_WORD.finditer(item.pair.english))
        runs: dict[tuple[str, ...], list[bool]] = {}
        for three in zip(words, words[1:], words[2:], strict=False):
            key = tuple(word[0].casefold() for word in three)
            own = any(start < three[-1].end() and end > three[0].start() for start, end in spans)
            # names have a rule of their own
            if sum(word not in _FUNCTION_WORDS for word in key) >= 2 and " ".join(key) not in names:
                runs.setdefault(key, []).append(own)
        twice = next((key for key, own in runs.items() if len(own) > 1 and not all(own)), None)
        if twice:
            yield item.pair.finding(
                "repeated",
                Severity.WARNING,
                f"{' '.join(twice)!r} stands twice, and nothing does in the source",
                "see what was meant",
            )


def _vietnamese(pair: Pair) -> Iterator[Finding]:
    for start, end in vietnamese_remains(pair.english):
        yield pair.finding(
            "vietnamese-left",
            Severity.WARNING,
            f"Vietnamese is left in the English: {pair.english[start:end]!r}",
            "translate it, or write the name without diacritics",
        )


def doubled_words(pair: Pair) -> Iterator[Finding]:
    """``word-doubled``: ``the the``, ``of of``, ``a the``; not what repeats itself in the source's names."""
    for match in [*_DOUBLED.finditer(pair.english), *_ARTICLES.finditer(pair.english)]:
        word = match[1] if match.re is _DOUBLED else match[0]
        # the An Giang police, Nam Nam: a capital begins a name; a number twice is a table
        if word.casefold() in _MAY_DOUBLE or word[0].isdigit():
            continue
        if match[0].split()[-1][0].isupper():
            continue
        yield pair.finding(
            "word-doubled", Severity.WARNING, f"{match[0]!r} stands in the English", "take one of the two out"
        )


def unpaired_quotes(pairs: Sequence[Pair]) -> Iterator[Finding]:
    """``quote-unpaired``: a block's English opens a quotation and does not close it, or the other way about.

    A quotation may run over several segments, and over several paragraphs that each open it: where
    the source's marks are not in pairs either, nothing is said.
    """
    if _odd_quotes(" ".join(pair.source for pair in pairs)) or not any(pair.source for pair in pairs):
        return
    if not _odd_quotes(" ".join(pair.english for pair in pairs)):
        return
    for pair in pairs:
        if pair.english and _odd_quotes(pair.english) != _odd_quotes(pair.source):
            yield pair.finding(
                "quote-unpaired",
                Severity.WARNING,
                "a quotation mark has no partner, and the source's are in pairs",
                "put in the one that is missing, or take the other out",
            )


def _odd_quotes(text: str) -> bool:
    return len(_QUOTES.findall(text)) % 2 == 1


def doubled_segments(document: Document) -> Iterator[Finding]:
    """``segment-doubled``: the same English for different sources, or twice where there is no source."""
    seen: dict[str, Pair] = {}
    for pair in document.pairs:
        words = re.findall(r"\w+", pair.english.casefold())
        if len(words) < _LEAST_WORDS:
            continue
        first = seen.setdefault(" ".join(words), pair)
        if first is pair or (pair.source and _same(first.source, pair.source)):
            continue
        where = first.segment or (f"line {first.line}" if first.line else "above")
        yield pair.finding(
            "segment-doubled",
            Severity.WARNING,
            f"this is word for word the English of {where}",
            "see which of the two it translates",
        )


def _same(one: str, other: str) -> bool:
    return re.findall(r"\w+", one.casefold()) == re.findall(r"\w+", other.casefold())
