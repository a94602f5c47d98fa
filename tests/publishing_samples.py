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


def write_photo(path, size=(900, 600)):
    """A picture of our own: no camera, no person, the same bytes every time."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", size, (96, 112, 120))
    draw = ImageDraw.Draw(picture)
    for place in range(0, size[0], 60):
        top = size[1] // 3 + place % 150
        draw.rectangle((place, top, place + 40, size[1]), fill=(150, 110 + place % 60, 80))
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path)


def sample_bulletin(folder, style="vna"):
    """The sample as a bulletin with its two pictures, which are made in ``folder``."""
    import dataclasses

    from bulletin.article import Image
    from bulletin.publishing import load_style
    from bulletin.publishing.prepare import prepare_bulletin

    draft = sample_draft()
    alts = iter(("A speaker at a lectern", "Rows of delegates in a hall"))
    units = tuple(
        dataclasses.replace(unit, image=Image(unit.image.path, next(alts))) if unit.image else unit
        for unit in draft.units
    )
    for unit in units:
        if unit.image:
            write_photo(folder / unit.image.path)
    bulletin, findings = prepare_bulletin(dataclasses.replace(draft, units=units), load_style(style), folder)
    assert findings == ()
    return bulletin


def sample_issue(folder):
    """Three articles in two sections, made of the sample."""
    import dataclasses
    import datetime

    from bulletin.publishing.issue import Issue, Section

    first = sample_bulletin(folder)
    second = dataclasses.replace(first, name="second", headline="A second story", blocks=first.blocks[:3])
    third = dataclasses.replace(second, name="third", headline="A third story")
    return Issue(
        "Bulletin of the Four Offices",
        (Section("Domestic affairs", (first, second)), Section("External relations", (third,))),
        "No. 12",
        datetime.date(2026, 3, 15),
        "March 15, 2026",
        agency="VNA",
    )
