"""E-mail, e-book, feed, agency XML, PDF and Word: their structure on the sample, alone and as an issue."""

import email
import email.policy
import io
import itertools
import re
import zipfile

import docx
import pytest
from lxml import etree

from bulletin.drafting.draft import State
from bulletin.publishing.formats import FORMATS, write_bulletin, write_issue
from publishing_samples import sample_bulletin, sample_issue

ATOM = "{http://www.w3.org/2005/Atom}"
G2 = "{http://iptc.org/std/nar/2006-10-01/}"
NITF = "{http://iptc.org/std/NITF/2006-10-18/}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def bulletin(tmp_path_factory):
    return sample_bulletin(tmp_path_factory.mktemp("article"))


@pytest.fixture(scope="module")
def issue(tmp_path_factory):
    return sample_issue(tmp_path_factory.mktemp("articles"))


def one(bulletin, name, tmp_path):
    (path,) = write_bulletin(bulletin, tmp_path, [name])
    return path.read_bytes()


def whole(issue, name, tmp_path):
    (path,) = write_issue(issue, tmp_path, [name])
    return path.read_bytes()


def test_email_has_plain_text_html_and_its_pictures(bulletin, tmp_path):
    message = email.message_from_bytes(one(bulletin, "eml", tmp_path), policy=email.policy.default)
    assert message["Subject"] == bulletin.headline
    assert message["Date"].datetime.date() == bulletin.date
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == [
        "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/jpeg",
    ]  # fmt: skip
    html = message.get_body(("html",)).get_content()
    assert "HANOI (VNA) – " in message.get_body(("plain",)).get_content()
    assert "<style" not in html and "style=" in html
    named = set(re.findall(r'src="cid:([^"]+)"', html))
    assert named == {part["Content-ID"].strip("<>") for part in message.walk() if part["Content-ID"]}


def test_epub_names_all_that_it_holds(issue, tmp_path):
    with zipfile.ZipFile(io.BytesIO(whole(issue, "epub", tmp_path))) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert book.read("mimetype") == b"application/epub+zip"
        package = etree.fromstring(book.read("EPUB/package.opf"))
        listed = {f"EPUB/{href}" for href in package.xpath("//*[local-name()='item']/@href")}
        held = {name for name in book.namelist() if name.startswith("EPUB/")} - {"EPUB/package.opf"}
        assert listed == held
        nav = etree.fromstring(book.read("EPUB/nav.xhtml"))
        links = nav.xpath("//*[local-name()='a']/@href")
        assert links == ["article-1.xhtml", "article-2.xhtml", "article-3.xhtml"]
        assert nav.xpath("//*[local-name()='span']/text()") == ["Domestic affairs", "External relations"]
        for name in held:
            if name.endswith(".xhtml"):
                page = etree.fromstring(book.read(name))
                for source in page.xpath("//@src"):
                    assert f"EPUB/{source}" in held


def test_feed_has_an_entry_an_article(issue, tmp_path):
    feed = etree.fromstring(whole(issue, "atom", tmp_path))
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated", "author"):
        assert feed.find(f"{ATOM}{name}") is not None
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [b.headline for b in issue.bulletins]
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 3
    assert entries[0].findtext(f"{ATOM}updated") == "2026-03-12T00:00:00+07:00"
    assert "<h2" in entries[0].findtext(f"{ATOM}content")
    assert entries[2].find(f"{ATOM}category").get("term") == "External relations"


def test_newsml_item(bulletin, tmp_path):
    item = etree.fromstring(one(bulletin, "newsml", tmp_path))
    assert item.tag == f"{G2}newsItem"
    assert item.findtext(f"{G2}contentMeta/{G2}headline") == bulletin.headline
    assert item.find(f"{G2}itemMeta/{G2}pubStatus").get("qcode") == "stat:withheld"
    paragraphs = item.findall(f".//{NITF}body.content/{NITF}p")
    assert paragraphs[0].text.startswith("HANOI (VNA) – ")
    remote = item.findall(f"{G2}contentSet/{G2}remoteContent")
    assert {(tmp_path / each.get("href")).is_file() for each in remote} == {True}


def test_reviewed_text_is_usable(bulletin, tmp_path):
    import dataclasses

    reviewed = dataclasses.replace(bulletin, state=State.REVIEWED)
    item = etree.fromstring(one(reviewed, "newsml", tmp_path))
    assert item.find(f"{G2}itemMeta/{G2}pubStatus").get("qcode") == "stat:usable"
    story = etree.fromstring(one(reviewed, "nitf", tmp_path))
    assert story.find(f"{NITF}head/{NITF}docdata").get("management-status") == "usable"


def test_newsml_issue_is_a_package_with_its_items(issue, tmp_path):
    message = etree.fromstring(whole(issue, "newsml", tmp_path))
    items = message.find(f"{G2}itemSet")
    package, *stories = items
    assert package.tag == f"{G2}packageItem"
    assert [story.get("guid") for story in stories] == [
        reference.get("residref") for reference in package.iter(f"{G2}itemRef")
    ]
    assert [title.text for title in package.iter(f"{G2}title")] == ["Domestic affairs", "External relations"]


def test_nitf_story(bulletin, tmp_path):
    story = etree.fromstring(one(bulletin, "nitf", tmp_path))
    head = story.find(f"{NITF}body/{NITF}body.head")
    assert [child.tag.removeprefix(NITF) for child in head] == [
        "hedline",
        "byline",
        "distributor",
        "dateline",
    ]
    content = story.find(f"{NITF}body/{NITF}body.content")
    assert [item.text for item in content.iter(f"{NITF}li")][-1] == (
        "Improving the quality of service to people and businesses."
    )
    caption = content.find(f"{NITF}media/{NITF}media-caption")
    assert caption.text.endswith("speaks at the conference.")
    assert (
        content.find(f"{NITF}media/{NITF}media-reference").get("alternate-text") == "A speaker at a lectern"
    )


def test_pdf_is_tagged_and_its_fonts_are_inside(bulletin, tmp_path):
    made = one(bulletin, "pdf", tmp_path)
    assert made.startswith(b"%PDF-1.7")
    for mark in (b"/StructTreeRoot", b"/FontFile3", b"pdfuaid", b"/Lang"):
        assert mark in made
    assert b"/JavaScript" not in made and b"/URI" not in made


def test_pdf_bears_scripts_that_its_fonts_lack(bulletin, tmp_path):
    import dataclasses

    foreign = dataclasses.replace(bulletin, headline="A name: \u7fd2\u8fd1\u5e73, \u0c00 and \U0001f642")
    assert one(foreign, "pdf", tmp_path).startswith(b"%PDF")


def test_word_issue_has_contents_that_lead_to_its_articles(issue, tmp_path):
    document = docx.Document(io.BytesIO(whole(issue, "docx", tmp_path)))
    xml = document.element.xml
    targets = re.findall(r'<w:hyperlink w:anchor="([^"]+)"', xml)
    assert targets == ["article_1", "article_2", "article_3"]
    assert set(targets) <= set(re.findall(r'<w:bookmarkStart[^>]* w:name="([^"]+)"', xml))
    assert re.findall(r"PAGEREF (\w+)", xml) == targets
    assert "PAGE" in document.sections[0].footer._element.xml
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == ["Domestic affairs", "External relations"]


def test_word_pictures_have_alternative_text(bulletin, tmp_path):
    xml = docx.Document(io.BytesIO(one(bulletin, "docx", tmp_path))).element.xml
    assert re.findall(r'descr="([^"]+)"', xml) == ["A speaker at a lectern", "Rows of delegates in a hall"]


def test_html_issue_links_its_contents(issue, tmp_path):
    page = whole(issue, "html", tmp_path).decode()
    targets = re.findall(r'href="#([^"]+)"', page)
    assert targets == ["article-1", "article-2", "article-3"]
    assert all(f'id="{target}"' in page for target in targets)
    headings = re.findall(r"<h(\d)", page)
    assert headings[0] == "1"
    assert all(int(b) - int(a) <= 1 for a, b in itertools.pairwise(headings))


@pytest.mark.parametrize("name", FORMATS)
def test_an_issue_is_the_same_every_time(issue, name, tmp_path):
    assert whole(issue, name, tmp_path / "a") == whole(issue, name, tmp_path / "b")


@pytest.mark.parametrize("name", ["md", "txt"])
def test_plain_issues_list_their_contents_first(issue, name, tmp_path):
    text = whole(issue, name, tmp_path).decode()
    assert text.index("- A third story") < text.index("HANOI (VNA)")
    assert text.count("A third story") == 2
