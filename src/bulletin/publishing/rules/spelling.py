"""British spelling of words that American English spells otherwise."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import lru_cache

from bulletin.errors import PublishingError
from bulletin.publishing.rules.edit import Edit, kept_spans, outside
from bulletin.publishing.style import Style, styles_folder

_WORD = re.compile(r"(?<![\w@#/.-])[A-Za-z]+(?![\w@/])")
_ISE = re.compile(r"[a-z]{3,}(?:iz|yz)(?:e|es|ed|ing|er|ers|ation|ations|ational|able)")
# words in which the z belongs to the root
_ROOT = re.compile(
    r"(?:un|over|down|up|re|out|mid|half|king|full|bite|life|good|pint|super)?"
    r"(?:siz|priz|seiz|capsiz|assiz|beliz|maiz|baiz)(?:e|es|ed|ing|er|ers|able)"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:]['\"’”)]?\s+)['\"‘“(]*$")


def spelling(text: str, style: Style) -> Iterator[Edit]:
    """American spellings, with the British ones.

    A capitalised word inside a sentence is part of a name, and names keep their own spelling.
    """
    if style.spelling.variety != "british":
        return iter(())
    return outside(_edits(text), kept_spans(text, style.spelling.keep))


def _edits(text: str) -> Iterator[Edit]:
    for match in _WORD.finditer(text):
        word = match[0]
        british = british_word(word.lower())
        if british is None:
            continue
        capital = word[0].isupper()
        if not capital or (word[1:] == word[1:].lower() and _SENTENCE_START.search(text[: match.start()])):
            yield Edit(match.start(), word, british.capitalize() if capital else british)


def british_word(word: str) -> str | None:
    """The British spelling of a word in small letters, or None where the word has but one."""
    listed = _list().get(word)
    if listed is not None:
        return listed
    if _ISE.fullmatch(word) and not _ROOT.fullmatch(word):
        end = re.search(r"[iy]z(?=(?:e|es|ed|ing|er|ers|ation|ations|ational|able)$)", word)
        if end:
            return f"{word[: end.start() + 1]}s{word[end.end() :]}"
    return None


@lru_cache(maxsize=1)
def _list() -> dict[str, str]:
    """The kept word list: ``american,british``, one form of a word a row."""
    path = styles_folder() / "spelling-british.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {row["american"]: row["british"] for row in csv.DictReader(file)}
    except (OSError, KeyError) as error:
        raise PublishingError(f"{path}: the list of British spellings cannot be read ({error})") from error
