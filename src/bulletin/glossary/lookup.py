"""Looking a term up, by its Vietnamese or its English, as one half remembers it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bulletin.glossary.entry import Entry, TermMatch
from bulletin.glossary.matcher import Matcher
from bulletin.glossary.tokens import fold
from bulletin.language.syllables import strip_diacritics

_LEAST = 72.0


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that a look-up found: how near (100 is the term itself) and by which of its forms."""

    entry: Entry
    score: float
    form: str


def look_up(entries: Iterable[Entry], term: str, limit: int = 10) -> list[Hit]:
    """Entries whose Vietnamese or English is ``term``, or near it; best first.

    Capitals do not matter, nor do diacritics when ``term`` has none (``bo chinh tri``). Nearness is
    rapidfuzz's weighted ratio of the folded texts, in per cent.
    """
    from rapidfuzz import fuzz, process

    wanted = fold(term).removeprefix("the ")
    if not wanted:
        return []
    bare = strip_diacritics(wanted) == wanted
    keys: list[str] = []
    owners: list[tuple[Entry, str]] = []
    for entry in entries:
        for form in dict.fromkeys((entry.vi, *entry.variants, *entry.english.values(), *_right(entry))):
            key = fold(form).removeprefix("the ")
            keys.append(strip_diacritics(key) if bare else key)
            owners.append((entry, form))
    hits: dict[int, Hit] = {}
    found = process.extract(wanted, keys, scorer=fuzz.WRatio, limit=limit * 12, score_cutoff=_LEAST)
    for key, score, place in found:
        entry, form = owners[place]
        # a partial match of a short form inside a long term is no better than a close whole one
        nearness = 100.0 if key == wanted else min(99.0, (score + fuzz.ratio(wanted, key)) / 2)
        known = hits.get(id(entry))
        if known is None or nearness > known.score:
            hits[id(entry)] = Hit(entry, round(nearness, 1), form)
    return sorted(hits.values(), key=lambda hit: (-hit.score, hit.entry.vi))[:limit]


def composed(matcher: Matcher, term: str) -> TermMatch | None:
    """What the grammar makes of ``term`` as a whole, where it is no entry: ``Bí thư Tỉnh ủy Hà Nam``."""
    matches = matcher.match(term.strip())
    if len(matches) == 1 and matches[0].source == term.strip() and matches[0].id.startswith("role:"):
        return matches[0]
    return None


def _right(entry: Entry) -> list[str]:
    return [form for form in (*entry.accepted, entry.short, entry.feminine, entry.plural) if form]
