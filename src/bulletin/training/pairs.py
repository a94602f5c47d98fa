"""Sentence pairs for training: read from TSV, TSV.XZ or TMX, cleaned, and kept apart by domain."""

from __future__ import annotations

import lzma
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bulletin.errors import TrainingError

MAX_SEGMENT = 2000
"""Characters a side; longer segments are left out (they are paragraphs gone wrong)."""

_VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
_SPACES = re.compile(r"\s+")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Pair:
    """One Vietnamese segment and its English, NFC, single-spaced."""

    source: str
    target: str


def tidy(text: str) -> str:
    """Return ``text`` in NFC on one line, single-spaced, without control or zero-width characters."""
    kept = "".join(
        character
        for character in unicodedata.normalize("NFC", text)
        if character.isspace() or unicodedata.category(character) not in {"Cc", "Cf", "Co", "Cs"}
    )
    return _SPACES.sub(" ", kept).strip()


def read_pairs(path: Path) -> Iterator[Pair]:
    """Yield the pairs of a ``.tsv``, ``.tsv.xz`` or ``.tmx`` file as they stand (tidied, not cleaned).

    A TSV line is ``Vietnamese<TAB>English``, further columns ignored; or the first line is a heading
    that has the columns ``vi`` and ``en``. Raises TrainingError with file and line.
    """
    name = path.name.lower()
    if name.endswith(".tmx"):
        from bulletin.training.tmx import read_tmx

        yield from read_tmx(path)
    elif name.endswith((".tsv", ".tsv.xz")):
        yield from _read_tsv(path)
    else:
        raise TrainingError(f"{path}: training pairs are read from .tsv, .tsv.xz or .tmx; give one of these")


def _read_tsv(path: Path) -> Iterator[Pair]:
    try:
        opened = (
            lzma.open(path, "rt", encoding="utf-8-sig", newline="\n")  # noqa: SIM115 (entered below)
            if path.name.lower().endswith(".xz")
            else path.open(encoding="utf-8-sig", newline="\n")
        )
        vietnamese, english = 0, 1
        with opened as lines:
            for number, line in enumerate(lines, 1):
                fields = line.rstrip("\r\n").split("\t")
                if not line.strip():
                    continue
                if number == 1 and (columns := _heading(fields)):
                    vietnamese, english = columns
                    continue
                if len(fields) <= max(vietnamese, english):
                    raise TrainingError(
                        f"{path}:{number}: a line holds Vietnamese, a tab, English; this one has too few tabs"
                    )
                yield Pair(tidy(fields[vietnamese]), tidy(fields[english]))
    except UnicodeDecodeError as error:
        raise TrainingError(f"{path}: training text is UTF-8, and this is not; convert it first") from error
    except (lzma.LZMAError, EOFError) as error:
        raise TrainingError(f"{path}: the xz file is damaged ({error}); fetch it again") from error
    except OSError as error:
        raise TrainingError(f"{path}: cannot be read ({error.strerror or error})") from error


def _heading(fields: list[str]) -> tuple[int, int] | None:
    names = [field.strip().lower() for field in fields]
    for vietnamese, english in (("vi", "en"), ("vietnamese", "english")):
        if vietnamese in names and english in names:
            return names.index(vietnamese), names.index(english)
    return None


def looks_vietnamese(text: str) -> bool:
    """Return whether ``text`` has enough of the letters that only Vietnamese uses (1 in 25, or 2)."""
    marked = len(_VIETNAMESE.findall(text))
    return marked >= 2 and marked * 25 >= len(_LETTER.findall(text))


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The pairs that may be trained on, and how many were left out for which reason."""

    pairs: tuple[Pair, ...]
    dropped: dict[str, int]
    swapped: int


def clean(
    pairs: Iterable[Pair],
    *,
    max_ratio: float = 2.5,
    min_letters: int = 2,
    held_out: frozenset[str] = frozenset(),
) -> Cleaned:
    """Sort out what would teach wrong things.

    Left out: empty or overlong sides, sides alike, length ratio past ``max_ratio`` (characters, with
    20 of slack), English that is Vietnamese, repeated pairs, and sources in ``held_out`` (texts that
    scores are measured on). Sides that were swapped are put right.
    """
    kept: list[Pair] = []
    seen: set[tuple[str, str]] = set()
    dropped: Counter[str] = Counter()
    swapped = 0
    for pair in pairs:
        source, target = pair.source, pair.target
        if looks_vietnamese(target) and not looks_vietnamese(source):
            source, target = target, source
            swapped += 1
        reason = _reason_to_drop(source, target, max_ratio, min_letters)
        if reason is None and (source.casefold(), target.casefold()) in seen:
            reason = "repeated"
        if reason is None and source in held_out:
            reason = "held out for scoring"
        if reason is not None:
            dropped[reason] += 1
            continue
        seen.add((source.casefold(), target.casefold()))
        kept.append(Pair(source, target))
    return Cleaned(tuple(kept), dict(dropped), swapped)


def _reason_to_drop(source: str, target: str, max_ratio: float, min_letters: int) -> str | None:
    if len(_LETTER.findall(source)) < min_letters or len(_LETTER.findall(target)) < min_letters:
        return "empty"
    if len(source) > MAX_SEGMENT or len(target) > MAX_SEGMENT:
        return "too long"
    if source.casefold() == target.casefold():
        return "sides alike"
    if looks_vietnamese(target) and len(target) > 30:
        return "English side is Vietnamese"
    longer, shorter = max(len(source), len(target)), min(len(source), len(target))
    if longer > shorter * max_ratio + 20:
        return "length ratio"
    return None
