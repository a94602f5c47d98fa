"""What a text calls people and bodies after it has named them once: rules over a whole bulletin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bulletin.publishing.letters import without_diacritics
from bulletin.publishing.rules.edit import Edit, kept_spans, outside
from bulletin.publishing.rules.names import Person
from bulletin.publishing.style import Style

# the founder is never called by his given name, and his name is in many others
_ALWAYS_FULL = frozenset({"Ho Chi Minh"})
# capitalised only because a sentence begins with them
_SMALL_WORDS = frozenset("The A An This That In At Of And For By As On To From With".split())
_CAPITAL_BEHIND = re.compile(r"(?:['’]s)?[ -](?=[A-ZĐ])")


@dataclass(slots=True)
class SecondMentions:
    """Writes the given name alone where a person was named in full before, if the style does so.

    Two people of one given name keep their full names throughout. Feed it the blocks in print order.
    """

    style: Style
    people: Iterable[Person]
    _seen: set[str] = field(default_factory=set)
    _names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.style.names.second_mention != "given":
            return
        full = {self._spelled(person.name) for person in self.people}
        given = Counter(name.split()[-1] for name in full)
        for name in full:
            short = name.split()[-1]
            if given[short] == 1 and without_diacritics(name) not in _ALWAYS_FULL:
                self._names[name] = short

    def edits(self, text: str) -> Iterator[Edit]:
        """The later mentions in one block; what it names in full is remembered for the next."""
        return outside(self._edits(text), kept_spans(text, self.style.places.keep))

    def _edits(self, text: str) -> Iterator[Edit]:
        if not self._names:
            return
        longest_first = sorted(self._names, key=len, reverse=True)
        pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
        for match in pattern.finditer(text):
            # a name inside another one: the street, the prize, the city that bears it
            if _CAPITAL_BEHIND.match(text, match.end()) and not text[match.end() :].startswith(("'s", "’s")):
                continue
            if match[0] in self._seen:
                yield Edit(match.start(), match[0], self._names[match[0]])
            self._seen.add(match[0])

    def _spelled(self, name: str) -> str:
        return name if self.style.names.diacritics else without_diacritics(name)


@dataclass(frozen=True, slots=True)
class ShortFormTable:
    """``forms`` maps long forms to short ones; ``kept`` are longer names in which none is shortened."""

    forms: Mapping[str, str] = field(default_factory=dict)
    kept: tuple[str, ...] = ()


@dataclass(slots=True)
class ShortForms:
    """Gives a long form its short one in brackets at first, and writes the short one from then on.

    A long form inside a longer official name (``National Assembly Standing Committee``) is left
    alone. A form that comes only once is not introduced. Feed it the blocks in print order.
    """

    style: Style
    table: ShortFormTable
    texts: Iterable[str]
    _forms: Mapping[str, str] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        if self.style.short_forms.policy != "introduce":
            return
        texts = tuple(self.texts)
        self._forms = {
            long: short
            for long, short in self.table.forms.items()
            if sum(len(list(self._places(long, short, text))) for text in texts) > 1
        }

    def edits(self, text: str) -> Iterator[Edit]:
        """The edits of one block; what it introduces is remembered for the next."""
        edits: list[Edit] = []
        for long, short in self._forms.items():
            for match in self._places(long, short, text):
                introduced = match["introduced"] is not None
                if long in self._seen:
                    edits.append(Edit(match.start(), match[0], short))
                elif not introduced:
                    edits.append(Edit(match.start(), match[0], f"{long} ({short})"))
                self._seen.add(long)
        return iter(edits)

    def _places(self, long: str, short: str, text: str) -> Iterator[re.Match[str]]:
        if long not in text:
            return
        kept = kept_spans(text, (*self.style.places.keep, *self.table.kept))
        for match in _standing_alone(long, short, text):
            if not any(match.start() < end and start < match.end() for start, end in kept):
                yield match


def _standing_alone(long: str, short: str, text: str) -> Iterator[re.Match[str]]:
    """Where a long form is not a part of a longer name: no capitalised word joins it on either side."""
    pattern = rf"(?<!\w){re.escape(long)}(?P<introduced> \({re.escape(short)}\))?(?![\w])"
    for match in re.finditer(pattern, text):
        before = re.search(r"(\S+)[ -]$", text[: match.start()])
        joined = bool(
            before
            and before[1][0].isupper()
            and before[1]
            not in ("The", "A", "An", "This", "That", "In", "At", "Of", "And", "For", "By", "As")
        )
        if not joined and not _CAPITAL_BEHIND.match(text, match.end()):
            yield match
