"""A name for an article that is safe as a folder name everywhere."""

from __future__ import annotations

import re

from bulletin.language.syllables import strip_diacritics

_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"com{i}" for i in range(10)), *(f"lpt{i}" for i in range(10)))
)
_LONGEST = 80


def slug(text: str) -> str:
    """``text`` in lower-case ASCII letters, digits and hyphens; ``article`` where nothing is left.

    Vietnamese letters lose their marks. Names that Windows keeps for devices get a suffix, so that
    the result can be a folder on any system, and no path can hide in it.
    """
    name = re.sub(r"[^a-z0-9]+", "-", strip_diacritics(text).lower())[: 4 * _LONGEST].strip("-")
    if len(name) > _LONGEST:
        cut = name[:_LONGEST]
        name = (cut.rpartition("-")[0] if "-" in cut[_LONGEST // 2 :] else cut).strip("-")
    if not name:
        return "article"
    return f"{name}-article" if name in _RESERVED else name
