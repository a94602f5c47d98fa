"""The pre-commit hooks and the workflow that we offer: their commands run as they stand."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from bulletin.cli.glossary import group
from bulletin.glossary.table import COLUMNS

ROOT = Path(__file__).parent.parent
HEADER = ",".join(COLUMNS) + "\n"
CLEAN = "ours.trials,Ban Kiểm thử,,the Board of Trials,,,,,,,,institution,,,,ours,1,\n"


def run(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    """Run a ``bulletin glossary ...`` command line in a folder."""
    words = shlex.split(command)
    assert words[:2] == ["bulletin", "glossary"]
    monkeypatch.chdir(folder)
    return CliRunner().invoke(group, words[2:])


def commands() -> Iterator[tuple[str, str]]:
    """Every command line that a hook or a workflow of ours runs on a glossary."""
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")):
        if hook["entry"].startswith("bulletin glossary"):
            yield hook["id"], " ".join([hook["entry"], *hook["args"]])
    readme = (ROOT / "glossary" / "README.md").read_text(encoding="utf-8")
    for number, block in enumerate(re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL)):
        for line in _lines(yaml.safe_load(block)):
            if line.startswith("bulletin glossary"):
                yield f"readme-{number}", line


def _lines(node: Any) -> Iterator[str]:
    """The command lines in a workflow or a pre-commit configuration."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("run", "entry") and isinstance(value, str):
                yield from value.splitlines()
            else:
                yield from _lines(value)
    elif isinstance(node, list):
        for item in node:
            yield from _lines(item)


COMMANDS = dict(commands())


def test_hooks_and_workflow_are_there() -> None:
    assert {"bulletin-glossary-check", "bulletin-glossary-fix"} < set(COMMANDS)
    assert sum(name.startswith("readme") for name in COMMANDS) == 2


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_lets_a_clean_glossary_pass_and_stops_a_broken_one(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "glossary"
    folder.mkdir()
    (folder / "ours.csv").write_text(HEADER + CLEAN, encoding="utf-8")
    assert run(COMMANDS[name], tmp_path, monkeypatch).exit_code == 0
    (folder / "more.csv").write_text(
        HEADER + CLEAN.replace("ours.", "more.").replace("Trials", "Tests"), "utf-8"
    )
    result = run(COMMANDS[name], tmp_path, monkeypatch)
    assert result.exit_code == 3
    assert "G012" in result.stdout
    assert re.search(r"glossary/(more|ours)\.csv", result.stdout)


def test_hooks_look_at_glossary_files_only() -> None:
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")):
        if not hook["entry"].startswith("bulletin glossary"):
            continue
        assert re.search(hook["files"], "glossary/party.csv")
        assert not re.search(hook["files"], "notes/party.csv")
        assert not re.search(hook["files"], "glossary/README.md")
        assert hook["pass_filenames"] is False
