"""The workflow and the hooks that offices are shown: their commands do what is said of them."""

from __future__ import annotations

import dataclasses
import re
import shlex
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from bulletin.cli.root import cli
from bulletin.drafting.xliff import write_draft
from conftest import REPOSITORY
from publishing_samples import sample_draft

README = (REPOSITORY / "glossary" / "README.md").read_text(encoding="utf-8")
WORKFLOW, CONFIGURATION = (yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", README, re.S))
STEPS = [step["run"] for step in WORKFLOW["jobs"]["check"]["steps"] if "run" in step]
LOCAL = CONFIGURATION["repos"][0]["hooks"]
OWN = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def office(tmp_path, monkeypatch) -> Path:
    """An office's repository: a glossary of its own, and a draft that is right."""
    (tmp_path / "glossary").mkdir()
    shutil.copy(REPOSITORY / "glossary" / "honours.csv", tmp_path / "glossary")
    (tmp_path / "drafts").mkdir()
    write_draft(sample_draft(), tmp_path / "drafts" / "conference.xlf")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def spoil(office: Path) -> None:
    """A glossary row that cannot hold, and a title that is wrong."""
    file = office / "glossary" / "honours.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    draft = sample_draft()
    units = tuple(
        dataclasses.replace(unit, target=unit.target.replace("Politburo member", "member of the Cabinet"))
        for unit in draft.units
    )
    write_draft(dataclasses.replace(draft, units=units), office / "drafts" / "conference.xlf")


def run(command: str):
    program, *arguments = shlex.split(command)
    assert program == "bulletin"
    return CliRunner().invoke(cli, arguments)


def command_of(hook: dict[str, object]) -> str:
    """What pre-commit runs: the entry, its arguments, and the files that changed."""
    files = [] if hook.get("pass_filenames", True) is False else ["drafts/conference.xlf"]
    pattern = re.compile(str(hook["files"]))
    assert any(pattern.search(name) for name in ("glossary/honours.csv", "drafts/conference.xlf"))
    return " ".join([str(hook["entry"]), *hook.get("args", []), *files])  # type: ignore[misc]


COMMANDS = [step for step in STEPS if step.startswith("bulletin")] + [
    command_of(hook) for hook in (*LOCAL, *OWN)
]


def test_there_are_commands_to_run():
    assert len(COMMANDS) == 7
    assert {hook["id"] for hook in LOCAL} <= {hook["id"] for hook in OWN}


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_right_passes_and_what_is_wrong_stops_the_commit(office, command):
    right = run(command)
    assert right.exit_code == 0, right.output
    spoil(office)
    wrong = run(command)
    assert wrong.exit_code == 3, wrong.output
    assert "honours.csv" in wrong.output or "conference.xlf" in wrong.output
    if "--format github" in command:
        assert re.match(r"::(error|warning) file=(glossary|drafts)/\w+\.\w+,line=\d+,title=", wrong.output)
