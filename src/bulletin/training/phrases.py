"""Which aligned phrases are worth carrying: often rendered so, noun-like, and cached beside the run."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from bulletin.errors import TrainingError
from bulletin.files import write_atomic
from bulletin.training.alignment import Tokens, consistent_phrases, make_linker
from bulletin.training.pairs import Pair

Offsets = tuple[int, int, int, int]
Finder = Callable[[Pair], Sequence[Offsets]]

MOST = 5
"""Phrases kept of a pair."""

# words that a carried phrase neither begins nor ends with
_LOOSE = frozenset(
    """
    a an the this that these those it its he she they them we us our you your i my me his her their of
    to in on at by for from with about as into over under after before during between among through and
    or but nor so if than then when while where which who whom whose what how why is are was were be
    been being am do does did done have has had having will would can could may might must shall should
    not no yes also there here very more most much many some any all each every other another such own
    same only just even still yet already s t re ve ll d mr mrs ms said says say told tell added noted
    stressed affirmed asked up out off down again because until since per against include includes
    including according therefore earlier later however continue continued believe choose sent send like
    want know think see seen get got make made take taken use used help one two three four five six
    seven eight nine ten first second third last next new
    """.split()
)

_CLAUSE = frozenset("is are was were has have had will would that which".split())


def worth_carrying(words: Sequence[str], text: str) -> bool:
    """Return whether an English phrase looks like a name or a noun phrase."""
    if words[0] in _LOOSE or words[-1] in _LOOSE or not all(word[0].isalpha() for word in words):
        return False
    if any(
        word in {"is", "are", "was", "were", "has", "have", "had", "will", "would", "that", "which"}
        for word in words
    ):
        return False
    if text[0].isupper():
        return True
    head, tail = words[0], words[-1]
    if len(words) == 1:
        return len(head) >= 4 and not head.endswith(("ed", "ly", "ing", "ise", "ize"))
    return not head.endswith(("ing", "ly", "ised", "ized")) and not tail.endswith(("ed", "ly"))


def find_phrases(pairs: Sequence[Pair], *, learn_from: int = 60_000) -> list[tuple[Offsets, ...]]:
    """Align ``pairs`` and return each one's phrases worth carrying, as character offsets."""
    cut = [(Tokens.of(pair.source), Tokens.of(pair.target)) for pair in pairs]
    link = make_linker(cut, learn_from=learn_from)
    candidates: list[list[Offsets]] = []
    both: Counter[tuple[str, str]] = Counter()
    left: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for (source, target), pair in zip(cut, pairs, strict=True):
        found = []
        for low, high, begin, end in consistent_phrases(link(source, target), len(target.words)):
            place = (
                source.places[low][0],
                source.places[high - 1][1],
                target.places[begin][0],
                target.places[end - 1][1],
            )
            text = pair.target[place[2] : place[3]]
            if not worth_carrying(target.words[begin:end], text):
                continue
            if not all(word[0].isalnum() for word in source.words[low:high]):
                continue
            found.append(place)
            one, two = " ".join(source.words[low:high]), " ".join(target.words[begin:end])
            both[one, two] += 1
            left[one] += 1
            right[two] += 1
        candidates.append(found)
    return [
        tuple(_best(found, pair, both, left, right)) for found, pair in zip(candidates, pairs, strict=True)
    ]


def _best(
    found: Iterable[Offsets],
    pair: Pair,
    both: Counter[tuple[str, str]],
    left: Counter[str],
    right: Counter[str],
) -> list[Offsets]:
    """Keep phrases rendered so at least twice and in a good share of cases; capitals and length first."""
    ranked = []
    for place in found:
        source, target = (
            Tokens.of(pair.source[place[0] : place[1]]),
            Tokens.of(pair.target[place[2] : place[3]]),
        )
        one, two = " ".join(source.words), " ".join(target.words)
        count = both[one, two]
        if count < 2 or count < 0.3 * left[one] or count < 0.3 * right[two]:
            continue
        capital = pair.target[place[2]].isupper() and place[2] > 0
        ranked.append((-capital, -len(target.words), right[two], place))
    chosen: list[Offsets] = []
    for *_, place in sorted(ranked):
        if all(place[1] <= other[0] or place[0] >= other[1] for other in chosen) and all(
            place[3] <= other[2] or place[2] >= other[3] for other in chosen
        ):
            chosen.append(place)
        if len(chosen) == MOST:
            break
    return chosen


def _key(pair: Pair) -> str:
    return hashlib.sha256(f"{pair.source}\t{pair.target}".encode()).hexdigest()[:20]


def phrase_finder(pairs: Sequence[Pair], folder: Path) -> Finder:
    """Return a function that gives a pair's phrases, found once and then read from a cache in ``folder``.

    Raises TrainingError where the cache is damaged.
    """
    digest = hashlib.sha256("".join(sorted(map(_key, pairs))).encode()).hexdigest()[:12]
    cache = folder / f"phrases-{digest}.tsv"
    if not cache.is_file():
        found = find_phrases(pairs)
        lines = [
            f"{_key(pair)}\t{' '.join(','.join(map(str, place)) for place in places)}"
            for pair, places in zip(pairs, found, strict=True)
            if places
        ]
        write_atomic(cache, "\n".join(lines) + "\n")
    known: dict[str, tuple[Offsets, ...]] = {}
    try:
        for line in cache.read_text(encoding="utf-8").splitlines():
            if line:
                key, places = line.split("\t")
                known[key] = tuple(_offsets(place) for place in places.split(" "))
    except (OSError, ValueError) as error:
        raise TrainingError(f"{cache}: the cache of aligned phrases is damaged; delete it") from error
    return lambda pair: known.get(_key(pair), ())


def _offsets(text: str) -> Offsets:
    one, two, three, four = map(int, text.split(","))
    return one, two, three, four
