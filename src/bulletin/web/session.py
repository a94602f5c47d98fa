"""Session: a draft being edited, with its history. Pure: each step gives a new session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from bulletin.drafting.draft import Draft, State, Unit
from bulletin.web.edits import EditError, Step, change_draft

MAX_HISTORY = 1000
"""Steps that can be taken back; older ones are forgotten."""


@dataclass(frozen=True, slots=True)
class History:
    """Steps that can be taken back, the latest last, and steps that were, the latest last."""

    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()

    def after(self, step: Step, *, joined: bool = False) -> History:
        """The history with one step more; ``joined`` makes it part of the step before."""
        if joined and self.done:
            return History((*self.done[:-1], self.done[-1].then(step)))
        return History((*self.done, step)[-MAX_HISTORY:])

    def undo(self) -> tuple[Step, History]:
        """The step that takes the last one back, and what the history is then."""
        if not self.done:
            raise EditError("there is nothing to take back")
        step = self.done[-1]
        return step.reversed(), History(self.done[:-1], (*self.undone, step))

    def redo(self) -> tuple[Step, History]:
        """The step that was taken back last, and what the history is when it is done again."""
        if not self.undone:
            raise EditError("there is nothing to do again")
        step = self.undone[-1]
        return step, History((*self.done, step), self.undone[:-1])


@dataclass(frozen=True, slots=True)
class Session:
    """A draft, its history, and for each segment the number of the change that it was last touched by.

    ``number`` counts changes from 0; a segment never touched has version 0. Two windows that hold
    the same version of a segment hold the same text.
    """

    draft: Draft
    history: History = History()
    versions: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    number: int = 0

    def version(self, segment: str) -> int:
        """The version of a segment."""
        return self.versions.get(segment, 0)

    def unit(self, segment: str) -> Unit | None:
        """A segment, or None where it is not (or no more) in the draft."""
        return next((unit for unit in self.draft.units if unit.id == segment), None)

    def apply(self, step: Step, *, joined: bool = False) -> Session:
        """Do ``step``; ``joined`` makes it part of the one before, for undo.

        Raises StaleError where the draft is not what the step was made on, EditError where a
        segment is missing.
        """
        return self._changed(step, self.history.after(step, joined=joined))

    def undo(self) -> tuple[Session, Step]:
        """Take the last step back; also gives what that did. Raises EditError where there is none."""
        step, history = self.history.undo()
        return self._changed(step, history), step

    def redo(self) -> tuple[Session, Step]:
        """Do again what was taken back last; also gives that step. Raises EditError where there is none."""
        step, history = self.history.redo()
        return self._changed(step, history), step

    def with_checks(self, units: Mapping[str, Unit]) -> Session:
        """The session with fresh audits and findings for some segments: no change of any text."""
        kept = tuple(
            replace(unit, occurrences=units[unit.id].occurrences, findings=units[unit.id].findings)
            if unit.id in units
            else unit
            for unit in self.draft.units
        )
        return self if kept == self.draft.units else replace(self, draft=replace(self.draft, units=kept))

    def _changed(self, step: Step, history: History) -> Session:
        draft = change_draft(self.draft, step)
        number = self.number + 1
        there = {unit.id for unit in draft.units}
        versions = {key: value for key, value in self.versions.items() if key in there}
        versions.update(dict.fromkeys(step.segments, number))
        return Session(_settled(draft), history, MappingProxyType(versions), number)


def _settled(draft: Draft) -> Draft:
    """A headline that a person wrote or signed off is provisional no more."""
    first = draft.units[0] if draft.units else None
    if not draft.headline_provisional or first is None:
        return draft
    touched = first.target != first.hypothesis or first.state in (State.REVIEWED, State.FINAL)
    return replace(draft, headline_provisional=False) if touched else draft


def progress(draft: Draft) -> dict[State, int]:
    """How many segments stand in each state, headline and captions included."""
    counts = dict.fromkeys(State, 0)
    for unit in draft.units:
        counts[unit.state] += 1
    return counts
