"""Drafts as gettext PO, for the many editors that know it: msgctxt is the id, fuzzy means unreviewed."""

from __future__ import annotations

import re
from typing import Any

from bulletin.drafting.draft import Draft, State
from bulletin.drafting.edit import Edit
from bulletin.drafting.markup import MAX_BYTES, visible
from bulletin.drafting.row import notes
from bulletin.drafting.tsv import state_named
from bulletin.errors import DraftError

_STATE = re.compile(r"^\s*state:\s*(\w+)", re.MULTILINE)


def dump_po(draft: Draft) -> bytes:
    """``draft`` as PO; the machine's version and the notes are comments for the translator."""
    from translate.storage.pypo import pofile

    store: Any = pofile()
    # no dates and no names: the same draft gives the same file
    store.updateheader(
        add=True,
        Project_Id_Version=_one_line(draft.name),
        POT_Creation_Date="",
        PO_Revision_Date="",
        Last_Translator="",
        Language_Team="",
        Language="en",
        Content_Type="text/plain; charset=UTF-8",
        Content_Transfer_Encoding="8bit",
    )
    for unit in draft.units:
        entry: Any = store.UnitClass("")
        # an empty msgid means the header; a headline made from the lead has no source
        entry.source = visible(unit.source) or unit.id
        entry.target = visible(unit.target)
        entry.setcontext(unit.id)
        entry.addnote(f"state: {unit.state.value}", origin="translator")
        if unit.hypothesis:
            entry.addnote(_one_line(f"machine: {unit.hypothesis}"), origin="developer")
        for category, text in notes(unit):
            entry.addnote(_one_line(f"{category}: {text}"), origin="developer")
        if unit.state is State.INITIAL:
            entry.markfuzzy()
        store.addunit(entry)
    return bytes(store)


def parse_po(data: bytes, name: str = "po") -> tuple[Edit, ...]:
    """What a PO file says of each segment.

    The fuzzy flag says initial; without it a segment is at least translated. Raises DraftError
    where the file is not PO or names an unknown state.
    """
    from translate.storage.pypo import pofile

    if len(data) > MAX_BYTES:
        raise DraftError(f"{name}: larger than {MAX_BYTES // 2**20} MB, which no draft is; check the file")
    try:
        parse: Any = pofile.parsestring
        store: Any = parse(data)
        entries = [entry for entry in store.units if not entry.isheader() and not entry.isobsolete()]
    except Exception as error:
        # the storage library raises what it likes on what it did not expect
        raise DraftError(f"{name}: not PO ({' '.join(str(error).split())}); restore the file") from error
    if not entries:
        raise DraftError(f"{name}: holds no translations, so it is not a draft in PO; check the file")
    edits = []
    for entry in entries:
        id, source = str(entry.getcontext()), str(entry.source)
        edits.append(Edit(id, "" if source == id else source, str(entry.target), _state(entry, name)))
    return tuple(edits)


def _state(entry: Any, name: str) -> State | None:
    if entry.isfuzzy():
        return State.INITIAL
    found = _STATE.search(entry.getnotes("translator") or "")
    state = state_named(found.group(1), f"{name}, segment {entry.getcontext()}") if found else None
    # an editor that cleared the flag has confirmed the text, but does not know our word for it
    return State.TRANSLATED if state is State.INITIAL else state


def _one_line(text: str) -> str:
    return " ".join(visible(text).split())
