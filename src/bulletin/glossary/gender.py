"""English titles by gender: the form for a woman of a title whose head names a man."""

from __future__ import annotations

import re

_MALE = re.compile(r"\b([Cc]hair|[Ss]pokes|[Aa]lder|[Oo]mbuds)man\b")


def feminine_form(english: str) -> str:
    """A title as a woman bears it, where its head has a gender: ``Vice Chairwoman of …``; else empty.

    President, Minister, Secretary and the like are the same for both.
    """
    form = _MALE.sub(r"\1woman", english)
    return form if form != english else ""
