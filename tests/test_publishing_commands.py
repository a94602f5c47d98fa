"""bulletin publish, style, issue and template, as a person calls them."""

import dataclasses
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from bulletin.cli import issue, publish, style, template
from bulletin.drafting.draft import State
from bulletin.drafting.xliff import write_draft
from bulletin.errors import BulletinError
from bulletin.publishing.formats import FORMATS
from publishing_samples import sample_draft


def run(command, *arguments):
    result = CliRunner().invoke(command, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit | BulletinError):
        raise result.exception
    return result


@pytest.fixture
def draft(tmp_path):
    units = tuple(dataclasses.replace(unit, image=None) for unit in sample_draft().units)
    path = tmp_path / "article" / "draft.xlf"
    write_draft(dataclasses.replace(sample_draft(), units=units), path)
    return path


def test_the_command_offers_every_format():
    assert tuple(FORMATS) == publish.FORMATS


def test_publish_writes_every_format_beside_the_draft_without_loading_a_model(draft):
    code = (
        "import sys\nfrom bulletin.cli.root import cli\n"
        "cli(['publish', sys.argv[1]], standalone_mode=False)\n"
        "print({'torch', 'transformers'} & set(sys.modules))"
    )
    call = [sys.executable, "-c", code, str(draft.parent)]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    assert (done.stderr, done.stdout.splitlines()[-1]) == ("", "set()")
    written = {path.name for path in draft.parent.iterdir()} - {"draft.xlf"}
    assert written == {f"bulletin.{each.suffix}" for each in FORMATS.values()}


def test_publish_changes_style_date_headline_and_agency(draft, tmp_path):
    out = tmp_path / "out"
    changed = ["--style", "mofa", "--date", "2026-04-01", "--headline", "A new one"]
    assert run(publish.command, draft, "--format", "txt", *changed, "--out", out).exit_code == 0
    (text,) = out.glob("*/bulletin.txt")
    lines = text.read_text(encoding="utf-8").split("\n\n")
    assert lines[:2] == ["A new one", "1 April 2026"]
    assert lines[2].startswith("Ha Noi, 1 April 2026 – ")


def test_require_holds_back_what_no_one_has_reviewed(draft):
    result = run(publish.command, draft, "--require", "reviewed", "--format", "txt")
    assert result.exit_code == 3
    assert "are not reviewed yet: b1.s1, b2.s1" in result.stderr
    assert not (draft.parent / "bulletin.txt").exists()
    reviewed = sample_draft()
    units = tuple(dataclasses.replace(u, image=None, state=State.REVIEWED) for u in reviewed.units)
    write_draft(dataclasses.replace(reviewed, units=units), draft)
    assert run(publish.command, draft, "--require", "reviewed", "--format", "txt").exit_code == 0
    assert run(publish.command, draft, "--require", "final", "--format", "txt").exit_code == 3


def test_findings_are_shown_and_strict_refuses_them(draft):
    empty = dataclasses.replace(sample_draft().units[1], target="")
    write_draft(dataclasses.replace(sample_draft(), units=(sample_draft().units[0], empty)), draft)
    result = run(publish.command, draft, "--format", "txt", "--strict")
    assert result.exit_code == 3
    assert "b2.s1" in result.output and "has no English" in result.output
    assert run(publish.command, draft, "--format", "txt", "--quiet").output == ""


def test_an_undated_draft_goes_without_the_formats_that_need_a_date(draft):
    write_draft(dataclasses.replace(sample_draft(), units=sample_draft().units[:2], date=None), draft)
    result = run(publish.command, draft)
    assert result.exit_code == 0
    assert "not written: atom (no date), newsml (no date)" in result.stderr
    assert not (draft.parent / "bulletin.atom.xml").exists()
    asked = run(publish.command, draft, "--format", "atom")
    assert (asked.exit_code, "give it with --date" in asked.stderr) == (1, True)


def test_one_that_fails_does_not_stop_the_others(draft, tmp_path):
    (tmp_path / "broken.xlf").write_text("<xliff", encoding="utf-8")
    result = run(publish.command, tmp_path / "broken.xlf", draft, "--format", "txt")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ") and "broken.xlf" in result.stderr
    assert (draft.parent / "bulletin.txt").is_file()


def test_a_draft_cannot_name_a_file_as_its_style_nor_a_path_as_its_folder(draft, tmp_path):
    signature = dataclasses.replace(sample_draft().signature, style="../house.toml")
    write_draft(dataclasses.replace(sample_draft(), signature=signature), draft)
    result = run(publish.command, draft)
    assert result.exit_code == 1
    assert "give its file with --style" in result.stderr
    write_draft(dataclasses.replace(sample_draft(), name="../../escape"), draft)
    assert run(publish.command, draft, "--out", tmp_path / "out", "--format", "txt").exit_code == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["escape"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["a.xlf", "b.xlf", "--headline", "x"], "go with one draft"),
        (["a.xlf", "--templates", "absent"], "no folder absent"),
        (["a.xlf", "--format", "rtf"], "'rtf' is not one of"),
        ([], "Missing argument"),
    ],
)
def test_publish_usage(arguments, says):
    result = run(publish.command, *arguments)
    assert (result.exit_code, says in result.stderr) == (2, True)


def test_style_commands(draft, tmp_path):
    assert [line.split()[0] for line in run(style.group, "list").output.splitlines()] == [
        "mofa",
        "vna",
        "vns",
    ]
    assert 'country = "Viet Nam"' in run(style.group, "show", "mofa").output
    result = run(style.group, "check", draft)
    assert result.exit_code == 0
    assert "draft.xlf [b8.s2]: warning: quotation marks: '”' is '\"' in this style" in result.output
    assert run(style.group, "check", draft, "--strict").exit_code == 3
    clean = tmp_path / "a.txt"
    clean.write_text("All is well.", encoding="utf-8")
    assert run(style.group, "check", clean, "--strict").output == "nothing departs from vna\n"
    assert run(style.group, "check", clean, "--json").output == "[]\n"


def test_issue_command(draft, tmp_path):
    file = tmp_path / "march.toml"
    file.write_text('masthead = "Weekly"\ndate = 2026-03-15\narticles = ["article"]\n', encoding="utf-8")
    assert run(issue.command, file, "--format", "html", "--format", "pdf").exit_code == 0
    assert {path.name for path in (tmp_path / "march").iterdir()} == {"issue.html", "issue.pdf"}


def test_an_issue_that_a_finding_stands_against_is_refused_under_strict(draft, tmp_path):
    empty = dataclasses.replace(sample_draft().units[1], target="")
    write_draft(dataclasses.replace(sample_draft(), units=(sample_draft().units[0], empty)), draft)
    file = tmp_path / "march.toml"
    file.write_text('masthead = "Weekly"\narticles = ["article"]\n', encoding="utf-8")
    assert run(issue.command, file, "--format", "txt").exit_code == 0
    result = run(issue.command, file, "--format", "txt", "--strict")
    assert (result.exit_code, "has no English" in result.output) == (3, True)
    missing = run(issue.command, tmp_path / "april.toml")
    assert isinstance(missing.exception, BulletinError) and "cannot be read" in str(missing.exception)


def test_an_issue_is_the_same_to_the_byte_wherever_and_whenever_it_is_made(draft, tmp_path):
    file = tmp_path / "march.toml"
    file.write_text(
        'masthead = "Weekly"\nnumber = "No. 3"\ndate = 2026-03-15\nstyle = "vns"\n'
        '[[sections]]\ntitle = "At home"\narticles = ["article", "article/draft.xlf"]\n',
        encoding="utf-8",
    )
    made = []
    # other hashes, another zone
    for seed, zone in (("1", "Asia/Ho_Chi_Minh"), ("2", "America/Lima")):
        out = tmp_path / seed
        call = [sys.executable, "-m", "bulletin", "issue", str(file), "--out", str(out), "--quiet"]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        subprocess.run(call, check=True, env=environment)
        made.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert made[0].keys() == {f"issue.{each.suffix}" for each in FORMATS.values()}
    assert [name for name in made[0] if made[0][name] != made[1][name]] == []


def test_templates_are_copied_once_changed_and_used(draft, tmp_path):
    folder = tmp_path / "templates"
    assert run(template.group, "init", folder).exit_code == 0
    assert {"bulletin.html", "bulletin.typ", "bulletin.docx", "README.md"} <= {
        p.name for p in folder.iterdir()
    }
    page = folder / "bulletin.html"
    page.write_text("<h1>{{ bulletin.headline }} — ours</h1>", encoding="utf-8")
    assert run(template.group, "init", folder).output.endswith(": 0 files written\n")
    assert run(publish.command, draft, "--templates", folder).exit_code == 0
    assert (draft.parent / "bulletin.html").read_text(encoding="utf-8").endswith(" — ours</h1>")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("bulletin.html", "{{ bulletin.headline", "bulletin.html, line 1"),
        ("bulletin.html", "{{ bulletin.nothing }}", "mend the template"),
        ("bulletin.html", "{{ bulletin.__class__.__mro__ }}", "mend the template"),
        ("bulletin.typ", "#nothing", "typst says"),
        ("bulletin.typ", '#read("/etc/passwd")', "typst says"),
        ("bulletin.docx", "no document", "no Word template"),
    ],
)
def test_broken_templates_are_one_clear_line(draft, tmp_path, name, content, says):
    (tmp_path / name).write_text(content, encoding="utf-8")
    kind = {"html": "html", "typ": "pdf", "docx": "docx"}[name.split(".")[1]]
    result = run(publish.command, draft, "--templates", tmp_path, "--format", kind)
    assert (result.exit_code, says in result.stderr, "Traceback" in result.stderr) == (1, True, False)


@pytest.mark.parametrize("command", [publish.command, issue.command, style.group, template.group])
def test_every_command_has_help(command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 4
