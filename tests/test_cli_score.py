import json
import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from bulletin.cli.score import command
from bulletin.drafting.xliff import write_draft
from bulletin.errors import BulletinError, ScoringError
from drafting_samples import draft, unit

SOURCES = [
    "Chiều 16/1, Bộ Chính trị họp tại Hà Nội.",
    "Ông Trần Văn Bình nêu 1.500 đề xuất.",
    "Quốc hội <khóa> mới & các đại biểu.",
    "Cảm ơn cử tri.",
]
ENGLISH = [
    "The Politburo met in Hanoi on the afternoon of January 16.",
    "Tran Van Binh put forward 1,500 proposals.",
    "The new National Assembly <term> & the deputies.",
    "Thanks go to the voters.",
]
WEAK = [
    "Politburo meet Hanoi.",
    "Binh say 1,500.",
    "New <script>alert(1)</script> deputies.",
    "Thanks voters go.",
]


@pytest.fixture
def folder(tmp_path):
    rows = [f"{doc}\t{vi}\t{en}" for doc, vi, en in zip("aabb", SOURCES, ENGLISH, strict=True)]
    (tmp_path / "ref.tsv").write_text("\n".join(["doc\tvi\ten", *rows]) + "\n", encoding="utf-8")
    (tmp_path / "ref.txt").write_text("\n".join(ENGLISH) + "\n", encoding="utf-8")
    (tmp_path / "src.txt").write_text("\n".join(SOURCES) + "\n", encoding="utf-8")
    (tmp_path / "good.txt").write_text("\n".join(ENGLISH) + "\n", encoding="utf-8")
    (tmp_path / "weak.txt").write_text("\n".join(WEAK) + "\n", encoding="utf-8")
    (tmp_path / "terms.tsv").write_text("vi\ten\nBộ Chính trị\tPolitburo\nQuốc hội\tNational Assembly\n")
    return tmp_path


def call(folder, *arguments, stdin=None):
    paths = [str(folder / text) if (folder / str(text)).is_file() else str(text) for text in arguments]
    result = CliRunner().invoke(command, paths, input=stdin)
    if isinstance(result.exception, BulletinError):
        raise result.exception
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def test_a_perfect_text_and_a_weak_one_in_a_table(folder):
    options = ["--reference", "ref.tsv", "--terms", "terms.tsv", "--resamples", "50"]
    result = call(folder, "good.txt", "weak.txt", *options)
    header, good, weak, *signatures = result.stdout.splitlines()
    titles = "system BLEU chrF2++ TER terms exact names dates figures length lines"
    assert header.split() == titles.split()
    assert good.split()[:3] == ["good.txt", "100.00", "±0.0"]
    assert good.split()[-7:] == ["100.0", "100.0", "100.0", "100.0", "100.0", "1.00", "4/4"]
    assert weak.split()[-7:-2] == ["50.0", "50.0", "0.0", "0.0", "100.0"]
    assert signatures[0].startswith("BLEU: nrefs:1|case:mixed")


def test_json_has_every_figure_and_equals_sacrebleu(folder):
    options = ["--reference", "ref.tsv", "--json", "--terms", "terms.tsv", "--resamples", "50"]
    result = call(folder, "good.txt", "--baseline", "weak.txt", *options)
    values = json.loads(result.stdout)
    weak, good = values["systems"]
    assert (weak["name"], good["name"]) == ("weak.txt", "good.txt")
    assert good["metrics"]["chrf"]["against_baseline"]["better"] is True
    assert weak["documents"].keys() == {"a", "b"}
    bleu = good["documents"]["a"]["bleu"]
    assert bleu["interval"] == [pytest.approx(bleu["score"])] * 2
    assert bleu["against_baseline"]["difference"] == bleu["score"] - weak["documents"]["a"]["bleu"]["score"]
    assert 0 < bleu["against_baseline"]["p_randomisation"] <= 1
    assert "against_baseline" not in weak["documents"]["a"]["bleu"]
    assert weak["terms"]["missed"] == [
        {"segment": 3, "source": "Quốc hội", "target": "National Assembly", "found": ""}
    ]
    command_line = [sys.executable, "-m", "sacrebleu", "ref.txt", "-i", "weak.txt", "-b", "-w", "12"]
    for key, option in {"bleu": ["bleu"], "chrf": ["chrf", "--chrf-word-order", "2"], "ter": ["ter"]}.items():
        done = subprocess.run(
            [*command_line, "-m", *option], cwd=folder, capture_output=True, text=True, check=True
        )
        assert round(weak["metrics"][key]["score"], 12) == float(done.stdout)


def test_a_draft_is_aligned_by_its_vietnamese_and_tells_its_hter(folder):
    units = [
        unit(f"b{n}.s1", source=vi, target=en, hypothesis=weak)
        for n, (vi, en, weak) in enumerate(zip(SOURCES, ENGLISH, WEAK, strict=True))
    ]
    byline = unit("b9.s1", source="Thanh Mai", target="Thanh Mai")
    write_draft(draft(*reversed(units), byline), folder / "draft.xlf")
    result = call(folder, "draft.xlf", "--reference", "ref.tsv", "--no-terms", "--resamples", "0")
    assert "draft.xlf  100.00   100.00  0.00" in result.stdout
    assert re.search(r"HTER .*\ndraft.xlf .* \d\d\.\d ", result.stdout)
    assert "line 5: is in no line of" in result.stderr


def test_standard_input_and_a_source_file(folder):
    shuffled = "".join(f"{line}\n" for line in [*ENGLISH[2:], *ENGLISH[:2]])
    (folder / "src2.txt").write_text("\n".join([*SOURCES[2:], *SOURCES[:2]]), encoding="utf-8")
    options = ["--reference", "ref.tsv", "--source", "src2.txt", "--resamples", "0", "--no-terms", "--json"]
    result = call(folder, "-", *options, stdin=shuffled)
    assert json.loads(result.stdout)["systems"][0]["metrics"]["bleu"]["score"] == pytest.approx(100)
    with pytest.raises(ScoringError, match="stdin has 1 lines, its source 4"):
        call(folder, "-", *options, stdin="one\n")


def test_two_references_are_better_than_one(folder):
    options = ["--no-terms", "--resamples", "0", "--json", "--metric", "bleu"]
    result = call(folder, "good.txt", "--reference", "weak.txt", "--reference", "ref.txt", *options)
    [system] = json.loads(result.stdout)["systems"]
    assert system["metrics"]["bleu"]["score"] == pytest.approx(100)
    assert system["metrics"]["bleu"]["signature"].startswith("nrefs:2")
    assert system["metrics"].keys() == {"bleu"}


def test_gates_fall_with_three(folder):
    options = ["--reference", "ref.tsv", "--no-terms", "--resamples", "0"]
    assert (
        call(folder, "good.txt", *options, "--fail-under", "chrf=99", "--fail-under", "ter=1").exit_code == 0
    )
    fallen = call(folder, "weak.txt", *options, "--fail-under", "chrf=60", "--fail-under", "ter=1")
    assert fallen.exit_code == 3
    assert "fails: weak.txt: chrf must be at least 60; " in fallen.stderr
    assert "fails: weak.txt: ter must be at most 1; " in fallen.stderr
    github = call(folder, "weak.txt", *options, "--fail-under", "names=100", "--format", "github")
    assert "::error::weak.txt: names must be at least 100; 0.00" in github.stdout


def test_a_text_worse_than_the_baseline_falls_and_a_better_one_holds(folder):
    for name, lines in (("ref8.txt", ENGLISH), ("good8.txt", ENGLISH), ("weak8.txt", WEAK)):
        (folder / name).write_text("\n".join(lines * 4) + "\n", encoding="utf-8")
    options = ["--reference", "ref8.txt", "--fail-if-worse", "p=0.05", "--metric", "chrf", "--resamples", "0"]
    assert call(folder, "good8.txt", "--baseline", "weak8.txt", *options).exit_code == 0
    assert call(folder, "good8.txt", "--baseline", "good8.txt", *options).exit_code == 0
    fallen = call(folder, "weak8.txt", "--baseline", "good8.txt", *options, "--format", "junit")
    assert fallen.exit_code == 3
    root = ElementTree.fromstring(fallen.stdout.split("?>", 1)[1])
    assert [suite.get("failures") for suite in root] == ["0", "1"]
    assert "chrf must not be worse" in root.find(".//failure").get("message")


def test_the_report_is_one_page_in_which_nothing_runs(folder):
    out = folder / "new" / "report.html"
    call(
        folder, "weak.txt", "--baseline", "good.txt", "--reference", "ref.tsv", "--terms", "terms.tsv",
        "--resamples", "50", "--html", out,
    )  # fmt: skip
    page = out.read_text(encoding="utf-8")
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert not re.search(r"(?:src|href)=|url\(|@import", page)
    assert page.count('<svg class="plot"') == 5
    for text in (
        "National Assembly",
        "Chiều 16/1",
        "nrefs:1|case:mixed",
        "<del>",
        "<ins>",
        "p &lt; 0.001",
        "weak.txt is worse than good.txt by BLEU (-",
    ):
        assert text in page
    ElementTree.fromstring(re.sub(r"<!doctype html>|<meta[^>]*>|<br>", "", page).replace(" open>", ">"))


def test_the_report_says_in_words_what_may_be_chance(folder):
    out = folder / "report.html"
    options = ["--reference", "ref.tsv", "--no-terms", "--resamples", "50", "--html", out]
    (folder / "same.txt").write_text((folder / "weak.txt").read_text(encoding="utf-8"), encoding="utf-8")
    call(folder, "same.txt", "--baseline", "weak.txt", *options)
    page = out.read_text(encoding="utf-8")
    assert "same.txt is not shown to differ from weak.txt: BLEU (+0.00), " in page
    assert "p = 1.000" in page


def test_a_floor_is_for_what_was_written_not_for_the_baseline(folder):
    options = ["--reference", "ref.tsv", "--no-terms", "--resamples", "0", "--fail-under", "chrf=95"]
    assert call(folder, "good.txt", "--baseline", "weak.txt", *options).exit_code == 0
    assert call(folder, "weak.txt", "--baseline", "good.txt", *options).exit_code == 3


def test_a_latex_table_for_a_paper(folder):
    (folder / "50%_a&b.txt").write_text("\n".join(ENGLISH), encoding="utf-8")
    options = ["--reference", "ref.tsv", "--terms", "terms.tsv", "--resamples", "0", "--latex"]
    text = call(folder, "50%_a&b.txt", "weak.txt", *options).stdout
    assert "50\\%\\_a\\&b.txt & \\textbf{100.0} & \\textbf{100.0} & \\textbf{0.0} & 100.0 \\\\" in text
    assert text.count("&", text.index("midrule"), text.index("bottomrule")) == 9
    assert "% TER: nrefs:1|case:lc" in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.txt", "--reference", "ref.tsv"], "none.txt: cannot be read"),
        (["good.txt", "--reference", "none.tsv"], "none.tsv: cannot be read"),
        (["good.txt", "--reference", "ref.tsv", "--fail-under", "chrf"], "'chrf' is not a gate"),
        (["good.txt", "--reference", "ref.tsv", "--fail-under", "chrf=nan"], "'chrf=nan' is not a gate"),
        (["good.txt", "--reference", "ref.tsv", "--fail-under", "rouge=1", "--no-terms"], "'rouge' was not"),
    ],
)
def test_wrong_input_is_one_clear_error(folder, arguments, message):
    with pytest.raises(ScoringError, match=message) as caught:
        call(folder, *arguments)
    assert "\n" not in str(caught.value)


def test_wrong_use_exits_with_two(folder):
    for arguments in (
        ["good.txt"],
        ["--reference", "ref.tsv"],
        ["good.txt", "--reference", "ref.tsv", "--fail-if-worse", "p=0.05"],
        ["good.txt", "--reference", "ref.tsv", "--baseline", "weak.txt", "--fail-if-worse", "p=2"],
        ["-", "-", "--reference", "ref.tsv"],
        ["good.txt", "--reference", "ref.tsv", "--terms", "terms.tsv", "--no-terms"],
    ):
        assert call(folder, *arguments).exit_code == 2
