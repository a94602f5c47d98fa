"""``bulletin edit``: what it says to bad input, before any browser opens."""

import socket

import pytest
from click.testing import CliRunner

from bulletin.cli.edit import command
from bulletin.drafting.xliff import write_draft
from bulletin.errors import BulletinError, MissingExtraError
from drafting_samples import draft, unit


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "draft.xlf"
    write_draft(draft(unit("b1.s1")), path)
    return path


def refusal(*arguments) -> str:
    result = CliRunner().invoke(command, [str(each) for each in arguments])
    assert isinstance(result.exception, BulletinError), result.output
    return str(result.exception)


def test_what_is_no_draft_is_refused(tmp_path):
    assert "cannot be read" in refusal(tmp_path / "missing.xlf")
    assert "cannot be read" in refusal(tmp_path)
    other = tmp_path / "other.xlf"
    other.write_text("<html/>")
    assert "not XLIFF" in refusal(other)
    assert list(tmp_path.iterdir()) == [other]


def test_bad_options_are_refused_at_once(path, tmp_path):
    assert "no style" in refusal(path, "--style", "nowhere")
    assert "nowhere.csv" in refusal(path, "--glossary", tmp_path / "nowhere.csv")
    assert list(tmp_path.iterdir()) == [path]
    # and the draft is free again
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert "choose another --port" in refusal(path, "--no-browser", "--port", taken.getsockname()[1])


def test_a_style_that_is_not_built_in_must_be_named(tmp_path):
    from dataclasses import replace

    given = draft(unit("b1.s1"))
    path = tmp_path / "draft.xlf"
    write_draft(replace(given, signature=replace(given.signature, style="/etc/passwd")), path)
    assert "give its file with --style" in refusal(path)


def test_a_missing_extra_is_named(path, monkeypatch):
    import sys

    monkeypatch.delitem(sys.modules, "bulletin.web.serve", raising=False)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    result = CliRunner().invoke(command, [str(path)])
    assert isinstance(result.exception, MissingExtraError)
    assert "bulletin[web]" in str(result.exception)
    assert not path.with_name("draft.xlf.journal").exists()
