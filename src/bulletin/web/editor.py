"""Editor: what the routes call. A desk, and around it memory, model, preview and glossary."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bulletin.checking.added import added_findings
from bulletin.checking.omitted import omitted_findings
from bulletin.checking.pair import Document, Pair
from bulletin.drafting.draft import Draft, State, Unit
from bulletin.errors import BulletinError
from bulletin.finding import Finding
from bulletin.memory.unit import MemoryMatch
from bulletin.publishing.bulletin import make_bulletin
from bulletin.publishing.formats import FORMATS, write_bulletin
from bulletin.publishing.html import render_html
from bulletin.publishing.images import attach_images
from bulletin.publishing.prepare import prepare_bulletin, unready_segments
from bulletin.publishing.rules.mentions import ShortFormTable
from bulletin.publishing.short_forms import short_form_table
from bulletin.terminology.cascade import render
from bulletin.translation.engine import Engine
from bulletin.web import new_term
from bulletin.web.checks import Lookup
from bulletin.web.desk import Desk
from bulletin.web.edits import EditError, index_of

OFFERED = 3
"""Matches of the memory that are offered for a segment."""


@dataclass(slots=True)
class Editor:
    """A desk and its tools. Each tool may be missing; what it gives is then left out or refused.

    ``open_memory`` and ``load_engine`` are called when first needed, once. ``new_terms`` is the
    glossary file that new terms go to. ``remember`` puts the approved segments of a draft into the
    memory and says in a line what came of it. ``agency`` and ``pictures`` are as for publishing.
    """

    desk: Desk
    open_memory: Callable[[], Lookup] | None = None
    load_engine: Callable[[], Engine] | None = None
    new_terms: Path | None = None
    remember: Callable[[Draft], str] | None = None
    agency: str = ""
    pictures: Path | None = None
    failure: BulletinError | None = None
    """Why the draft file could not be written at the end."""
    _memory: Lookup | None = None
    _engine: Engine | None = None
    _tools: threading.Lock = field(default_factory=threading.Lock)
    _previewing: threading.Lock = field(default_factory=threading.Lock)
    _preview: tuple[Draft, str] | None = None
    _matches: dict[tuple[str, str, str], tuple[MemoryMatch, ...]] = field(default_factory=dict)

    def matches(self, segment: str) -> tuple[MemoryMatch, ...]:
        """What the translation memory offers for a segment, best first."""
        if self.open_memory is None:
            return ()
        draft = self.desk.session.draft
        place = index_of(draft, segment)
        key = (_source(draft, place), _source(draft, place - 1), _source(draft, place + 1))
        with self._tools:
            if key not in self._matches:
                if self._memory is None:
                    self._memory = self.open_memory()
                self._matches[key] = tuple(
                    self._memory.lookup(*key, style=self.desk.checker.style.name, limit=OFFERED)
                )
            return self._matches[key]

    def alternatives(self, segment: str) -> tuple[str, ...]:
        """What the model says of a segment now, best first, its terms in place; loads the model once.

        Raises EditError where there is no model or nothing to translate, ModelError where the model
        cannot be loaded.
        """
        unit = self.desk.session.draft.units[index_of(self.desk.session.draft, segment)]
        if not unit.source.strip():
            raise EditError(f"segment {segment}: there is no Vietnamese to translate")
        with self._tools:
            terms = self.desk.checker.terms(unit.source)
            [rendered] = render([unit.source], [terms], self._loaded_engine())
        texts = (rendered.text, *rendered.alternatives)
        return tuple(dict.fromkeys(text for text in texts if text.strip()))[:6]

    def doubts(self, segment: str) -> tuple[Finding, ...]:
        """What a segment's English leaves out or has of its own, as the model reads it; loads it once.

        Raises EditError where there is no model, ModelError where it cannot be loaded.
        """
        draft = self.desk.session.draft
        block = draft.units[index_of(draft, segment)].block
        pairs = tuple(
            Pair(unit.source, unit.target, unit.block, unit.id, kind=unit.kind)
            for unit in draft.units
            if unit.block == block
        )
        document = Document(draft.name, pairs)
        with self._tools:
            read = self._loaded_engine().read
            return (
                *omitted_findings(document, read, only=segment),
                *added_findings(document, read, only=segment),
            )

    def _loaded_engine(self) -> Engine:
        if self.load_engine is None:
            raise EditError("no model was given to this editor")
        if self._engine is None:
            self._engine = self.load_engine()
        return self._engine

    def preview(self) -> str:
        """The bulletin as it stands, as an HTML page."""
        with self._previewing:
            draft = self.desk.session.draft
            if self._preview is None or self._preview[0] is not draft:
                bulletin = make_bulletin(
                    draft,
                    self.desk.checker.style,
                    agency=self.agency,
                    short_forms=self._short_forms(draft),
                )
                if any(block.image for block in bulletin.blocks):
                    bulletin, _ = attach_images(bulletin, self._folder)
                self._preview = (draft, render_html(bulletin))
            return self._preview[1]

    def publish(self, formats: Sequence[str]) -> tuple[tuple[Path, ...], tuple[Finding, ...]]:
        """Write the bulletin beside the draft, the draft first; gives the files and what was found.

        Raises PublishingError where a format cannot be made.
        """
        self.desk.fold()
        draft = self.desk.session.draft
        bulletin, findings = prepare_bulletin(
            draft,
            self.desk.checker.style,
            self._folder,
            agency=self.agency,
            short_forms=self._short_forms(draft),
        )
        return write_bulletin(bulletin, self.desk.path.parent, formats), findings

    def _short_forms(self, draft: Draft) -> ShortFormTable:
        return short_form_table([draft], self.desk.checker.style, self.desk.checker.entries)

    def remember_approved(self) -> str:
        """Put the approved segments into the translation memory; says in a line what came of it.

        Raises EditError where there is no memory, MemoryStoreError where it does not take them.
        """
        if self.remember is None:
            raise EditError("no translation memory was given to this editor")
        said = self.remember(self.desk.session.draft)
        with self._tools:
            self._memory, self._matches = None, {}
        return said

    def formats(self) -> tuple[str, ...]:
        """The formats that this draft can be published in."""
        dated = self.desk.session.draft.date is not None
        return tuple(name for name, each in FORMATS.items() if dated or not each.needs_date)

    def unready(self) -> tuple[str, ...]:
        """The segments not reviewed yet."""
        return unready_segments(self.desk.session.draft, State.REVIEWED)

    def add_term(self, vietnamese: str, english: str, kind: str, segment: str) -> tuple[str, tuple[str, ...]]:
        """Append a term to the file of new terms; gives its id, and the segments that were checked again.

        Raises EditError where no file was named, GlossaryError where it does not take the term.
        """
        if self.new_terms is None:
            raise EditError("no file for new terms: start with 'bulletin edit DRAFT --new-terms FILE.csv'")
        note = new_term.note_of(self.desk.session.draft.name, segment, datetime.date.today())
        style = self.desk.checker.style.name
        with self._tools:
            name = new_term.add_term(self.new_terms, vietnamese, english, style=style, kind=kind, note=note)
            self._matches.clear()
        self.desk.checker.reload()
        wanted = " ".join(vietnamese.split()).casefold()
        units = self.desk.session.draft.units
        touched = [unit.id for unit in units if wanted in unit.source.casefold()]
        return name, self.desk.recheck(*touched)

    @property
    def _folder(self) -> Path:
        return self.pictures or self.desk.path.parent


def _source(draft: Draft, place: int) -> str:
    return draft.units[place].source if 0 <= place < len(draft.units) else ""


def unit_of(editor: Editor, segment: str) -> tuple[Unit, int]:
    """A segment and its place. Raises EditError where it is not in the draft."""
    draft = editor.desk.session.draft
    place = index_of(draft, segment)
    return draft.units[place], place
