"""What changed between two states of a glossary, told for an editor, and which drafts it touches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bulletin.glossary.entry import Entry
from bulletin.glossary.layers import Glossary, make_glossary
from bulletin.glossary.matcher import Matcher
from bulletin.glossary.table import entry_cells
from bulletin.glossary.tokens import fold

_NAMES = {
    "id": "id",
    "vi": "Vietnamese",
    "variants": "variants",
    "accepted": "accepted",
    "forbidden": "forbidden",
    "short": "short form",
    "feminine": "feminine",
    "plural": "plural",
    "kind": "kind",
    "case": "case",
    "valid_from": "valid from",
    "valid_to": "valid to",
    "authority": "authority",
    "sources": "sources",
    "note": "note",
}
# cells that say where an entry comes from, not how a text reads
_BESIDE = frozenset({"id", "authority", "sources", "note"})


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that changed: its name for an editor, and what stood and stands in it."""

    name: str
    before: str
    after: str

    def __str__(self) -> str:
        if not self.before:
            return f"{self.name}: now {self.after!r}"
        if not self.after:
            return f"{self.name}: {self.before!r} is gone"
        return f"{self.name}: {self.before!r} → {self.after!r}"


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that changed; ``renders`` says whether a text could read otherwise for it."""

    before: Entry
    after: Entry
    cells: tuple[CellChange, ...]
    renders: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """Entries added, removed and changed, in the order of the newer (or older) glossary."""

    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    changed: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def diff_glossaries(old: Glossary, new: Glossary) -> Changes:
    """Compare two glossaries: entries pair by id, and where an id is gone by their Vietnamese and dates."""
    before, after = old.by_id, new.by_id
    pairs = {name: (before[name], entry) for name, entry in after.items() if name in before}
    gone = {_identity(entry): entry for name, entry in before.items() if name not in after}
    added = []
    for name, entry in after.items():
        if name in pairs:
            continue
        renamed = gone.pop(_identity(entry), None)
        if renamed is None:
            added.append(entry)
        else:
            pairs[name] = (renamed, entry)
    removed = [entry for name, entry in before.items() if _identity(entry) in gone and name not in after]
    changed = []
    for name in after:
        if name in pairs:
            cells = _cell_changes(*pairs[name])
            if cells:
                renders = any(key not in _BESIDE for key in cells)
                changed.append(Change(*pairs[name], tuple(cells.values()), renders))
    return Changes(tuple(added), tuple(removed), tuple(changed))


def _identity(entry: Entry) -> tuple[str, str, str]:
    return fold(entry.vi), str(entry.valid_from), str(entry.valid_to)


def _cell_changes(before: Entry, after: Entry) -> dict[str, CellChange]:
    old, new = entry_cells(before), entry_cells(after)
    changes = {}
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key, ""), new.get(key, "")
        if was != now:
            name = _NAMES.get(key, f"English ({key.removeprefix('en_')})")
            changes[key] = CellChange(name, was, now)
    return changes


def touched(changes: Changes, texts: Iterable[tuple[str, Sequence[str]]]) -> dict[str, list[str]]:
    """Which texts hold a term whose rendering changed: by the text's name, the terms as they stand in it.

    ``texts`` are names and Vietnamese sentences, of drafts or articles. Names without a term are left out.
    """
    concerned = [change.after for change in changes.changed if change.renders]
    concerned += [change.before for change in changes.changed if change.renders]
    concerned += [*changes.added, *changes.removed]
    matcher = Matcher(make_glossary(concerned))
    found: dict[str, list[str]] = {}
    for name, sentences in texts:
        terms: dict[str, str] = {}
        for sentence in sentences:
            for match in matcher.matches_nested(sentence, composed=False):
                terms.setdefault(fold(match.source), match.source)
        if terms:
            found[name] = list(terms.values())
    return found
