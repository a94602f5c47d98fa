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


def test_a_damaged_draft_is_named_once_with_its_line(path):
    path.write_bytes(path.read_bytes()[:-200])
    said = refusal(path)
    assert said.startswith(f"{path}, line ")
    assert said.count(", line ") == 1


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


def test_what_was_approved_is_offered_next_time(tmp_path):
    from bulletin.cli.edit import _editor
    from bulletin.drafting.draft import State
    from bulletin.web import edits

    location = str(tmp_path / "memory.sqlite")
    path = tmp_path / "draft.xlf"
    source = "Chiều 16/1, hội nghị tổng kết được tổ chức tại Hà Nội."
    write_draft(draft(unit("b1.s1", source, "Bad."), unit("b1.s2", "Đại hội bế mạc.", "Not approved.")), path)
    first = _editor(path, "", (), None, location, "Lan")
    assert all(match.unit.author != "Lan" for match in first.matches("b1.s1"))
    good = "On the afternoon of January 16, a review conference was held in Hanoi."
    first.desk.apply(lambda d: edits.set_text(d, "b1.s1", good, State.REVIEWED))
    assert "1 added" in first.remember_approved()
    first.desk.close()

    other = tmp_path / "other.xlf"
    write_draft(
        draft(unit("b1.s1", source.replace("16/1", "3/2"), "x"), unit("b1.s2", "Đại hội bế mạc.")), other
    )
    second = _editor(other, "", (), None, location, "")
    best = second.matches("b1.s1")[0]
    assert (best.unit.author, best.filled) == ("Lan", good.replace("January 16", "February 3"))
    assert all(match.target != "Not approved." for match in second.matches("b1.s2"))
    second.desk.close()
