"""Bringing work back onto a draft: an edited file, or a source article that was delivered again."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from bulletin.drafting.draft import Draft, State, Unit
from bulletin.drafting.edit import Edit
from bulletin.drafting.markup import visible
from bulletin.errors import DraftError
from bulletin.finding import Finding, Severity
from bulletin.terminology.occurrence import Occurrence, Status

_END_MARK = re.compile(r"\s*\./\.\s*\Z")


def merge_edits(
    draft: Draft, edits: Sequence[Edit], *, file: str = "", state: State | None = None
) -> tuple[Draft, tuple[Finding, ...]]:
    """``draft`` with the texts of ``edits``, and a finding for every segment that differs.

    An edit belongs to the unit with its id and source; else to one with its source; else to the one
    with its id. The draft keeps its order and all its segments; an empty text never replaces one.
    ``state``, where given, is set on each segment that the file holds. Occurrences of changed
    segments are looked up in the new text and their findings dropped: audit and check them again.

    Raises DraftError where no edit belongs to the draft.
    """
    pairs = _pair(draft, edits)
    if edits and not pairs:
        raise DraftError(
            f"{file or 'the file'}: none of its segments is in {draft.name}; choose the right draft"
        )
    findings: list[Finding] = []
    units: list[Unit] = []
    for index, unit in enumerate(draft.units):
        if index not in pairs:
            units.append(unit)
            findings.append(
                Finding(
                    "segment-missing",
                    Severity.WARNING,
                    "the file does not hold this segment; its text stays",
                    file,
                    None,
                    unit.id,
                    "restore it in the file if it should change",
                )
            )
            continue
        edit = edits[pairs[index]]
        units.append(_edited(unit, edit, state))
        findings += _differences(unit, edit, file)
    findings += _moved(pairs, draft, edits, file)
    used = set(pairs.values())
    findings += [
        Finding(
            "segment-added",
            Severity.WARNING,
            f"belongs to no segment of the draft: {edit.target or edit.source}",
            file,
            edit.line,
            edit.id,
            "copy its text to where it belongs",
        )
        for number, edit in enumerate(edits)
        if number not in used
    ]
    return replace(draft, units=tuple(units)), tuple(findings)


def merge_article(edited: Draft, fresh: Draft) -> tuple[Draft, tuple[Finding, ...]]:
    """Bring the edits of ``edited`` onto ``fresh``, the draft of the same article delivered again.

    A segment whose source is the same keeps its text, state and machine version; one that is new or
    changed comes as in ``fresh``. What happened to each is a finding, with the text that goes.
    """
    old = [source_key(unit.source) for unit in edited.units]
    new = [source_key(unit.source) for unit in fresh.units]
    pairs: dict[int, int] = {}
    replaced: list[tuple[int, int]] = []
    gone: list[int] = []
    for step, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step == "equal":
            pairs.update(zip(range(new_start, new_end), range(start, end), strict=True))
        else:
            gone += range(start, end)
            replaced += zip(range(start, end), range(new_start, new_end), strict=False)
    moved = _match_moved(old, new, gone, pairs)
    successor = {before: after for before, after in replaced if before in gone and after not in pairs}

    findings: list[Finding] = []
    units = []
    for index, unit in enumerate(fresh.units):
        if index not in pairs:
            units.append(unit)
            continue
        before = edited.units[pairs[index]]
        units.append(_carried(before, unit))
        if index in moved:
            findings.append(
                _note("segment-moved", unit.id, f"stood as {before.id} before; its text came along")
            )
    for before_index in gone:
        unit = edited.units[before_index]
        text = f"its text was: {unit.target}"
        if before_index in successor:
            after = fresh.units[successor[before_index]]
            findings.append(
                Finding(
                    "source-changed",
                    Severity.WARNING,
                    f"the source was {unit.source!r}; {text}",
                    segment=after.id,
                    mend="translate what changed",
                )
            )
        else:
            findings.append(
                Finding(
                    "segment-gone",
                    Severity.WARNING,
                    f"{unit.id} is not in the article any more; {text}",
                    segment=unit.id,
                    mend="nothing to do if it was meant to go",
                )
            )
    followed = set(successor.values())
    findings += [
        Finding(
            "segment-new", Severity.WARNING, "new in the article", segment=unit.id, mend="review its draft"
        )
        for index, unit in enumerate(fresh.units)
        if index not in pairs and index not in followed
    ]
    order = {unit.id: index for index, unit in enumerate(fresh.units)}
    findings.sort(key=lambda finding: order.get(finding.segment, len(order)))
    return replace(fresh, units=tuple(units)), tuple(findings)


def source_key(text: str) -> str:
    """What makes two sources the same: composed letters, single spaces, no end mark ``./.``."""
    return " ".join(_END_MARK.sub(".", unicodedata.normalize("NFC", visible(text))).split())


def _pair(draft: Draft, edits: Sequence[Edit]) -> dict[int, int]:
    """Indices of units to indices of edits, each used once."""
    pairs: dict[int, int] = {}
    used: set[int] = set()
    keys = [source_key(unit.source) for unit in draft.units]
    by_id = {unit.id: index for index, unit in enumerate(draft.units)}

    def take(index: int, number: int) -> None:
        pairs[index] = number
        used.add(number)

    for number, edit in enumerate(edits):
        index = by_id.get(edit.id)
        if index is not None and index not in pairs and source_key(edit.source) in ("", keys[index]):
            take(index, number)
    waiting: dict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        if index not in pairs:
            waiting[key].append(index)
    for number, edit in enumerate(edits):
        key = source_key(edit.source)
        if number not in used and key and (queue := waiting.get(key)):
            take(queue.pop(0), number)
    for number, edit in enumerate(edits):
        index = by_id.get(edit.id)
        if number not in used and index is not None and index not in pairs:
            take(index, number)
    return pairs


def _edited(unit: Unit, edit: Edit, state: State | None) -> Unit:
    changed = bool(edit.target.strip()) and not _same(edit.target, unit.target)
    new_state = state or edit.state or (State.TRANSLATED if changed else unit.state)
    if not changed:
        return replace(unit, state=new_state)
    return replace(
        unit,
        target=edit.target,
        state=new_state,
        occurrences=tuple(_look_up(occurrence, edit.target) for occurrence in unit.occurrences),
        findings=(),
    )


def _same(first: str, second: str) -> bool:
    """Whether two texts differ by no more than a table or a line ending can do to them."""
    return _newlines(first) == _newlines(second)


def _newlines(text: str) -> str:
    return visible(text).replace("\r\n", "\n").replace("\r", "\n")


def _look_up(occurrence: Occurrence, target: str) -> Occurrence:
    if occurrence.status in (Status.EXPIRED, Status.AMBIGUOUS):
        return replace(occurrence, found="", found_start=-1, found_end=-1, how="edited")
    for rank, form in enumerate(occurrence.expected):
        found = re.search(rf"(?<!\w){re.escape(form)}(?!\w)", target)
        if found and form:
            status = Status.EXACT if rank == 0 else Status.ACCEPTED
            return replace(
                occurrence,
                found=form,
                found_start=found.start(),
                found_end=found.end(),
                how="edited",
                status=status,
            )
    return replace(occurrence, found="", found_start=-1, found_end=-1, how="edited", status=Status.MISSING)


def _differences(unit: Unit, edit: Edit, file: str) -> list[Finding]:
    findings = []
    if not edit.target.strip() and unit.target.strip():
        findings.append(
            Finding(
                "target-empty",
                Severity.WARNING,
                "the file holds no English here; the draft's text stays",
                file,
                edit.line,
                unit.id,
                "write the English, or edit the draft to leave it out",
            )
        )
    elif not _same(edit.target, unit.target):
        findings.append(_note("segment-changed", unit.id, f"was: {unit.target}", file, edit.line))
    if edit.source and source_key(edit.source) != source_key(unit.source):
        findings.append(
            Finding(
                "source-differs",
                Severity.WARNING,
                f"the file has another source: {edit.source}",
                file,
                edit.line,
                unit.id,
                "see that the English is of the right sentence",
            )
        )
    elif edit.id and edit.id != unit.id:
        findings.append(
            _note("id-differs", unit.id, f"matched by its source; the file calls it {edit.id}", file)
        )
    return findings


def _moved(pairs: dict[int, int], draft: Draft, edits: Sequence[Edit], file: str) -> list[Finding]:
    """A finding for each segment outside the longest run that kept its order."""
    order = [pairs[index] for index in sorted(pairs)]
    kept = set(_increasing(order))
    return [
        _note("segment-moved", draft.units[index].id, "stands elsewhere in the file; the order stays",
              file, edits[pairs[index]].line)
        for index in sorted(pairs)
        if pairs[index] not in kept
    ]  # fmt: skip


def _increasing(numbers: list[int]) -> list[int]:
    """The longest increasing run of ``numbers`` (patience sorting)."""
    from bisect import bisect_left

    tails: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        at = bisect_left(tails, number)
        before.append(places[at - 1] if at else -1)
        tails[at : at + 1] = [number]
        places[at : at + 1] = [place]
    run: list[int] = []
    place = places[-1] if places else -1
    while place >= 0:
        run.append(numbers[place])
        place = before[place]
    return run


def _match_moved(old: list[str], new: list[str], gone: list[int], pairs: dict[int, int]) -> set[int]:
    """Pair what stands elsewhere now; takes it out of ``gone``, returns the new places."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for index in gone:
        waiting[old[index]].append(index)
    moved = set()
    for index, key in enumerate(new):
        if index not in pairs and (queue := waiting.get(key)):
            pairs[index] = queue.pop(0)
            gone.remove(pairs[index])
            moved.add(index)
    return moved


def _carried(before: Unit, unit: Unit) -> Unit:
    """``unit`` of the fresh draft with the work done on ``before``."""
    return replace(
        unit,
        target=before.target,
        hypothesis=before.hypothesis,
        state=before.state,
        score=before.score,
        occurrences=tuple(replace(item, segment=unit.id) for item in before.occurrences),
        findings=tuple(replace(item, segment=unit.id) for item in before.findings),
    )


def _note(code: str, segment: str, message: str, file: str = "", line: int | None = None) -> Finding:
    return Finding(code, Severity.NOTE, message, file, line, segment)
