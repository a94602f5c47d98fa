"""Whether a text is Vietnamese at all; what is not is refused in plain words."""

from __future__ import annotations

from bulletin.errors import ReadingError
from bulletin.reading.syllables import look


def require_vietnamese(text: str, place: str) -> None:
    """Raise ReadingError where ``text`` is empty or does not look like Vietnamese."""
    if not text.strip():
        raise ReadingError(f"{place}: holds no text; give an article")
    found = look(text)
    if found.vietnamese:
        return
    if found.unmarked:
        raise ReadingError(
            f"{place}: this looks like Vietnamese without its marks (dấu), which cannot be translated "
            "safely; give the text with its marks"
        )
    share = f"{found.valid:.0%} of its words are Vietnamese syllables" if found.words else "it has no words"
    raise ReadingError(f"{place}: this does not look like Vietnamese ({share}); give a Vietnamese article")
