"""``bulletin template``: layouts that an office makes its own."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def group() -> None:
    """Copy out the templates that lay out bulletins."""


@group.command("init")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("templates"))
@click.option("--replace", is_flag=True, help="Write over files that are there already.")
def init_command(folder: Path, replace: bool) -> None:
    """Copy the built-in templates into FOLDER, to be changed there.

    Then publish with --templates FOLDER. README.md in it says what each file does.
    """
    from bulletin.publishing.office import copy_templates

    written = copy_templates(folder, replace=replace)
    click.echo(f"{folder}: {len(written)} files written")
