"""The country and the places that a style spells in its own way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bulletin.publishing.letters import without_diacritics
from bulletin.publishing.rules.edit import Edit, kept_spans, outside, replacing
from bulletin.publishing.style import Style

_COUNTRY = re.compile(r"(?<![\w@./-])(?:Vi[eệ]t\s?[Nn]am|VI[EỆ]T\s?NAM)(?!\w|\.\w)")


def country(text: str, style: Style) -> Iterator[Edit]:
    """``Vietnam``, ``Viet Nam`` or ``Việt Nam``; adjectives (``Vietnamese``) have one form only."""
    kept = kept_spans(text, style.places.keep)
    name = style.places.country
    edits = replacing(_COUNTRY, text, lambda match: name.upper() if match[0].isupper() else name)
    return outside(edits, kept)


def places(text: str, style: Style) -> Iterator[Edit]:
    """The places of the style's table, from any spelling of them."""
    forms = _forms(tuple(style.places.spellings.items()), tuple(style.places.variants.items()))
    if not forms:
        return iter(())
    pattern = _alternatives(tuple(forms))
    kept = kept_spans(text, style.places.keep)
    return outside(replacing(pattern, text, lambda match: forms[match[0]]), kept)


@lru_cache(maxsize=32)
def _forms(
    spellings: tuple[tuple[str, str], ...], variants: tuple[tuple[str, tuple[str, ...]], ...]
) -> dict[str, str]:
    """Each spelling of a place, in small letters and in capitals, with the one that the style wants."""
    forms: dict[str, str] = {}
    others = dict(variants)
    for vietnamese, english in spellings:
        for spelling in (vietnamese, without_diacritics(vietnamese), *others.get(vietnamese, ()), english):
            forms[spelling] = english
            if not spelling.isupper():
                forms[spelling.upper()] = english.upper()
    return forms


@lru_cache(maxsize=32)
def _alternatives(spellings: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(spellings, key=len, reverse=True)
    return re.compile(r"(?<![\w@/-])(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
