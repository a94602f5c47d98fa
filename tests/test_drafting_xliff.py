import dataclasses

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bulletin.drafting.draft import State
from bulletin.drafting.xliff import dump_draft, parse_draft, parse_edits, read_draft, write_draft
from bulletin.errors import BulletinError, DraftError
from drafting_samples import FULL, draft, drafts, unit


@pytest.mark.parametrize("version", ["2.1", "1.2"])
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(draft=drafts)
@example(draft=FULL)
def test_every_value_of_a_draft_comes_back(draft, version):
    assert parse_draft(dump_draft(draft, version)) == draft


@pytest.mark.parametrize("version", ["2.1", "1.2"])
def test_very_long_segments_come_back(version):
    long = draft(unit("b1.s1", source="Đảng & <Nhà nước>\n" * 600, target="x" * 10_000))
    assert parse_draft(dump_draft(long, version)) == long


@pytest.mark.parametrize("version", ["2.1", "1.2"])
def test_a_draft_is_the_same_bytes_each_time_and_carries_the_notes_for_people(version):
    data = dump_draft(FULL, version)
    assert data == dump_draft(FULL, version)
    assert "Quốc hội = National Assembly [exact]" in data.decode()
    assert "error term-missing: expected &lt;the Politburo&gt; &amp; found none" in data.decode()


def test_files_are_written_and_read(tmp_path):
    path = tmp_path / "new" / "draft.xlf"
    write_draft(FULL, path)
    assert read_draft(path) == FULL
    assert [file.name for file in path.parent.iterdir()] == ["draft.xlf"]


def test_translate_toolkit_reads_what_we_write(tmp_path):
    from translate.storage.xliff import Xliff1File
    from translate.storage.xliff2 import Xliff2File

    for version, kind in (("2.1", Xliff2File), ("1.2", Xliff1File)):
        path = tmp_path / f"draft-{version}.xlf"
        write_draft(FULL, path, version)
        store = kind.parsefile(str(path))
        assert [item.source for item in store.units] == [item.source for item in FULL.units]
        assert [item.target for item in store.units] == [item.target for item in FULL.units]
        assert store.getsourcelanguage() == "vi"


def test_a_re_segmented_unit_is_joined_again():
    text = dump_draft(draft(unit("b1.s1", source="Một. Hai.", target="One. Two."))).decode()
    start, end = text.index("<segment"), text.index("</segment>") + len("</segment>")
    split = (
        '<segment id="s1" state="final"><source>Một.</source><target>One.</target></segment>'
        "<ignorable><source> </source></ignorable>"
        '<segment id="s2" state="translated"><source>Hai.</source>'
        '<target><mrk id="m1" type="term">Three</mrk>.<!-- ! --></target></segment>'
    )
    [found] = parse_draft((text[:start] + split + text[end:]).encode()).units
    assert (found.source, found.target, found.state) == ("Một. Hai.", "One. Three.", State.TRANSLATED)
    assert found.hypothesis == "One. Two."


def test_approval_in_a_tool_without_states_counts_as_review():
    text = dump_draft(draft(unit("b1.s1")), "1.2").decode().replace('approved="no"', 'approved="yes"')
    assert parse_draft(text.encode()).units[0].state is State.REVIEWED


GOOD = dump_draft(FULL)
FOREIGN = (
    b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="vi"><file id="f">'
    b'<unit id="u1"><segment><source>A</source><target>B</target></segment></unit></file></xliff>'
)
ENTITY = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + FOREIGN.replace(b">A<", b">&e;<")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not well-formed XML"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not well-formed XML"),
        (b"Quoc hoi hop.", "line 1: not well-formed XML"),
        (b"<html><body/></html>", "not XLIFF"),
        (GOOD[: len(GOOD) // 2], "not well-formed XML"),
        (FOREIGN, "another tool"),
        (FOREIGN.replace(b'"2.0" src', b'"9.0" src'), "version '9.0' is not known"),
        (ENTITY, "entities are not allowed"),
        (GOOD.replace(b'"b1.s2"', b'"b1.s1"'), "the id 'b1.s1' stands already on line"),
        (GOOD.replace(b'<mda:meta type="block">1', b'<mda:meta type="block">-1'), "negative"),
        (GOOD.replace(b'<mda:meta type="block">1', b'<mda:meta type="block">true'), "of type int"),
        (GOOD.replace(b'"caption"', b'"capton"'), "segment b2.s1: kind 'capton' is not one of headline"),
        (GOOD.replace(b"2026-01-16", b"2026-13-16"), "not YYYY-MM-DD"),
        (GOOD.replace(b'type="source-hash"', b'type="hash"'), "'source-hash' is missing"),
        (GOOD.replace(b'type="format">1', b'type="format">99'), "newer bulletin"),
        (GOOD.replace(b'<unit id="b1.s2"', b'<unit id="b9.s9"'), r"missing \(b1.s2\)"),
        (GOOD.replace(b'state="reviewed"', b'state="perfect"'), "perfect"),
    ],
)
def test_a_bad_file_is_refused_with_its_place(data, message):
    with pytest.raises(DraftError, match=message) as caught:
        parse_draft(data, "news.xlf")
    assert str(caught.value).startswith("news.xlf")
    assert "\n" not in str(caught.value)


def test_a_billion_laughs_is_refused_quickly():
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "ha">{levels}]><xliff version="2.0">&l11;</xliff>'
    with pytest.raises(DraftError):
        parse_draft(bomb.encode())


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_a_damaged_file_never_ends_in_anything_but_a_draft_error(data):
    start = data.draw(st.integers(0, len(GOOD)))
    end = data.draw(st.integers(start, min(len(GOOD), start + 40)))
    broken = GOOD[:start] + data.draw(st.binary(max_size=8)) + GOOD[end:]
    try:
        parse_draft(broken)
    except DraftError as error:
        assert "\n" not in str(error)


def test_a_missing_file_is_one_clear_error(tmp_path):
    with pytest.raises(DraftError, match="cannot be read"):
        read_draft(tmp_path / "none.xlf")
    with pytest.raises(DraftError, match="cannot be read"):
        read_draft(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(BulletinError):
        write_draft(FULL, tmp_path / "file" / "draft.xlf")


def test_ids_must_be_unique_tokens():
    with pytest.raises(DraftError, match="twice"):
        dump_draft(draft(unit("b1.s1"), unit("b1.s1")))
    with pytest.raises(DraftError, match="rename"):
        dump_draft(draft(unit("b1 s1")))
    with pytest.raises(DraftError, match=r"2\.1 or 1\.2"):
        dump_draft(FULL, "3.0")


def test_a_foreign_file_still_gives_its_edits():
    [edit] = parse_edits(FOREIGN)
    assert (edit.id, edit.source, edit.target) == ("u1", "A", "B")
    assert dataclasses.asdict(edit)["line"] == 1
