"""Sentences of Vietnamese news text.

A sentence ends at a full stop, question mark, exclamation mark or ellipsis, with the closing quotes
and brackets that follow it, when white space and then something that can begin a sentence come next.
Semicolons and colons never end one: an attendance list is one sentence. What looks like an end and is
not one (``TP. Hồ Chí Minh``, ``PGS.TS. Tuyển``, ``v.v. và``, ``J. Biden``, ``1. Mở đầu``) is told by
the word before the stop and by what follows it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from bulletin.article import Segment

CAPITAL_ABBREVIATIONS = frozenset(
    "gs pgs ts ths tsk tskh bs bsck ks kts ls nsnd nsưt nghs cn đ/c đc tp tx tt q p h x đ tl ql tel fax "
    "nxb ph mr mrs ms dr prof st jr sr hon gen no vol art".split()
)
"""Words whose full stop belongs to them when they begin with a capital; casefolded here."""

LOWER_ABBREVIATIONS = frozenset("tr tp đ/c đc vd no vol pp vs ths ts".split())
"""The same for words in lower case. ``v.v.`` is in neither set: it may end a sentence."""

_PERSONS = frozenset("ông bà anh chị cô chú bác ngài thống trưởng tướng sư sĩ tịch".split())
"""Small words after which a single capital is an initial (``ông J. Biden``); elsewhere it is a label."""

_ANONYMOUS = frozenset(("Văn", "Thị"))
"""Middle names after which a single capital hides a name (``Nguyễn Văn A.``)."""

_OPENERS = "“‘\"'«([{"
_CLOSERS = "”’\"'»)]}"
_STOP = re.compile(r"[.!?…]+(?:[”’\"'»)\]}]|\s{1,3}[”»])*")
_WORD_BEFORE = re.compile(r"[^\s“”‘’\"'«»()\[\]{},;:–—]{1,40}$")
_NUMBERED = re.compile(
    r"(?:(?:Điều|Khoản|Chương|Mục|Phần|Bài|Câu)\s+)?(?:\d{1,3}(?:\.\d{1,2}){0,3}|[IVXLC]{1,6}|[A-Za-zĐđ])$"
)
_DATE_TAIL = re.compile(r"\d{1,2}\s*[./]")
_DATE_HEAD = re.compile(r"\d{1,2}[./]\s*\d{1,2}$")
_CLASSICS = re.compile(r"Mác|Mark|Marx|Ăng|Lê-?nin|Lenin")
_PAREN_MAX = 300


def split_sentences(text: str) -> list[str]:
    """Split ``text`` into pieces that each hold one sentence and the white space after it.

    Joining the pieces gives ``text`` exactly.
    """
    cuts = [0, *_boundaries(text), len(text)]
    return [text[start:end] for start, end in pairwise(cuts) if end > start]


def segment(text: str, block: int) -> tuple[Segment, ...]:
    """Segments of a block's text; ``block`` counts from 1 and goes into the ids.

    ``text`` is taken to have no white space at its ends; what it has stays in ``space``.
    """
    segments: list[Segment] = []
    start = 0
    for piece in split_sentences(text):
        body = piece.rstrip()
        if not body:  # only where the whole text is white space
            break
        segments.append(Segment(f"b{block}.s{len(segments) + 1}", body, piece[len(body) :], start))
        start += len(piece)
    return tuple(segments)


def _boundaries(text: str) -> Iterator[int]:
    """Offsets at which a new sentence begins, in order."""
    spans = _short_parentheses(text)
    starts = [start for start, _ in spans]
    sentence = len(text) - len(text.lstrip())
    for match in _STOP.finditer(text):
        end = match.end()
        inside = bisect_right(starts, match.start()) - 1
        if inside >= 0 and end < spans[inside][1]:
            continue
        after = end
        while after < len(text) and text[after].isspace():
            after += 1
        if after == len(text):
            return
        if _ends_sentence(text, sentence, match.start(), match.group(), end, after):
            yield after
            sentence = after


def _ends_sentence(text: str, sentence: int, stop: int, run: str, end: int, after: int) -> bool:
    """Whether the stop ``run`` at ``stop`` ends the sentence that began at ``sentence``.

    ``end`` is the offset after the run and its closers, ``after`` that of the next visible character.
    """
    marks = run.rstrip(_CLOSERS + " \t\n\xa0")
    closed = len(marks) < len(run)
    word = _word_before(text, sentence, stop)
    if after == end:
        return not closed and marks == "." and _glued(text, word, after)
    if not _can_begin(text, after, closed):
        return False
    if marks != ".":
        return bool(word) or sentence < stop  # "… Và" at the very start is one sentence
    if closed:
        return True
    return not _is_abbreviation(text, sentence, stop, word, after)


def _word_before(text: str, sentence: int, stop: int) -> str:
    match = _WORD_BEFORE.search(text, max(sentence, stop - 41), stop)
    return match.group() if match else ""


def _can_begin(text: str, after: int, closed: bool) -> bool:
    """Whether the character at ``after`` can begin a sentence."""
    char = text[after]
    if char in "-–—":
        # “… .” – he said; but a dash after a plain full stop begins an item
        return not closed and after + 1 < len(text) and text[after + 1].isspace()
    if char in _OPENERS:
        follower = text[after + 1 : after + 2]
        return not follower.islower() and not follower.isspace() and follower not in _CLOSERS
    if char in _CLOSERS or char in ",;:.!?…%/":
        return False
    return not char.islower()


def _glued(text: str, word: str, after: int) -> bool:
    """Whether a full stop without a space after it ends a sentence (``kết thúc.Sau đó``).

    Only between a lower-case word and a capitalised one, so that ``VOV.VN``, ``Tp.Hồ`` and web
    addresses stay whole.
    """
    return (
        len(word) >= 2
        and word.isalpha()
        and word.islower()
        and word not in LOWER_ABBREVIATIONS
        and text[after].isupper()
        and text[after + 1 : after + 2].islower()
    )


def _is_abbreviation(text: str, sentence: int, stop: int, word: str, after: int) -> bool:
    """Whether the single full stop at ``stop`` belongs to the ``word`` before it."""
    if not word:
        return False
    if text[sentence:stop] and _NUMBERED.fullmatch(text, sentence, stop):
        return True  # "1. Mở đầu", "Điều 5. Phạm vi": a number and its heading
    if word.isdigit():
        dated = _DATE_TAIL.match(text, after) or _DATE_HEAD.search(text, max(0, stop - 8), stop)
        return len(word) <= 2 and dated is not None  # "16. 1. 2020"
    if word.casefold() == "v.v":
        return False
    last = word.rpartition(".")[2]
    if len(last) == 1 and last.isupper():
        previous = _previous_word(text, stop - len(word))
        if _CLASSICS.match(text, after):
            return True  # "của C. Mác"
        if previous[:1].islower():
            return previous in _PERSONS  # "nhóm A. Các" ends, "ông J. Biden" does not
        return previous not in _ANONYMOUS
    folded = last.casefold()
    return folded in LOWER_ABBREVIATIONS or (last[:1].isupper() and folded in CAPITAL_ABBREVIATIONS)


def _previous_word(text: str, end: int) -> str:
    pieces = text[max(0, end - 40) : end].split()
    return pieces[-1] if pieces else ""


def _short_parentheses(text: str) -> list[tuple[int, int]]:
    """Outermost ``(...)`` of at most 300 characters, as (start, end); none of them is cut inside."""
    spans: list[tuple[int, int]] = []
    stack: list[int] = []
    for match in re.finditer(r"[()]", text):
        if match.group() == "(":
            stack.append(match.start())
        elif stack:
            start = stack.pop()
            if match.end() - start <= _PAREN_MAX:
                while spans and spans[-1][0] > start:
                    spans.pop()
                spans.append((start, match.end()))
    return spans
