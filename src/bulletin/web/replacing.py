"""Replacing across a draft: which segments hold a text, and what they are without it."""

from __future__ import annotations

import re

from bulletin.drafting.draft import Draft


def pattern(find: str, *, match_case: bool = False, whole_words: bool = False) -> re.Pattern[str]:
    """A pattern for the text ``find`` as it stands: straight and curled apostrophes alike."""
    body = re.escape(find).replace("'", "['’]")
    if whole_words:
        body = rf"(?<!\w){body}(?!\w)"
    return re.compile(body, 0 if match_case else re.IGNORECASE)


def replaced(draft: Draft, looked_for: re.Pattern[str], new: str) -> dict[str, str]:
    """The English of each segment that holds what is looked for, with ``new`` in its place."""
    texts = {}
    for unit in draft.units:
        # a function, so that nothing in the new text is taken for a group
        text = looked_for.sub(lambda _: new, unit.target)
        if text != unit.target:
            texts[unit.id] = text
    return texts
