"""How English varies a form without changing it: number, case, hyphens, articles, owners, coordination.

``Chairman of the provincial People's Committee`` is the same title in ``Chairmen of provincial
People's Committees``, in ``Chairmen of the provincial and municipal People's Committees`` and in
``Chairman of the Ha Nam provincial People's Committee``.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator

_HYPHEN = r"(?:\s*[-‐‑–—]\s*|\s+)"
_TOKEN = re.compile(r"\s+-\s+|\s+|-")
_ARTICLES = frozenset({"the", "a", "an"})
# a form may lose or gain `the` behind these
_BEFORE_ARTICLE = frozenset({"of", "for", "on", "to", "in"})
_CHAIR = re.compile(r"chair(?:man|woman|person)?\Z", re.IGNORECASE)
_CHAIRS = r"chair(?:m[ae]n|wom[ae]n|persons?|manship|s)?"

# levels of local bodies: the adjective, and the noun of their places
_CITY = (r"(?:municipal|city)", r"cit(?:y|ies)")
_COMMUNE = (r"(?:communal|commune)", r"communes?")
_LEVELS = {
    "provincial": ("provincial", r"provinces?"),
    "municipal": _CITY,
    "city": _CITY,
    "district": (r"district(?:\s+\d+)?", r"districts?"),
    "town": ("town", "towns?"),
    "township": ("township", "townships?"),
    "commune": _COMMUNE,
    "communal": _COMMUNE,
    "ward": ("ward", "wards?"),
}
# of border districts, of southern provinces
_PLACE_NOUNS = frozenset("provinces cities districts towns townships communes wards localities".split())
# the name or number of the body, which the source has elsewhere: the Ha Nam provincial, the 13th provincial
_NAMES = r"(?P<gap>(?:(?:(?-i:[A-Z])[\w'’-]*|\d+(?:st|nd|rd|th))\s+){1,5}?)?"
_OWNER = r"(?P<gap>(?:[\w-]+\s+){0,2}?[\w-]+['’]s?\s+)?"
_MORE = r"(?:,\s+[\w-]+)*,?\s+and\s+[\w-]+\s+"
_BODIES = r"(?:(?-i:[A-Z])[\w'’-]*,?\s+){1,6}?and\s+(?:the\s+)?"
# titles that English may put behind what they are of; ministers and ministries keep their place
_TITLES = frozenset(
    {"president", "vice president", "chairman", "vice chairman", "chair", "secretary general"}
)
_HEADS = r"(?:,\s+(?:[\w'’-]+\s+){1,4}?)?\s*,?\s+and\s+(?:the\s+)?(?:[\w'’-]+\s+){1,4}?"
_OF = r"\s+of\s+(?:the\s+)?"
_PLACES = (
    r"(?:(?:(?-i:[A-Z])[\w-]*|\d+|provinces?|cit(?:y|ies)|districts?|towns?|townships?|communes?|wards?),?\s+"
    r"(?:and\s+)?){0,6}?"
)


@functools.lru_cache(maxsize=16384)
def varied(form: str, *, plural: bool) -> tuple[re.Pattern[str], ...]:
    """Patterns for one form as English varies it, the plainest first.

    Without ``plural`` only case, hyphens and white space vary: for dates and figures. Where words are
    shared with another term, the group ``own`` is what the form has for itself; the groups ``gap1``,
    ``gap2``... are what stands inside the form and is not of it.
    """
    pieces = [piece for piece in re.split(rf"({_TOKEN.pattern})", form.strip()) if piece]
    if not plural or not pieces:
        return (
            _compiled("".join(_gap(piece) if at % 2 else _word(piece) for at, piece in enumerate(pieces))),
        )
    patterns = [_loose(pieces), *_at_level(pieces), *_of_owner(pieces)]
    return tuple(map(_compiled, patterns))


@functools.lru_cache(maxsize=65536)
def kernel(form: str) -> str:
    """A string that every variation of a form holds, in lower case: to see at once where none can stand."""
    words = [word for word in re.split(r"[^\w]+", form.casefold()) if word not in _LEVELS]
    longest = max(words, key=len, default="")
    return longest[: max(1, len(longest) - 3)] if not _CHAIR.match(longest) else "chair"


def _compiled(body: str) -> re.Pattern[str]:
    count = itertools.count(1)
    body = re.sub(r"\(\?P<gap>", lambda _: f"(?P<gap{next(count)}>", body)
    return re.compile(rf"(?<!\w){body}(?!\w)", re.IGNORECASE)


def _at_level(pieces: list[str]) -> Iterator[str]:
    """A local body that shares its adjective, its noun or its place with others."""
    words = pieces[::2]
    at = next((i for i, word in enumerate(words[:-1]) if word.lower() in _LEVELS), None)
    if at is None:
        return
    before, rest = pieces[: 2 * at + 1], _loose(pieces[2 * at + 2 :])
    # provincial and municipal People's Committees
    yield rf"(?P<own>{_loose(before, last=False)}){_MORE}{rest}"
    # the provincial People's Council and People's Committee
    yield rf"{_loose(before, last=False)}\s+{_BODIES}(?P<own>{rest})"
    # the People's Committees of wards, communes and townships
    _, place = _LEVELS[words[at].lower()]
    title = _loose(pieces[: 2 * at - 1] if at else [])
    gap = r"\s+" if at else ""
    yield rf"{title}{gap}{rest}{_OF}{_PLACES}(?P<own>{place})"


def _of_owner(pieces: list[str]) -> Iterator[str]:
    """A title that stands behind its owner, and one of two heads of the same owner."""
    words = pieces[::2]
    at = next((i for i, word in enumerate(words) if word == "of" and i), None)
    if at is None or at == len(words) - 1:
        return
    head, owner = _loose(pieces[: 2 * at - 1]), _loose(pieces[2 * at :])
    # the Party Committees and People's Committees of Ha Nam
    yield rf"(?P<own>{head}){_HEADS}{owner}"
    # the United Nations (UN) Secretary-General
    if " ".join(words[:at]).lower() in _TITLES:
        first = at + 1 + (words[at + 1].lower() in _ARTICLES)
        if first < len(words):
            yield rf"{_loose(pieces[2 * first :], last=False)}(?:\s+\((?-i:[A-Z-]+)\))?\s+{head}"


def _loose(pieces: list[str], *, last: bool = True) -> str:
    """Pieces (words and gaps in turn) with plural heads, articles and owners that come and go inside."""
    words = [word.lower() for word in pieces[::2]]
    body, skipped = "", False
    for at, piece in enumerate(pieces[::2]):
        if words[at] in _ARTICLES and 0 < at < len(words) - 1:
            skipped = True
            continue
        gap = _gap(pieces[2 * at - 1]) if at else ""
        if at and (skipped or words[at - 1] in _BEFORE_ARTICLE):
            gap += rf"(?:(?:{'|'.join(sorted(_ARTICLES))})\s+)?{_OWNER}"
        if at and (words[at] in _LEVELS or words[at : at + 3] == ["national", "assembly", "delegation"]):
            gap += _NAMES
        if at and words[at].rstrip(",") in _PLACE_NOUNS and words[at - 1] == "of":
            gap += r"(?P<gap>[a-z]+\s+)?"
        if at and words[at - 1] == "deputy" and words[at] == "minister":
            gap += _NAMES
        head = (last and at == len(words) - 1) or words[at + 1 : at + 2] == ["of"]
        body += gap + _inflected(piece, head)
        skipped = False
    return body


def _inflected(word: str, head: bool) -> str:
    """A word's pattern; a head may be plural, a chairman a chairwoman, a city municipal."""
    if _CHAIR.match(word):
        return _CHAIRS
    if not head and word.lower() in _LEVELS:
        return _LEVELS[word.lower()][0]
    return _with_plural(_word(word)) if head else _word(word)


def _gap(gap: str) -> str:
    return r"\s+" if gap.isspace() else _HYPHEN


def _word(word: str) -> str:
    return re.escape(word).replace("'", "['’]")


def _with_plural(body: str) -> str:
    """A word's pattern with its regular plural."""
    if body.endswith("y"):
        return rf"{body[:-1]}(?:y|ies)"
    if body.endswith("s"):
        return rf"{body}(?:es)?"
    if body.endswith("man"):
        return rf"{body[:-3]}m[ae]n"
    return rf"{body}(?:e?s)?" if body[-1:].isalpha() else body
