"""Restyling: English brought to a house style, and where a text departs from one.

Pure functions of text. A draft is written once, with full names and full titles; each style is made
from it at publication, so that switching style loses nothing.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bulletin.article import BlockKind
from bulletin.publishing.rules import dates, figures, marks, places, spelling
from bulletin.publishing.rules.edit import Edit, Rule, apply
from bulletin.publishing.rules.mentions import SecondMentions, ShortForms, ShortFormTable
from bulletin.publishing.rules.names import Originals, letters
from bulletin.publishing.style import Style


@dataclass(frozen=True, slots=True)
class TextRule:
    """A rule that needs no more than a text and a style: its code in findings, and what it is about."""

    code: str
    about: str
    find: Rule


TEXT_RULES = (
    TextRule("end-mark", "the mark that ends Vietnamese copy", marks.end_mark),
    TextRule("country", "the country's name", places.country),
    TextRule("place", "a place's name", places.places),
    TextRule("letters", "Vietnamese letters", letters),
    TextRule("weekday", "the weekday before a date", dates.weekday),
    TextRule("date", "the order of day and month", dates.date_order),
    TextRule("percent", "a percentage", figures.percent),
    TextRule("money", "a sum of money", figures.money),
    TextRule("range", "the mark in a range", figures.ranges),
    TextRule("spelling", "British spelling", spelling.spelling),
    TextRule("dash", "the dash between clauses", marks.dashes),
    TextRule("quotes", "quotation marks", marks.quotes),
    TextRule("apostrophe", "the apostrophe", marks.apostrophes),
)
"""In the order in which they are applied: places before the letters in them, words before marks."""

_BODY = (BlockKind.STANDFIRST, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


def restyle_text(text: str, style: Style, originals: Originals | None = None) -> str:
    """One block of English as the style writes it.

    ``originals`` are the names of the source, for styles that keep Vietnamese letters.
    """
    for rule in TEXT_RULES:
        text = apply(text, _find(rule, text, style, originals))
    return text


def restyle_blocks(
    blocks: Sequence[tuple[BlockKind, str]],
    style: Style,
    originals: Originals | None = None,
    short_forms: ShortFormTable | None = None,
) -> list[str]:
    """The blocks of one bulletin in print order, as the style writes them.

    Rules about later mentions count over all of them; headlines, subheadings and captions name
    people and bodies in full, and introduce nobody. ``short_forms`` are the style's own where none
    are given.
    """
    texts = [restyle_text(text, style, originals) for _, text in blocks]
    bodies = [number for number, (kind, _) in enumerate(blocks) if kind in _BODY]
    second = SecondMentions(style, originals.people if originals is not None else ())
    table = ShortFormTable(style.short_forms.forms) if short_forms is None else short_forms
    short = ShortForms(style, table, [texts[number] for number in bodies])
    for number in bodies:
        texts[number] = apply(texts[number], second.edits(texts[number]))
        texts[number] = apply(texts[number], short.edits(texts[number]))
    return texts


def departures(
    text: str, style: Style, originals: Originals | None = None
) -> Iterator[tuple[TextRule, Edit]]:
    """Where one block departs from the style, by rule; a place is reported by the first rule it breaks."""
    # none of these overlap, so that only the neighbours of a place can
    taken: list[tuple[int, int]] = []
    for rule in TEXT_RULES:
        for edit in _find(rule, text, style, originals):
            place = bisect.bisect_left(taken, (edit.start, edit.end))
            near = taken[max(0, place - 1) : place + 1]
            if not any(edit.start < end and start < edit.end for start, end in near):
                taken.insert(place, (edit.start, edit.end))
                yield rule, edit


def _find(rule: TextRule, text: str, style: Style, originals: Originals | None) -> Iterator[Edit]:
    if rule.find is letters:
        return letters(text, style, originals)
    return rule.find(text, style)
