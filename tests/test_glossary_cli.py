"""``bulletin glossary``: its commands run as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bulletin.cli.glossary import group
from bulletin.errors import BulletinError
from bulletin.glossary.table import COLUMNS

HEADER = ",".join(COLUMNS) + "\n"
ROW = "a,Ban Kiểm thử,BKT,the Board of Trials,,,,Test Board,,,,institution,,,,ours,1,\n"
SAMPLE = Path(__file__).parent / "data" / "sample-article.vi.txt"


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(group, [str(argument) for argument in arguments], catch_exceptions=True)


def ok(*arguments: object) -> str:
    result = invoke(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(HEADER + ROW, encoding="utf-8")
    return path


def test_check_is_quiet_about_a_clean_file_and_exits_with_3_for_a_bad_one(own: Path) -> None:
    assert ok("check", own) == "no findings\n"
    own.write_text(HEADER + ROW.replace("institution", "thing"), encoding="utf-8")
    result = invoke("check", own)
    assert result.exit_code == 3
    assert result.stdout.splitlines()[0].startswith(f"{own}:2: error G006: unknown kind 'thing'")


@pytest.mark.parametrize("fmt", ["json", "junit", "sarif", "github"])
def test_check_speaks_every_format(own: Path, fmt: str) -> None:
    own.write_text(HEADER + ROW.replace("ours", ""), encoding="utf-8")
    result = invoke("check", own, "--format", fmt)
    assert result.exit_code == 3
    assert "G019" in result.stdout


def test_a_note_does_not_fail_a_check(own: Path) -> None:
    own.write_text(
        HEADER + ROW.replace("a,Ban", "b,Ban") + ROW.replace("Kiểm thử", "Thử").replace("BKT", ""), "utf-8"
    )
    assert "note G025" in ok("check", own)


def test_fix_mends_and_says_which_file(own: Path) -> None:
    own.write_text(HEADER + ROW.replace("the Board", "the  Board"), encoding="utf-8")
    result = invoke("check", own, "--fix")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "no findings\n", f"{own}: mended\n")


def test_lookup_shows_an_entry_and_a_composed_title(own: Path) -> None:
    shown = ok("lookup", "ban kiem thu", "--glossary", own, "--limit", 1)
    assert shown.startswith(
        "Ban Kiểm thử → the Board of Trials\n  also in Vietnamese: BKT\n  forbidden: Test Board\n"
    )
    data = json.loads(ok("lookup", "Chủ tịch UBND huyện Kiểm Thử", "--glossary", own, "--json"))
    assert data["composed"] == "Chairman of the Kiem Thu district People's Committee"
    assert invoke("lookup", "qqqq").exit_code == 1


def test_lookup_says_what_it_cannot_do(own: Path) -> None:
    result = invoke("lookup", "Đảng", "--style", "nowhere")
    assert isinstance(result.exception, BulletinError)
    assert "'nowhere'; use vna, vns, mofa" in str(result.exception)
    assert "not in force on 2025-07-01" in ok(
        "lookup", "Chủ tịch UBND huyện Kiểm Thử", "--date", "2025-07-01"
    )
    long = invoke("lookup", "q" * 5000)
    assert long.exit_code == 1
    assert len(long.stderr) < 250


def test_coverage_lists_gaps() -> None:
    data = json.loads(ok("coverage", SAMPLE, "--json"))
    assert data["found"] > 0
    assert 0 < data["share"] <= 1
    assert "of what looks official" in ok("coverage", SAMPLE, "--limit", 1)


def test_diff_tells_changes_and_the_drafts_they_touch(own: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.csv"
    new.write_text(HEADER + ROW.replace("of Trials", "for Trials"), encoding="utf-8")
    told = ok("diff", own, new)
    assert "~ Ban Kiểm thử  [a]\n    English (vna): 'the Board of Trials' → 'the Board for Trials'\n" in told
    assert told.endswith("0 added, 0 removed, 1 changed\n")
    assert json.loads(ok("diff", own, new, "--json"))["changed"][0]["id"] == "a"
    assert ok("diff", own, own) == "0 added, 0 removed, 0 changed\n"


def test_diff_reads_drafts(own: Path, tmp_path: Path) -> None:
    from bulletin.article import BlockKind
    from bulletin.drafting.draft import Draft, Signature, Unit
    from bulletin.drafting.xliff import write_draft

    unit = Unit("b1.s1", 0, BlockKind.PARAGRAPH, "Ban Kiểm thử họp.", "The board met.", "The board met.")
    draft = Draft("one", (unit,), Signature("0", "m", "r", "g", "vna", "beam:1"), "0" * 64)
    write_draft(draft, tmp_path / "drafts" / "one" / "draft.xlf")
    new = tmp_path / "new.csv"
    new.write_text(HEADER + ROW.replace("of Trials", "for Trials"), encoding="utf-8")
    told = ok("diff", own, new, "--drafts", tmp_path / "drafts")
    assert told.endswith(f"touches {tmp_path / 'drafts' / 'one' / 'draft.xlf'}: Ban Kiểm thử\n")
    assert ok("diff", own, own, "--drafts", tmp_path / "drafts").endswith("touches none of 1 draft\n")


@pytest.mark.parametrize("kind", ["tbx", "tmx", "csv", "xlsx"])
def test_export_and_import_are_each_others_way_back(own: Path, tmp_path: Path, kind: str) -> None:
    out, back = tmp_path / f"terms.{kind}", tmp_path / "back.csv"
    assert ok("export", own, "--output", out) == f"{out}: 1 entries\n"
    assert ok("import", out, "--output", back) == f"{back}: 1 entries\n"
    assert back.read_text(encoding="utf-8") == own.read_text(encoding="utf-8")


def test_nothing_is_replaced_unasked(own: Path) -> None:
    for command in (("export", own), ("import", own)):
        result = invoke(*command, "--output", own)
        assert isinstance(result.exception, BulletinError)
        assert "there already" in str(result.exception)
    assert own.read_text(encoding="utf-8") == HEADER + ROW
    assert ok("import", own, "--output", own, "--force") == f"{own}: 1 entries\n"


def test_what_import_leaves_out_is_told(tmp_path: Path) -> None:
    source = tmp_path / "list.csv"
    source.write_text("vi,en\nĐảng,the Party\nQuốc hội,\n", encoding="utf-8")
    result = invoke("import", source, "--output", tmp_path / "out.csv")
    assert result.exit_code == 0
    assert f"Left out: {source}:3: en_vna is empty" in result.stderr
    source.write_text("vi,en\nQuốc hội,\n", encoding="utf-8")
    assert isinstance(invoke("import", source, "--output", tmp_path / "none.csv").exception, BulletinError)
    assert not (tmp_path / "none.csv").exists()


def test_every_command_has_help() -> None:
    for name in group.commands:
        assert ok(name, "--help")
