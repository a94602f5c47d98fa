"""Drafts into the memory: what a person has reviewed or signed off."""

from __future__ import annotations

import datetime

from bulletin.drafting.draft import Draft, State
from bulletin.memory.database import now
from bulletin.memory.shape import context_key
from bulletin.memory.store import Added, Store
from bulletin.memory.unit import MemoryUnit, clean_text

APPROVED = frozenset({State.REVIEWED, State.FINAL})


def memory_from_draft(
    draft: Draft, *, author: str = "", created: datetime.datetime | None = None
) -> tuple[MemoryUnit, ...]:
    """The approved units of a draft, with their neighbours in it.

    ``author`` is who approved them, ``created`` when (UTC; now where not given).
    """
    sources = [unit.source for unit in draft.units if unit.source]
    keys = [context_key(clean_text(source)) for source in sources]
    time = created or now()
    units = []
    place = -1
    for unit in draft.units:
        if not unit.source:
            continue
        place += 1
        if unit.state not in APPROVED or not unit.target.strip():
            continue
        units.append(
            MemoryUnit(
                unit.source,
                unit.target,
                draft.name,
                draft.date,
                draft.signature.style,
                author,
                draft.signature.glossary,
                time,
                keys[place - 1] if place else None,
                keys[place + 1] if place + 1 < len(keys) else None,
            )
        )
    return tuple(units)


def add_draft(store: Store, draft: Draft, *, author: str = "") -> Added:
    """Put a draft's approved units into a store; an earlier English of the same place is replaced."""
    return store.add(memory_from_draft(draft, author=author))
