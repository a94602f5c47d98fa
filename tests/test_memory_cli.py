"""``bulletin memory``: what a translator types and sees."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bulletin.article import BlockKind
from bulletin.cli.memory import group
from bulletin.cli.root import LazyGroup
from bulletin.drafting.draft import Draft, Signature, State, Unit
from bulletin.drafting.xliff import write_draft
from bulletin.memory.importing import import_file
from bulletin.memory.store import Store


@pytest.fixture
def call(tmp_path, monkeypatch):
    """Run a subcommand on a memory of its own; errors become one line, as at the root."""
    monkeypatch.setenv("BULLETIN_MEMORY", str(tmp_path / "memory.sqlite"))
    root = LazyGroup("bulletin")
    monkeypatch.setattr(LazyGroup, "get_command", lambda *_: group)
    monkeypatch.setattr(LazyGroup, "resolve_command", lambda _, __, args: ("memory", group, args[1:]))

    def run(*args: object, code: int = 0):
        result = CliRunner().invoke(root, ["memory", *map(str, args)])
        assert result.exit_code == code, result.output
        return result

    return run


@pytest.fixture
def lines(tmp_path) -> Path:
    path = tmp_path / "pairs.tsv"
    path.write_text(
        "Chiều 16/1, Thủ tướng tiếp 25 đại biểu.\t"
        "On the afternoon of January 16, the Prime Minister received 25 delegates.\n"
        "Hội nghị bế mạc.\tThe conference closed.\nchỉ một nửa\n",
        encoding="utf-8",
    )
    return path


def test_import_search_stats_export(call, lines, tmp_path):
    result = call("import", lines, "--style", "vna")
    assert "3 units read; 2 added, 0 renewed, 1 passed over" in result.stdout
    assert "unit 3 is not Vietnamese, a tab, English" in result.stderr
    assert "already in" in call("import", lines, "--style", "vna").stdout
    assert "0 added, 2 renewed" in call("import", lines, "--style", "vna", "--again").stdout
    found = call("search", "Sáng 3/2, Thủ tướng tiếp 31 đại biểu.").stdout.splitlines()
    assert found[0] == " 99  On the morning of February 3, the Prime Minister received 31 delegates."
    assert "Chiều 16/1" in found[1] and "became" in found[2]
    stats = json.loads(call("stats", "--json").stdout)
    assert (stats["units"], stats["conflicts"], stats["styles"]) == (2, 0, {"vna": 2})
    assert "units: 2" in call("stats").stdout
    assert "2 units written" in call("export", tmp_path / "out.tmx", "--dialect", "trados").stdout
    with Store() as other:
        assert import_file(other, tmp_path / "out.tmx").added.added == 2


def test_search_as_json_and_without_a_match(call, lines):
    call("import", lines)
    (row,) = json.loads(call("search", "Hội nghị bế mạc.", "--no-seed", "--json", "--style", "").stdout)
    assert (row["score"], row["filled"]) == (100, "The conference closed.")
    nothing = call("search", "Giá vàng tăng mạnh tuần qua", "--no-seed")
    assert nothing.stdout == "" and "nothing near enough" in nothing.stderr


def test_search_knows_the_set_phrases_and_todays_terms(call, tmp_path):
    assert (
        "100  The conference was a great success." in call("search", "Hội nghị đã thành công tốt đẹp.").stdout
    )
    path = tmp_path / "old.tsv"
    path.write_text(
        "Tàu cá ra Biển Đông từ sớm.\tThe boats left for the South China Sea early.\n", encoding="utf-8"
    )
    call("import", path, "--style", "vna")
    out = call("search", "Tàu cá ra Biển Đông từ sớm.").stdout
    assert "Biển Đông is now East Sea" in out and " 92  " in out


def test_reviewed_segments_of_a_draft_enter(call, tmp_path):
    units = tuple(
        Unit(f"b{n}.s1", n, BlockKind.PARAGRAPH, f"Câu {n} đây.", f"This is {n}.", "", state=state)
        for n, state in ((1, State.FINAL), (2, State.TRANSLATED))
    )
    draft = Draft("bai", units, Signature("1", "m", "r", "h", "vna", "d"), "0", datetime.date(2026, 1, 16))
    write_draft(draft, tmp_path / "draft.xlf")
    assert "1 added" in call("import", tmp_path / "draft.xlf", "--author", "Lan").stdout
    stats = json.loads(call("stats", "--json").stdout)
    assert (stats["units"], stats["articles"], stats["authors"]) == (1, 1, 1)


def test_check_finds_conflicts_and_forget_ends_them(call, tmp_path):
    for number, target in enumerate(("The meeting closed.", "The meeting ended.")):
        path = tmp_path / f"{number}.tsv"
        path.write_text(f"Cuộc họp kết thúc.\t{target}\n", encoding="utf-8")
        call("import", path, "--style", "vna")
    assert "[memory-conflict]" in call("check", "--conflicts").stdout
    assert "[memory-conflict]" in call("check", "--strict", code=3).stdout
    assert "1 taken out" in call("forget", "Cuộc họp kết thúc.", "The meeting ended.").stdout
    assert "no such pair" in call("forget", "Cuộc họp kết thúc.", "The meeting ended.", code=1).stderr
    assert call("check", "--strict").stdout == "nothing found\n"


@pytest.mark.parametrize("command", [("stats",), ("export", "x.tmx"), ("check",), ("forget", "a", "b")])
def test_without_a_memory_there_is_one_line(call, command):
    message = call(*command, code=1).stderr
    assert "no memory is here" in message and message.count("\n") == 1


def test_bad_files_are_one_line(call, tmp_path):
    (tmp_path / "bad.tmx").write_text("<tmx><body><tu>")
    message = call("import", tmp_path / "bad.tmx", code=1).stderr
    assert "damaged" in message and message.count("\n") == 1
    assert "cannot be read" in call("import", tmp_path / "none.tmx", code=1).stderr
