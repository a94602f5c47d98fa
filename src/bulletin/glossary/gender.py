"""English titles by gender: a Chairman is a Chairwoman where she is a woman.

President, Minister, Secretary and the like are the same for both.
"""

from __future__ import annotations

import re

MAN, WOMAN = "m", "f"

_HEADS = r"\b([Cc]hair|[Ss]pokes|[Aa]lder|[Oo]mbuds)"
_MALE = re.compile(rf"{_HEADS}(m[ae]n)\b")
_FEMALE = re.compile(rf"{_HEADS}(wom[ae]n)\b")


def for_woman(form: str) -> str:
    """An English form with its heads in the feminine: ``Vice Chairman`` becomes ``Vice Chairwoman``."""
    return _MALE.sub(lambda head: f"{head[1]}wo{head[2]}", form)


def for_man(form: str) -> str:
    """An English form with its heads in the masculine."""
    return _FEMALE.sub(lambda head: head[1] + head[2].removeprefix("wo"), form)


def feminine_form(english: str) -> str:
    """A title as a woman bears it, where its head has a gender; else empty."""
    form = for_woman(english)
    return form if form != english else ""


def in_gender(form: str, gender: str) -> bool:
    """Whether no head of an English form, plurals aside, belongs to the other gender than ``gender``."""
    wrong = {WOMAN: _MALE, MAN: _FEMALE}.get(gender)
    return wrong is None or all(head[2].endswith("men") for head in wrong.finditer(form))
