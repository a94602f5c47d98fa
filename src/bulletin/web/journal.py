"""The journal: every edit on disk before it is answered, in a file of JSON lines beside the draft.

The first line names the draft as it was found (``base``, a SHA-256). Then one record a line, each
flushed to disk: ``edit`` (with what stood before and after), ``undo``, ``redo``, ``time`` (spent on
a segment), ``conflict``, ``resolved``, ``fold`` (the draft file, with everything up to record
``upto``, has this hash) and ``disk`` (another program wrote the draft file; editing went on from
it). A line that was cut off in writing is no record: whatever prefix of the file is left, it can be
read.
"""

from __future__ import annotations

import datetime
import json
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from bulletin.article import BlockKind, Image
from bulletin.drafting.draft import State, Unit
from bulletin.errors import DraftError
from bulletin.web.edits import Change, Content, ShapeChange, Step, TextChange

FORMAT = 1
MAX_BYTES = 256 * 2**20
Kind = Literal["open", "edit", "undo", "redo", "time", "conflict", "resolved", "fold", "disk"]
KINDS = ("open", "edit", "undo", "redo", "time", "conflict", "resolved", "fold", "disk")


@dataclass(frozen=True, slots=True)
class Record:
    """One line. Which fields mean something depends on ``kind``; see the module's docstring.

    ``ms`` is the time spent on ``segment`` since the last record that names it, in milliseconds.
    """

    kind: Kind
    number: int = 0
    at: str = ""
    step: Step | None = None
    joined: bool = False
    segment: str = ""
    ms: int = 0
    text: str = ""
    base: str = ""
    upto: int = 0


def journal_path(draft: Path) -> Path:
    """Where the journal of a draft lies: ``draft.xlf.journal``."""
    return draft.with_name(draft.name + ".journal")


def read_journal(path: Path) -> tuple[list[Record], int]:
    """The whole records of a journal, and how many bytes they take; none where there is no file.

    Reading ends at the first line that is no record. Raises DraftError where the file cannot be
    read, is no journal, or is of a newer bulletin.
    """
    try:
        if not path.exists():
            return [], 0
        if path.stat().st_size > MAX_BYTES:
            raise DraftError(f"{path}: larger than {MAX_BYTES // 2**20} MB; move it away to start afresh")
        data = path.read_bytes()
    except OSError as error:
        raise DraftError(f"{path}: cannot be read ({error.strerror or error}); check the name") from error
    return parse_journal(data, str(path))


def parse_journal(data: bytes, name: str = "journal") -> tuple[list[Record], int]:
    """The whole records in ``data``, and how many bytes they take. Raises DraftError as read_journal."""
    records: list[Record] = []
    length = 0
    while (end := data.find(b"\n", length)) >= 0:
        try:
            record = _load(json.loads(data[length:end]))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            break
        if not records and record.kind != "open":
            break
        if record.kind == "open" and record.upto > FORMAT:
            raise DraftError(f"{name}: a newer bulletin wrote this journal; install that one")
        records.append(record)
        length = end + 1
    if not records and data[: data.find(b"\n")].strip() and b"\n" in data:
        raise DraftError(f"{name}: not a journal of bulletin; move it away to start afresh")
    return records, length


def spent(records: Iterable[Record]) -> dict[str, int]:
    """Milliseconds spent on each segment."""
    total: defaultdict[str, int] = defaultdict(int)
    for record in records:
        if record.ms and record.segment:
            total[record.segment] += record.ms
    return dict(total)


def read_times(draft: Path) -> dict[str, int]:
    """Milliseconds spent in the editor on each segment of the draft at ``draft``, by id.

    Raises DraftError where the journal cannot be read.
    """
    return spent(read_journal(journal_path(draft))[0])


class Journal:
    """A journal open for writing. Each record is on disk when ``write`` returns."""

    def __init__(self, path: Path, records: Iterable[Record] = (), length: int = 0) -> None:
        """Open ``path`` to go on after its first ``length`` bytes, which hold ``records``.

        Raises DraftError where it cannot be opened.
        """
        self.path = path
        self.number = max((record.number for record in records), default=0)
        self._length = length
        try:
            # no O_TRUNC: what is whole stays, what was cut off goes
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            os.ftruncate(self._handle, length)
            _sync_folder(path.parent)
        except OSError as error:
            raise DraftError(
                f"{path}: cannot be written ({error.strerror or error}); a draft needs a folder that can"
            ) from error

    def write(self, *records: Record) -> tuple[Record, ...]:
        """Put records on disk, numbered and dated; all of them or none.

        Raises DraftError where the disk does not take them.
        """
        at = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
        dated = []
        for count, record in enumerate(records, self.number + 1):
            values = {name: getattr(record, name) for name in Record.__slots__} | {"number": count, "at": at}
            dated.append(Record(**values))
        data = b"".join(
            json.dumps(_dump(record), separators=(",", ":")).encode("ascii") + b"\n" for record in dated
        )
        try:
            os.lseek(self._handle, self._length, os.SEEK_SET)
            view = memoryview(data)
            while view:
                view = view[os.write(self._handle, view) :]
            os.fsync(self._handle)
        except OSError as error:
            # half a record must not stand before the next one
            os.ftruncate(self._handle, self._length)
            raise DraftError(
                f"{self.path}: not saved ({error.strerror or error}); make room and try again"
            ) from error
        self._length += len(data)
        self.number += len(records)
        return tuple(dated)

    def close(self) -> None:
        """Close the file."""
        os.close(self._handle)


def _sync_folder(folder: Path) -> None:
    """Make a new file's name last; not every system can."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _dump(record: Record) -> dict[str, Any]:
    values: dict[str, Any] = {"do": record.kind, "n": record.number, "at": record.at}
    if record.step is not None:
        values["label"] = record.step.label
        values["changes"] = [_dump_change(change) for change in record.step.changes]
    for name, value in (
        ("joined", record.joined), ("id", record.segment), ("ms", record.ms), ("text", record.text),
        ("base", record.base), ("upto", record.upto),
    ):  # fmt: skip
        if value:
            values[name] = value
    return values


def _load(values: Mapping[str, Any]) -> Record:
    if values["do"] not in KINDS:
        raise ValueError(values["do"])
    step = None
    if "changes" in values:
        step = Step(str(values["label"]), tuple(_load_change(change) for change in values["changes"]))
    if values["do"] == "edit" and step is None:
        raise ValueError("an edit without changes")
    return Record(
        cast(Kind, values["do"]),
        int(values["n"]),
        str(values["at"]),
        step,
        bool(values.get("joined", False)),
        str(values.get("id", "")),
        int(values.get("ms", 0)),
        str(values.get("text", "")),
        str(values.get("base", "")),
        int(values.get("upto", 0)),
    )


def _dump_change(change: Change) -> dict[str, Any]:
    if isinstance(change, TextChange):
        return {
            "id": change.id,
            "was": [change.before.target, change.before.state],
            "now": [change.after.target, change.after.state],
        }
    return {
        "was": [_dump_unit(unit) for unit in change.before],
        "now": [_dump_unit(unit) for unit in change.after],
    }


def _load_change(values: Mapping[str, Any]) -> Change:
    was, now = values["was"], values["now"]
    if "id" in values:
        return TextChange(
            str(values["id"]), Content(str(was[0]), State(was[1])), Content(str(now[0]), State(now[1]))
        )
    return ShapeChange(
        tuple(_load_unit(unit) for unit in was),
        tuple(_load_unit(unit) for unit in now),
    )


_TEXTS: tuple[str, ...] = ("id", "source", "target", "hypothesis", "space", "credit")


def _dump_unit(unit: Unit) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(unit, name) for name in _TEXTS}
    values |= {"block": unit.block, "kind": unit.kind, "state": unit.state, "score": unit.score}
    if unit.image is not None:
        values["image"] = [unit.image.path, unit.image.alt]
    return values


def _load_unit(values: Mapping[str, Any]) -> Unit:
    image = values.get("image")
    id, source, target, hypothesis, space, credit = (str(values[name]) for name in _TEXTS)
    return Unit(
        id=id,
        source=source,
        target=target,
        hypothesis=hypothesis,
        space=space,
        credit=credit,
        block=int(values["block"]),
        kind=BlockKind(values["kind"]),
        state=State(values["state"]),
        score=None if values["score"] is None else float(values["score"]),
        image=Image(str(image[0]), str(image[1])) if image else None,
    )
