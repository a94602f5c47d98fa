"""How fast a glossary of 100,000 entries loads, and how fast it is matched in 1 MB of Vietnamese.

    python benchmarks/glossary_speed.py [--entries 100000] [--text FILE]

The entries are made up of Vietnamese syllables, with variants and dates as real ones have. Without
``--text`` the text is made of the same syllables, with a term in every few words. Seconds are those
of the processor, so that other programs do not count.
"""

from __future__ import annotations

import argparse
import datetime
import random
import tempfile
import time
from pathlib import Path

from bulletin.glossary.layers import load_glossary
from bulletin.glossary.matcher import Matcher
from bulletin.glossary.table import COLUMNS

ONSETS = "b c ch d đ g gh h kh l m n ng nh ph qu r s t th tr v x".split()
RIMES = "a á ả an àn ang ành ao ay ấp ân âu e én ên i iêm iến inh o óa oan oà ôn ông ơ u ủy uyên".split()


def syllables(draw: random.Random, count: int) -> list[str]:
    """``count`` syllables, joined at random out of onset and rime."""
    return [draw.choice(ONSETS) + draw.choice(RIMES) for _ in range(count)]


def made_up_table(entries: int, draw: random.Random) -> tuple[str, list[str]]:
    """A CSV of ``entries`` rows, and the Vietnamese terms in it."""
    terms = [" ".join(syllables(draw, draw.randint(2, 7))).capitalize() for _ in range(entries)]
    lines = [",".join(COLUMNS)]
    for number, term in enumerate(terms):
        cells = dict.fromkeys(COLUMNS, "")
        cells |= {"id": f"made-up-{number}", "vi": term, "en_vna": f"the Office of Matter {number}"}
        cells |= {"kind": "institution", "authority": "made up", "sources": "1"}
        if number % 4 == 0:
            cells["variants"] = f"UB{draw.choice(ONSETS).upper()}{number % 500}|{term} Trung ương"
            cells["accepted"] = f"Office for Matter {number}"
        if number % 10 == 0:
            cells["valid_to"] = "2025-02-28"
        lines.append(",".join(cells[column] for column in COLUMNS))
    return "\n".join(lines), terms


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--text", type=Path, help="a Vietnamese text; its first megabyte is matched")
    arguments = parser.parse_args()
    draw = random.Random(20250301)
    table, terms = made_up_table(arguments.entries, draw)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made-up.csv"
        path.write_text(table, encoding="utf-8")
        begin = time.process_time()
        glossary = load_glossary([path], builtin=False)
        loaded = time.process_time()
    matcher = Matcher(glossary, "vna", datetime.date(2025, 6, 1))
    built = time.process_time()
    if arguments.text:
        text = arguments.text.read_text(encoding="utf-8")
    else:
        words: list[str] = []
        while len(words) < 250_000:
            words += [*syllables(draw, draw.randint(0, 12)), draw.choice(terms)]
        text = " ".join(words)
    text = text.encode()[: 2**20].decode("utf-8", "ignore")
    begun = time.process_time()
    matches = matcher.match(text)
    ended = time.process_time()
    print(f"entries          {len(glossary.entries):>10,}")
    print(f"load             {loaded - begin:>10.2f} s")
    print(f"build matcher    {built - loaded:>10.2f} s")
    print(f"match 1 MB       {ended - begun:>10.2f} s   {len(matches):,} matches")


if __name__ == "__main__":
    main()
