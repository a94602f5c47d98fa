"""The codes of ``bulletin check``: stable over versions, so that CI can count on them."""

from __future__ import annotations

CODES: dict[str, str] = {
    "term-missing": "a fixed term of the source is not in the English in any form the house accepts",
    "term-forbidden": "a form stands in the English that the house does not write",
    "term-expired": "a term was not in use at the article's date",
    "term-ambiguous": "the glossary has several entries for a term, and the date does not decide",
    "term-inconsistent": "a term has two renderings, in one document or across those checked together",
    "title-gender": "a title is in its masculine form, and who holds it may be a woman",
    "name-missing": "a person's name of the source is not in the English",
    "name-differs": "a person's name is spelled otherwise than the source has it",
    "name-added": "a Vietnamese name stands in the English that the source has nowhere",
    "date-differs": "a date of the source is not in the English, or one of the English not in the source",
    "figure-differs": "a figure of the source is not in the English, or one of the English not in the source",
    "empty": "a segment has no English",
    "untranslated": "the English of a segment is its Vietnamese",
    "vietnamese-left": "Vietnamese is left in the English",
    "length-odd": "a segment is far longer or shorter than its source lets expect",
    "repeated": "words or a name stand again where the source does not repeat itself",
    "word-doubled": "a word stands twice in a row (the the)",
    "quote-unpaired": "a quotation of the English is opened and not closed, or closed and not opened",
    "segment-doubled": "two segments have the same English and different sources",
    "clause-omitted": "a part of a sentence does not seem to be in the English (looked for with --model)",
    "clause-added": "a part of a sentence does not seem to be in the source (looked for with --model)",
    "left-out": "a paragraph of the article has no counterpart in the bulletin",
    "added": "a paragraph of the bulletin has no counterpart in the article",
    "headline-provisional": "the headline was made from the lead, for a person to replace",
    "source-differs": "the draft was made from another version of the article",
}
"""Each code and what it means. Notes aside, a finding makes the command exit with 3."""
