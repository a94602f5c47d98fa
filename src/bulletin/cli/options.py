"""Options that mean the same in every command that has them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def style(function: F) -> F:
    """Add ``--style``, the agency style where nothing is said."""
    return click.option(
        "--style",
        "style_name",
        default="vna",
        show_default=True,
        help="House style: a name or a TOML file.",
    )(function)


def glossaries(function: F) -> F:
    """Add ``--glossary``, which may be given several times."""
    return click.option(
        "--glossary",
        "glossaries",
        multiple=True,
        type=click.Path(path_type=Path),
        help="A further glossary, CSV file or folder, laid over the built-in one. Repeatable.",
    )(function)


def engine(function: F) -> F:
    """Add ``--model`` and ``--beam``."""
    beam = click.option(
        "--beam",
        type=click.IntRange(1, 32),
        default=4,
        show_default=True,
        help="Beams in the search; 1 is greedy.",
    )
    model = click.option(
        "--model",
        default="builtin",
        show_default=True,
        help="A model's name or folder; see 'bulletin models list'.",
    )
    return model(beam(function))


def formats(choices: Sequence[str]) -> Callable[[F], F]:
    """Add ``--format`` over these choices, which may be given several times."""
    return click.option(
        "--format",
        "formats",
        multiple=True,
        type=click.Choice(choices),
        help="What to write. Repeatable.  [default: all]",
    )


def templates(function: F) -> F:
    """Add ``--templates``."""
    return click.option(
        "--templates",
        type=click.Path(path_type=Path),
        help="Folder of your own templates; see 'bulletin template init'.",
    )(function)


def agency(function: F) -> F:
    """Add ``--agency``."""
    return click.option(
        "--agency", default="", help="The agency in the dateline, instead of the style's own."
    )(function)


def article_date(function: F) -> F:
    """Add ``--date``, the article's."""
    return click.option(
        "--date", type=click.DateTime(["%Y-%m-%d"]), help="The article's date: it picks the terms in force."
    )(function)


def strict(function: F) -> F:
    """Add ``--strict``."""
    return click.option("--strict", is_flag=True, help="Exit with 3 when a finding stands.")(function)


def quiet(function: F) -> F:
    """Add ``--quiet``."""
    return click.option("--quiet", is_flag=True, help="Show nothing but errors.")(function)
