"""Edit: what a translator's file says about one segment, whatever the format."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin.drafting.draft import State


@dataclass(frozen=True, slots=True)
class Edit:
    """One segment as it came back: ``id`` and ``source`` say which, ``target`` and ``state`` what.

    ``state`` is None where the format or the file does not say. ``line`` is the 1-based line or
    table row of the file.
    """

    id: str
    source: str
    target: str
    state: State | None = None
    line: int | None = None
