"""Loading glossary files: what they hold, how layers lie over each other, and what bad input gives."""

from __future__ import annotations

import datetime
import gc
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.errors import GlossaryError
from bulletin.glossary import table
from bulletin.glossary.entry import CasePolicy, Entry
from bulletin.glossary.layers import builtin_glossary_path, content_hash, load_glossary, make_glossary
from bulletin.glossary.lint import check_glossary
from bulletin.glossary.table import COLUMNS, read_table, write_table

HEADER = ",".join(COLUMNS) + "\n"


def line(**cells: str) -> str:
    filled = {"id": "x", "vi": "Chính phủ", "en_vna": "the Government", "kind": "institution"} | cells
    return ",".join(filled.get(column, "") for column in COLUMNS) + "\n"


def csv_file(folder: Path, content: str | bytes, name: str = "own.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_every_cell_reaches_its_field(tmp_path: Path) -> None:
    row = line(
        id="gov.mot",
        vi="Bộ Giao thông vận tải",
        variants="Bộ GTVT|Bộ Giao thông",
        en_vna="the Ministry of Transport",
        en_vns="the Transport Ministry",
        accepted="Transport Ministry | MoT",
        forbidden="Ministry of Traffic",
        short="MOT",
        plural="Ministries of Transport",
        case="exact",
        valid_from="2002-08-05",
        valid_to="2025-02-28",
        authority="Circular",
        sources="3",
        note="merged",
    )
    path = csv_file(tmp_path, HEADER + row)
    (entry,) = load_glossary([path], builtin=False).entries
    assert entry == Entry(
        id="gov.mot",
        vi="Bộ Giao thông vận tải",
        english={"vna": "the Ministry of Transport", "vns": "the Transport Ministry"},
        variants=("Bộ GTVT", "Bộ Giao thông"),
        accepted=("Transport Ministry", "MoT"),
        forbidden=("Ministry of Traffic",),
        short="MOT",
        plural="Ministries of Transport",
        kind="institution",
        case=CasePolicy.EXACT,
        valid_from=datetime.date(2002, 8, 5),
        valid_to=datetime.date(2025, 2, 28),
        authority="Circular",
        sources=3,
        note="merged",
        file=str(path),
        line=2,
    )


def test_lines_are_those_of_the_file_even_after_a_cell_of_two_lines(tmp_path: Path) -> None:
    path = csv_file(tmp_path, HEADER + line(note='"one\ntwo"') + "\n" + line(id="y", vi="Quốc hội"))
    assert [entry.line for entry in load_glossary([path], builtin=False).entries] == [2, 5]


def test_a_byte_order_mark_short_rows_and_decomposed_text_are_taken(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path,
        "\ufeffid,vi,en_vna,kind,note,,\ny,Quo\u0302\u0301c ho\u0323\u0302i,National Assembly,phrase\n",
    )
    (entry,) = load_glossary([path], builtin=False).entries
    assert (entry.vi, entry.note, entry.sources) == ("Quốc hội", "", 1)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("id,vi,kind\n", "own.csv:1: column 'en_vna' is missing"),
        ("", "own.csv:1: column 'id' is missing"),
        (HEADER.replace("note", "notes"), "own.csv:1: unknown column 'notes'"),
        (HEADER.replace("note", "vi"), "own.csv:1: column 'vi' twice"),
        (HEADER + line() + line(en_vna=""), "own.csv:3: en_vna is empty"),
        (HEADER + line(kind="ministry"), "own.csv:2: unknown kind 'ministry'"),
        (HEADER + line(case="lower"), "own.csv:2: unknown case 'lower'"),
        (HEADER + line(valid_to="28/2/2025"), "own.csv:2: '28/2/2025' is not a date"),
        (HEADER + line(valid_from="2025-03-01", valid_to="2020-01-01"), "own.csv:2: valid from 2025-03"),
        (HEADER + line(sources="many"), "own.csv:2: sources is 'many'"),
        (HEADER + line(note="=1+1"), "own.csv:2: note begins with '='"),
        (HEADER + line(note='"  @SUM(A1)"'), "own.csv:2: note begins with '@'"),
        (HEADER + line(note="-A1"), "own.csv:2: note begins with '-'"),
        (HEADER + line(note="a,b,c"), "own.csv:2: 20 cells for 18 columns"),
        (HEADER + 'x,"Chính phủ\n', "own.csv:2: not CSV"),
        (HEADER.encode() + line().encode() + b"\xd0\xfe\n", "own.csv:3: byte 0xd0 is not UTF-8"),
        (HEADER.encode("utf-16"), "own.csv:1: UTF-16"),
        (HEADER + line(note="a\0b"), "own.csv:2: a NUL character"),
        (b"PK\x03\x04rest", "bulletin glossary import"),
    ],
)  # fmt: skip
def test_what_is_broken_is_refused_with_its_place(tmp_path: Path, content: str | bytes, says: str) -> None:
    path = csv_file(tmp_path, content)
    with pytest.raises(GlossaryError) as caught:
        load_glossary([path], builtin=False)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_dash_and_a_negative_figure_are_no_formulas(tmp_path: Path) -> None:
    path = csv_file(tmp_path, HEADER + line(note="- see also") + line(vi="kinh tế - xã hội", note="-3"))
    assert len(load_glossary([path], builtin=False).entries) == 2


def test_a_million_lines_are_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path, HEADER.encode() + b"\n" * 1_000_000)
    with pytest.raises(
        GlossaryError, match=r"1,000,001 lines; a glossary file has at most 500,000: split it"
    ):
        load_glossary([path], builtin=False)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match="no such file"):
        load_glossary([tmp_path / "none.csv"], builtin=False)
    with pytest.raises(GlossaryError, match="no CSV file in this folder"):
        load_glossary([tmp_path], builtin=False)


def test_other_lines_are_read_where_problems_are_collected(tmp_path: Path) -> None:
    path = csv_file(tmp_path, HEADER + line(kind="odd") + line(id="good") + line(case="odd"))
    problems: list[table.Problem] = []
    entries = read_table(path, problems.append)
    assert [entry.id for entry in entries] == ["good"]
    assert [(problem.code, problem.line) for problem in problems] == [("G006", 2), ("G005", 4)]


def test_a_later_layer_wins_for_the_same_vietnamese(tmp_path: Path) -> None:
    base = csv_file(
        tmp_path,
        HEADER
        + line(id="old", vi="Ủy ban", valid_to="2024-12-31")
        + line(id="new", vi="Ủy ban", valid_from="2025-01-01")
        + line(id="ministry", vi="Bộ Giao thông vận tải", variants="Bộ GTVT|Bộ Giao thông"),
        "base.csv",
    )
    own = csv_file(tmp_path, HEADER + line(id="mine", vi="Uỷ ban") + line(id="abbreviation", vi="Bộ GTVT"))
    glossary = load_glossary([base, own], builtin=False)
    assert [entry.id for entry in glossary.entries] == ["ministry", "mine", "abbreviation"]
    assert glossary.by_id["ministry"].variants == ("Bộ Giao thông",)


def test_a_folder_is_read_file_by_file_and_hidden_files_are_left(tmp_path: Path) -> None:
    csv_file(tmp_path, HEADER + line(id="b"), "b.csv")
    csv_file(tmp_path, HEADER + line(id="a", vi="Quốc hội"), "a.csv")
    csv_file(tmp_path, "broken", ".~lock.a.csv")
    csv_file(tmp_path, "# about", "README.md")
    assert [entry.id for entry in load_glossary([tmp_path], builtin=False).entries] == ["a", "b"]


def test_the_hash_is_of_the_content_alone(tmp_path: Path) -> None:
    one = csv_file(tmp_path, HEADER + line(id="a", vi="Quốc hội") + line(id="b"), "one.csv")
    other = csv_file(tmp_path, HEADER + "\n" + line(id="b") + line(id="a", vi="Quốc hội"), "other.csv")
    changed = csv_file(
        tmp_path, HEADER + line(id="b") + line(id="a", vi="Quốc hội", short="NA"), "changed.csv"
    )
    hashes = [load_glossary([path], builtin=False).hash for path in (one, other, changed)]
    assert hashes[0] == hashes[1] != hashes[2]
    assert len(hashes[0]) == 12


def test_what_is_written_reads_the_same(tmp_path: Path) -> None:
    row = line(
        vi='"phòng, chống tham nhũng"',
        accepted='"a|b ""c"""',
        case="any",
        en_mofa="x",
        valid_from="2020-01-01",
    )
    path = csv_file(tmp_path, HEADER + row)
    entries = load_glossary([path], builtin=False).entries
    again = csv_file(tmp_path, write_table(entries), "again.csv")
    assert content_hash(load_glossary([again], builtin=False).entries) == content_hash(entries)


LINES = st.lists(
    st.lists(
        st.sampled_from(["x", "", "Đảng", '"', '"a', 'b"', "=1", "exact", "phrase", "2025-01-01", "\r", "\t"])
    )
)


@given(st.binary(max_size=40) | LINES.map(lambda rows: "\n".join(",".join(row) for row in rows).encode()))
def test_whatever_stands_in_a_file_it_is_entries_or_one_line_of_error(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for text in (content, HEADER.encode() + content):
            path = csv_file(Path(folder), text)
            try:
                glossary = load_glossary([path], builtin=False)
            except GlossaryError as error:
                assert str(path) in str(error)
                assert "\n" not in str(error)
            else:
                assert all(entry.vi and entry.id and entry.english["vna"] for entry in glossary.entries)
            check_glossary([path])


def test_a_cell_without_end_is_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path, HEADER + line(note="x" * 200_000))
    with pytest.raises(GlossaryError, match=r"own\.csv:2: not CSV \(field larger than field limit"):
        load_glossary([path], builtin=False)


def test_the_garbage_collector_goes_on_after_loading(tmp_path: Path) -> None:
    assert gc.isenabled()
    load_glossary([csv_file(tmp_path, HEADER + line())], builtin=False)
    assert gc.isenabled()
    with pytest.raises(GlossaryError):
        load_glossary([csv_file(tmp_path, HEADER + line(case="never"))], builtin=False)
    assert gc.isenabled()
    gc.disable()
    try:
        load_glossary([csv_file(tmp_path, HEADER + line())], builtin=False)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_built_in_glossary_loads() -> None:
    assert builtin_glossary_path().is_dir()
    glossary = load_glossary()
    assert glossary.hash == load_glossary().hash
    assert set(glossary.styles) >= {"vna"}


def test_a_glossary_of_no_entries_is_one() -> None:
    assert make_glossary([]).entries == ()
