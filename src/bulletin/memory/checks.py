"""What is doubtful in a memory: conflicts, values that differ, terms that have changed since."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from bulletin.finding import Finding, Severity
from bulletin.language.english_dates import compare_dates
from bulletin.language.english_figures import compare_figures
from bulletin.memory.schema import units
from bulletin.memory.search import LONGEST, Terms
from bulletin.memory.store import Store
from bulletin.memory.unit import MemoryUnit
from bulletin.terminology.verify import verify

_SHOWN = 4


def conflicts(store: Store) -> Iterator[Finding]:
    """A warning for each Vietnamese text with more than one approved English in one style."""
    c = units.c
    statement = (
        sa.select(c.source_key, c.style)
        .group_by(c.source_key, c.style)
        .having(sa.func.count(sa.distinct(c.target)) > 1)
        .order_by(sa.func.min(c.id))
    )
    with store.database.reading() as connection:
        for key, style in connection.execute(statement).all():
            rows = connection.execute(
                sa.select(c.source, c.target, c.article, c.author, c.created)
                .where(c.source_key == key, c.style == style)
                .order_by(c.created.desc(), c.id.desc())
            ).all()
            targets: dict[str, str] = {}
            for row in rows:
                said = [part for part in (row.author, row.article, f"{row.created:%Y-%m-%d}") if part]
                targets.setdefault(row.target, f"“{row.target}” ({', '.join(said)})")
            told = list(targets.values())
            more = f" and {len(told) - _SHOWN} more" if len(told) > _SHOWN else ""
            yield Finding(
                "memory-conflict",
                Severity.WARNING,
                f"“{rows[0].source}” has {len(told)} approved translations: {'; '.join(told[:_SHOWN])}{more}",
                file=store.name,
                mend="keep one: 'bulletin memory forget' takes the others out",
            )


def doubts(store: Store, terms: Terms | None = None) -> Iterator[Finding]:
    """A finding for each unit whose dates or figures differ, or with terms that are now written otherwise.

    ``terms`` is today's glossary's ``Matcher(...).match``; without it terms are not looked at.
    """
    for unit in store:
        yield from _values(store, unit)
        if terms is not None:
            yield from _terms(store, unit, terms)


def _values(store: Store, unit: MemoryUnit) -> Iterator[Finding]:
    if max(len(unit.source), len(unit.target)) > LONGEST:
        return
    pairs = [
        *((d.missing, d.match.source) for d in compare_dates(unit.source, unit.target)),
        *((d.missing, d.match.source) for d in compare_figures(unit.source, unit.target)),
    ]
    if pairs:
        told = ", ".join(f"{text} {'missing' if missing else 'added'}" for missing, text in pairs)
        yield Finding(
            "memory-value",
            Severity.WARNING,
            f"“{unit.source}” → “{unit.target}”: {told}",
            file=store.name,
            mend="approve it again with the right value, or take it out with 'bulletin memory forget'",
        )


def _terms(store: Store, unit: MemoryUnit, terms: Terms) -> Iterator[Finding]:
    matches = terms(unit.source)
    for match, rendering in zip(matches, verify(unit.target, matches), strict=True):
        if not rendering.right and not match.status and match.id not in ("name", "date", "figure"):
            yield Finding(
                "memory-term",
                Severity.NOTE,
                f"“{unit.source}”: today's glossary has “{match.target}” for “{match.source}”, "
                f"the memory “{unit.target}”",
                file=store.name,
                mend="such a match is offered with a lower score; approve the segment anew",
            )
