"""The rules of glossary files: each finds its fault, at its line, and nothing in a clean file."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.errors import GlossaryError
from bulletin.finding import Finding, Severity
from bulletin.glossary.layers import content_hash, load_glossary
from bulletin.glossary.lint import check_glossary, fix_glossary, known_styles
from bulletin.glossary.table import COLUMNS

HEADER = ",".join(COLUMNS) + "\n"


def row(**cells: str) -> str:
    filled = {
        "id": "x", "vi": "Chính phủ", "en_vna": "the Government", "kind": "institution", "authority": "a law",
    } | cells  # fmt: skip
    return ",".join(f'"{filled[column]}"' if column in filled else "" for column in COLUMNS) + "\n"


def checked(folder: Path, *rows: str, header: str = HEADER) -> list[Finding]:
    path = folder / "own.csv"
    path.write_text(header + "".join(rows), encoding="utf-8")
    findings = check_glossary([path])
    assert all(finding.file == str(path) for finding in findings)
    return findings


def test_a_clean_file_has_no_findings(tmp_path: Path) -> None:
    rows = [
        row(id="a", vi="Bộ Chính trị", en_vna="the Politburo", variants="BCT"),
        row(
            id="b", vi="Quốc hội", en_vna="the National Assembly", en_vns="the National Assembly", short="NA"
        ),
        row(id="c", vi="Ủy viên Bộ Chính trị", en_vna="Politburo member", kind="title"),
    ]
    assert checked(tmp_path, *rows) == []


FAULTS = {
    "G003": [row(note='a"",""b') + row(id="y", vi="y")[:-1] + ",more\n"],
    "G004": [row(en_vna="")],
    "G005": [row(case="none")],
    "G006": [row(kind="thing")],
    "G007": [row(valid_from="2025-01-01", valid_to="2024-01-01")],
    "G008": [row(sources="two")],
    "G009": [row(valid_from="1/1/2025")],
    "G010": [row(note="=HYPERLINK(1)")],
    "G011": [row(), row(vi="Quốc hội", en_vna="the National Assembly")],
    "G012": [row(id="a"), row(id="b", en_vna="the Cabinet")],
    "G013": [row(id="a"), row(id="b", vi="chính phủ")],
    "G014": [row(id="a"), row(id="b", vi="Chính quyền", variants="CQ|Chính phủ", en_vna="authorities")],
    "G015": [row(accepted="Cabinet", forbidden="administration|the Cabinet")],
    "G016": [row(en_vna="the Chính phủ")],
    "G017": [row(en_vna="the Government (GOV")],
    "G019": [row(authority="")],
    "G020": [row(id="Gov 1")],
    "G021": [
        row(id="a", vi="Bộ Chính trị", en_vna="the Politburo"),
        row(id="b", vi="Ủy viên Bộ Chính trị", en_vna="member of the Political Bureau", kind="title"),
    ],
    "G022": [row(en_vna="the  Government")],
    "G023": [row(vi=unicodedata.normalize("NFD", "Chính phủ"))],
    "G024": [row(variants="CP|CP")],
    "G025": [row(id="b"), row(id="a", vi="Quốc hội", en_vna="the National Assembly")],
    "G027": [row(vi="Luật Đất đai năm 2024", en_vna="the 2023 Land Law", kind="document")],
    "G026": [row(vi="Phó Chủ tịch", en_vna="Vice Chairman of the Council", kind="title")],
}  # fmt: skip


@pytest.mark.parametrize("code", FAULTS)
def test_each_rule_finds_its_fault_alone(tmp_path: Path, code: str) -> None:
    lines = "".join(FAULTS[code])
    findings = checked(tmp_path, lines)
    assert [finding.code for finding in findings] == [code]
    (finding,) = findings
    assert finding.line == lines.count("\n") + 1  # the fault is in the last line
    assert finding.message
    assert finding.mend


@pytest.mark.parametrize(
    ("authority", "vague"),
    [("Agency usage", True), ("MOFA usage", True), ("VNA, “PM urges reform”, 3 May 2024", False),
     ("Law No. 1/2024/QH15 of 3 May 2024; English as in news usage", False)],
)  # fmt: skip
def test_an_authority_that_names_no_text_is_noted(tmp_path: Path, authority: str, vague: bool) -> None:
    cells = row(authority="AUTHORITY").replace("AUTHORITY", authority)
    findings = checked(tmp_path, cells)
    assert [(finding.code, finding.severity) for finding in findings] == [("G019", Severity.NOTE)] * vague


def test_the_other_place_is_named(tmp_path: Path) -> None:
    (finding,) = checked(tmp_path, row(id="a"), row(id="b", en_vna="the Cabinet"))
    assert "'the Cabinet' here and 'the Government' at " in finding.message
    assert finding.message.endswith("own.csv:2 on the same dates (vna)")


def test_columns_are_checked(tmp_path: Path) -> None:
    assert [finding.code for finding in checked(tmp_path, header="id,vi\n")] == ["G001"]
    assert [finding.code for finding in checked(tmp_path, header="id,vi,en_vna,kind,extra\n")] == ["G002"]
    for mark, what in ((";", "semicolons"), ("\t", "tabs")):
        (finding,) = checked(tmp_path, row().replace(",", mark), header=HEADER.replace(",", mark))
        assert (finding.code, finding.line) == ("G001", 1)
        assert what in finding.message
    unknown = HEADER.replace("en_mofa", "en_nowhere")
    (finding,) = checked(
        tmp_path, row().replace('"the Government",,', '"the Government",,"y"'), header=unknown
    )
    assert (finding.code, finding.line) == ("G018", 1)
    assert "styles/nowhere.toml" in finding.mend


def test_a_style_of_ones_own_may_keep_diacritics(tmp_path: Path) -> None:
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "own.toml").write_text("[names]\ndiacritics = true\n", encoding="utf-8")
    assert known_styles([tmp_path])["own"] is True
    header = HEADER.replace("en_mofa", "en_own")
    cells = row(vi="Hà Nội", en_vna="Hanoi", kind="place").replace('"Hanoi",,', '"Hanoi",,"Hà Nội"')
    assert checked(tmp_path, cells, header=header) == []
    (tmp_path / "styles" / "own.toml").write_text("[names", encoding="utf-8")
    with pytest.raises(GlossaryError, match=r"own\.toml: not a style file"):
        checked(tmp_path, cells, header=header)


def test_dates_and_capitals_tell_entries_apart(tmp_path: Path) -> None:
    rows = [
        row(id="a", valid_to="2025-02-28"),
        row(id="b", en_vna="the Cabinet", valid_from="2025-03-01"),
        row(id="c", vi="Hòa Bình", en_vna="Hoa Binh", kind="place", case="exact"),
        row(id="d", vi="hòa bình", en_vna="peace", kind="phrase"),
    ]
    assert checked(tmp_path, *rows) == []
    overlapping = [rows[0], row(id="b", en_vna="the Cabinet", valid_from="2025-02-28")]
    (finding,) = checked(tmp_path, *overlapping)
    assert (finding.code, finding.mend) == ("G012", "let the one end before the other begins")


def test_a_part_may_change_its_order_number_and_ending(tmp_path: Path) -> None:
    rows = [
        row(id="a", vi="Bộ Ngoại giao", en_vna="the Ministry of Foreign Affairs"),
        row(id="b", vi="Bộ trưởng Bộ Ngoại giao", en_vna="Foreign Minister", kind="title"),
        row(id="c", vi="Văn phòng Bộ Ngoại giao", en_vna="the Foreign Ministry's Office"),
    ]
    assert checked(tmp_path, *rows) == []


def test_a_note_can_waive_a_rule_for_its_entry(tmp_path: Path) -> None:
    kept = row(id="b", vi="Bộ Ngoại giao Mỹ", en_vna="the US Department of State", note="[G021] its own name")
    rows = [row(id="a", vi="Bộ Ngoại giao", en_vna="the Ministry of Foreign Affairs"), kept]
    assert checked(tmp_path, *rows) == []
    assert [f.code for f in checked(tmp_path, rows[0], kept.replace("[G021]", "[G020]"))] == ["G021"]


def test_a_file_that_cannot_be_read_is_one_finding_and_the_others_are_checked(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(HEADER.encode() + b"\xff\n")
    (tmp_path / "b.csv").write_text(HEADER + row(kind="thing"), encoding="utf-8")
    broken, other = check_glossary([tmp_path])
    assert (broken.code, broken.line, broken.message) == ("G000", 2, "byte 0xff is not UTF-8")
    assert broken.mend == "save the file as CSV UTF-8"
    assert (other.code, Path(other.file).name) == ("G006", "b.csv")


def test_the_same_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(HEADER + row(), encoding="utf-8")
    assert check_glossary([path, tmp_path]) == []


def test_fix_mends_what_is_mechanical_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    spaced = row(id="b", vi=unicodedata.normalize("NFD", " Quốc  hội"), en_vna="the\u00a0National Assembly ")
    path.write_text(
        "\ufeff" + HEADER + spaced + row(id="a", variants="CP| CP |", en_vna="the Chính phủ"),
        encoding="utf-8",
    )
    assert fix_glossary([path]) == [path]
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[0] for line in lines] == ["id", "a", "b"]
    assert "Quốc hội,,the National Assembly," in lines[2]
    assert lines[1].startswith("a,Chính phủ,CP,")
    assert [finding.code for finding in check_glossary([path])] == ["G016"]
    assert fix_glossary([path]) == []


def test_figures_go_into_the_english(tmp_path: Path) -> None:
    law = {"vi": "Luật Đất đai năm 2024", "variants": "Luật Đất đai 2024", "kind": "document"}
    assert checked(tmp_path, row(**law, en_vna="the 2024 Land Law")) == []
    law["variants"] = "Luật Đất đai 2013"
    (finding,) = checked(tmp_path, row(**law, en_vna="the 2024 Land Law", en_mofa="the Land Law of 2024"))[:1]
    assert finding.code == "G027"
    assert "'Luật Đất đai 2013' has 2013" in finding.message
    plenum = row(vi="Hội nghị Trung ương 8", en_vna="the eighth plenum", kind="event")
    assert checked(tmp_path, plenum) == []


FEMININE = [
    # English, its feminine cell, what --fix makes of it (None: left for an editor, with a finding)
    ("Permanent Vice Chairman of the Board", "", "Permanent Vice Chairwoman of the Board"),
    ("National Assembly Chairman", "National Assembly Chairman", "National Assembly Chairwoman"),
    ("Kremlin spokesman", "Kremlin spokeswoman", "Kremlin spokeswoman"),
    ("Chairman of the Board", "Vice Chairwoman of the Board", None),
    ("Chairman of the Board", "Chairwomen of the Board", None),
    ("Minister of Health", "Chairman of Health", None),
    ("State President", "", ""),
    ("State President", "State President", ""),
    ("German Chancellor", "", ""),
    ("Human Rights Commissioner", "", ""),
]


@pytest.mark.parametrize(("english", "feminine", "mended"), FEMININE)
def test_the_feminine_form_is_checked_and_mended(
    tmp_path: Path, english: str, feminine: str, mended: str | None
) -> None:
    title = row(vi="Chủ tịch", en_vna=english, feminine=feminine, kind="title")
    found = [finding.code for finding in checked(tmp_path, title)]
    assert found == ([] if feminine == mended else ["G026"])
    path = tmp_path / "own.csv"
    fix_glossary([path])
    (entry,) = load_glossary([path], builtin=False).entries
    assert entry.feminine == (feminine if mended is None else mended)
    assert [finding.code for finding in check_glossary([path])] == (["G026"] if mended is None else [])


def test_a_waived_feminine_form_is_left_alone(tmp_path: Path) -> None:
    title = row(vi="Chủ tịch", en_vna="Chairman", kind="title", note="[G026] men only, by its statutes")
    assert checked(tmp_path, title) == []
    fix_glossary([tmp_path / "own.csv"])
    assert checked(tmp_path, title) == []
    (entry,) = load_glossary([tmp_path / "own.csv"], builtin=False).entries
    assert entry.feminine == ""


@pytest.mark.parametrize(
    "text", ["", "a,b\n1,2\n", HEADER + "x,y,z" + "," * 30 + "q\n", HEADER + row(note="=1"), '"']
)
def test_fix_leaves_alone_what_it_cannot_mend(tmp_path: Path, text: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    assert fix_glossary([path]) == []
    assert path.read_text(encoding="utf-8") == text


MECHANICAL = {"G022", "G023", "G024", "G025"}
CELL = st.text("aá\u0301 \u00a0|\u200b\"',\n-", max_size=6)


@settings(max_examples=25)
@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=4))
def test_fix_is_done_at_once_and_changes_no_meaning(rows: list[tuple[str, str, str]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "own.csv"
        lines = [row(id=f"i{i}", vi=f"v{i} x", en_vna="e", **_cells(cells)) for i, cells in enumerate(rows)]
        path.write_text(HEADER + "".join(lines), encoding="utf-8")
        try:
            before = {entry.id: entry for entry in load_glossary([path], builtin=False).entries}
        except GlossaryError:
            return  # a formula, which is not mended
        if not fix_glossary([path]) and any(f.code in MECHANICAL for f in check_glossary([path])):
            return  # what is mended would be a formula
        assert fix_glossary([path]) == []
        assert not {f.code for f in check_glossary([path])} & MECHANICAL
        after = load_glossary([path], builtin=False)
        assert [entry.id for entry in after.entries] == sorted(before)
        assert content_hash(after.entries) == after.hash


def _cells(cells: tuple[str, str, str]) -> dict[str, str]:
    return {
        name: cell.replace('"', '""')
        for name, cell in zip(("variants", "accepted", "note"), cells, strict=True)
    }


def test_the_glossary_that_ships_has_no_errors() -> None:
    assert [f for f in check_glossary() if f.severity is Severity.ERROR] == []
