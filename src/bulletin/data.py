"""Where the glossary and the style files lie: beside the package in a wheel, at the top of a checkout."""

from __future__ import annotations

from pathlib import Path

from bulletin.errors import BulletinError


def data_folder() -> Path:
    """The folder of the built-in glossary tables, with ``styles`` in it.

    Raises BulletinError where the installation lacks it.
    """
    here = Path(__file__).resolve().parent
    # a wheel carries the repository's glossary folder as package data (see pyproject.toml)
    for folder in (here / "glossary" / "data", here.parents[1] / "glossary"):
        if (folder / "styles").is_dir():
            return folder
    raise BulletinError("the built-in glossary is missing from this installation; install bulletin again")
