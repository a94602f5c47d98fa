"""The workflow that an office copies: each of its commands does here what it does there."""

import csv
import shlex
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from click.testing import CliRunner

from bulletin.cli.root import cli
from bulletin.drafting.xliff import write_draft
from bulletin.errors import BulletinError
from conftest import DATA, REPOSITORY
from publishing_samples import sample_draft

WORKFLOW = yaml.safe_load((REPOSITORY / "examples" / "quality.yml").read_text(encoding="utf-8"))
RUNS = [step["run"] for job in WORKFLOW["jobs"].values() for step in job["steps"] if "run" in step]


def step(*words):
    (found,) = [run for run in RUNS if all(word in run for word in words)]
    return found


@pytest.fixture
def office(tmp_path, monkeypatch):
    """A repository as the workflow expects it."""
    shutil.copytree(REPOSITORY / "glossary", tmp_path / "glossary", ignore=shutil.ignore_patterns("styles"))
    write_draft(sample_draft(), tmp_path / "drafts" / "one" / "draft.xlf")
    (tmp_path / "tests").mkdir()
    shutil.copy(DATA / "sample-article.ref.tsv", tmp_path / "tests" / "reference.tsv")
    with (DATA / "sample-article.ref.tsv").open(encoding="utf-8", newline="") as file:
        english = [row["en"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    Path(tmp_path / "today.txt").write_text("\n".join(english) + "\n", encoding="utf-8")
    weak = [" ".join(line.split()[::2]) for line in english]
    (tmp_path / "tests" / "last-good.txt").write_text("\n".join(weak) + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(command):
    """Run one command line of the workflow; what it prints goes where the line says."""
    words = shlex.split(command)
    assert words[0] == "bulletin"
    words, _, target = (words[1:], "", "") if ">" not in words else (words[1:-2], ">", words[-1])
    result = CliRunner().invoke(cli, words)
    assert not isinstance(result.exception, BulletinError), result.exception
    if target:
        Path(target).write_text(result.stdout, encoding="utf-8")
    return result


def test_glossary_and_drafts_are_checked(office):
    assert run(step("glossary check")).exit_code == 0
    result = run(step("bulletin check"))
    assert result.exit_code in (0, 3)
    assert '"version": "2.1.0"' in Path("check.sarif").read_text(encoding="utf-8")
    row = "id,vi,en_vna\nown.one,Bộ Công an,\n"
    (office / "glossary" / "own.csv").write_text(row, encoding="utf-8")
    fallen = run(step("glossary check"))
    assert fallen.exit_code == 3
    assert "::error" in fallen.stdout and "own.csv" in fallen.stdout


def test_the_sources_are_what_is_translated(office):
    cut, _, _ = step("bulletin translate").partition(" | bulletin translate")
    sources = subprocess.run(cut, shell=True, capture_output=True, text=True, check=True).stdout
    assert sources.splitlines() == [unit.source for unit in sample_draft().units if unit.source]


def test_scores_are_gates(office):
    assert run(step("bulletin score")).exit_code == 0
    suites = ElementTree.fromstring(Path("scores.xml").read_text(encoding="utf-8").split("?>", 1)[1])
    assert [suite.get("failures") for suite in suites if suite.get("name") == "today.txt"] == ["0"]
    assert Path("scores.html").is_file()
    Path("today.txt").rename("better.txt")
    Path("tests/last-good.txt").rename("today.txt")
    Path("better.txt").rename("tests/last-good.txt")
    assert run(step("bulletin score")).exit_code == 3
    fallen = Path("scores.xml").read_text(encoding="utf-8")
    assert "terms must be at least 95" in fallen and "chrf must not be worse than the baseline" in fallen
