"""Terms out and in: a round trip loses nothing, a foreign file gives what it has, a hostile one nothing."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bulletin.errors import GlossaryError
from bulletin.glossary.entry import CasePolicy, Entry
from bulletin.glossary.exchange import FORMATS, format_of, read_terms, write_terms
from bulletin.glossary.layers import load_glossary

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("tbx_basic_dct.rng")))

LETTERS = "ABXYZabcxyzĐđÁáÀàẾếƠơỦủỹ"
MARKS = "&<>\"',; ().:=+-]["
WORDS = st.builds(
    lambda first, middle, last: first + middle + last,
    st.sampled_from(LETTERS),
    st.text(LETTERS + MARKS, max_size=10),
    st.sampled_from(LETTERS + ")"),
)
SEVERAL = st.lists(WORDS, max_size=3, unique=True).map(tuple)
DATES = st.none() | st.dates(datetime.date(1945, 9, 2), datetime.date(2100, 1, 1))


@st.composite
def made_up(draw: st.DrawFn, name: str) -> Entry:
    dates = sorted(filter(None, (draw(DATES), draw(DATES))))
    english = {"vna": draw(WORDS)}
    for style in draw(st.sets(st.sampled_from(["vns", "mofa", "own-style"]))):
        english[style] = draw(WORDS)
    return Entry(
        id=name,
        vi=draw(WORDS),
        english=english,
        variants=draw(SEVERAL),
        accepted=draw(SEVERAL),
        forbidden=draw(SEVERAL),
        short=draw(WORDS | st.just("")),
        feminine=draw(WORDS | st.just("")),
        plural=draw(WORDS | st.just("")),
        kind=draw(st.sampled_from(["institution", "title", "phrase"])),
        case=draw(st.sampled_from(list(CasePolicy))),
        valid_from=dates[0] if dates else None,
        valid_to=dates[1] if len(dates) > 1 else None,
        authority=draw(WORDS | st.just("")),
        sources=draw(st.integers(1, 99)),
        note=draw(WORDS | st.just("") | st.sampled_from(["case: any", "note: x", "id: y", "plural"])),
    )


ENTRIES = st.integers(1, 3).flatmap(
    lambda count: st.tuples(*(made_up(name) for name in ("party.a", "1", "tên có dấu")[:count]))
)


def bare(entries: Sequence[Entry]) -> list[Entry]:
    """Entries without the place they were read at."""
    return [replace(entry, file="", line=0) for entry in entries]


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=20, deadline=None)
@given(entries=ENTRIES)
def test_a_round_trip_loses_nothing(name: str, entries: tuple[Entry, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"terms.{name}"
        path.write_bytes(write_terms(entries, name))
        read, problems = read_terms(path)
        assert problems == []
        assert bare(read) == list(entries)


@settings(max_examples=20, deadline=None)
@given(entries=ENTRIES)
def test_tbx_is_valid_against_its_schema(entries: tuple[Entry, ...]) -> None:
    assert SCHEMA.validate(etree.fromstring(write_terms(entries, "tbx"))), SCHEMA.error_log


@pytest.mark.parametrize("name", FORMATS)
def test_the_glossary_that_ships_goes_out_and_in(name: str, tmp_path: Path) -> None:
    entries = load_glossary().entries[:150]
    path = tmp_path / f"terms.{name}"
    path.write_bytes(write_terms(entries, name))
    read, problems = read_terms(path)
    assert problems == []
    assert bare(read) == bare(entries)


def test_tbx_names_status_and_language_as_the_standard_does() -> None:
    entry = Entry(
        "na",
        "Quốc hội",
        {"vna": "the National Assembly"},
        forbidden=("Congress",),
        short="NA",
        kind="institution",
    )
    root = etree.fromstring(write_terms([entry], "tbx"))
    spaces = {"t": "urn:iso:std:iso:30042:ed:3.0", "min": "http://www.tbxinfo.net/ns/min"}
    status = root.xpath("//t:termSec[t:term='Congress']/min:administrativeStatus/text()", namespaces=spaces)
    assert status == ["deprecatedTerm-admn-sts"]
    assert root.xpath("//t:langSec/@xml:lang", namespaces=spaces) == ["vi", "en"]
    assert root.xpath("//min:subjectField/text()", namespaces=spaces) == ["institution"]


def test_tmx_is_read_by_a_translation_toolkit() -> None:
    from translate.storage.tmx import tmxfile

    entries = load_glossary().entries[:20]
    store = tmxfile.parsestring(write_terms(entries, "tmx"))
    pairs = [(unit.source, unit.target) for unit in store.units]
    assert pairs == [(entry.vi, entry.english["vna"]) for entry in entries]


@settings(max_examples=30)
@given(st.binary(max_size=60), st.sampled_from(FORMATS))
def test_whatever_stands_in_a_file_it_is_terms_or_one_error(content: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"terms.{name}"
        for data in (content, b"<tbx>" + content, b"vi,en\n" + content):
            path.write_bytes(data)
            try:
                read_terms(path)
            except GlossaryError as error:
                assert str(path) in str(error)


VERSION_2 = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en">
 <martifHeader><fileDesc><sourceDesc><p>ours</p></sourceDesc></fileDesc></martifHeader>
 <text><body>
  <termEntry id="c1">
   <descrip type="subjectField">Party matters</descrip>
   <note>kept by us</note>
   <langSet xml:lang="vi"><tig><term>Bộ Chính trị</term></tig><tig><term>BCT</term></tig></langSet>
   <langSet xml:lang="en-GB">
    <ntig><termGrp><term>Political Bureau</term>
     <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termGrp></ntig>
    <tig><term>the Politburo</term>
     <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
    <tig><term>Politburo of the Party</term></tig>
   </langSet>
  </termEntry>
  <termEntry id="c2"><langSet xml:lang="fr"><tig><term>parti</term></tig></langSet></termEntry>
 </body></text>
</martif>
"""

VERSION_3_BY_ATTRIBUTE = """<tbx type="TBX-Basic" style="dca" xml:lang="en"
  xmlns="urn:iso:std:iso:30042:ed:3.0">
 <tbxHeader><fileDesc><sourceDesc><p>ours</p></sourceDesc></fileDesc></tbxHeader>
 <text><body><conceptEntry id="c1">
  <descripGrp><descrip type="subjectField">title</descrip></descripGrp>
  <langSec xml:lang="vi-VN"><termSec><term>Bí thư</term></termSec></langSec>
  <langSec xml:lang="en"><termSec><term>Secretary</term></termSec>
   <termSec><term>clerk</term>
    <termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termSec>
  </langSec>
 </conceptEntry></body></text>
</tbx>
"""


def test_tbx_version_2_is_read_with_what_it_lacks_told(tmp_path: Path) -> None:
    path = tmp_path / "old.tbx"
    path.write_text(VERSION_2, encoding="utf-8")
    (entry,), (problem,) = read_terms(path)
    assert entry == Entry(
        id="c1",
        vi="Bộ Chính trị",
        english={"vna": "the Politburo"},
        variants=("BCT",),
        accepted=("Politburo of the Party",),
        forbidden=("Political Bureau",),
        note="kept by us",
        file=str(path),
        line=6,
    )
    assert str(problem) == f"{path}:18: concept 2 has no Vietnamese term; add one, or do without it"


def test_tbx_version_3_by_attribute_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "terms.tbx"
    path.write_text(VERSION_3_BY_ATTRIBUTE, encoding="utf-8")
    (entry,), problems = read_terms(path)
    assert (entry.vi, entry.english, entry.forbidden) == ("Bí thư", {"vna": "Secretary"}, ("clerk",))
    assert (entry.kind, problems) == ("title", [])


def test_a_foreign_tmx_is_read(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    path.write_text(
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header/><body>'
        '<tu><tuv xml:lang="VI"><seg>Đảng <ph>x</ph>ủy</seg></tuv>'
        '<tuv xml:lang="en-US"><seg>Party Committee</seg></tuv></tu>'
        '<tu><tuv xml:lang="vi"><seg>Đảng</seg></tuv></tu></body></tmx>',
        encoding="utf-8",
    )  # fmt: skip
    (entry,), (problem,) = read_terms(path)
    assert (entry.id, entry.vi, entry.english["vna"], entry.kind) == (
        "unit-1",
        "Đảng xủy",
        "Party Committee",
        "phrase",
    )
    assert "unit 2 has no English text" in str(problem)


def test_a_list_of_two_columns_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "Tiếng Việt,English,Remark\nĐảng,the Party,x\nQuốc hội,,\nĐảng ủy,the Party,\n", encoding="utf-8"
    )
    entries, (problem,) = read_terms(path)
    assert [(entry.id, entry.vi, entry.line) for entry in entries] == [
        ("party", "Đảng", 2),
        ("party-2", "Đảng ủy", 4),
    ]
    assert str(problem) == f"{path}:3: en_vna is empty; fill it in, or delete the line"


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_list_parted_as_other_spreadsheets_do_is_read(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "list.csv"
    text = f"vi{mark}en\n" + f'"Ban Tổ chức, kiểm tra"{mark}"the Board, and so on"\n'
    path.write_text(text, encoding="utf-8")
    (entry,), problems = read_terms(path)
    assert (entry.vi, entry.english["vna"]) == ("Ban Tổ chức, kiểm tra", "the Board, and so on")
    assert problems == []


def test_a_spreadsheet_runs_nothing(tmp_path: Path) -> None:
    entry = Entry("x", "Đảng", {"vna": "=cmd|' /C calc'!A1"}, note="@SUM(A1)")
    text = write_terms([entry], "csv").decode()
    assert ",'=cmd|" in text
    assert ",'@SUM" in text
    path = tmp_path / "terms.xlsx"
    path.write_bytes(write_terms([entry], "xlsx"))
    cells = [cell for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    read, (problem,) = read_terms(path)
    assert read == []
    assert problem.code == "G010"


def test_dates_and_figures_of_a_spreadsheet_are_taken(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["vi", "en", "valid_from", "sources"])
    book.active.append(["Đảng", "the Party", datetime.datetime(2025, 3, 1), 2.0])
    book.active.append([None, None, None, None])
    book.save(tmp_path / "terms.xlsx")
    (entry,), problems = read_terms(tmp_path / "terms.xlsx")
    assert (entry.valid_from, entry.sources, problems) == (datetime.date(2025, 3, 1), 2, [])


def test_a_formula_in_a_workbook_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["vi", "en"])
    book.active.append(["Đảng", "=1+1"])
    book.save(tmp_path / "terms.xlsx")
    with pytest.raises(GlossaryError, match=r"terms\.xlsx:2: a formula in cell B2"):
        read_terms(tmp_path / "terms.xlsx")


LAUGHS = '<!DOCTYPE t [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 10 + '"><!ENTITY c "' + "&b;" * 10 + '">]>'
EXTERNAL = '<!DOCTYPE t [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
PARAMETER = '<!DOCTYPE t [<!ENTITY % a SYSTEM "http://localhost/x.dtd"> %a;]>'
BODIES = {
    "tbx": "<tbx><text><body><conceptEntry>"
    '<langSec xml:lang="vi"><termSec><term>{}</term></termSec></langSec>'
    '<langSec xml:lang="en"><termSec><term>x</term></termSec></langSec>'
    "</conceptEntry></body></text></tbx>",
    "tmx": '<tmx><body><tu><tuv xml:lang="vi"><seg>{}</seg></tuv>'
    '<tuv xml:lang="en"><seg>x</seg></tuv></tu></body></tmx>',
}


@pytest.mark.parametrize("name", ["tbx", "tmx"])
@pytest.mark.parametrize(
    ("head", "text"), [(LAUGHS, "&c;"), (EXTERNAL, "&a;"), (PARAMETER, "x"), (LAUGHS, "x")]
)
def test_entities_are_refused(tmp_path: Path, name: str, head: str, text: str) -> None:
    path = tmp_path / f"bad.{name}"
    path.write_text(head + BODIES[name].format(text), encoding="utf-8")
    with pytest.raises(GlossaryError, match="XML entities, which are never read"):
        read_terms(path)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
def test_entities_are_refused_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "bad.tbx"
    declaration = f'<?xml version="1.0" encoding="{encoding}"?>'
    path.write_bytes((declaration + EXTERNAL + BODIES["tbx"].format("&a;")).encode(encoding))
    with pytest.raises(GlossaryError, match="XML entities"):
        read_terms(path)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.tbx", b"<tbx><text>", r"a\.tbx:1: not well-formed XML"),
        ("a.tbx", b"", r"a\.tbx:?1?: not well-formed XML"),
        ("a.tbx", b"<html/>", r"<html> is no TBX"),
        ("a.tmx", b"<html/>", r"<html> is no TMX"),
        ("a.xlsx", b"no zip", "not an XLSX file"),
        ("a.xlsx", b"PK\x05\x06" + b"\0" * 18, "not a workbook that can be read"),
        ("a.csv", b"", "empty; give a header"),
        ("a.csv", b"vi,fr\n", r"a\.csv:1: no English column"),
        ("a.csv", b"\xff\xfe", "UTF-16"),
        ("a.doc", b"", "doc is no format of terms; use tbx, tmx, csv, xlsx"),
    ],
)
def test_what_is_no_list_of_terms_is_refused(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(GlossaryError, match=says):
        read_terms(tmp_path / name)


def test_files_that_are_not_there_and_nothing_to_write(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match="no such file"):
        read_terms(tmp_path / "none.tbx")
    with pytest.raises(GlossaryError, match="there is no entry to export"):
        write_terms([], "tbx")
    with pytest.raises(GlossaryError, match="'pdf' is no format"):
        write_terms([], "pdf")
    with pytest.raises(GlossaryError, match="U\\+0007 cannot stand in XML"):
        write_terms([Entry("x", "a\x07", {"vna": "b"})], "tbx")
    assert format_of(Path("x.xml")) == "tbx"
    assert format_of(Path("x"), "csv") == "csv"
