"""The sample article as a draft, its reference translation in place of the machine's."""

import csv
import functools
from pathlib import Path

from bulletin.drafting.draft import Draft, Signature, Unit
from bulletin.reading import read_article

DATA = Path(__file__).parent / "data"


@functools.cache
def sample_draft():
    article = read_article(DATA / "sample-article.vi.md")
    with (DATA / "sample-article.ref.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        english = {row["vi"]: row["en"] for row in rows}
    units = tuple(
        Unit(
            segment.id,
            number,
            block.kind,
            segment.text,
            english[segment.text],
            english[segment.text],
            segment.space,
            credit=block.credit if place == 0 else "",
            image=block.image if place == 0 else None,
        )
        for number, block in enumerate(article.blocks)
        for place, segment in enumerate(block.segments)
    )
    signature = Signature("0.1.0", "builtin", "r1", "g1", "vna", "beam:4")
    return Draft(
        article.name, units, signature, article.source_hash, article.date, article.dateline, article.source
    )
