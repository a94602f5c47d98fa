"""Draft files: XLIFF 2.1 or 1.2, written and read through translate-toolkit's storage."""

from __future__ import annotations

import re
from pathlib import Path

from bulletin.drafting import xliff_one, xliff_two
from bulletin.drafting.draft import Draft, Unit
from bulletin.drafting.edit import Edit
from bulletin.drafting.markup import MAX_BYTES, local, parse
from bulletin.drafting.metadata import build_draft, build_unit
from bulletin.drafting.row import Row
from bulletin.errors import DraftError
from bulletin.files import write_atomic

VERSIONS = ("2.1", "1.2")

# an XML NMTOKEN without ':', which separates unit and segment in some tools
_ID = re.compile(r"[\w.-]+\Z")


def write_draft(draft: Draft, path: Path, version: str = "2.1") -> None:
    """Write ``draft`` to ``path`` as XLIFF, atomically.

    Raises DraftError for a draft that no XLIFF can hold, BulletinError where ``path`` is unwritable.
    """
    write_atomic(path, dump_draft(draft, version))


def dump_draft(draft: Draft, version: str = "2.1") -> bytes:
    """``draft`` as an XLIFF document in UTF-8.

    Raises DraftError for an unknown version and for ids that are not unique or not XML tokens.
    """
    if version not in VERSIONS:
        raise DraftError(f"XLIFF {version} cannot be written; choose {' or '.join(VERSIONS)}")
    seen: set[str] = set()
    for unit in draft.units:
        if not _ID.match(unit.id):
            raise DraftError(f"segment {unit.id!r}: an id is letters, digits, '.', '-' and '_'; rename it")
        if unit.id in seen:
            raise DraftError(f"segment {unit.id}: the id stands twice; ids must be unique in a draft")
        seen.add(unit.id)
    return xliff_two.dump(draft) if version == "2.1" else xliff_one.dump(draft)


def read_draft(path: Path) -> Draft:
    """Read the draft in ``path``.

    Raises DraftError where it is unreadable, damaged or not written by bulletin.
    """
    return parse_draft(read_bytes(path), str(path))


def parse_draft(data: bytes, name: str = "draft") -> Draft:
    """The draft in an XLIFF document; ``name`` is what errors call it.

    Raises DraftError where it is damaged, foreign, or has lost or gained segments.
    """
    header, rows = _rows(data, name)
    if header is None:
        raise DraftError(
            f"{name}: an XLIFF file of another tool, not a draft of bulletin;"
            " bring its text onto a draft with 'bulletin draft import'"
        )
    units = tuple(_unit(row, name) for row in rows)
    return build_draft(header, units, name)


def xliff_version(data: bytes, name: str = "draft") -> str:
    """Which of ``VERSIONS`` an XLIFF document is, so that it can stay so; ``name`` is what errors call it."""
    return "1.2" if parse(data, name).get("version", "").startswith("1.") else "2.1"


def parse_edits(data: bytes, name: str = "draft") -> tuple[Edit, ...]:
    """What an XLIFF document says of each segment, by whatever tool it was written.

    Raises DraftError where it is not XLIFF 1.x or 2.x, is damaged, or has duplicate ids.
    """
    _, rows = _rows(data, name)
    return tuple(Edit(row.id, row.source, row.target, row.state, row.line) for row in rows)


def read_bytes(path: Path) -> bytes:
    """The bytes of a draft file. Raises DraftError where it cannot be read or is too large."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DraftError(
                f"{path}: larger than {MAX_BYTES // 2**20} MB, which no draft is; check the file"
            )
        return path.read_bytes()
    except OSError as error:
        raise DraftError(f"{path}: cannot be read ({error.strerror or error}); check the name") from error


def _unit(row: Row, name: str) -> Unit:
    place = f"{name}, line {row.line}, segment {row.id}"
    if row.fields is None:
        raise DraftError(f"{place}: the metadata is missing; take the file back with 'bulletin draft import'")
    return build_unit(
        row.fields,
        id=row.id,
        source=row.source,
        target=row.target,
        hypothesis=row.hypothesis,
        state=row.state,
        place=place,
    )


def _rows(data: bytes, name: str) -> tuple[dict[str, str] | None, list[Row]]:
    root = parse(data, name)
    version = root.get("version", "")
    if local(root) != "xliff" or not version:
        raise DraftError(f"{name}: not XLIFF (the root element is <{local(root)}>); choose an XLIFF file")
    if version.startswith("2."):
        dialect, header = xliff_two.rows, xliff_two.header(root)
    elif version.startswith("1."):
        dialect, header = xliff_one.rows, xliff_one.header(root)
    else:
        raise DraftError(f"{name}: XLIFF version {version!r} is not known; save it as 2.1 or 1.2")
    try:
        rows = dialect(data)
    except DraftError as error:
        raise DraftError(f"{name}, {error}") from error
    except Exception as error:
        # the storage library raises what it likes on what it did not expect
        raise DraftError(f"{name}: not the XLIFF {version} it says it is ({error}); restore it") from error
    seen: dict[str, int] = {}
    for row in rows:
        if not row.id:
            raise DraftError(f"{name}, line {row.line}: a segment has no id; restore the file")
        if row.id in seen:
            raise DraftError(
                f"{name}, line {row.line}: the id {row.id!r} stands already on line {seen[row.id]};"
                " ids must be unique"
            )
        seen[row.id] = row.line
    return header, rows
