import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulletin.drafting.draft import State
from bulletin.drafting.merge import merge_edits
from bulletin.drafting.po import dump_po, parse_po
from bulletin.drafting.table_docx import dump_docx, parse_docx
from bulletin.drafting.tsv import dump_tsv, parse_tsv
from bulletin.drafting.xliff import dump_draft, parse_edits
from bulletin.errors import DraftError
from bulletin.finding import Severity
from drafting_samples import FULL, draft, unit, units

FORMATS = {
    "xliff": (dump_draft, parse_edits),
    "tsv": (dump_tsv, parse_tsv),
    "po": (dump_po, parse_po),
    "docx": (dump_docx, parse_docx),
}


@pytest.mark.parametrize("name", FORMATS)
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(items=st.lists(units.filter(lambda u: u.source.strip() and u.target.strip()), min_size=1, max_size=4,
                      unique_by=lambda u: u.id))  # fmt: skip
def test_out_and_in_loses_nothing(name, items):
    before = draft(*items)
    dump, parse = FORMATS[name]
    after, findings = merge_edits(before, parse(dump(before)))
    assert after == before
    assert findings == ()


@pytest.mark.parametrize("name", FORMATS)
def test_a_headline_without_a_source_goes_out_and_in(name):
    before = draft(unit("headline", source="", target="Assembly meets"), unit("b1.s1"))
    dump, parse = FORMATS[name]
    assert merge_edits(before, parse(dump(before))) == (before, ())


@pytest.mark.parametrize("name", FORMATS)
def test_very_long_segments_go_out_and_in(name):
    before = draft(unit("b1.s1", source="Đảng & <Nhà nước>\n" * 600, target="=x\t" * 45_000 + "\n\nend"))
    dump, parse = FORMATS[name]
    assert merge_edits(before, parse(dump(before))) == (before, ())


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_draft_gives_readable_text_with_every_segment(name):
    dump, parse = FORMATS[name]
    edits = parse(dump(FULL))
    assert [edit.id for edit in edits] == [item.id for item in FULL.units]
    assert [edit.source for edit in edits] == [item.source for item in FULL.units]
    assert [edit.target for edit in edits] == [item.target for item in FULL.units]
    if name != "docx":
        assert [edit.state for edit in edits] == [item.state for item in FULL.units]


def test_spreadsheet_cells_are_no_formulas():
    hostile = draft(unit("b1.s1", source="=1+1", target='@SUM(A1) "q"', hypothesis="'-2"))
    rows = dump_tsv(hostile).decode("utf-8-sig").split("\r\n")
    assert rows[1] == 'b1.s1\tinitial\t\'=1+1\t\'\'-2\t"\'@SUM(A1) ""q"""'
    assert merge_edits(hostile, parse_tsv(dump_tsv(hostile))) == (hostile, ())


def test_a_spreadsheet_may_save_utf16_and_other_column_orders():
    text = "final\tid\nThe Assembly met.\tb1.s1\n"
    [edit] = parse_tsv(text.encode("utf-16"))
    after, findings = merge_edits(FULL, [edit])
    assert after.units[0].target == "The Assembly met."
    assert [finding.code for finding in findings] == ["segment-changed", "segment-missing", "segment-missing"]


def test_po_editors_clear_fuzzy_to_confirm():
    text = dump_po(draft(unit("b1.s1"))).decode()
    assert "#, fuzzy" in text
    [edit] = parse_po(text.replace("#, fuzzy\n", "").encode())
    assert edit.state is State.TRANSLATED


def _docx(change) -> bytes:
    document = docx.Document(io.BytesIO(dump_docx(FULL)))
    change(document.tables[0])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _track(table):
    paragraph = table.rows[1].cells[3].paragraphs[0]
    run = paragraph.runs[0]._r
    deleted = OxmlElement("w:del")
    run.addprevious(deleted)
    deleted.append(run)
    run.find(qn("w:t")).tag = qn("w:delText")
    inserted = OxmlElement("w:ins")
    deleted.addnext(inserted)
    inserted.append(paragraph.add_run("The Assembly\nconvened.")._r)


def test_tracked_changes_count_as_accepted():
    assert parse_docx(_docx(_track))[0].target == "The Assembly\nconvened."


def test_a_deleted_row_is_a_missing_segment():
    edits = parse_docx(_docx(lambda table: table._tbl.remove(table.rows[2]._tr)))
    after, [finding] = merge_edits(FULL, edits, file="news.docx")
    assert after == FULL
    assert (finding.code, finding.segment, finding.severity) == ("segment-missing", "b1.s2", Severity.WARNING)


def test_merged_cells_are_refused_with_their_row():
    for first, second in (((2, 2), (2, 3)), ((2, 3), (3, 3))):
        data = _docx(lambda table, a=first, b=second: table.cell(*a).merge(table.cell(*b)))
        with pytest.raises(DraftError, match=r"news.docx, table row 3: cells were merged"):
            parse_docx(data, "news.docx")


def _zip(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("parse", "data", "message"),
    [
        (parse_docx, b"plain", "not a DOCX"),
        (parse_docx, _zip(a=b"b"), "not a DOCX"),
        (parse_docx, _zip(a=bytes(300 * 2**20)), "unpacks to more"),
        (parse_docx, dump_docx(FULL)[:900], "not a DOCX"),
        (parse_tsv, b"", "line 1: the header must name"),
        (parse_tsv, b"id,source,final\n", "line 1: the header must name"),
        (parse_tsv, b"id\tfinal\n\xff\n", "not text in UTF-8 at byte 9"),
        (parse_tsv, b"id\tsource\tfinal\nb1.s1\tQ\n", "line 2: 2 of 3 cells"),
        (parse_tsv, b'id\tsource\tfinal\nb1\tQ\t"open\n', "line 2: unexpected end"),
        (parse_tsv, b"id\tstate\tfinal\nb1\tdone\tx\n", "line 2: the state 'done' is not one of initial"),
        (parse_po, b"", "holds no translations"),
        (parse_po, b"\x00\xff\xfe", "."),
        (parse_po, b'msgid "a\nmsgstr', "."),
    ],
)
def test_bad_tables_are_refused_with_their_place(parse, data, message):
    with pytest.raises(DraftError, match=message) as caught:
        parse(data, "news.tab")
    assert str(caught.value).startswith("news.tab")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["tsv", "po", "docx"])
@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_damaged_tables_never_end_in_anything_but_a_draft_error(name, data):
    dump, parse = FORMATS[name]
    good = dump(FULL)
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, min(len(good), start + 40)))
    try:
        parse(good[:start] + data.draw(st.binary(max_size=8)) + good[end:])
    except DraftError as error:
        assert "\n" not in str(error)


def test_the_docx_is_the_same_bytes_each_time_but_for_zip_times():
    first, second = (zipfile.ZipFile(io.BytesIO(dump_docx(FULL))) for _ in range(2))
    assert first.namelist() == second.namelist()
    assert all(first.read(name) == second.read(name) for name in first.namelist())


def test_an_id_column_is_not_needed_when_sources_match():
    edits = [replace(edit, id="") for edit in parse_tsv(dump_tsv(FULL))]
    after, findings = merge_edits(FULL, edits)
    assert after == FULL
    assert findings == ()
