"""What can be done to a draft, and what that changes: values that can be undone and written down."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bulletin.drafting.draft import Draft, State, Unit
from bulletin.errors import DraftError

MAX_TEXT = 100_000
"""Longest English of one segment, in characters."""

_SUFFIX = re.compile(r"(?<=\d)[a-z]+\Z")


class EditError(DraftError):
    """An edit cannot be made on the draft as it is."""


class StaleError(EditError):
    """An edit was made on a text that is not the draft's any more."""

    def __init__(self, segment: str) -> None:
        super().__init__(f"segment {segment}: it was changed in the meantime; look at both texts")
        self.segment = segment


@dataclass(frozen=True, slots=True)
class Content:
    """What a person decides about a segment: its English and its state."""

    target: str
    state: State


@dataclass(frozen=True, slots=True)
class TextChange:
    """One segment's content before and after."""

    id: str
    before: Content
    after: Content


@dataclass(frozen=True, slots=True)
class ShapeChange:
    """Neighbouring units before and after a split or a join."""

    before: tuple[Unit, ...]
    after: tuple[Unit, ...]


Change = TextChange | ShapeChange


@dataclass(frozen=True, slots=True)
class Step:
    """What one undo takes back. ``label`` says in a word what was done: text, state, split, join, replace."""

    label: str
    changes: tuple[Change, ...]

    def reversed(self) -> Step:
        """The step that takes this one back."""
        return Step(self.label, tuple(_reversed(change) for change in reversed(self.changes)))

    def then(self, step: Step) -> Step:
        """This step and the next one as one; changes of the same segment's text are drawn together."""
        changes = list(self.changes)
        for change in step.changes:
            last = changes[-1] if changes else None
            if isinstance(last, TextChange) and isinstance(change, TextChange) and last.id == change.id:
                changes[-1] = TextChange(last.id, last.before, change.after)
            else:
                changes.append(change)
        return Step(self.label, tuple(changes))

    @property
    def segments(self) -> tuple[str, ...]:
        """The ids of the segments that are there after the step."""
        found: dict[str, None] = {}
        for change in self.changes:
            ids = [change.id] if isinstance(change, TextChange) else [unit.id for unit in change.after]
            found.update(dict.fromkeys(ids))
        return tuple(found)


def _reversed(change: Change) -> Change:
    if isinstance(change, TextChange):
        return TextChange(change.id, change.after, change.before)
    return ShapeChange(change.after, change.before)


def bare(unit: Unit) -> Unit:
    """``unit`` without its audit and findings, which follow from its texts."""
    return replace(unit, occurrences=(), findings=())


def index_of(draft: Draft, segment: str) -> int:
    """Where a segment stands in ``draft``. Raises EditError where it is not there."""
    for index, unit in enumerate(draft.units):
        if unit.id == segment:
            return index
    raise EditError(f"segment {segment}: not in this draft; load the page again")


def set_text(draft: Draft, segment: str, text: str, state: State | None = None) -> Step | None:
    """Give a segment new English, and a state where one is given; None where nothing would change.

    A changed text that was signed off is so no longer: it falls back to ``translated``.
    """
    unit = draft.units[index_of(draft, segment)]
    if len(text) > MAX_TEXT:
        raise EditError(f"segment {segment}: longer than {MAX_TEXT:,} characters; split it")
    if state is None:
        state = unit.state
        if text != unit.target and state in (State.REVIEWED, State.FINAL):
            state = State.TRANSLATED
        elif text.strip() and state is State.INITIAL:
            state = State.TRANSLATED if text != unit.target else state
    after = Content(text, state)
    before = Content(unit.target, unit.state)
    if after == before:
        return None
    label = "text" if text != unit.target else "state"
    return Step(label, (TextChange(segment, before, after),))


def set_texts(draft: Draft, texts: Mapping[str, str]) -> Step | None:
    """Give several segments new English in one step; None where nothing would change."""
    steps = [set_text(draft, segment, text) for segment, text in texts.items()]
    changes = [change for step in steps if step for change in step.changes]
    return Step("replace", tuple(changes)) if changes else None


def set_states(draft: Draft, segments: Sequence[str], state: State) -> Step | None:
    """Give several segments a state in one step; None where all have it."""
    changes = []
    for segment in dict.fromkeys(segments):
        unit = draft.units[index_of(draft, segment)]
        if unit.state is not state:
            changes.append(TextChange(segment, Content(unit.target, unit.state), Content(unit.target, state)))
    return Step("state", tuple(changes)) if changes else None


def split(draft: Draft, segment: str, source_at: int, target_at: int) -> Step:
    """Cut a segment in two, at offsets in its Vietnamese and its English.

    The first part keeps the id, the second gets one made of it (``b3.s2`` and ``b3.s2a``). White
    space at the cut goes between them, so that the block's source reads as before.
    """
    unit = draft.units[index_of(draft, segment)]
    left, right = unit.source[:source_at], unit.source[source_at:]
    if not 0 <= source_at <= len(unit.source) or not left.strip() or not right.strip():
        raise EditError(f"segment {segment}: a split needs Vietnamese on both sides; put the cursor between")
    if not 0 <= target_at <= len(unit.target):
        raise EditError(f"segment {segment}: the English has no place {target_at}")
    space = left[len(left.rstrip()) :] + right[: len(right) - len(right.lstrip())]
    target = unit.target[:target_at].rstrip(), unit.target[target_at:].lstrip()
    machine = target if unit.hypothesis == unit.target else (unit.hypothesis, "")
    state = min(unit.state, State.TRANSLATED, key=list(State).index)
    first = replace(
        bare(unit), source=left.rstrip(), target=target[0], hypothesis=machine[0], space=space, state=state
    )
    second = replace(
        bare(unit),
        id=_new_id(draft, segment),
        source=right.lstrip(),
        target=target[1],
        hypothesis=machine[1],
        state=state,
        credit="",
        image=None,
    )
    return Step("split", (ShapeChange((bare(unit),), (first, second)),))


def join(draft: Draft, segment: str) -> Step:
    """Make one of a segment and the next one of its block; it keeps the first one's id."""
    index = index_of(draft, segment)
    unit = draft.units[index]
    after = draft.units[index + 1] if index + 1 < len(draft.units) else None
    if after is None or after.block != unit.block:
        raise EditError(
            f"segment {segment}: it is the last of its paragraph; only one paragraph's are joined"
        )
    joined = replace(
        bare(unit),
        source=unit.source + unit.space + after.source,
        target=_together(unit.target, unit.space, after.target),
        hypothesis=_together(unit.hypothesis, unit.space, after.hypothesis),
        space=after.space,
        state=min(unit.state, after.state, State.TRANSLATED, key=list(State).index),
        score=None if unit.score is None or after.score is None else min(unit.score, after.score),
    )
    return Step("join", (ShapeChange((bare(unit), bare(after)), (joined,)),))


def _together(first: str, space: str, second: str) -> str:
    return first + (space or " ") + second if first and second else first or second


def _new_id(draft: Draft, segment: str) -> str:
    """The first free one of ``b3.s2a``, ``b3.s2b`` ... ``b3.s2z``, ``b3.s2aa`` ..."""
    taken = {unit.id for unit in draft.units}
    stem = _SUFFIX.sub("", segment)
    number = 0
    while True:
        letters, rest = "", number
        while True:
            letters = chr(ord("a") + rest % 26) + letters
            rest = rest // 26 - 1
            if rest < 0:
                break
        if stem + letters not in taken:
            return stem + letters
        number += 1


def change_draft(draft: Draft, step: Step) -> Draft:
    """``draft`` after ``step``. Raises StaleError where it is not what the step was made on."""
    units = list(draft.units)
    for change in step.changes:
        if isinstance(change, TextChange):
            index = index_of(replace(draft, units=tuple(units)), change.id)
            unit = units[index]
            if Content(unit.target, unit.state) != change.before:
                raise StaleError(change.id)
            changed = replace(unit, target=change.after.target, state=change.after.state)
            # a state alone leaves the audit as it was
            units[index] = changed if unit.target == changed.target else bare(changed)
        else:
            ids = [unit.id for unit in change.before]
            index = index_of(replace(draft, units=tuple(units)), ids[0])
            if tuple(bare(unit) for unit in units[index : index + len(ids)]) != change.before:
                raise StaleError(ids[0])
            units[index : index + len(ids)] = change.after
    return replace(draft, units=tuple(units))
