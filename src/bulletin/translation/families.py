"""Families of translation models: how each is told that Vietnamese comes in and English goes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bulletin.errors import ModelError


@dataclass(frozen=True, slots=True)
class Family:
    """The conventions of one family.

    ``source_code``/``target_code`` are language tokens of the tokenizer, empty where the family has
    none. ``prefix`` is put before each source; ``strip`` is taken off the front of each output.
    """

    name: str
    source_code: str = ""
    target_code: str = ""
    prefix: str = ""
    strip: str = ""


PLAIN = Family("plain")
MBART = Family("mbart", "vi_VN", "en_XX")
NLLB = Family("nllb", "vie_Latn", "eng_Latn")
M2M100 = Family("m2m100", "vi", "en")
ENVIT5 = Family("envit5", prefix="vi: ", strip="en: ")
MADLAD = Family("madlad", prefix="<2en> ")

FAMILIES = (PLAIN, MBART, NLLB, M2M100, ENVIT5, MADLAD)

_PLAIN_TYPES = frozenset({"marian", "bart", "encoder-decoder", "fsmt", "pegasus", "led"})


def family_of(model_type: str, vocabulary: Iterable[str], name: str = "") -> Family:
    """Tell the family from the configuration's ``model_type`` and the tokenizer's pieces.

    Raises ModelError for a type that is no known translation model.
    """
    if model_type in _PLAIN_TYPES:
        return PLAIN
    pieces = vocabulary if isinstance(vocabulary, (set, frozenset, dict)) else set(vocabulary)
    if model_type == "mbart":
        return MBART
    if model_type == "m2m_100":
        return NLLB if NLLB.source_code in pieces else M2M100
    if model_type in {"t5", "mt5", "umt5"}:
        return MADLAD if "<2en>" in pieces else ENVIT5
    raise ModelError(
        f"{name or 'the model'}: type {model_type!r} is not a sequence-to-sequence translator that is "
        "known here; known types: bart, marian, mbart, m2m_100 (NLLB, M2M100), t5 (EnViT5, MADLAD)"
    )
