"""How English varies a form without changing it: number, case, hyphens, inner articles, coordination.

``Chairman of the provincial People's Committee`` is the same title in ``Chairmen of provincial
People's Committees``, and in ``Chairmen of the provincial and municipal People's Committees``.
"""

from __future__ import annotations

import functools
import re

_HYPHEN = r"(?:\s*[-‐‑–—]\s*|\s+)"
_ARTICLES = frozenset({"the", "a", "an"})
# a form may lose or gain `the` behind these
_BEFORE_ARTICLE = frozenset({"of", "for", "on", "to", "in"})
_CHAIR = re.compile(r"chair(?:man|woman|person)?\Z", re.IGNORECASE)
_CHAIRS = r"chair(?:m[ae]n|wom[ae]n|persons?|manship|s)?"
_TOKEN = re.compile(r"\s+-\s+|\s+|-")
# adjectives of level that several bodies may share: provincial and municipal People's Committees
_LEVELS = frozenset(
    "central ministerial provincial municipal city district communal commune ward local".split()
)
_MORE = r"(?:,\s+[\w-]+)*,?\s+and\s+[\w-]+\s+"
# Party Committees and People's Committees of: the first of two heads of one owner
_SECOND = r"(?:,\s+(?:[\w'’-]+\s+){1,4}?)?\s*,?\s+and\s+(?:the\s+)?(?:[\w'’-]+\s+){1,4}?"


@functools.lru_cache(maxsize=16384)
def varied(form: str, *, plural: bool) -> tuple[re.Pattern[str], ...]:
    """Patterns for one form as English varies it, the plainest first.

    Without ``plural`` only case, hyphens and white space vary: for dates and figures. A pattern for
    coordination covers the part of the form that stands by itself; what is shared is looked at and
    left for the others.
    """
    pieces = [piece for piece in re.split(rf"({_TOKEN.pattern})", form.strip()) if piece]
    words = pieces[::2]
    if not plural or not words:
        return (_compiled(_plain(pieces)),)
    patterns = [_loose(pieces)]
    level = next((i for i, word in enumerate(words[:-1]) if word.lower() in _LEVELS), None)
    if level is not None:
        own, shared = _loose(pieces[: 2 * level + 1], last=False), _loose(pieces[2 * level + 2 :])
        patterns.append(rf"{own}(?={_MORE}{shared}(?!\w))")
    owner = next((i for i, word in enumerate(words) if word == "of" and i), None)
    if owner is not None:
        head = _loose(pieces[: 2 * owner - 1])
        patterns.append(rf"{head}(?={_SECOND}{_loose(pieces[2 * owner :])}(?!\w))")
    return tuple(map(_compiled, patterns))


def _compiled(body: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){body}(?!\w)", re.IGNORECASE)


def _plain(pieces: list[str]) -> str:
    return "".join(_gap(piece) if at % 2 else _word(piece) for at, piece in enumerate(pieces))


def _loose(pieces: list[str], *, last: bool = True) -> str:
    """Pieces (words and gaps in turn) with plural heads, and articles that come and go behind ``of``."""
    words = pieces[::2]
    body = ""
    for at, word in enumerate(words):
        gap = _gap(pieces[2 * at - 1]) if at else ""
        if word.lower() in _ARTICLES and 0 < at < len(words) - 1:
            body += rf"{gap}(?:{_word(word)}\s+)?"
            continue
        if at and words[at - 1].lower() in _ARTICLES and at > 1:
            gap = ""
        elif at and words[at - 1].lower() in _BEFORE_ARTICLE:
            gap += r"(?:the\s+)?"
        head = (last and at == len(words) - 1) or (at + 1 < len(words) and words[at + 1].lower() == "of")
        body += gap + (_CHAIRS if _CHAIR.match(word) else _with_plural(_word(word)) if head else _word(word))
    return body


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
