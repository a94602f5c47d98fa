"""Bulletin: a draft's English as the house prints it, before any file format."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from bulletin.article import BlockKind, Image
from bulletin.drafting.draft import Draft, State, Unit
from bulletin.language.calendar import MONTHS
from bulletin.publishing.letters import without_diacritics
from bulletin.publishing.restyle import restyle_blocks
from bulletin.publishing.rules.mentions import ShortFormTable
from bulletin.publishing.rules.names import read_originals
from bulletin.publishing.short_forms import short_form_table
from bulletin.publishing.style import Style, fill

# controls, formatting characters (bidirectional overrides, zero widths), surrogates, private use, unassigned
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as it is published: checked, resized and encoded again.

    ``name`` is safe as a file name and unique by content; sizes are in pixels.
    """

    name: str
    media_type: str
    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class BulletinBlock:
    """One block of print. ``credit`` is the whole credit line, ready: ``(Photo: VNA)``.

    ``image`` is what the article names; ``picture`` is there once the image was found and checked.
    """

    kind: BlockKind
    text: str
    credit: str = ""
    image: Image | None = None
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One article in English, in a house style, ready to be laid out.

    ``dateline`` ends with its separator and stands before the lead, the first paragraph.
    ``byline`` and ``source_note`` are whole lines, empty where there is none; ``byline_place`` is
    ``top``, ``end`` or ``none``. ``date_text`` is the date as the style writes it. ``state`` is
    that of the least finished segment. ``signature`` says what made the draft.
    """

    name: str
    headline: str
    blocks: tuple[BulletinBlock, ...]
    dateline: str = ""
    date: datetime.date | None = None
    date_text: str = ""
    byline: str = ""
    byline_place: str = "end"
    source_note: str = ""
    agency: str = ""
    style: str = "vna"
    language: str = "en-GB"
    signature: str = ""
    headline_provisional: bool = False
    state: State = State.INITIAL

    @property
    def title(self) -> str:
        """The headline, or the article's name where it has none."""
        return self.headline or self.name

    @property
    def lead(self) -> int | None:
        """The index of the block that the dateline stands before: the first paragraph."""
        for index, block in enumerate(self.blocks):
            if block.kind is BlockKind.PARAGRAPH:
                return index
        return None

    @property
    def lead_block(self) -> BulletinBlock | None:
        """The block that the dateline stands before."""
        return None if self.lead is None else self.blocks[self.lead]

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures, in print order."""
        return tuple(block.picture for block in self.blocks if block.picture is not None)

    @property
    def summary(self) -> str:
        """The standfirst, or the lead: what a feed or a search engine shows under the headline."""
        for kind in (BlockKind.STANDFIRST, BlockKind.PARAGRAPH):
            for block in self.blocks:
                if block.kind is kind:
                    return block.text
        return ""


def make_bulletin(
    draft: Draft, style: Style, *, agency: str = "", short_forms: ShortFormTable | None = None
) -> Bulletin:
    """Put a draft's English into print order and into the house's style.

    ``agency`` replaces the style's own in the dateline. Headline and byline leave the blocks for
    fields of their own. A block whose English is empty is left out. The draft may have been made
    for another style: names, places, dates, figures and marks are brought to this one, with
    Vietnamese letters restored from the source where it keeps them. ``short_forms`` are those that
    the style and the built-in glossary have for the draft, where none are given.
    """
    if short_forms is None:
        short_forms = short_form_table([draft], style)
    joined = [(units[0], join_units(units)) for units in _by_block(draft.units)]
    originals = read_originals(unit.source for unit in draft.units)
    texts = restyle_blocks([(unit.kind, text) for unit, text in joined], style, originals, short_forms)
    headline = byline = ""
    blocks: list[BulletinBlock] = []
    for (unit, _), text in zip(joined, texts, strict=True):
        if unit.kind is BlockKind.HEADLINE and text and not headline:
            headline = text
        elif unit.kind is BlockKind.BYLINE:
            byline = f"{byline}, {text}" if byline and text else byline or text
        else:
            credit = _credit(unit.credit, style)
            image = unit.image and Image(unit.image.path, clean_line(unit.image.alt))
            if text or image or credit:
                blocks.append(BulletinBlock(unit.kind, text, credit, image))
    agency = clean_line(agency) or style.dateline.agency
    date_text = format_date(draft.date, style) if draft.date else ""
    return Bulletin(
        name=clean_line(draft.name) or "bulletin",
        headline=headline,
        blocks=tuple(_end_mark(blocks, style.marks.end)),
        dateline=_dateline(draft.dateline, agency, date_text, style),
        date=draft.date,
        date_text=date_text,
        byline=fill(style.byline.form, {"name": _spell(byline, style)}) if byline else "",
        byline_place=style.byline.place,
        source_note=_source_note(draft.source, agency, style),
        agency=agency,
        style=style.name,
        language=style.language,
        signature=clean_line(str(draft.signature)),
        headline_provisional=draft.headline_provisional,
        state=min((unit.state for unit in draft.units), key=list(State).index, default=State.INITIAL),
    )


def join_units(units: Iterable[Unit]) -> str:
    """The English of one block: its segments with the spaces of the source between them.

    A segment without English (two sentences made one) leaves no double space behind. Line breaks
    and runs of space become one space: a block is one line of text.
    """
    text = "".join(unit.target.strip() + (unit.space or " ") for unit in units if unit.target.strip())
    return clean_line(text)


def clean_line(text: str) -> str:
    """One line of print, in NFC: no control characters, and none that reorder or hide what is read."""
    kept = "".join(
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", text)
        if character.isspace() or unicodedata.category(character) not in _UNPRINTABLE
    )
    return " ".join(kept.split())


def format_date(date: datetime.date, style: Style) -> str:
    """A date as the style writes it: January 16, 2020 or 16 January 2020."""
    month = MONTHS[date.month - 1]
    if style.dates.order == "dmy":
        return f"{date.day} {month} {date.year}"
    return f"{month} {date.day}, {date.year}"


def _by_block(units: Iterable[Unit]) -> Iterable[list[Unit]]:
    return (list(group) for _, group in groupby(units, key=lambda unit: unit.block))


def _spell(text: str, style: Style) -> str:
    return text if style.names.diacritics else without_diacritics(text)


def _agency(name: str, style: Style) -> str:
    """An agency's or department's English name, where the style lists it."""
    wanted = name.strip().casefold()
    for known, english in style.captions.agencies.items():
        if known.casefold() == wanted:
            return english
    return _spell(name.strip(), style)


def _credit(credit: str, style: Style) -> str:
    credit = clean_line(credit)
    if not credit:
        return ""
    # a credit may name a photographer and an agency: Trí Dũng - TTXVN
    parts = re.split(r"(\s*[-–/|,]\s*)", credit)
    parts[::2] = [_agency(part, style) for part in parts[::2]]
    return fill(style.captions.credit, {"credit": "".join(parts)})


def _source_note(source: str, agency: str, style: Style) -> str:
    name = _agency(clean_line(source), style)
    # a house does not name itself as its source: the dateline says it
    if not name or name.casefold() == agency.casefold():
        return ""
    return fill(style.source.note, {"source": name})


def _dateline(source: str, agency: str, date: str, style: Style) -> str:
    """The dateline in the house's form; the place is the article's own, or the house's city."""
    place = _place(source, style) or style.dateline.city
    city = spell_place(place, style)
    if style.dateline.capitals:
        city = city.upper()
    return fill(style.dateline.form, {"city": city, "agency": agency, "date": date})


def _place(source: str, style: Style) -> str:
    """The place in an article's dateline: ``Hà Nội (TTXVN)`` gives ``Hà Nội``, ``NDO`` gives nothing."""
    for part in re.split(r"[,(/–—|]|\s-\s", clean_line(source)):
        name = part.strip(" ).:-")
        listed = any(name.casefold() == known.casefold() for known in style.captions.agencies)
        if name and spell_place(name, style) != _spell(name, style):
            return name
        # an agency is a word in capitals; a place has small letters (Huế) unless all of it is shouted
        if name and not listed and (not name.isupper() or " " in name):
            return name.title() if name.isupper() else name
    return ""


def spell_place(place: str, style: Style) -> str:
    """A Vietnamese place as the style spells it: from its table, else with or without diacritics."""
    for known, english in style.places.spellings.items():
        if known.casefold() == place.casefold():
            return english
    for known, variants in style.places.variants.items():
        if place.casefold() in {variant.casefold() for variant in variants}:
            return style.places.spellings.get(known, known)
    return _spell(place, style)


def _end_mark(blocks: list[BulletinBlock], mark: str) -> list[BulletinBlock]:
    """Close the last paragraph of the text with the house's end mark."""
    if not mark:
        return blocks
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and block.text:
            ended = BulletinBlock(block.kind, block.text + mark, block.credit, block.image, block.picture)
            return [*blocks[:index], ended, *blocks[index + 1 :]]
    return blocks
