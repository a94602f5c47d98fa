"""The rules that glossary entries keep, one a function; each yields what departs from it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bulletin.finding import Finding, Severity
from bulletin.glossary.capitals import NAMES, pattern
from bulletin.glossary.entry import CasePolicy, Entry
from bulletin.glossary.gender import feminine_form
from bulletin.glossary.layers import make_glossary
from bulletin.glossary.matcher import Matcher, without_article
from bulletin.glossary.tokens import fold, split
from bulletin.language.syllables import is_vietnamese_letter


@dataclass(frozen=True)
class Checked:
    """What the rules look at: entries in the order of their files, and the styles known.

    ``styles`` maps a style's name to whether its English keeps Vietnamese letters; empty where no
    style files are at hand, and then no style is unknown.
    """

    entries: Sequence[Entry]
    styles: Mapping[str, bool]


Rule = Callable[[Checked], Iterator[Finding]]


def _finding(
    entry: Entry, code: str, message: str, mend: str, severity: Severity = Severity.ERROR
) -> Finding:
    return Finding(code, severity, message, entry.file, entry.line or None, mend=mend)


def _at(entry: Entry) -> str:
    return f"{entry.file}:{entry.line}" if entry.file else entry.id


def duplicate_ids(checked: Checked) -> Iterator[Finding]:
    """G011: an id names one entry."""
    seen: dict[str, Entry] = {}
    for entry in checked.entries:
        first = seen.setdefault(entry.id, entry)
        if first is not entry:
            yield _finding(
                entry, "G011", f"id {entry.id!r} is also that of {_at(first)}", "give it another id"
            )


def conflicting_entries(checked: Checked) -> Iterator[Finding]:
    """G012, G013: one Vietnamese term has one English form at one date in one style, said once."""
    for entry, other in _pairs(checked.entries, lambda entry: [entry.vi]):
        differ = _styles_that_differ(entry, other)
        if differ:
            style, here, there = differ[0]
            dated = all(item.valid_from or item.valid_to for item in (entry, other))
            yield _finding(
                entry,
                "G012",
                f"{entry.vi!r} is {here!r} here and {there!r} at {_at(other)} on the same dates ({style})",
                "let the one end before the other begins" if dated else "keep one, or date them",
            )
        else:
            yield _finding(
                entry,
                "G013",
                f"{entry.vi!r} has the same English at {_at(other)}",
                "keep one entry",
                Severity.WARNING,
            )


def shadowing_variants(checked: Checked) -> Iterator[Finding]:
    """G014: a variant is no other entry's name, at one date, with another English."""
    names: dict[str, list[tuple[Entry, str, bool]]] = {}
    for entry in checked.entries:
        for name in dict.fromkeys((entry.vi, *entry.variants)):
            names.setdefault(fold(name), []).append((entry, name, name == entry.vi))
    for holders in names.values():
        for place, (entry, name, own) in enumerate(holders):
            for other, other_name, other_own in holders[:place]:
                if other is entry or (own and other_own) or not _meet(entry, other):
                    continue
                if not _told_apart(entry, name, other, other_name) and _styles_that_differ(entry, other):
                    variant_of, owner = (other, entry) if own else (entry, other)
                    what = "name" if own or other_own else "variant"
                    yield _finding(
                        variant_of,
                        "G014",
                        f"variant {name!r} is also a {what} of {owner.id!r}, in other English ({_at(owner)})",
                        "leave it to one of them, or date them",
                    )


def forbidden_forms(checked: Checked) -> Iterator[Finding]:
    """G015: what an entry forbids, it does not write or accept."""
    for entry in checked.entries:
        forbidden = {without_article(form)[0] for form in entry.forbidden}
        for form in dict.fromkeys((*entry.english.values(), *_further(entry))):
            if without_article(form)[0] in forbidden:
                yield _finding(
                    entry,
                    "G015",
                    f"{form!r} is right and forbidden at once",
                    "take it out of one of the cells",
                )


def vietnamese_letters(checked: Checked) -> Iterator[Finding]:
    """G016: English has no Vietnamese letters, unless its style keeps them."""
    for entry in checked.entries:
        forms = [("vna", form) for form in (*entry.accepted, entry.short, entry.feminine, entry.plural)]
        keep = any(checked.styles.get(style) for style in entry.english)
        for style, form in [*entry.english.items(), *([] if keep else forms)]:
            letter = next((character for character in form if is_vietnamese_letter(character)), "")
            if letter and not checked.styles.get(style):
                yield _finding(
                    entry,
                    "G016",
                    f"{form!r} ({style}) has the Vietnamese letter {letter!r}",
                    "write it as English does",
                )


_PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”", "«": "»"}


def brackets(checked: Checked) -> Iterator[Finding]:
    """G017: brackets and quotation marks come in pairs."""
    for entry in checked.entries:
        for text in (entry.vi, *entry.variants, *entry.english.values(), *_further(entry), *entry.forbidden):
            if not _balanced(text):
                yield _finding(
                    entry,
                    "G017",
                    f"brackets or quotation marks of {text!r} do not pair",
                    "close or delete them",
                )


def _balanced(text: str) -> bool:
    expected: list[str] = []
    for character in text:
        if character in _PAIRS:
            expected.append(_PAIRS[character])
        elif character in _PAIRS.values() and (not expected or expected.pop() != character):
            return False
    return not expected and text.count('"') % 2 == 0


def unknown_styles(checked: Checked) -> Iterator[Finding]:
    """G018: a style that has a column has its conventions."""
    if not checked.styles:
        return
    reported: set[tuple[str, str]] = set()
    for entry in checked.entries:
        for style in entry.english:
            if style not in checked.styles and (entry.file, style) not in reported:
                reported.add((entry.file, style))
                yield Finding(
                    "G018",
                    Severity.ERROR,
                    f"column 'en_{style}' is of a style that nothing describes",
                    entry.file,
                    1,
                    mend=f"add styles/{style}.toml, or use {', '.join(sorted(checked.styles))}",
                )


def missing_authority(checked: Checked) -> Iterator[Finding]:
    """G019: every entry says on whose word it rests."""
    for entry in checked.entries:
        if not entry.authority:
            yield _finding(
                entry,
                "G019",
                f"{entry.id!r} has no authority",
                "name the circular, law or text that it rests on",
                Severity.WARNING,
            )
        elif _NO_TEXT.fullmatch(entry.authority):
            yield _finding(
                entry,
                "G019",
                f"{entry.id!r} rests on {entry.authority!r}, which nobody can look up",
                "name the text, with its title and date",
                Severity.NOTE,
            )


_NO_TEXT = re.compile(r"(?:[\w '’-]+ )?usage(?:; composed)?", re.IGNORECASE)


_ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*\Z")


def plain_ids(checked: Checked) -> Iterator[Finding]:
    """G020: ids are small letters, figures, dots and hyphens, so that they can stand anywhere."""
    for entry in checked.entries:
        if not _ID.match(entry.id):
            yield _finding(
                entry,
                "G020",
                f"id {entry.id!r} is not of small letters, figures, dots and hyphens",
                "rename it once, before anything refers to it",
                Severity.WARNING,
            )


_LESS = frozenset("the a an of for and to in on at with by from its".split())
_SAME = {"vietnamese": "vietnam", "viet": "vietnam", "nam": "vietnam"}
_STEM = 6
_ENOUGH = 0.5
_COMPARED = frozenset({"institution", "organisation", "title", "place", "document", "event"})


def composition(checked: Checked) -> Iterator[Finding]:
    """G021: what is part of a longer term is rendered as its own entry renders it.

    Tolerant: it is enough that half of the words of one right form of the part stand in one right
    form of the whole, in any order, number or capitals, and endings aside. Only the longest parts
    count; those of one syllable, names inside names, and those that hold at other dates do not.
    """
    matcher = Matcher(make_glossary(checked.entries))
    by_id = {entry.id: entry for entry in checked.entries}
    for entry in checked.entries:
        if entry.kind == "person":
            continue
        whole = [_content(form) for form in (entry.form("vna"), *entry.accepted)]
        for part, source in _longest_parts(entry, matcher, by_id):
            if (part.kind in NAMES and entry.kind in NAMES) or not _meet(entry, part):
                continue
            forms = [_content(form) for form in (part.form("vna"), *_further(part))]
            best = max(
                (len(form & words) / len(form) for form in forms if form for words in whole), default=1.0
            )
            if best < _ENOUGH:
                yield _finding(
                    entry,
                    "G021",
                    f"{entry.vi!r} is {entry.form('vna')!r}, but {source!r} in it is "
                    f"{part.form('vna')!r} at {_at(part)}",
                    "render the part alike, or accept the other form in its own entry",
                    Severity.WARNING,
                )


def feminine_forms(checked: Checked) -> Iterator[Finding]:
    """G026: a title whose English head names a man has its form for a woman, and just that one."""
    for entry in checked.entries:
        english = entry.english.get("vna", "")
        expected = feminine_form(english)
        if not entry.feminine:
            if expected and entry.kind == "title":
                yield _finding(
                    entry,
                    "G026",
                    f"{english!r} has no feminine form",
                    f"check --fix writes {expected!r} into the column feminine",
                    Severity.WARNING,
                )
        elif without_article(entry.feminine)[0] != without_article(expected or entry.feminine)[0]:
            yield _finding(
                entry,
                "G026",
                f"{entry.feminine!r} is not the feminine form of {english!r}",
                f"write {expected!r}",
            )
        elif feminine_form(entry.feminine) or entry.feminine == english:
            yield _finding(
                entry,
                "G026",
                f"feminine {entry.feminine!r} is of a man or of both",
                "empty the cell, or give the form for a woman",
            )


_FIGURE = re.compile(r"\d{2,}")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


def figures(checked: Checked) -> Iterator[Finding]:
    """G027: the English has the figures of the Vietnamese, and the years of its variants.

    Of two digits or more: a smaller one may be a word, or Roman (``Hội nghị Trung ương 8``).
    """
    for entry in checked.entries:
        wanted = [(entry.vi, figure) for figure in _FIGURE.findall(entry.vi)]
        wanted += [(name, year) for name in entry.variants for year in _YEAR.findall(name)]
        for style, form in entry.english.items():
            present = set(_FIGURE.findall(form))
            name, figure = next((pair for pair in wanted if pair[1] not in present), ("", ""))
            if figure:
                yield _finding(
                    entry,
                    "G027",
                    f"{name!r} has {figure}, {form!r} ({style}) has not",
                    "mend the figure, or leave the variant to its own entry",
                )


def _longest_parts(entry: Entry, matcher: Matcher, by_id: Mapping[str, Entry]) -> Iterator[tuple[Entry, str]]:
    end = 0
    for match in matcher.matches_nested(entry.vi, composed=False):
        part = by_id.get(match.id)
        if part is None or len(match.source) >= len(entry.vi) or match.end <= end:
            continue
        end = match.end
        if part is not entry and part.kind in _COMPARED and len(split(match.source)) > 1:
            yield part, match.source


def _content(form: str) -> frozenset[str]:
    """The words of a form that carry meaning, by how they begin: ``ministry`` and ``minister`` are one."""
    words = re.findall(r"[a-z0-9]+", form.casefold().replace("'s", ""))
    return frozenset(_SAME.get(word, word.removesuffix("s")[:_STEM]) for word in words if word not in _LESS)


def _further(entry: Entry) -> list[str]:
    """Right forms of an entry beyond those of the styles."""
    return [form for form in (*entry.accepted, entry.short, entry.feminine, entry.plural) if form]


def _pairs(
    entries: Sequence[Entry], names: Callable[[Entry], Sequence[str]]
) -> Iterator[tuple[Entry, Entry]]:
    """Entries that share a name on some date and that capitals do not tell apart, later one first."""
    by_name: dict[str, list[Entry]] = {}
    for entry in entries:
        for name in names(entry):
            by_name.setdefault(fold(name), []).append(entry)
    for holders in by_name.values():
        for place, entry in enumerate(holders):
            for other in holders[:place]:
                if _meet(entry, other) and not _told_apart(entry, entry.vi, other, other.vi):
                    yield entry, other


def _meet(one: Entry, other: Entry) -> bool:
    """Whether two entries are in force on a common date."""
    begin = max(one.valid_from or datetime.date.min, other.valid_from or datetime.date.min)
    return begin <= min(one.valid_to or datetime.date.max, other.valid_to or datetime.date.max)


def _told_apart(one: Entry, name: str, other: Entry, other_name: str) -> bool:
    """Whether capitals tell two entries apart: ``Hòa Bình`` and ``hòa bình``."""
    strict = any(entry.case is CasePolicy.EXACT or entry.kind in NAMES for entry in (one, other))
    return strict and [*map(pattern, split(name))] != [*map(pattern, split(other_name))]


def _styles_that_differ(one: Entry, other: Entry) -> list[tuple[str, str, str]]:
    styles = dict.fromkeys((*one.english, *other.english))
    forms = [(style, one.form(style), other.form(style)) for style in styles]
    return [(style, here, there) for style, here, there in forms if here != there]


RULES: tuple[Rule, ...] = (
    duplicate_ids,
    conflicting_entries,
    shadowing_variants,
    forbidden_forms,
    vietnamese_letters,
    brackets,
    unknown_styles,
    missing_authority,
    plain_ids,
    composition,
    feminine_forms,
    figures,
)
"""The rules, in the order of their codes; those on cells and columns are in the reader and in ``lint``."""
