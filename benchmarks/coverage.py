"""How much of a list of term occurrences the shipped glossary and its grammar cover.

    python benchmarks/coverage.py --eval DIR [--list]

DIR holds ``NAME.terms.tsv`` (columns doc, line, vi, en) beside ``NAME.tsv`` (columns doc, url, vi, en).
A row counts as covered where the matcher finds, in the row's sentence, a term whose span holds the
row's Vietnamese and whose English (or an accepted form of it) is or holds the row's, article and case
aside: ``Phó Thủ tướng`` is covered by ``Deputy Prime Minister and Minister of Foreign Affairs``.
``--list`` prints the rows that are not covered.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import re
from pathlib import Path

from bulletin.glossary.entry import TermMatch
from bulletin.glossary.layers import load_glossary
from bulletin.glossary.matcher import Matcher
from bulletin.glossary.tokens import fold


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a TSV file with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def holds(match: TermMatch, vietnamese: str) -> bool:
    """Whether a match has the Vietnamese in it, spelling aside."""
    return _squeezed(vietnamese) in _squeezed(match.source)


def renders(match: TermMatch, english: str) -> bool:
    """Whether one of a match's forms is the English, or has it (or its plural) as whole words."""
    wanted = re.compile(rf"\b{re.escape(english.removeprefix('the '))}s?(?!\w)", re.IGNORECASE)
    return any(wanted.search(form) for form in (match.target, *match.accepted))


def _squeezed(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--eval", type=Path, required=True, metavar="DIR")
    parser.add_argument("--name", default="official-dev", help="the set's name (official-dev)")
    parser.add_argument("--date", type=datetime.date.fromisoformat, default=datetime.date(2021, 6, 1))
    parser.add_argument("--list", action="store_true", help="print the rows that are not covered")
    arguments = parser.parse_args()
    sentences = [row["vi"] for row in rows(arguments.eval / f"{arguments.name}.tsv")]
    matcher = Matcher(load_glossary(), "vna", arguments.date)
    found = [matcher.match(sentence) for sentence in sentences]
    terms = rows(arguments.eval / f"{arguments.name}.terms.tsv")
    covered = spanned = 0
    for term in terms:
        matches = [match for match in found[int(term["line"]) - 1] if holds(match, term["vi"])]
        spanned += bool(matches)
        right = any(renders(match, term["en"]) for match in matches)
        covered += right
        if arguments.list and not right:
            shown = "; ".join(f"{match.source} = {match.target}" for match in matches) or "nothing"
            print(f"{term['line']:>4}  {term['vi']} = {term['en']}  |  {shown}")
    print(f"rows                 {len(terms):>5}")
    print(f"found                {spanned:>5}   {spanned / len(terms):.1%}")
    print(f"right or accepted    {covered:>5}   {covered / len(terms):.1%}")


if __name__ == "__main__":
    main()
