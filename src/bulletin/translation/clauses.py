"""Long sentences: cut at clause boundaries so that no model ever truncates, and joined again."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

# The strongest boundary first: list items, clauses, then any comma, then any space.
_BOUNDARIES = (
    re.compile(r"(?<=[;:])\s+"),
    re.compile(
        r"(?<=[,…])\s+(?=(?:đồng thời|trong đó|nhất là|góp phần|nhằm|để|qua đó|từ đó|cùng|và)\s)", re.I
    ),
    re.compile(r"(?<=[,…])\s+"),
    re.compile(r"\s+(?=(?:và|nhằm|để|nhưng|mà|trong đó)\s)", re.I),
    re.compile(r"\s+"),
)
_TERM = re.compile(r"⟦[^⟦⟧]*⟧")


def split_clauses(text: str, limit: int, size: Callable[[str], int]) -> list[str]:
    """Cut ``text`` into pieces of at most ``limit`` by ``size`` (a count of model pieces).

    Cuts fall at the strongest boundary that serves, as near the middle as may be, never inside a
    marked term that fits. ``" ".join`` over the result gives the text with its white space folded,
    except where one word alone is over the limit: that is cut between characters.
    """
    text = " ".join(text.split())
    if size(text) <= limit or len(text) < 2:
        return [text]
    inside = [match.span() for match in _TERM.finditer(text)]
    middle = len(text) / 2
    for boundary in _BOUNDARIES:
        cuts = [
            match
            for match in boundary.finditer(text)
            if match.start() > 0
            and match.end() < len(text)
            and not any(start < match.start() < end for start, end in inside)
        ]
        # a cut near an end leaves a stump that translates badly: prefer the next kind of boundary
        cuts = [cut for cut in cuts if min(cut.start(), len(text) - cut.end()) > len(text) / 8] or (
            cuts if boundary is _BOUNDARIES[-1] else []
        )
        if cuts:
            best = min(cuts, key=lambda cut: abs(cut.start() - middle))
            left, right = text[: best.start()], text[best.end() :]
            return split_clauses(left, limit, size) + split_clauses(right, limit, size)
    half = len(text) // 2
    return split_clauses(text[:half], limit, size) + split_clauses(text[half:], limit, size)


def join_clauses(sources: list[str], translations: list[str], proper: Collection[str] = ()) -> str:
    """Join the translations of the pieces of one sentence into one sentence again.

    A piece that ended in ``;``, ``:`` or ``,`` keeps that mark; full stops that the model put inside
    the sentence are dropped; a word that is capital only because its piece began is lowered.
    ``proper`` are first words of terms and names, which stay as they are.
    """
    parts: list[str] = []
    for index, (source, translation) in enumerate(zip(sources, translations, strict=True)):
        part = translation.strip()
        if index < len(sources) - 1:
            ending = source.rstrip()[-1:]
            part = part.rstrip(" .") if not part.endswith("...") else part
            if ending in ";:," and not part.endswith((";", ":", ",")):
                part += ending
        if parts and not parts[-1].endswith((".", "!", "?", "”", '"')):
            part = _lower_first(part, source, proper)
        if part:
            parts.append(part)
    return " ".join(parts)


# what may open a piece in English and is a common word in the middle of a sentence
_FUNCTION_WORDS = frozenset(
    (
        "A After Along Also Among An And As At Before Between By During Especially For From He Her His In "
        "Including It Not Of On She That The Their Then There Thereby These They This Those Through To "
        "Together When While With"
    ).split(" ")
)
_ALWAYS_CAPITAL = frozenset(
    "Party State Government President Minister Prime Deputy Vice General Mr Ms Mrs Vietnam Vietnamese Hanoi "
    "National ASEAN January February March April May June July August September October November "
    "December".split()
)


def _lower_first(part: str, source: str, proper: Collection[str]) -> str:
    """Lower the first word, unless it is a proper one as far as the next word and the source tell."""
    word, _, rest = part.partition(" ")
    if word in _FUNCTION_WORDS:
        return word.lower() + part[len(word) :]
    common = word[:1].isupper() and word[1:].islower() and rest[:1].islower() and source[:1].islower()
    if common and word not in _ALWAYS_CAPITAL and word not in proper:
        return word.lower() + part[len(word) :]
    return part
