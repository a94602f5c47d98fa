"""A glossary: the entries of folders and files, laid over each other."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bulletin.errors import GlossaryError
from bulletin.glossary.collector import collector_paused
from bulletin.glossary.entry import Entry
from bulletin.glossary.table import read_table, refuse
from bulletin.glossary.tokens import fold


@dataclass(frozen=True)
class Glossary:
    """All entries that hold together. ``styles`` names the styles that have a column."""

    entries: tuple[Entry, ...]
    styles: tuple[str, ...] = ("vna",)

    @functools.cached_property
    def hash(self) -> str:
        """The hash of what the entries say, made when it is first asked for."""
        return content_hash(self.entries)

    @functools.cached_property
    def by_id(self) -> dict[str, Entry]:
        """Entries by id (the first, where an id is used twice)."""
        found: dict[str, Entry] = {}
        for entry in self.entries:
            found.setdefault(entry.id, entry)
        return found


def builtin_glossary_path() -> Path:
    """The folder of the glossary that ships: inside the package, or at the root of a checkout."""
    here = Path(__file__).resolve()
    for folder in (here.parent / "data", here.parents[3] / "glossary"):
        if folder.is_dir():
            return folder
    raise GlossaryError(
        "the built-in glossary is not installed; install bulletin again, or name your own CSV"
    )


def load_glossary(paths: Sequence[Path | str] = (), *, builtin: bool = True) -> Glossary:
    """Load the built-in glossary with CSV files or folders of them laid over it, in order.

    Where a later layer has an entry for a Vietnamese term, the earlier layers' entries for that
    term, and their variants that read the same, give way. Raises GlossaryError with file and line.
    """
    layers = [builtin_glossary_path()] if builtin else []
    layers += [Path(path) for path in paths]
    entries: list[Entry] = []
    styles: dict[str, None] = {"vna": None}
    with collector_paused():
        for layer in layers:
            own: list[Entry] = []
            for file in glossary_files(layer):
                own += read_table(file, refuse, styles=styles)
            entries = _lay_over(entries, own)
    return make_glossary(entries, tuple(styles))


def make_glossary(entries: Iterable[Entry], styles: Iterable[str] = ("vna",)) -> Glossary:
    """Make a Glossary of entries that did not come from files."""
    return Glossary(tuple(entries), tuple(styles))


def content_hash(entries: Iterable[Entry]) -> str:
    """The first 12 hex digits of the SHA-256 of what entries say: files, lines and order left aside."""
    digest = hashlib.sha256()
    for text in sorted(_content(entry) for entry in entries):
        digest.update(text.encode("utf-8", "surrogatepass"))
        digest.update(b"\n")
    return digest.hexdigest()[:12]


def _content(entry: Entry) -> str:
    return "\x1f".join(
        (
            entry.id,
            entry.vi,
            "\x1e".join(entry.variants),
            "\x1e".join(f"{style}={form}" for style, form in sorted(entry.english.items())),
            "\x1e".join(entry.accepted),
            "\x1e".join(entry.forbidden),
            entry.short,
            entry.feminine,
            entry.plural,
            entry.kind,
            entry.case,
            f"{entry.valid_from}/{entry.valid_to}",
            entry.authority,
            f"{entry.sources}",
            entry.note,
        )
    )


def _lay_over(below: list[Entry], above: list[Entry]) -> list[Entry]:
    if not below or not above:
        return above or below
    own = {fold(entry.vi) for entry in above}
    kept = []
    for entry in below:
        if fold(entry.vi) in own:
            continue
        if any(fold(variant) in own for variant in entry.variants):
            left = tuple(variant for variant in entry.variants if fold(variant) not in own)
            entry = replace(entry, variants=left)
        kept.append(entry)
    return kept + above


def glossary_files(path: Path) -> list[Path]:
    """The CSV files of a folder, by name; or the file itself. Raises GlossaryError where there are none."""
    if path.is_dir():
        files = sorted(file for file in path.glob("*.csv") if not file.name.startswith("."))
        if not files:
            raise GlossaryError(f"{path}: no CSV file in this folder; name a folder that holds a glossary")
        return files
    if not path.exists():
        raise GlossaryError(f"{path}: no such file or folder; name a glossary CSV or a folder of them")
    return [path]
