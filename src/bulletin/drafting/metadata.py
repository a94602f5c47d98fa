"""What XLIFF has no element for, as named JSON values: block structure, audit, findings, signature.

Each value is a JSON text, so that white space, quotes and control characters survive every tool
that leaves metadata alone, and so that a reader can tell ``""`` from nothing.
"""

from __future__ import annotations

import dataclasses
import datetime
import json
import re
from collections.abc import Mapping
from typing import Any, TypeVar

from bulletin.article import BlockKind, Image
from bulletin.drafting.draft import Draft, Signature, State, Unit
from bulletin.errors import DraftError
from bulletin.finding import Finding, Severity
from bulletin.terminology.occurrence import Occurrence, Status

FORMAT = 1
"""Counts up when an older reader would misread the metadata."""

# JSON leaves these bare; XML cannot hold them
_BARE = re.compile("[\ufffe\uffff\ud800-\udfff]")

T = TypeVar("T")


def unit_fields(unit: Unit) -> dict[str, str]:
    """The metadata of one unit; values that are the default are left out."""
    values: dict[str, Any] = {"block": unit.block, "kind": unit.kind}
    if unit.space:
        values["space"] = unit.space
    if unit.score is not None:
        values["score"] = unit.score
    if unit.credit:
        values["credit"] = unit.credit
    if unit.image is not None:
        values["image"] = dataclasses.asdict(unit.image)
    if unit.occurrences:
        values["occurrences"] = [dataclasses.asdict(occurrence) for occurrence in unit.occurrences]
    if unit.findings:
        values["findings"] = [dataclasses.asdict(finding) for finding in unit.findings]
    return {name: _dump(value) for name, value in values.items()}


def draft_fields(draft: Draft) -> dict[str, str]:
    """The metadata of the whole draft, with the ids of its units in order."""
    values: dict[str, Any] = {
        "format": FORMAT,
        "name": draft.name,
        "signature": dataclasses.asdict(draft.signature),
        "source-hash": draft.source_hash,
        "date": draft.date.isoformat() if draft.date else None,
        "dateline": draft.dateline,
        "source": draft.source,
        "headline-provisional": draft.headline_provisional,
        "segments": [unit.id for unit in draft.units],
    }
    return {name: _dump(value) for name, value in values.items()}


def build_unit(
    fields: Mapping[str, str], *, id: str, source: str, target: str, hypothesis: str, state: State, place: str
) -> Unit:
    """A unit from its texts and its metadata.

    Raises DraftError, naming ``place``, where a value is missing or not what it must be.
    """
    values = _load(fields, place)
    image = _take(values, "image", dict, place, None)
    block = _take(values, "block", int, place)
    if block < 0:
        raise DraftError(f"{place}: the block number must not be negative; restore the draft")
    return Unit(
        id=id,
        block=block,
        kind=_member(BlockKind, values, "kind", place),
        source=source,
        target=target,
        hypothesis=hypothesis,
        space=_take(values, "space", str, place, ""),
        state=state,
        score=_number(values, "score", place),
        credit=_take(values, "credit", str, place, ""),
        image=Image(_take(image, "path", str, place), _take(image, "alt", str, place, "")) if image else None,
        occurrences=tuple(_occurrence(item, place) for item in _take(values, "occurrences", list, place, [])),
        findings=tuple(_finding(item, place) for item in _take(values, "findings", list, place, [])),
    )


def build_draft(fields: Mapping[str, str], units: tuple[Unit, ...], place: str) -> Draft:
    """A draft from its units and its metadata.

    Raises DraftError where a value is missing or wrong, or where units are missing or were added.
    """
    values = _load(fields, place)
    version = _take(values, "format", int, place)
    if version > FORMAT:
        raise DraftError(f"{place}: a newer bulletin wrote this draft (format {version}); install that one")
    _compare_ids(_take(values, "segments", list, place), [unit.id for unit in units], place)
    signature = _take(values, "signature", dict, place)
    date = _take(values, "date", str, place, None)
    try:
        day = datetime.date.fromisoformat(date) if date else None
    except ValueError as error:
        raise DraftError(f"{place}: the date {date!r} is not YYYY-MM-DD; restore the draft") from error
    return Draft(
        name=_take(values, "name", str, place),
        units=units,
        signature=Signature(
            **{
                field.name: _take(signature, field.name, str, place)
                for field in dataclasses.fields(Signature)
            }
        ),
        source_hash=_take(values, "source-hash", str, place),
        date=day,
        dateline=_take(values, "dateline", str, place, ""),
        source=_take(values, "source", str, place, ""),
        headline_provisional=_take(values, "headline-provisional", bool, place, False),
    )


def _compare_ids(listed: list[Any], found: list[str], place: str) -> None:
    """Refuse a draft that lost or gained units on the way: published, it would lack a sentence."""
    mend = "take it back with 'bulletin draft import', which reports what changed"
    missing = [str(name) for name in listed if name not in set(found)]
    if missing:
        raise DraftError(f"{place}: segments are missing ({_some(missing)}); {mend}")
    added = [name for name in found if name not in set(listed)]
    if added:
        raise DraftError(f"{place}: segments were added ({_some(added)}); {mend}")
    if listed != found:
        raise DraftError(f"{place}: the segments are not in their order; {mend}")


def _some(names: list[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def _dump(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return _BARE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _load(fields: Mapping[str, str], place: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, text in fields.items():
        try:
            values[name] = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise DraftError(f"{place}: the metadata {name!r} is damaged; restore the draft") from error
    return values


_MISSING: Any = object()


def _take(values: Mapping[str, Any], name: str, kind: type[T], place: str, default: Any = _MISSING) -> Any:
    value = values.get(name, default)
    if value is _MISSING:
        raise DraftError(f"{place}: the metadata {name!r} is missing; restore the draft")
    # bool is an int to Python, but not to us
    if value is default or (isinstance(value, kind) and (kind is bool or not isinstance(value, bool))):
        return value
    raise DraftError(f"{place}: the metadata {name!r} must be of type {kind.__name__}; restore the draft")


def _number(values: Mapping[str, Any], name: str, place: str) -> float | None:
    value = values.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise DraftError(f"{place}: the metadata {name!r} must be a number; restore the draft")
    return float(value)


M = TypeVar("M", BlockKind, Status, Severity)


def _member(kind: type[M], values: Mapping[str, Any], name: str, place: str) -> M:
    value = _take(values, name, str, place)
    try:
        return kind(value)
    except ValueError as error:
        known = ", ".join(member.value for member in kind)
        raise DraftError(f"{place}: {name} {value!r} is not one of {known}; restore the draft") from error


def _object(item: object, what: str, place: str) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise DraftError(f"{place}: a {what} in the metadata is damaged; restore the draft")
    return item


def _occurrence(item: object, place: str) -> Occurrence:
    values = _object(item, "term occurrence", place)
    expected = _take(values, "expected", list, place)
    if not all(isinstance(form, str) for form in expected):
        raise DraftError(f"{place}: an expected term is not text; restore the draft")
    return Occurrence(
        segment=_take(values, "segment", str, place),
        id=_take(values, "id", str, place),
        kind=_take(values, "kind", str, place),
        start=_take(values, "start", int, place),
        end=_take(values, "end", int, place),
        source=_take(values, "source", str, place),
        expected=tuple(expected),
        found=_take(values, "found", str, place),
        found_start=_take(values, "found_start", int, place),
        found_end=_take(values, "found_end", int, place),
        how=_take(values, "how", str, place),
        status=_member(Status, values, "status", place),
    )


def _finding(item: object, place: str) -> Finding:
    values = _object(item, "finding", place)
    return Finding(
        code=_take(values, "code", str, place),
        severity=_member(Severity, values, "severity", place),
        message=_take(values, "message", str, place),
        file=_take(values, "file", str, place, ""),
        line=_take(values, "line", int, place, None),
        segment=_take(values, "segment", str, place, ""),
        mend=_take(values, "mend", str, place, ""),
    )
