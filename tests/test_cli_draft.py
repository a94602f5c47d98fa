import io
from dataclasses import replace

import docx
import pytest
from click.testing import CliRunner

from bulletin.cli.draft import group
from bulletin.drafting.draft import State
from bulletin.drafting.xliff import read_draft, write_draft
from bulletin.errors import BulletinError, DraftError
from bulletin.memory.store import Store
from bulletin.memory.unit import MemoryUnit
from drafting_samples import FULL, draft, unit


@pytest.fixture
def home(tmp_path):
    write_draft(FULL, tmp_path / "draft.xlf")
    return tmp_path


def call(*arguments):
    result = CliRunner().invoke(group, [str(argument) for argument in arguments])
    if isinstance(result.exception, BulletinError):
        # the root command shows these as one line
        raise result.exception
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


@pytest.mark.parametrize("kind", ["docx", "tsv", "po"])
def test_a_draft_goes_out_and_comes_back_unchanged(home, kind):
    assert call("export", home / "draft.xlf", "--to", kind).output.strip() == str(home / f"draft.{kind}")
    result = call("import", home / f"draft.{kind}", "--strict")
    assert (result.exit_code, result.output) == (0, f"{home / 'draft.xlf'}: 3 segments, 0 changed\n")
    assert read_draft(home / "draft.xlf") == FULL
    assert not (home / "draft.xlf.bak").exists()


def test_xliff_for_older_tools(home):
    call("export", home / "draft.xlf", "--to", "xliff")
    older = home / "draft.1.2.xlf"
    text = older.read_text(encoding="utf-8")
    assert 'version="1.2"' in text
    older.write_text(text.replace(">Edited.<", ">Edited again.<"), encoding="utf-8")
    result = call("import", older)
    assert "note    b1.s2    was: Edited." in result.output
    assert read_draft(home / "draft.xlf").units[1].target == "Edited again."


def test_a_draft_stays_in_its_version_of_xliff(home):
    write_draft(FULL, home / "draft.xlf", "1.2")
    call("export", home / "draft.xlf", "--to", "tsv")
    table = home / "draft.tsv"
    table.write_text(table.read_text(encoding="utf-8").replace("Edited.", "Edited again."), encoding="utf-8")
    call("import", table)
    assert 'version="1.2"' in (home / "draft.xlf").read_text(encoding="utf-8")
    assert read_draft(home / "draft.xlf").units[1].target == "Edited again."


def _edit(path):
    document = docx.Document(io.BytesIO(path.read_bytes()))
    [table] = document.tables
    table.rows[1].cells[3].paragraphs[0].runs[0].text = "The Assembly convened."
    table._tbl.remove(table.rows[3]._tr)
    document.save(path)


def test_an_edited_table_changes_the_draft_and_leaves_the_old_one_beside(home):
    call("export", home / "draft.xlf")
    _edit(home / "draft.docx")
    result = call("import", home / "draft.docx", "--state", "reviewed")
    after = read_draft(home / "draft.xlf")
    assert after.units[0].target == "The Assembly convened."
    assert [item.state for item in after.units] == [State.REVIEWED, State.REVIEWED, State.INITIAL]
    assert "warning b2.s1    the file does not hold this segment" in result.output
    assert result.output.endswith("3 segments, 1 changed, 1 in another state\n")
    assert read_draft(home / "draft.xlf.bak") == FULL


def test_strict_writes_nothing_when_a_segment_is_missing(home):
    call("export", home / "draft.xlf")
    _edit(home / "draft.docx")
    assert call("import", home / "draft.docx", "--strict").exit_code == 3
    assert read_draft(home / "draft.xlf") == FULL


def test_an_export_never_overwrites_edits_unasked(home):
    call("export", home / "draft.xlf", "--to", "tsv")
    with pytest.raises(DraftError, match="there already, perhaps with edits"):
        call("export", home / "draft.xlf", "--to", "tsv")
    assert call("export", home / "draft.xlf", "--to", "tsv", "--force").exit_code == 0
    with pytest.raises(DraftError, match="is the draft itself"):
        call("export", home / "draft.xlf", "--to", "xliff", "--output", home / "draft.xlf", "--force")


def test_wrong_files_leave_the_draft_as_it_was(home):
    before = (home / "draft.xlf").read_bytes()
    (home / "a.docx").write_bytes(b"no")
    (home / "a.pdf").write_bytes(b"no")
    write_draft(draft(unit("z9", source="Khác.", target="Other.")), home / "other.xlf")
    for name, message in (
        ("a.docx", "not a DOCX"),
        ("a.pdf", r"\.pdf is not a format of drafts"),
        ("none.tsv", "cannot be read"),
        ("draft.xlf", "is the draft itself"),
        ("other.xlf", "none of its segments is in hop-bao"),
    ):
        with pytest.raises(DraftError, match=message):
            call("import", home / name)
    assert (home / "draft.xlf").read_bytes() == before


def test_help_names_every_command_and_a_bare_call_explains():
    text = call("--help").output
    for name in ("make", "export", "import", "merge"):
        assert name in text
    assert call("import", "--help").exit_code == 0
    assert "Usage" in call().output
    assert call("nothing-there.txt", "--headline", "x", "second.txt").exit_code == 2


ARTICLE = """Các Văn phòng Trung ương họp

Chiều 16/1, Bộ Chính trị họp tại Hà Nội.

Ông Trần Văn Bình cảm ơn cử tri.
"""


@pytest.fixture
def loaded(engine, monkeypatch):
    """The shipped model, loaded once for all tests."""
    monkeypatch.setattr("bulletin.translation.seq2seq.load_engine", lambda *_: engine)


@pytest.mark.usefixtures("loaded")
def test_a_draft_is_made_edited_and_follows_its_source(tmp_path):
    article = tmp_path / "hop.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    result = call(article, "--out", tmp_path / "out", "--beam", "1")
    path = tmp_path / "out" / "hop" / "draft.xlf"
    assert f"{path}: 3 segments\n" in result.output
    before = read_draft(path)
    assert [item.source for item in before.units][1] == "Chiều 16/1, Bộ Chính trị họp tại Hà Nội."
    assert all(item.target for item in before.units)

    # a draft with edits is not made again over them
    again = call("--out", tmp_path / "out", article)
    assert again.exit_code == 1
    assert "there already; use 'bulletin draft merge" in again.output

    edited = [*before.units[:2], replace(before.units[2], target="Mr Binh gave thanks.", state=State.FINAL)]
    write_draft(replace(before, units=tuple(edited)), path)
    article.write_text(ARTICLE.replace("16/1", "17/1") + "\nQuốc hội họp.\n", encoding="utf-8")
    result = call("merge", path, article)
    after = read_draft(path)
    assert [item.target for item in after.units][2] == "Mr Binh gave thanks."
    assert after.units[2].state is State.FINAL
    assert "17/1" in after.units[1].source
    assert len(after.units) == 4
    assert "the source was 'Chiều 16/1" in result.output
    assert "new in the article" in result.output
    assert after.source_hash != before.source_hash


@pytest.mark.usefixtures("loaded")
def test_what_the_memory_knows_is_used_before_the_model(tmp_path):
    article, memory = tmp_path / "hop.txt", tmp_path / "memory.sqlite"
    article.write_text(ARTICLE, encoding="utf-8")
    with Store(memory) as store:
        english = "On the morning of February 3, the Politburo sat down in Hanoi."
        store.add([MemoryUnit("Sáng 3/2, Bộ Chính trị họp tại Hà Nội.", english, style="vna")])
    made = tmp_path / "out" / "hop" / "draft.xlf"
    options = (article, "--out", tmp_path / "out", "--beam", "1", "--force")
    call(*options, "--memory", memory)
    known = "On the afternoon of January 16, the Politburo sat down in Hanoi."
    assert read_draft(made).units[1].target == known
    call(*options, "--memory", memory, "--no-memory")
    assert read_draft(made).units[1].target != known
    missing = call(*options, "--memory", tmp_path / "nowhere.sqlite")
    assert missing.exit_code == 1
    assert "no memory is here" in missing.output


@pytest.mark.usefixtures("loaded")
def test_one_bad_article_does_not_stop_the_others(tmp_path):
    good, bad = tmp_path / "hop.txt", tmp_path / "none.txt"
    good.write_text(ARTICLE, encoding="utf-8")
    result = call(bad, good, "--out", tmp_path / "out", "--xliff", "1.2", "--quiet")
    assert result.exit_code == 1
    assert str(bad) in result.output
    assert 'version="1.2"' in (tmp_path / "out" / "hop" / "draft.xlf").read_text(encoding="utf-8")
