"""Hostile content ends inert in every format: it is shown as text, or it is not there."""

import dataclasses
import datetime
import email
import email.policy
import io
import json
import re
import unicodedata
import zipfile

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from bulletin.article import BlockKind, Image
from bulletin.publishing import load_style, make_bulletin
from bulletin.publishing.bulletin import Picture, clean_line
from bulletin.publishing.formats import FORMATS, write_bulletin, write_issue
from bulletin.publishing.issue import Issue, Section
from bulletin.publishing.office import copy_templates
from test_publishing import make_draft

ATTACKS = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)><a href='javascript:alert(1)'>x</a>",
    "[click](javascript:alert(1)) ![x](http://example.org/x.png) <https://example.org>",
    "{{ 7*7 }} {% for x in [] %} {{ ''.__class__ }} ${7*7} #{7*7}",
    '#eval("1+1") #include "/etc/passwd" $x$ *bold* _it_ `raw` @ref <label>',
    '=HYPERLINK("http://example.org","x")',
    "../../etc/passwd \\..\\..\\x C:\\x",
    "photo\u202egnp.exe \u200bzero\ufeff width\u2066",
    "]]> <!-- --> <?php ?> &xxe; &#60;script&#62; <![CDATA[ x",
    "Subject\r\nBcc: victim@example.org\r\n\r\nbody",
    "null\x00 bell\x07 escape\x1b[31m \ud7ff\ufffe\uffff",
    "</style></title></textarea><svg/onload=alert(1)>",
)
QUICK = [name for name in FORMATS if name not in ("pdf", "docx")]
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00"
    b"\x0cIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\r\xefF\xb8\x00\x00\x00\x00IEND\xaeB`\x82"
)


def hostile_bulletin(text):
    """A bulletin that has the text wherever a text can be."""
    rows = [
        (kind, [text, text], text if kind is BlockKind.CAPTION else "")
        for kind in (*BlockKind, BlockKind.CAPTION)
    ]
    draft = make_draft(rows, name=text, dateline=text, source=text)
    bulletin = make_bulletin(draft, load_style("vna"), agency=text)
    picture = Picture("0123456789abcdef.png", "image/png", PNG, 1, 1)
    image = Image("x.png", clean_line(text))
    blocks = list(bulletin.blocks)
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.CAPTION:
            blocks[number] = dataclasses.replace(block, image=image, picture=picture)
            break
    return dataclasses.replace(bulletin, blocks=tuple(blocks))


def hostile_issue(text):
    bulletin = hostile_bulletin(text)
    title = clean_line(text) or "x"
    day = datetime.date(2026, 3, 12)
    return Issue(title, (Section(title, (bulletin,)),), title, day, "March 12, 2026", agency=title)


def assert_inert_html(page, sources):
    tree = lxml_html.document_fromstring(page)
    for element in tree.iter(etree.Element):
        assert element.tag not in ("iframe", "object", "embed", "form", "base", "svg", "link"), element.tag
        if element.tag == "script":
            assert element.get("type") == "application/ld+json"
            json.loads(element.text)
        for name, value in element.attrib.items():
            assert not name.startswith("on"), name
            if name in ("href", "src"):
                assert value.startswith(sources), value


def assert_inert(path):
    data = path.read_bytes()
    kind = path.name.split(".", 1)[1]
    if kind == "html":
        assert_inert_html(data.decode(), ("#", "data:image/png;base64,"))
    elif kind == "eml":
        message = email.message_from_bytes(data, policy=email.policy.default)
        assert set(message.keys()) <= {"Subject", "X-Unsent", "Date", "MIME-Version", "Content-Type"}
        assert not message.defects
        assert_inert_html(message.get_body(("html",)).get_content(), ("cid:",))
    elif kind == "epub":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            for name in book.namelist():
                assert re.fullmatch(r"[\w./-]+", name) and ".." not in name
                if name.endswith((".xhtml", ".opf", ".xml")):
                    root = etree.fromstring(book.read(name))
                    assert not root.xpath("//*[local-name()='script']|//@*[starts-with(name(), 'on')]")
                    for link in root.xpath("//@href|//@src"):
                        assert re.fullmatch(r"[\w./-]+", link)
    elif kind.endswith("xml"):
        root = etree.fromstring(data)
        for content in root.iter("{http://www.w3.org/2005/Atom}content"):
            assert_inert_html(content.text, ("data:image/png;base64,",))
    elif kind == "docx":
        document = docx.Document(io.BytesIO(data))
        relations = [*document.part.rels.values(), *document.sections[0].footer.part.rels.values()]
        assert not any(relation.is_external for relation in relations)
        assert "fldSimple" not in document.element.xml
        assert set(re.findall(r"<w:instrText[^>]*>\s*(\w+)", document.element.xml)) <= {"PAGEREF"}
    elif kind == "pdf":
        for action in (b"/JavaScript", b"/URI", b"/Launch", b"/EmbeddedFile"):
            assert action not in data
    elif kind == "md":
        # raw HTML is on, so that what is not escaped would show
        page = MarkdownIt("commonmark", {"html": True}).enable("table").render(data.decode())
        assert_inert_html(f"<div>{page}</div>", ("images/0123456789abcdef.png",))
    elif kind == "txt":
        assert all(
            line.isprintable() or unicodedata.category(character) == "Zs"
            for line in data.decode().split("\n")
            for character in line
        )
    else:
        raise AssertionError(kind)


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_are_inert_in_every_format(attack, tmp_path):
    for path in write_bulletin(hostile_bulletin(attack), tmp_path, QUICK):
        assert_inert(path)


def test_all_attacks_at_once_are_inert_in_every_format(tmp_path):
    for path in write_bulletin(hostile_bulletin(" ".join(ATTACKS)), tmp_path, list(FORMATS)):
        assert_inert(path)


def test_attacks_are_inert_in_an_issue(tmp_path):
    for path in write_issue(hostile_issue(" ".join(ATTACKS)), tmp_path, list(FORMATS)):
        assert_inert(path)


def test_attacks_are_inert_in_an_offices_word_template(tmp_path):
    copy_templates(tmp_path / "templates")
    bulletin = hostile_bulletin(" ".join(ATTACKS))
    (path,) = write_bulletin(bulletin, tmp_path, ["docx"], templates=tmp_path / "templates")
    assert_inert(path)
    texts = [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
    assert bulletin.headline in texts


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_are_shown_as_they_are_written(attack, tmp_path):
    bulletin = hostile_bulletin(attack)
    page, plain = write_bulletin(bulletin, tmp_path, ["html", "txt"])
    tree = lxml_html.document_fromstring(page.read_text(encoding="utf-8"))
    assert tree.findtext(".//h1") == bulletin.headline
    assert plain.read_text(encoding="utf-8").startswith(bulletin.headline + "\n")


def test_pages_may_load_and_run_nothing(tmp_path):
    (path,) = write_bulletin(hostile_bulletin(ATTACKS[0]), tmp_path, ["html"])
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', path.read_text(encoding="utf-8")).group(
        1
    )
    assert "default-src &#39;none&#39;" in policy
    assert "unsafe-inline" not in policy.replace("style-src &#39;unsafe-inline&#39;", "")


def test_clean_line_leaves_nothing_that_acts():
    cleaned = clean_line("".join(map(chr, range(0x250))) + "".join(map(chr, range(0x2000, 0x2100))))
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f]", cleaned)


quick = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


@quick
@given(text=st.text(st.characters(codec="utf-8"), max_size=60))
@pytest.mark.parametrize("name", QUICK)
def test_any_text_is_inert(name, text, tmp_path_factory):
    (path,) = write_bulletin(hostile_bulletin(text), tmp_path_factory.mktemp("any"), [name])
    assert_inert(path)


@settings(quick, max_examples=5)
@given(text=st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_text_is_inert_on_paper(text, tmp_path_factory):
    for path in write_bulletin(hostile_bulletin(text), tmp_path_factory.mktemp("any"), ["pdf", "docx"]):
        assert_inert(path)
