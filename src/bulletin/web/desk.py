"""Desk: one draft file open for editing, with its journal, its checks and its conflicts."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bulletin.drafting.draft import Draft
from bulletin.drafting.xliff import dump_draft, parse_draft, read_bytes, xliff_version
from bulletin.errors import BulletinError, DraftError
from bulletin.files import write_atomic
from bulletin.web.checks import Checker
from bulletin.web.edits import StaleError, Step
from bulletin.web.journal import Journal, Record, journal_path, read_journal
from bulletin.web.lock import Lock
from bulletin.web.recovery import recover, redo_on
from bulletin.web.session import Session

JOIN_SECONDS = 2.0
"""Typing that goes on within this time is one step for undo."""
JOIN_LONGEST = 15.0
"""But a step is never longer than this."""
MAX_MS = 10 * 60 * 1000
"""Most time that one record may claim for a segment."""

Plan = Callable[[Draft], Step | None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """After an edit: the session, and the segments that changed (those still there).

    ``shape`` says that segments came or went; ``painted`` are those of which only the findings changed.
    """

    session: Session
    changed: tuple[str, ...]
    label: str = ""
    shape: bool = False
    painted: tuple[str, ...] = ()


class Desk:
    """A draft file being edited. Each edit is in the journal, on disk, before its method returns.

    Edits are checked at once if the checker is loaded, else at the next ``recheck`` or ``fold``.

    Safe to use from several threads. Only one desk can have a draft open: a second one is refused.
    """

    def __init__(self, path: Path, make_checker: Callable[[Draft], Checker]) -> None:
        """Open the draft at ``path`` and take up its journal.

        Raises DraftError where either cannot be read, or another editor has it open.
        """
        self.path = path
        self._edit = threading.RLock()
        self._folding = threading.Lock()
        data = read_bytes(path)
        draft = parse_draft(data, str(path))
        self._version = xliff_version(data, str(path))
        self.checker = make_checker(draft)
        self._lock = Lock(journal_path(path))
        try:
            self._base = _hash(data)
            self._stat = _stat(path)
            records, length = read_journal(journal_path(path))
            self.journal = Journal(journal_path(path), records, length)
            recovered = recover(draft, self._base, records)
            self.session = recovered.session
            self.conflicts = recovered.conflicts
            if not records:
                self.journal.write(Record("open", base=self._base, upto=1))
            elif recovered.foreign:
                self._record_foreign(recovered.steps, recovered.conflicts)
        except BaseException:
            self._lock.release()
            raise
        # what the draft file does not hold yet, for a file that another program writes meanwhile
        self._pending: list[tuple[int, Step]] = [(self.journal.number, step) for step in recovered.steps]
        self.unfolded = self.session.number > 0
        self.changed_at = time.monotonic()
        self._joinable: tuple[str, float, float] | None = None
        self._whole = 0
        self._unchecked = {unit.id for unit in self.session.draft.units if self.session.version(unit.id)}

    def apply(
        self,
        plan: Plan,
        *,
        based_on: Mapping[str, int] | None = None,
        segment: str = "",
        ms: int = 0,
        typing: bool = False,
    ) -> Outcome:
        """Do what ``plan`` makes of the draft.

        ``based_on`` gives the versions of the segments that the plan was made on; ``segment`` and
        ``ms`` the time spent. ``typing`` may be drawn together with what was typed just before.
        Raises StaleError where a segment is of another version, EditError where the plan cannot be
        done, DraftError where it cannot be put on disk; the draft then stays as it was.
        """
        with self._edit:
            for name, version in (based_on or {}).items():
                if self.session.unit(name) is None or self.session.version(name) != version:
                    raise StaleError(name)
            step = plan(self.session.draft)
            ms = max(0, min(ms, MAX_MS))
            if step is None:
                self.spend(segment, ms)
                return Outcome(self.session, ())
            joined = self._joins(step, typing)
            session = self.session.apply(step, joined=joined)
            self.journal.write(Record("edit", step=step, joined=joined, segment=segment, ms=ms))
            return self._took(session, step)

    def undo(self) -> Outcome:
        """Take the last step back. Raises EditError where there is none."""
        with self._edit:
            session, step = self.session.undo()
            self.journal.write(Record("undo"))
            self._joinable = None
            return self._took(session, step)

    def redo(self) -> Outcome:
        """Do again what was taken back last. Raises EditError where there is nothing."""
        with self._edit:
            session, step = self.session.redo()
            self.journal.write(Record("redo"))
            self._joinable = None
            return self._took(session, step)

    def spend(self, segment: str, ms: int) -> None:
        """Write down time spent on a segment, in milliseconds."""
        ms = max(0, min(ms, MAX_MS))
        if ms and self.session.unit(segment) is not None:
            with self._edit:
                self.journal.write(Record("time", segment=segment, ms=ms))

    def resolve(self, segment: str) -> None:
        """Put a conflict away: a person has seen both texts."""
        with self._edit:
            if segment in self.conflicts:
                self.journal.write(Record("resolved", segment=segment))
                self.conflicts = {key: text for key, text in self.conflicts.items() if key != segment}

    def recheck(self, *segments: str) -> tuple[str, ...]:
        """Look at segments and their neighbours again; gives those of which other things are said now."""
        # loading takes a while, and no edit may wait for it
        self.checker.load()
        with self._edit:
            return tuple(self._check({*segments, *self._unchecked}))

    def recheck_all(self) -> tuple[str, ...]:
        """Look at the whole draft again; gives the segments of which other things are said now.

        No edit waits for it: what is edited meanwhile is checked by itself.
        """
        edition = self.checker.edition
        if self._whole == edition:
            # what was edited since has been checked by itself
            return self.recheck()
        self.checker.load()
        draft = self.session.draft
        checked = self.checker.check(draft, {unit.id for unit in draft.units})
        with self._edit:
            seen = {id(unit) for unit in draft.units}
            units = [unit for unit in self.session.draft.units if id(unit) in seen]
            self.session = self.session.with_checks({unit.id: checked[unit.id] for unit in units})
            self._unchecked -= {unit.id for unit in units}
            self._whole = edition
            return tuple(unit.id for unit in units if checked[unit.id] != unit)

    def fold(self) -> bool:
        """Write the draft file, if it lacks something; first takes up what another program wrote to it.

        Gives whether it was written. Raises DraftError where the disk does not take it.
        """
        with self._folding:
            self.notice()
            if not self.unfolded:
                return False
            # a glossary that cannot be read must not keep the draft from the disk
            with contextlib.suppress(BulletinError):
                self.checker.load()
            with self._edit:
                self._check(self._unchecked)
                draft, upto = self.session.draft, self.journal.number
            data = dump_draft(draft, self._version)
            with self._edit:
                if _stat(self.path) not in (None, self._stat):
                    # it was written in this very moment: the next round takes it up
                    return False
                self.journal.write(Record("fold", base=_hash(data), upto=upto))
                write_atomic(self.path, data)
                self._base, self._stat = _hash(data), _stat(self.path)
                self._pending = [(number, step) for number, step in self._pending if number > upto]
                self.unfolded = self.session.draft is not draft
                return True

    def notice(self) -> bool:
        """Take up the draft file where another program has written it; gives whether one had.

        Edits that the file does not hold are done again on it; where both changed a segment, the
        file's text stays and ours becomes a conflict. Raises DraftError where the file is gone or
        is no draft any more: nothing is written then.
        """
        with self._edit:
            stat = _stat(self.path)
            if stat is None:
                # deleted or moved away: nothing of another program's is lost by writing it anew
                self.unfolded, self._stat = True, None
                return False
            if stat == self._stat:
                return False
            data = read_bytes(self.path)
            base = _hash(data)
            if base == self._base:
                self._stat = stat
                return False
            draft = parse_draft(data, str(self.path))
            session, steps, conflicts = redo_on(draft, [step for _, step in self._pending])
            self._base, self._stat, self._version = base, stat, xliff_version(data, str(self.path))
            self._record_foreign(steps, conflicts)
            self.conflicts = self.conflicts | conflicts
            self._pending = [(self.journal.number, step) for step in steps]
            self._adopt(session)
            self.unfolded = bool(steps)
            return True

    def close(self) -> None:
        """Write the draft file and let go of it.

        Where another program has left no draft there, ours goes beside it, as ``draft.rescued.xlf``.
        Raises DraftError where the draft file cannot be written.
        """
        try:
            self.fold()
        except DraftError as error:
            rescue = self.path.with_suffix(f".rescued{self.path.suffix}")
            write_atomic(rescue, dump_draft(self.session.draft, self._version))
            raise DraftError(f"{error}; the draft as edited is in {rescue.name}") from error
        finally:
            self.journal.close()
            self._lock.release()

    def _adopt(self, session: Session) -> None:
        """Go on from another file's draft: what differs in it gets a new version."""
        old = {unit.id: unit for unit in self.session.draft.units}
        number = self.session.number + 1
        versions = {}
        for unit in session.draft.units:
            before = old.get(unit.id)
            same = before is not None and (before.target, before.state, before.source) == (
                unit.target, unit.state, unit.source,
            )  # fmt: skip
            versions[unit.id] = self.session.version(unit.id) if same else number
        self._unchecked |= {key for key, value in versions.items() if value == number}
        self.session = dataclasses.replace(session, versions=versions, number=number)
        self._joinable = None

    def _record_foreign(self, steps: tuple[Step, ...], conflicts: Mapping[str, str]) -> None:
        self.journal.write(
            Record("disk", base=self._base),
            *(Record("edit", step=step) for step in steps),
            *(Record("conflict", segment=name, text=text) for name, text in conflicts.items()),
        )

    def _joins(self, step: Step, typing: bool) -> bool:
        now = time.monotonic()
        name = step.segments[0] if typing and len(step.segments) == 1 and step.label == "text" else ""
        last = self._joinable
        joined = False
        if name and last is not None:
            before, latest, first = last
            joined = before == name and now - latest < JOIN_SECONDS and now - first < JOIN_LONGEST
        self._joinable = (name, now, last[2] if joined and last else now) if name else None
        return joined

    def _took(self, session: Session, step: Step) -> Outcome:
        shape = len(session.draft.units) != len(self.session.draft.units)
        self.session = session
        self._pending.append((self.journal.number, step))
        self.unfolded = True
        self.changed_at = time.monotonic()
        painted = self._check(set(step.segments)) - set(step.segments)
        return Outcome(self.session, step.segments, step.label, shape, tuple(painted))

    def _check(self, segments: set[str]) -> set[str]:
        """Check segments and their neighbours; gives those of which other things are said now.

        Where the glossary is still being loaded, that is left for later: an edit is answered at once.
        """
        if not self.checker.ready:
            self._unchecked |= segments
        if not segments or not self.checker.ready:
            return set()
        draft = self.session.draft
        checked = self.checker.check(draft, segments)
        self.session = self.session.with_checks(checked)
        self._unchecked -= checked.keys()
        return {unit.id for unit in draft.units if unit.id in checked and checked[unit.id] != unit}


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _stat(path: Path) -> tuple[int, int, int] | None:
    """What changes whenever a file is written; None where it is not there."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DraftError(
            f"{path}: cannot be read any more ({error.strerror or error}); every edit is in the journal"
        ) from error
    return status.st_mtime_ns, status.st_size, status.st_ino
