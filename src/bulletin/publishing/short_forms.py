"""Which long forms a bulletin may shorten: those of its style, and those of the glossary's terms in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from bulletin.drafting.draft import Draft
from bulletin.glossary.entry import Entry
from bulletin.publishing.letters import without_diacritics
from bulletin.publishing.restyle import restyle_text
from bulletin.publishing.rules.mentions import ShortFormTable
from bulletin.publishing.rules.names import Originals, read_originals
from bulletin.publishing.style import Style
from bulletin.terminology.occurrence import Occurrence


def short_form_table(
    drafts: Sequence[Draft], style: Style, entries: Iterable[Entry] | None = None
) -> ShortFormTable:
    """The short forms of all terms that the drafts name, where the style introduces short forms.

    ``entries`` is the glossary, the built-in one where nothing is given. What the style lists comes
    first; a short form that two of the glossary's terms in these drafts share is used for neither.
    """
    if style.short_forms.policy != "introduce":
        return ShortFormTable()
    named = [line for draft in drafts for unit in draft.units for line in unit.occurrences if line.found]
    ids = {line.id for line in named}
    found: dict[str, str] = {}
    for entry in _builtin() if entries is None else entries:
        if entry.short and entry.id in ids:
            long = restyle_text(entry.form(style.base).removeprefix("the "), style)
            found.setdefault(long, entry.short)
    listed = style.short_forms.forms
    shared = Counter([*found.values(), *(short for long, short in listed.items() if long not in found)])
    forms = {long: short for long, short in found.items() if shared[short] == 1} | dict(listed)
    forms = {long: short for long, short in forms.items() if short and short != long}
    originals = read_originals(unit.source for draft in drafts for unit in draft.units)
    return ShortFormTable(forms, tuple(sorted(_kept(named, forms, style, originals))))


def _kept(
    named: Iterable[Occurrence], forms: dict[str, str], style: Style, originals: Originals
) -> Iterable[str]:
    """Renderings of other terms that hold a long form, and are not right with the short one in them."""
    plain = {without_diacritics(long): (long, short) for long, short in forms.items()}
    for line in {line.found: line for line in named}.values():
        inside = [pair for form, pair in plain.items() if form in without_diacritics(line.found)]
        if not inside:
            continue
        phrase = restyle_text(line.found, style, originals)
        accepted = {restyle_text(form, style, originals).casefold() for form in line.expected}
        for long, short in inside:
            shortened = phrase.replace(long, short)
            if shortened not in (phrase, short, f"the {short}") and shortened.casefold() not in accepted:
                yield phrase


@cache
def _builtin() -> tuple[Entry, ...]:
    from bulletin.glossary.layers import load_glossary

    return tuple(entry for entry in load_glossary().entries if entry.short)
