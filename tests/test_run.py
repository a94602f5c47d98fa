"""The main job on the sample article, with the model that ships; and what it does with bad input."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from click.testing import CliRunner
from PIL import Image

from bulletin.cli.root import cli
from bulletin.drafting.xliff import read_draft
from conftest import DATA

SAMPLE = DATA / "sample-article.vi.txt"


def run(*arguments, **options):
    return CliRunner().invoke(cli, ["run", *map(str, arguments)], **options)


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    result = run(SAMPLE, "--out", out, "--date", "2026-03-12", "--reference", DATA / "sample-article.ref.tsv")
    assert result.exit_code == 0, result.output
    (folder,) = out.iterdir()
    return folder, result, json.loads((folder / "report.json").read_text(encoding="utf-8"))


def test_every_file_is_written(done):
    folder, _, report = done
    names = {path.name for path in folder.iterdir()}
    assert names == {
        "bulletin.md",
        "bulletin.txt",
        "bulletin.html",
        "bulletin.docx",
        "draft.xlf",
        "report.json",
    }
    assert set(report["files"]) == names - {"report.json"}


def test_the_bulletin_has_no_residue_and_no_vietnamese_letters(done):
    text = (done[0] / "bulletin.txt").read_text(encoding="utf-8")
    assert "leftcenterrightdel" not in text
    assert "./." not in text
    assert not re.search(r"[\u0300-\u036f\u0111\u0110]", unicodedata.normalize("NFD", text))
    assert "⟦" not in text
    assert text.count("[Photo]") == 2
    assert "Ngoc Lam" in text


def test_what_was_removed_is_reported(done):
    kinds = [removal["kind"] for removal in done[2]["removed"]]
    assert kinds.count("residue") == 2
    assert "end-mark" in kinds
    assert "dateline" in kinds


def test_every_fixed_term_is_right_or_reported(done):
    _, _, report = done
    terms = report["terms"]["occurrences"]
    assert len(terms) > 60
    findings = [finding["message"] for finding in report["findings"]]
    for term in terms:
        if term["status"] not in {"exact", "accepted"}:
            assert any(repr(term["source"]) in message for message in findings)
    text = (done[0] / "bulletin.txt").read_text(encoding="utf-8")
    for term in terms:
        if term["status"] in {"exact", "accepted"}:
            assert " ".join(term["found"].split()).casefold() in " ".join(text.split()).casefold()


def test_titles_and_names_of_the_attendance_list_stand(done):
    text = (done[0] / "bulletin.txt").read_text(encoding="utf-8")
    for fixed in (
        "Trinh Khac Nhuong", "Politburo member", "Party Central Committee", "Government Office", "March 12",
    ):  # fmt: skip
        assert fixed in text


def test_the_draft_is_one_unit_a_segment_and_reads_back(done):
    draft = read_draft(done[0] / "draft.xlf")
    report = done[2]
    assert len(draft.units) == report["article"]["segments"]
    assert all(unit.target for unit in draft.units)
    assert str(draft.signature) == report["signature"]["text"]


def test_scores_carry_their_signatures(done):
    metrics = done[2]["scores"]["metrics"]
    assert {"bleu", "chrf", "ter"} <= set(metrics)
    assert all("version:2." in metric["signature"] for metric in metrics.values())
    assert "nrefs:1" in done[1].output


def test_strict_refuses_a_result_with_findings(tmp_path):
    article = tmp_path / "article.txt"
    article.write_text("Sáng nay, Chính phủ họp phiên thường kỳ tại Hà Nội.\n", encoding="utf-8")
    assert run(article, "--out", tmp_path, "--strict", "--quiet").exit_code == 3
    report = json.loads((tmp_path / "article" / "report.json").read_text(encoding="utf-8"))
    assert report["headline"]["provisional"]
    assert [f["code"] for f in report["findings"]].count("headline-provisional") == 1


def test_a_given_headline_is_taken_as_it_is_or_translated(tmp_path):
    article = tmp_path / "article.txt"
    article.write_text("Sáng nay, Chính phủ họp phiên thường kỳ tại Hà Nội.\n", encoding="utf-8")
    assert run(article, "--out", tmp_path, "--headline", "Government meets", "--format", "txt").exit_code == 0
    assert (tmp_path / "article/bulletin.txt").read_text().startswith("Government meets\n")
    assert (
        run(article, "--out", tmp_path, "--headline", "Chính phủ họp tại Hà Nội", "--format", "txt").exit_code
        == 0
    )
    first = (tmp_path / "article/bulletin.txt").read_text().splitlines()[0]
    assert "Government" in first
    assert "Hanoi" in first


def test_several_articles_share_a_call_and_one_bad_one_does_not_stop_the_others(tmp_path):
    good = tmp_path / "good.txt"
    good.write_text("Sáng nay, Chính phủ họp phiên thường kỳ tại Hà Nội.\n", encoding="utf-8")
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    result = run(bad, good, "--out", tmp_path / "out", "--format", "txt")
    assert result.exit_code == 1
    assert (tmp_path / "out/good/bulletin.txt").is_file()
    assert not (tmp_path / "out/bad").exists()
    assert "bad.txt" in result.stderr


def test_standard_input(tmp_path):
    text = "Sáng nay, Chính phủ họp phiên thường kỳ tại Hà Nội.\n".encode()
    result = run("-", "--out", tmp_path, "--format", "md", input=text)
    assert result.exit_code == 0, result.output
    assert len(list(tmp_path.rglob("bulletin.md"))) == 1


BAD = {
    "empty": ("article.txt", b"", "empty"),
    "binary": ("article.txt", bytes(range(256)) * 40, ""),
    "english": (
        "article.txt",
        b"The Government held its regular meeting in Hanoi this morning.\n" * 5,
        "Vietnamese",
    ),
    "huge": ("article.txt", "Chính phủ họp. ".encode() * 3_000_000, "MB"),
    "not a docx": ("article.docx", b"PK\x03\x04 nothing", ""),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_line_and_leaves_nothing(case, tmp_path):
    name, data, word = BAD[case]
    (tmp_path / name).write_bytes(data)
    result = run(tmp_path / name, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert word in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert result.stderr.startswith("Error: ")
    assert not (tmp_path / "out").exists()


def test_a_missing_file_and_a_missing_model_are_one_line(tmp_path):
    missing = run(tmp_path / "nothing.txt", "--out", tmp_path / "out")
    assert missing.exit_code == 1
    assert "nothing.txt" in missing.stderr
    model = run(SAMPLE, "--out", tmp_path / "out", "--model", "nobody/nothing")
    assert model.exit_code == 1
    assert "models get" in model.stderr
    assert not (tmp_path / "out").exists()


def test_an_output_folder_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "out").write_text("a file stands here")
    article = tmp_path / "article.txt"
    article.write_text("Sáng nay, Chính phủ họp phiên thường kỳ tại Hà Nội.\n", encoding="utf-8")
    result = run(article, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
    assert (tmp_path / "out").read_text() == "a file stands here"


def test_a_broken_glossary_line_names_file_and_line(tmp_path):
    table = tmp_path / "own.csv"
    table.write_text(
        "id,vi,en_vna,kind\na.one,Hội nghị,conference,event\na.two,,nothing,event\n", encoding="utf-8"
    )
    result = run(SAMPLE, "--out", tmp_path / "out", "--glossary", table)
    assert result.exit_code == 1
    assert "own.csv:3" in result.stderr
    assert not (tmp_path / "out").exists()


def test_an_own_glossary_goes_over_the_built_in_one(tmp_path):
    table = tmp_path / "own.csv"
    table.write_text(
        "id,vi,en_vna,kind\nown.gov,Chính phủ,the Zealous Government,institution\n", encoding="utf-8"
    )
    lines = "Sáng nay, Chính phủ họp phiên thường kỳ.\n"
    result = CliRunner().invoke(cli, ["translate", "--glossary", str(table)], input=lines)
    assert result.exit_code == 0
    assert "Zealous Government" in result.output


def test_usage_errors_exit_with_two(tmp_path):
    assert run().exit_code == 2
    assert run(SAMPLE, "--format", "rtf").exit_code == 2
    assert run(SAMPLE, SAMPLE, "--headline", "x").exit_code == 2
    assert run(SAMPLE, "--date", "12/3/2026").exit_code == 2


def test_translate_keeps_lines_in_order_and_empty_ones_empty():
    result = CliRunner().invoke(cli, ["translate", "--quiet"], input="Chính phủ họp.\n\nQuốc hội họp.\n")
    lines = result.stdout.splitlines()
    assert len(lines) == 3
    assert "Government" in lines[0]
    assert lines[1] == ""
    assert "National Assembly" in lines[2]


def test_translate_as_json_and_without_glossary():
    result = CliRunner().invoke(cli, ["translate", "--json"], input="Chính phủ họp tại Hà Nội.\n")
    (value,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert [term["source"] for term in value["terms"]] == ["Chính phủ", "Hà Nội"]
    bare = CliRunner().invoke(
        cli, ["translate", "--json", "--no-glossary"], input="Chính phủ họp tại Hà Nội.\n"
    )
    assert json.loads(bare.stdout)["terms"] == []


def test_what_the_memory_knows_is_not_translated_again(tmp_path):
    memory = tmp_path / "memory.tsv"
    memory.write_text(
        "Chính phủ họp về một việc lạ.\tThe Government met on a strange matter.\n", encoding="utf-8"
    )
    store = str(tmp_path / "own.sqlite")
    loaded = CliRunner().invoke(cli, ["memory", "import", str(memory), "--memory", store, "--quiet"])
    assert loaded.exit_code == 0, loaded.output
    article = tmp_path / "article.txt"
    article.write_text("Chính phủ họp về một việc lạ.\n\nQuốc hội họp tại Hà Nội.\n", encoding="utf-8")
    result = run(
        article, "--out", tmp_path / "out", "--memory", store, "--headline", "A matter", "--format", "txt"
    )
    assert result.exit_code == 0, result.output
    assert "The Government met on a strange matter." in (tmp_path / "out/article/bulletin.txt").read_text()
    report = json.loads((tmp_path / "out/article/report.json").read_text(encoding="utf-8"))
    how = {term["source"]: term["how"] for term in report["terms"]["occurrences"]}
    assert how["Chính phủ"] == "memory"
    assert how["Quốc hội"] != "memory"
    without = run(
        article, "--out", tmp_path / "out", "--no-memory", "--headline", "A matter", "--format", "txt"
    )
    assert without.exit_code == 0
    assert "strange matter" not in (tmp_path / "out/article/bulletin.txt").read_text()


def test_a_picture_is_printed_with_its_text_in_english_and_kept_beside_the_draft(tmp_path):
    Image.new("RGB", (40, 30), (90, 120, 160)).save(tmp_path / "a.png")
    (tmp_path / "article.md").write_text(
        "---\ntitle: Chính phủ họp phiên thường kỳ\n---\nSáng nay, Chính phủ họp tại Hà Nội.\n\n"
        "![Quang cảnh phiên họp của Chính phủ](a.png)\n*Phiên họp của Chính phủ. Ảnh: TTXVN*\n",
        encoding="utf-8",
    )
    result = run(tmp_path / "article.md", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    page = (tmp_path / "out/article/bulletin.html").read_text(encoding="utf-8")
    (alt,) = re.findall(r'<img[^>]* alt="([^"]*)"', page)
    assert "Government" in alt
    assert (tmp_path / "out/article/a.png").is_file()
    again = CliRunner().invoke(cli, ["publish", str(tmp_path / "out/article/draft.xlf"), "--format", "html"])
    assert again.exit_code == 0, again.output
    assert "<img" in (tmp_path / "out/article/bulletin.html").read_text(encoding="utf-8")
