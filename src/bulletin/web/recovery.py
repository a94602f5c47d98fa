"""Recovery: what a journal says became of a draft, whatever draft file lies beside it now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bulletin.drafting.draft import Draft
from bulletin.web.edits import EditError, Step, TextChange
from bulletin.web.journal import Record
from bulletin.web.session import History, Session

_ANCHORS = ("open", "fold", "disk")


@dataclass(frozen=True, slots=True)
class Recovered:
    """A session taken up again.

    ``conflicts`` maps segments to our text where the draft file holds another one and no one has
    decided yet. ``steps`` are those that the draft file does not hold. ``foreign`` says that it is not
    one that we know; ``steps`` are then those of ours that could be done again on it.
    """

    session: Session
    conflicts: dict[str, str]
    foreign: bool = False
    steps: tuple[Step, ...] = ()


def recover(draft: Draft, base: str, records: Sequence[Record]) -> Recovered:
    """The session that ``records`` give for the draft file with hash ``base``, which holds ``draft``."""
    conflicts = open_conflicts(records)
    place = _place_of(base, records)
    if place is not None:
        session = Session(draft, _walk(records[:place]))
        try:
            session, steps = _replayed(session, records[place:])
            return Recovered(session, conflicts, steps=steps)
        except EditError:
            pass
    if not records:
        return Recovered(Session(draft), conflicts)
    session, steps, new = redo_on(draft, _pending(records))
    return Recovered(session, conflicts | new, True, steps)


def redo_on(draft: Draft, steps: Sequence[Step]) -> tuple[Session, tuple[Step, ...], dict[str, str]]:
    """Do ``steps`` again on a draft that another program wrote, as far as its texts allow.

    Gives the session, the steps that could be done, and for each segment whose text there is
    neither what the steps were made on nor what they lead to, our text.
    """
    session = Session(draft)
    done: list[Step] = []
    ours: dict[str, str] = {}
    refused: dict[str, None] = {}
    for step in steps:
        for change in step.changes:
            if isinstance(change, TextChange):
                ours[change.id] = change.after.target
                names = [change.id]
            else:
                ours.update((unit.id, unit.target) for unit in change.after)
                names = [unit.id for unit in change.after]
            part = Step(step.label, (change,))
            try:
                session = session.apply(part)
            except EditError:
                refused.update(dict.fromkeys(names))
            else:
                done.append(part)
    conflicts = {}
    for name in refused:
        unit = session.unit(name)
        if unit is None or unit.target != ours[name]:
            conflicts[name] = ours[name]
    return session, tuple(done), conflicts


def open_conflicts(records: Sequence[Record]) -> dict[str, str]:
    """Our texts of the conflicts that no one has decided."""
    conflicts: dict[str, str] = {}
    for record in records:
        if record.kind == "conflict":
            conflicts[record.segment] = record.text
        elif record.kind == "resolved":
            conflicts.pop(record.segment, None)
    return conflicts


def _place_of(base: str, records: Sequence[Record]) -> int | None:
    """How many records the draft file holds already, or None where it is not a known one."""
    for index in range(len(records) - 1, -1, -1):
        record = records[index]
        if record.kind in _ANCHORS and record.base == base:
            return _reach(index, records)
        if record.kind == "disk":
            # what came before was made on another file
            return None
    return None


def _reach(index: int, records: Sequence[Record]) -> int:
    record = records[index]
    if record.kind != "fold":
        return index + 1
    return next((i + 1 for i in range(index, -1, -1) if records[i].number <= record.upto), 0)


def _walk(records: Sequence[Record], history: History | None = None) -> History:
    """The history after ``records``, without the drafts that they led to."""
    history = history or History()
    for record in records:
        if record.kind == "disk":
            history = History()
        elif record.kind == "edit" and record.step is not None:
            history = history.after(record.step, joined=record.joined)
        elif record.kind == "undo" and history.done:
            history = history.undo()[1]
        elif record.kind == "redo" and history.undone:
            history = history.redo()[1]
    return history


def _replayed(session: Session, records: Sequence[Record]) -> tuple[Session, tuple[Step, ...]]:
    steps: list[Step] = []
    for record in records:
        if record.kind == "edit" and record.step is not None:
            session, step = session.apply(record.step, joined=record.joined), record.step
        elif record.kind == "undo":
            session, step = session.undo()
        elif record.kind == "redo":
            session, step = session.redo()
        else:
            continue
        steps.append(step)
    return session, tuple(steps)


def _pending(records: Sequence[Record]) -> list[Step]:
    """What was done since the draft file was last written by us, undone steps as their reverse."""
    last = max((i for i, record in enumerate(records) if record.kind in _ANCHORS), default=-1)
    start = _reach(last, records) if last >= 0 else 0
    history = _walk(records[:start])
    steps: list[Step] = []
    for record in records[start:]:
        if record.kind == "edit" and record.step is not None:
            steps.append(record.step)
            history = history.after(record.step, joined=record.joined)
        elif record.kind == "undo" and history.done:
            step, history = history.undo()
            steps.append(step)
        elif record.kind == "redo" and history.undone:
            step, history = history.redo()
            steps.append(step)
    return steps
