"""The fixed spans of a sentence: terms, names, dates and figures, none overlapping another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bulletin.glossary.entry import TermMatch
from bulletin.glossary.matcher import Matcher
from bulletin.language.calendar import Order
from bulletin.language.dates import find_dates
from bulletin.language.figures import find_figures
from bulletin.language.names import english_name, find_names
from bulletin.terminology.people import NOBODY, People, agree, read_people

_NAME_PARTS = frozenset({"place", "person"})


def fixed_spans(
    text: str,
    matcher: Matcher,
    *,
    diacritics: bool = False,
    date_order: Order = "mdy",
    people: People = NOBODY,
) -> tuple[TermMatch, ...]:
    """Everything in ``text`` whose English is decided before the engine sees it, by start.

    Terms come first, then names, dates and figures. A person's name that holds a place's (``Nguyễn
    Thái Bình``) wins over the place; any other term wins over what overlaps it. A title agrees with
    the man or woman who holds it, as far as the text, or what ``people`` has of its article, tells.
    """
    terms = matcher.match(text)
    firm = [match for match in terms if match.kind not in _NAME_PARTS]
    names = [
        TermMatch(
            "name",
            "name",
            found.start,
            found.end,
            found.source,
            english_name(found.source, diacritics=diacritics),
            gender=found.gender,
        )
        for found in find_names(text, avoid=[(match.start, match.end) for match in firm])
    ]
    spans = firm + _clear(names, firm)
    spans += _clear((match for match in terms if match.kind in _NAME_PARTS), spans)
    spans += _clear(_dates(text, date_order), spans)
    spans += _clear(_figures(text), spans)
    return agree(text, sorted(spans, key=lambda match: match.start), people)


def people_of(texts: Sequence[str], matcher: Matcher) -> People:
    """Who is a man and who a woman in an article of these texts, for ``fixed_spans``."""
    return read_people(texts, [fixed_spans(text, matcher) for text in texts])


def _dates(text: str, order: Order) -> Iterator[TermMatch]:
    """Dates with a word in them; a bare year needs no help, and is compared as a figure."""
    for found in find_dates(text):
        english = found.english(order)
        if any(letter.isalpha() for letter in english):
            yield TermMatch(
                "date",
                "date",
                found.start,
                found.end,
                found.source,
                english,
                found.article,
                found.accepted(order),
            )


def _figures(text: str) -> Iterator[TermMatch]:
    """Figures with one English whatever stands around them; small numbers are the sentence's business."""
    for found in find_figures(text):
        if found.fixed:
            yield TermMatch(
                "figure",
                "figure",
                found.start,
                found.end,
                found.source,
                found.english,
                accepted=found.accepted,
            )


def _clear(candidates: Iterable[TermMatch], taken: Iterable[TermMatch]) -> list[TermMatch]:
    """The candidates that overlap none of ``taken`` and none before them."""
    kept = list(taken)
    clear: list[TermMatch] = []
    for match in candidates:
        if not any(match.start < other.end and match.end > other.start for other in kept):
            kept.append(match)
            clear.append(match)
    return clear
