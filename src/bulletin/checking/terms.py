"""Rules over fixed terms: each must stand in the English, and in one form throughout."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bulletin.checking.pair import Pair
from bulletin.finding import Finding, Severity
from bulletin.glossary.entry import TermMatch
from bulletin.language.english_dates import compare_dates
from bulletin.language.english_figures import compare_figures
from bulletin.terminology.audit import audit_findings, occurrences
from bulletin.terminology.occurrence import Occurrence, Status
from bulletin.terminology.verify import verify

RIGHT = frozenset({Status.EXACT, Status.ACCEPTED})
"""What an occurrence is that needs no finding."""

VALUES = frozenset({"date", "figure"})
"""Kinds that are judged by value, not by form."""

_WORD = re.compile(r"\w+")
_PRONOUN = re.compile(r"\b(?:he|she|him|his|her)\b", re.IGNORECASE)
# a city's bodies are municipal or city bodies
_LITTLE = frozenset("the of and a an for to in on s city municipal".split())
# of these kinds the desk may vary the words; of institutions and titles it may not
_FREE_KINDS = frozenset({"phrase", "name", "date", "figure", "place", "person"})


@dataclass(frozen=True, slots=True)
class Audited:
    """A pair, the fixed spans of its source, and what became of each in the English."""

    pair: Pair
    matches: tuple[TermMatch, ...]
    lines: tuple[Occurrence, ...]


def audit_block(pairs: Sequence[Pair], matches: Sequence[Sequence[TermMatch]]) -> tuple[Audited, ...]:
    """What became of each fixed span of a block's segments.

    A translator may tell in one sentence what the source tells in the next, so what is missing from
    its own segment counts as right where the block as a whole has a place for it.
    """
    audited = [
        Audited(pair, tuple(found), _lines(pair, found)) for pair, found in zip(pairs, matches, strict=True)
    ]
    everything = [match for found in matches for match in found]
    if len(pairs) > 1 and any(line.status is Status.MISSING for item in audited for line in item.lines):
        spare = _spare(pairs, everything, audited)
        audited = [replace(item, lines=tuple(_told(line, spare) for line in item.lines)) for item in audited]
    return tuple(_by_value(item) for item in audited)


def _by_value(item: Audited) -> Audited:
    """Dates and figures that stand in another spelling than the house's count as accepted."""
    if all(line.status in RIGHT or line.kind not in VALUES for line in item.lines):
        return item
    source, english = item.pair.source, item.pair.english
    lost = [each.match.source for each in compare_dates(source, english) if each.missing]
    lost += [each.match.source for each in compare_figures(source, english) if each.missing]

    def told(line: Occurrence) -> bool:
        known = line.kind not in VALUES or line.status is not Status.MISSING
        return not known and not any(text in line.source or line.source in text for text in lost)

    lines = (
        replace(line, status=Status.ACCEPTED, how="by value") if told(line) else line for line in item.lines
    )
    return replace(item, lines=tuple(lines))


def _spare(pairs: Sequence[Pair], matches: Sequence[TermMatch], audited: Sequence[Audited]) -> Counter[str]:
    """How often each target stands in the block beyond the places that its own segments account for."""
    whole = verify(" ".join(pair.english for pair in pairs), matches)
    spare = Counter(match.target for match, found in zip(matches, whole, strict=True) if found.right)
    spare.subtract(line.expected[0] for item in audited for line in item.lines if line.found_start >= 0)
    return spare


def _told(line: Occurrence, spare: Counter[str]) -> Occurrence:
    if line.status is not Status.MISSING or spare[line.expected[0]] <= 0:
        return line
    spare[line.expected[0]] -= 1
    return replace(line, status=Status.ACCEPTED, how="elsewhere in the paragraph")


def _lines(pair: Pair, matches: Sequence[TermMatch]) -> tuple[Occurrence, ...]:
    """The audit of a pair; a term that stands as the draft's own audit has it keeps its step."""
    made = {(line.start, line.end, line.found): line.how for line in pair.made if line.status in RIGHT}
    # in the order of the matches, which is that of the source
    return tuple(
        replace(line, how=made.get((line.start, line.end, line.found), line.how))
        if line.status in RIGHT
        else line
        for line in occurrences(pair.segment, pair.english, matches)
    )


def term_findings(audited: Sequence[Audited], known: set[str]) -> Iterator[Finding]:
    """``term-missing``, ``term-forbidden``, ``term-expired``, ``term-ambiguous``.

    ``known`` collects what the document has named so far. What it names again may be a pronoun (he)
    or a short name (the committee): that is a note.
    """
    for item in audited:
        lines = [line for line in item.lines if line.kind not in VALUES and line.kind != "name"]
        findings = iter(audit_findings(lines))
        for line in lines:
            if line.status in RIGHT:
                known.add(line.expected[0])
                continue
            finding = replace(next(findings), line=item.pair.line)
            if line.status is Status.MISSING and line.expected[0] in known:
                again = _named_shortly(line, item.pair.english)
                finding = replace(finding, severity=Severity.NOTE) if again else finding
            yield finding


def _named_shortly(line: Occurrence, english: str) -> bool:
    """Whether a pronoun, or the last word of the form by itself, may stand for a term named before."""
    if line.kind == "title":
        return _PRONOUN.search(english) is not None
    if line.kind not in {"institution", "organisation"}:
        return False
    noun = line.expected[0].split(" of ")[0].split()[-1].lower()
    return re.search(rf"\b(?:[Tt]he|[Ii]ts|[Tt]his|[Tt]hat)\s+{re.escape(noun)}\b", english) is not None


@dataclass(frozen=True, slots=True)
class Use:
    """One rendering of a term: in which document (by number and file), where, and what stands there."""

    document: int
    file: str
    pair: Pair
    line: Occurrence


def consistency_findings(uses: Sequence[Use]) -> Iterator[tuple[int, Finding]]:
    """``term-inconsistent``, with the number of its document: a body or title that is called two things.

    Capitals, number, gender, word order, little words, and a short form that is part of the long one
    make no difference; the rendering that stands most often is the rule for the rest. Between
    documents it is a note, for they may speak of two countries' bodies of one name.
    """
    by_term: dict[tuple[str, str], list[Use]] = defaultdict(list)
    for use in uses:
        if use.line.status in RIGHT and use.line.found and use.line.kind not in _FREE_KINDS:
            by_term[use.line.id, use.line.source.casefold()].append(use)
    for group in by_term.values():
        by_document: dict[int, list[Use]] = defaultdict(list)
        for use in group:
            by_document[use.document].append(use)
        usual = {number: _usual(own) for number, own in by_document.items()}
        for number, own in by_document.items():
            for use in own:
                if not _agree(use.line.found, usual[number].line.found):
                    yield number, _inconsistent(use, usual[number], Severity.WARNING)
        rule = _usual(group)
        for number, shown in usual.items():
            if number != rule.document and not _agree(shown.line.found, rule.line.found):
                yield number, _inconsistent(shown, rule, Severity.NOTE)


def _usual(uses: Sequence[Use]) -> Use:
    """The first use of the commonest rendering."""
    commonest = Counter(_words(use.line.found) for use in uses).most_common(1)[0][0]
    return next(use for use in uses if _words(use.line.found) == commonest)


def _inconsistent(use: Use, rule: Use, severity: Severity) -> Finding:
    where = rule.pair.segment if use.document == rule.document else rule.file
    return Finding(
        "term-inconsistent",
        severity,
        f"{use.line.source!r} is {use.line.found!r} here and {rule.line.found!r} in {where}",
        use.file,
        use.pair.line,
        use.pair.segment,
        f"keep to {rule.line.found!r}",
    )


def _agree(one: str, other: str) -> bool:
    """Whether two renderings are one name: its words, or fewer of them, or its initials."""
    if any(form.isupper() and " " not in form for form in (one, other)):
        return True
    fewer, more = sorted((_words(one), _words(other)), key=len)
    return all(any(_same_word(word, another) for another in more) for word in fewer)


def _words(form: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(form.casefold()) if word not in _LITTLE)


def _same_word(one: str, other: str) -> bool:
    """Thai and Thailand, secretary and secretaries, chairman and chairwoman; not committee and commission."""
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) > 3 and long.startswith(short[: max(4, len(short) - 4)]))
