"""``bulletin edit``: the editor in the browser."""

from __future__ import annotations

import sys
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bulletin.cli import options
from bulletin.cli.memory import memory_option

if TYPE_CHECKING:
    from bulletin.drafting.draft import Draft
    from bulletin.glossary.layers import Glossary
    from bulletin.publishing.style import Style
    from bulletin.translation.engine import Engine
    from bulletin.web.checks import Checker, Lookup
    from bulletin.web.editor import Editor


@click.command()
@click.argument("draft", type=click.Path(path_type=Path))
@click.option(
    "--style",
    "style_name",
    default="",
    help="House style: a name or a TOML file.  [default: the one the draft names]",
)
@options.glossaries
@click.option(
    "--new-terms",
    type=click.Path(path_type=Path, dir_okay=False),
    help="CSV file that terms added in the editor go to, one line each; it also counts as a glossary.",
)
@memory_option
@click.option("--author", default="", help="Who approves the segments that go into the memory.")
@options.agency
@click.option(
    "--pictures",
    type=click.Path(path_type=Path),
    help="Folder in which the article's pictures lie.  [default: the draft's own]",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port on loopback.  [default: a free one]"
)
@click.option("--no-browser", is_flag=True, help="Print the link, but open no browser.")
def command(
    draft: Path,
    style_name: str,
    glossaries: tuple[Path, ...],
    new_terms: Path | None,
    location: str | None,
    author: str,
    agency: str,
    pictures: Path | None,
    port: int,
    no_browser: bool,
) -> None:
    """Edit a draft in the browser.

    DRAFT is a draft.xlf, or the folder that holds one. The editor is on this machine only; the link
    opens it once. Each edit is on disk as it is made, in DRAFT.journal; the draft itself is written
    whenever the typing rests. Ctrl+C ends the editor.
    """
    from bulletin.web.serve import serve

    path = draft / "draft.xlf" if draft.is_dir() else draft
    editor = _editor(path, style_name, glossaries, new_terms, location, author)
    editor.agency, editor.pictures = agency, pictures
    click.echo(f"{path}: {len(editor.desk.session.draft.units)} segments")
    for name in editor.desk.conflicts:
        click.echo(f"  {name}: another program changed this segment; both texts are shown in the editor")

    def ready(link: Callable[[], str], _: Callable[[], None]) -> None:
        url = link()
        click.echo(f"{url}\nCtrl+C ends the editor; Enter gives a new link.")
        if not no_browser:
            # some browsers keep their caller waiting
            threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
        if sys.stdin is not None and sys.stdin.isatty():
            threading.Thread(target=_new_links, args=(link,), daemon=True).start()

    serve(editor, port=port, ready=ready)
    click.echo(f"{path}: written")


def _new_links(link: Callable[[], str]) -> None:
    for _ in sys.stdin:
        click.echo(link())


def _editor(
    path: Path,
    style_name: str,
    glossaries: tuple[Path, ...],
    new_terms: Path | None,
    location: str | None,
    author: str,
) -> Editor:
    from bulletin.glossary.layers import load_glossary
    from bulletin.web.checks import Checker
    from bulletin.web.desk import Desk
    from bulletin.web.editor import Editor

    # what is wrong with them is said now, not when the first word is typed
    load_glossary(glossaries, builtin=False)

    def make_checker(draft: Draft) -> Checker:
        style = _style(style_name, draft.signature.style)

        def load() -> tuple[Glossary, Style]:
            own = [new_terms] if new_terms is not None and new_terms.exists() else []
            return load_glossary([*glossaries, *own]), style

        return Checker(load, draft)

    desk = Desk(path, make_checker)

    def open_lookup() -> Lookup:
        from bulletin.memory.open import open_memory

        return open_memory(location, terms=desk.checker.match)

    def remember(draft: Draft) -> str:
        from bulletin.memory.database import default_location
        from bulletin.memory.drafts import add_draft
        from bulletin.memory.store import Store

        with Store(location or default_location()) as store:
            added = add_draft(store, draft, author=author)
            return f"{store.name}: {added.added} added, {added.renewed} renewed"

    def load_model() -> Engine:
        from bulletin.translation.seq2seq import load_engine

        return load_engine(desk.session.draft.signature.model)

    return Editor(desk, open_lookup, load_model, new_terms, remember)


def _style(given: str, drafts_own: str) -> Style:
    """The style asked for, else the draft's own; a draft may name a built-in one only, never a file."""
    from bulletin.errors import DraftError
    from bulletin.publishing.style import load_style, style_names

    if not given and drafts_own not in style_names():
        raise DraftError(
            f"the draft was made for the style {drafts_own!r}, which is not built in:"
            " give its file with --style"
        )
    return load_style(given or drafts_own)
