import json

import pytest
from click.testing import CliRunner

from bulletin.cli.score import command
from bulletin.errors import MissingExtraError, ScoringError
from bulletin.scoring.align import align
from bulletin.scoring.learned import learned_score
from bulletin.scoring.texts import Text

REFERENCE = Text("ref", ("One.", "Two."), ("Một.", "Hai\tba."))
ALIGNED = align(Text("hyp", ("1", "2")), [REFERENCE])


@pytest.fixture
def pymarian(tmp_path, monkeypatch):
    """A stand-in that speaks like pymarian's command: it fails, or scores by the length of the line."""

    def install(body):
        program = tmp_path / "bin" / "pymarian-eval"
        program.parent.mkdir(exist_ok=True)
        program.write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo "pymarian-eval 1.2" && exit\n{body}\n')
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")

    return install


def test_the_mean_over_segments_is_taken_in_their_order(pymarian, tmp_path):
    pymarian(f"echo \"$@\" > {tmp_path}/call; tee {tmp_path}/in | awk '{{ print NR / 10 }}'")
    found = learned_score(ALIGNED, "wmt22-comet-da")
    assert found.segments == (10, 20)
    assert found.value == pytest.approx(15)
    assert found.signature == "model:wmt22-comet-da|nrefs:1|pymarian:1.2"
    assert (tmp_path / "in").read_text() == "Một.\t1\tOne.\nHai ba.\t2\tTwo.\n"
    assert "--model wmt22-comet-da --stdin --fields src mt ref" in (tmp_path / "call").read_text()


def test_a_failure_is_one_line(pymarian):
    pymarian("echo 'first' >&2; echo 'no such model' >&2; exit 3")
    with pytest.raises(ScoringError, match="could not score hyp with 'x': no such model"):
        learned_score(ALIGNED, "x")
    pymarian("cat > /dev/null; echo 0.5")
    with pytest.raises(ScoringError, match="1 scores"):
        learned_score(ALIGNED, "x")


def test_its_absence_is_said_in_one_line(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingExtraError, match=r"pip install 'bulletin\[comet\]'"):
        learned_score(ALIGNED, "wmt22-comet-da")
    with pytest.raises(ScoringError, match="needs the Vietnamese"):
        learned_score(align(Text("hyp", ("1", "2")), [Text("ref", ("One.", "Two."))]), "wmt22-comet-da")


def test_the_command_shows_and_gates_it(pymarian, tmp_path):
    pymarian("awk '{ print 0.8 }'")
    (tmp_path / "ref.tsv").write_text("vi\ten\nMột.\tOne.\nHai.\tTwo.\n", encoding="utf-8")
    (tmp_path / "hyp.txt").write_text("One.\nTwo.\n")
    options = [
        "--no-terms",
        "--resamples",
        "0",
        "--comet",
        "wmt22-comet-da",
        "--html",
        str(tmp_path / "r.html"),
    ]
    call = [str(tmp_path / "hyp.txt"), "--reference", str(tmp_path / "ref.tsv"), *options]
    result = CliRunner().invoke(command, [*call, "--fail-under", "comet=90"])
    assert result.exit_code == 3
    assert "80.00" in result.stdout
    assert "COMET: model:wmt22-comet-da" in result.stdout
    assert "model:wmt22-comet-da" in (tmp_path / "r.html").read_text(encoding="utf-8")
    values = json.loads(CliRunner().invoke(command, [*call, "--json"]).stdout)
    assert values["systems"][0]["learned"]["score"] == pytest.approx(80)
