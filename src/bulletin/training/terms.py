"""Known term pairs for training: from term TSVs, pair lists in prose, and bracketed abbreviations cut off."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from bulletin.errors import TrainingError
from bulletin.training.pairs import tidy

_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_BRACKETED = re.compile(r"\s*[(\[][^)\]]*[)\]]")


def bare(english: str) -> str:
    """Return ``english`` without a leading article and bracketed remarks: the form that is carried."""
    return _ARTICLE.sub("", _BRACKETED.sub("", english).strip()).strip(" .;,")


def read_terms(path: Path) -> dict[str, set[str]]:
    """Read term pairs: ``Vietnamese<TAB>English[<TAB>origin]`` lines, or ``vi -> en | vi -> en`` prose.

    Alternatives on either side, parted by `` / ``, all count. Raises TrainingError.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise TrainingError(
            f"{path}: the term list cannot be read ({error}); give a UTF-8 .tsv or .md"
        ) from error
    terms: dict[str, set[str]] = {}
    for vietnamese, english in _prose(text) if path.suffix.lower() == ".md" else _columns(text):
        for source in _BRACKETED.sub("", vietnamese).split(" / "):
            for target in english.split(" / "):
                key, value = tidy(source), bare(tidy(target).replace("Viet Nam", "Vietnam"))
                if len(key) > 1 and len(value) > 1:
                    terms.setdefault(key, set()).add(value)
    return terms


def merge_terms(lists: Iterable[dict[str, set[str]]]) -> dict[str, tuple[str, ...]]:
    """Join term lists; every English seen for a Vietnamese term is kept, longest first."""
    merged: dict[str, set[str]] = {}
    for terms in lists:
        for vietnamese, english in terms.items():
            merged.setdefault(vietnamese, set()).update(english)
    return {key: tuple(sorted(values, key=lambda v: (-len(v), v))) for key, values in merged.items()}


def _columns(text: str) -> Iterable[tuple[str, str]]:
    for line in text.splitlines():
        fields = line.split("\t")
        if len(fields) >= 2:
            yield fields[0], fields[1]


def _prose(text: str) -> Iterable[tuple[str, str]]:
    for line in text.splitlines():
        for piece in line.split("|"):
            # one piece may hold several, parted by semicolons
            for one in piece.split("; ") if piece.count("->") > 1 else [piece]:
                left, arrow, right = one.partition("->")
                if arrow:
                    yield left.rpartition(": ")[2].strip(" -"), right.strip()
