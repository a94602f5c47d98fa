"""The pipeline: an article, an engine, a glossary and a style make a draft."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bulletin import __version__
from bulletin.article import Article, BlockKind
from bulletin.checking.facts import date_findings, figure_findings
from bulletin.checking.pair import Pair
from bulletin.checking.segment import segment_findings
from bulletin.checking.terms import Audited
from bulletin.checking.titles import gender_findings
from bulletin.drafting.draft import Draft, Signature, State, Unit
from bulletin.finding import Finding, Severity
from bulletin.glossary.entry import TermMatch
from bulletin.glossary.layers import Glossary
from bulletin.glossary.matcher import Matcher
from bulletin.language.detect import looks_vietnamese
from bulletin.language.names import english_name
from bulletin.memory.search import Memory
from bulletin.memory.unit import clean_text
from bulletin.publishing.style import Style
from bulletin.terminology.audit import audit_findings, occurrences
from bulletin.terminology.cascade import Rendered, Steps, render
from bulletin.terminology.occurrence import Status
from bulletin.terminology.spans import fixed_spans, people_of
from bulletin.translation.engine import Engine, Progress

HEADLINE_WORDS = 14
"""A provisional headline is at most this long."""

FROM_MEMORY = 90
"""Below this score even the same text is not used: its terms or its style are no longer today's."""

SAME_BUT_VALUES = 99
"""A memory match of this score has the same text, or the same but for values that were filled in."""

Spans = Callable[[str], tuple[TermMatch, ...]]
"""Gives the fixed spans of a segment."""

_DANGLING = frozenset("a an and as at by for from in of on or that the to which with who".split())


@dataclass(frozen=True, slots=True)
class House:
    """What the house has decided: its glossary and its style."""

    glossary: Glossary
    style: Style


def make_draft(
    article: Article,
    engine: Engine,
    house: House,
    *,
    headline: str = "",
    memory: Memory | None = None,
    steps: Steps | None = None,
    progress: Progress | None = None,
) -> Draft:
    """Translate an article into a draft in which every fixed term is rendered, or reported.

    A segment that ``memory`` knows, word for word or but for values, is not translated again.

    ``headline`` replaces the article's: English as it is, Vietnamese to be translated. An article
    without any gets a provisional one made from its lead, marked in the draft and by a finding.
    """
    units = [*_headline_units(article, headline), *_block_units(article)]
    matcher = Matcher(house.glossary, house.style.name, article.date)
    people = people_of([unit.source for unit in units if unit.source], matcher)
    spans = partial(
        fixed_spans,
        matcher=matcher,
        diacritics=house.style.names.diacritics,
        date_order=house.style.dates.order,
        people=people,
    )
    if memory is not None:
        units = _remembered(units, memory, spans, house.style)
    units = _translate(units, spans, engine, house.style, steps, progress)
    provisional = not any(unit.kind is BlockKind.HEADLINE for unit in units)
    if provisional:
        units.insert(0, _provisional_headline(units))
    return Draft(
        article.name,
        tuple(units),
        signature(engine, house),
        article.source_hash,
        article.date,
        article.dateline,
        article.source,
        provisional,
    )


def signature(engine: Engine, house: House) -> Signature:
    """What makes every draft of this engine and house."""
    return Signature(
        __version__,
        engine.name,
        engine.revision,
        house.glossary.hash,
        house.style.name,
        str(engine.decoding),
    )


def _headline_units(article: Article, headline: str) -> list[Unit]:
    """The headline as block 0: the one given, or the article's own."""
    text = " ".join(headline.split())
    if text:
        if looks_vietnamese(text):
            return [Unit("headline", 0, BlockKind.HEADLINE, text, "", "")]
        return [Unit("headline", 0, BlockKind.HEADLINE, "", text, "", state=State.TRANSLATED)]
    return [
        Unit(segment.id, 0, BlockKind.HEADLINE, segment.text, "", "", segment.space)
        for block in article.blocks
        if block.kind is BlockKind.HEADLINE
        for segment in block.segments
    ]


def _block_units(article: Article) -> list[Unit]:
    blocks = [block for block in article.blocks if block.kind is not BlockKind.HEADLINE]
    return [
        Unit(
            segment.id,
            index,
            block.kind,
            segment.text,
            "",
            "",
            segment.space,
            credit=block.credit if segment is block.segments[0] else "",
            image=block.image if segment is block.segments[0] else None,
        )
        for index, block in enumerate(blocks, start=1)
        for segment in block.segments
    ]


def _translate(
    units: Sequence[Unit],
    spans: Spans,
    engine: Engine,
    style: Style,
    steps: Steps | None,
    progress: Progress | None,
) -> list[Unit]:
    """Units with their English, their audit and their findings; bylines are spelled, not translated."""
    diacritics = style.names.diacritics
    wanted = [u for u in units if u.source and not u.target and u.kind is not BlockKind.BYLINE]
    matches = [spans(unit.source) for unit in wanted]
    alts = [unit.image.alt for unit in units if unit.image and looks_vietnamese(unit.image.alt)]
    rendered = render(
        [*(unit.source for unit in wanted), *alts],
        [*matches, *(spans(alt) for alt in alts)],
        engine,
        steps,
        progress,
    )
    english_alts = {alt: item.text for alt, item in zip(alts, rendered[len(wanted) :], strict=True)}
    called: set[str] = set()
    done = {
        unit.id: _rendered_unit(unit, item, diacritics, called)
        for unit, item in zip(wanted, rendered[: len(wanted)], strict=True)
    }
    translated = [
        _spelled_byline(unit, diacritics) if unit.kind is BlockKind.BYLINE else done.get(unit.id, unit)
        for unit in units
    ]
    return [
        replace(unit, image=replace(unit.image, alt=english_alts[unit.image.alt]))
        if unit.image and unit.image.alt in english_alts
        else unit
        for unit in translated
    ]


def _remembered(units: Sequence[Unit], memory: Memory, spans: Spans, style: Style) -> list[Unit]:
    """Units with the English that was approved for the same text before, audited like any other."""
    texts = ["", *(unit.source for unit in units), ""]
    done: list[Unit] = []
    for unit, previous, following in zip(units, texts, texts[2:], strict=False):
        known = unit.source and unit.kind is not BlockKind.BYLINE
        found = (
            memory.lookup(unit.source, previous, following, style=style.name, threshold=FROM_MEMORY, limit=1)
            if known
            else ()
        )
        # one word of forty may be a "not": a match that is merely near is for a person to use
        if not found or (found[0].score < SAME_BUT_VALUES and found[0].source != clean_text(unit.source)):
            done.append(unit)
            continue
        english = found[0].filled
        matches = spans(unit.source)
        lines = occurrences(unit.id, english, matches, ["memory"] * len(matches))
        done.append(
            replace(
                unit,
                target=english,
                hypothesis=english,
                state=State.TRANSLATED,
                occurrences=lines,
                findings=audit_findings(lines),
            )
        )
    return done


def _rendered_unit(unit: Unit, item: Rendered, diacritics: bool, called: set[str]) -> Unit:
    """``called`` collects the persons of whose title it was said that it may be a woman's."""
    text = item.text[:1].upper() + item.text[1:] if unit.source[:1].isupper() else item.text
    lines = occurrences(unit.id, text, item.matches, item.how, item.renderings)
    found = segment_findings(unit.id, unit.source, text, diacritics=diacritics)
    pair = [Pair(unit.source, text, unit.block, unit.id, kind=unit.kind)]
    audited = [Audited(pair[0], item.matches, lines)]
    wrong = [line.source for line in lines if line.status not in {Status.EXACT, Status.ACCEPTED}]
    # what the audit has told is not told again
    facts = [
        finding
        for finding in (*date_findings(pair), *figure_findings(pair))
        if not any(repr(source) in finding.message for source in wrong)
    ]
    return replace(
        unit,
        target=text,
        hypothesis=item.hypothesis.text,
        score=item.hypothesis.score,
        state=State.TRANSLATED if text else State.INITIAL,
        occurrences=lines,
        findings=(*audit_findings(lines), *found, *facts, *gender_findings(audited, called)),
    )


def _spelled_byline(unit: Unit, diacritics: bool) -> Unit:
    name = english_name(unit.source, diacritics=diacritics)
    return replace(unit, target=name, hypothesis=name, state=State.TRANSLATED)


def _provisional_headline(units: Sequence[Unit]) -> Unit:
    """A stand-in made from the lead, for a person to replace."""
    lead = next((u for u in units if u.kind is BlockKind.PARAGRAPH and u.target), None)
    text = _shortened(lead.target) if lead else ""
    finding = Finding(
        "headline-provisional",
        Severity.WARNING,
        "the article has no headline; a provisional one was made from its lead",
        segment="headline",
        mend="give one with --headline",
    )
    return Unit("headline", 0, BlockKind.HEADLINE, "", text, text, findings=(finding,))


_WHEN_AND_WHERE = re.compile(
    r"^(?:On|In|At|This|Yesterday|Today|Early|Late)\b[^,;:]{0,60},\s+(?=\S)|^(?:on|in|at)\b[^,;:]{0,40},\s+"
)


def _shortened(sentence: str) -> str:
    """The first clause of a sentence without when and where, ending on a word that can end it."""
    text = sentence.rstrip(".")
    while (cut := _WHEN_AND_WHERE.sub("", text)) != text and len(cut.split()) >= 5:
        text = cut
    clause = re.split(r";|:(?!\s+the\b)|,(?=\s+(?:which|who|as|with)\b)", text, maxsplit=1)[0]
    words = clause.replace(":", "").split()[:HEADLINE_WORDS]
    while len(words) > 1 and words[-1].strip(",").casefold() in _DANGLING:
        words.pop()
    short = " ".join(words).rstrip(",;:–- ")
    return short[:1].upper() + short[1:]
