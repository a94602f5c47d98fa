"""Vietnamese letters in names: taken off, or put back from the source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bulletin.language.detect import vietnamese_remains
from bulletin.language.families import HIGHLAND
from bulletin.language.names import NameKind, find_names
from bulletin.publishing.letters import MARKED, has_vietnamese_letters, without_diacritics
from bulletin.publishing.rules.edit import Edit, kept_spans, outside, replacing
from bulletin.publishing.style import Style

_MARKED_WORD = re.compile(rf"(?<![^\W\d_])[^\W\d_]*[{MARKED}][^\W\d_]*")
_CAPITAL_RUN = re.compile(r"[^\W\d_]+(?:[ ][^\W\d_]+)*")
_MOST_SYLLABLES = 6

# English words that a capitalised Vietnamese syllable turns into without its marks: never restored alone
_ENGLISH = frozenset(
    """
    A Am An And Are As At Ban Bang Bay Be Bo Bon But By Cam Can Cap Cat Chain Chi Chin Con Dam Dang Day Do
    Don Dung For Gap Go Ha Hat Have He Hen Her Him Hit Ho Hot Hung I In It Its Kim Lam Lap Lay Long Ma
    Man Map Mat May Me Men Met Mo My Nay Net No Not Of Oh On Or Our Pan Pay Pen Pet Pham Phong Pin Quay Quit
    Ran Rat Sam Sang Sat Say Set She Sin Sit So Son Song Sun Tam Tan Tang Tap Tat Ten Than That The Them Then
    They Thin Thing This Tin To Toe Ton Too Top Trap Trim Tung Up Us Van We With Ye Yen Yet You
    """.split()
)


@dataclass(frozen=True, slots=True)
class Person:
    """A Vietnamese who is named in full in the source, as the source writes the name."""

    name: str

    @property
    def given(self) -> str:
        """The given name, which stands last."""
        return self.name.split()[-1]


@dataclass(frozen=True, slots=True)
class Originals:
    """What names without marks stand for: ``Tran Quoc Vuong`` for ``Trần Quốc Vượng``.

    ``pairs`` holds names as tuples of plain syllables; where two names of the source look the same
    without marks it holds None, and the name stays as it is.
    """

    pairs: dict[tuple[str, ...], str | None]
    people: tuple[Person, ...] = ()


def read_originals(sources: Iterable[str]) -> Originals:
    """Gather the names of Vietnamese texts: the people in them, and every capitalised run of syllables."""
    found: dict[tuple[str, ...], set[str]] = {}
    people: dict[str, Person] = {}
    for source in sources:
        text = unicodedata.normalize("NFC", source)
        for match in find_names(text):
            if match.kind is NameKind.FULL:
                name = " ".join(text[match.start : match.end].split())
                people.setdefault(name, Person(name))
        for run in _capital_runs(text):
            for first in range(len(run)):
                for last in range(first + 2, min(first + _MOST_SYLLABLES, len(run)) + 1):
                    _add(found, run[first:last])
            if len(run) == 1 and without_diacritics(run[0]) not in _ENGLISH:
                _add(found, run)
    for person in people.values():
        syllables = person.name.split()
        _add(found, syllables)
        if without_diacritics(person.given) not in _ENGLISH:
            _add(found, syllables[-1:])
    pairs = {
        plain: next(iter(originals)) if len(originals) == 1 else None for plain, originals in found.items()
    }
    return Originals(pairs, tuple(people.values()))


def _add(found: dict[tuple[str, ...], set[str]], syllables: list[str]) -> None:
    original = " ".join(syllables)
    found.setdefault(tuple(without_diacritics(syllable) for syllable in syllables), set()).add(original)


def _capital_runs(text: str) -> Iterator[list[str]]:
    """Runs of neighbouring words that begin with a capital; a lone one only inside a sentence."""
    for match in _CAPITAL_RUN.finditer(text):
        run: list[str] = []
        before = text[: match.start()].rstrip()
        starts_sentence = not before or before[-1] in '.!?:;“"'
        for number, word in enumerate([*match[0].split(" "), ""]):
            if word[:1].isupper() and not (word.isupper() and len(word) > 1):
                run.append(word)
                continue
            if len(run) > 1 or (run and not (starts_sentence and number == 1)):
                yield run
            run = []


def letters(text: str, style: Style, originals: Originals | None = None) -> Iterator[Edit]:
    """Names without Vietnamese letters, or with those that the source has, as the style says."""
    if not style.names.diacritics:
        return outside(replacing(_MARKED_WORD, text, _plainly), [])
    if originals is None or not originals.pairs:
        return iter(())
    kept = kept_spans(text, (*style.places.keep, *_written(style)))
    return outside(_restored(text, originals), kept)


def _plainly(match: re.Match[str]) -> str:
    """A Vietnamese word without its marks; a word of another language (``communiqué``) as it is."""
    word = match[0]
    vietnamese = word in HIGHLAND or bool(vietnamese_remains(word))
    return without_diacritics(word) if vietnamese else word


@lru_cache(maxsize=32)
def _cached(spellings: tuple[str, ...]) -> tuple[str, ...]:
    # a form of the table without marks is meant so: HCM City, Ho Chi Minh City
    return tuple(form for form in spellings if not has_vietnamese_letters(form))


def _written(style: Style) -> tuple[str, ...]:
    return _cached(tuple(style.places.spellings.values()))


def _restored(text: str, originals: Originals) -> Iterator[Edit]:
    longest = max(len(plain) for plain in originals.pairs)
    for match in _CAPITAL_RUN.finditer(text):
        words = match[0].split(" ")
        place = 0
        offset = match.start()
        while place < len(words):
            taken = 1
            for count in range(min(longest, len(words) - place), 0, -1):
                plain = tuple(words[place : place + count])
                if plain in originals.pairs:
                    original = originals.pairs[plain]
                    if original is not None:
                        yield Edit(offset, " ".join(plain), original)
                    taken = count
                    break
            offset += sum(len(word) + 1 for word in words[place : place + taken])
            place += taken
