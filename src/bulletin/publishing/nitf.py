"""NITF 3.6 (IPTC): one document that an agency's systems can take in."""

from __future__ import annotations

from lxml.etree import _Element as Element

from bulletin.article import BlockKind
from bulletin.drafting.draft import State
from bulletin.publishing.bulletin import Bulletin, BulletinBlock
from bulletin.publishing.issue import Issue, issue_identifier, issue_of
from bulletin.publishing.xml import child, document, root, set_attributes

_NITF = "http://iptc.org/std/NITF/2006-10-18/"


def render_nitf(bulletin: Bulletin) -> bytes:
    """The bulletin as an NITF document; pictures are named as files of the folder ``images``."""
    return document(nitf_element(bulletin))


def render_issue_nitf(issue: Issue) -> bytes:
    """A whole issue as one NITF document, a block an article."""
    top, content = _open(issue, None)
    for section in issue.sections:
        if section.title:
            child(content, "hl2", section.title)
        for bulletin in section.bulletins:
            block = child(content, "block", id=f"article-{issue.bulletins.index(bulletin) + 1}")
            # the schema has who wrote it, then the standfirst, and both before the first heading
            if bulletin.byline:
                child(child(block, "byline"), "person", bulletin.byline)
            _add_abstract(block, bulletin)
            if bulletin.headline:
                child(block, "hl2", bulletin.headline)
            _add_blocks(block, bulletin)
            if bulletin.source_note:
                child(block, "datasource", bulletin.source_note)
    return document(top)


def nitf_element(bulletin: Bulletin) -> Element:
    """The bulletin as an NITF element, to stand inside another document."""
    top, content = _open(issue_of(bulletin), bulletin)
    _add_blocks(content, bulletin)
    if bulletin.source_note:
        child(child(top[-1], "body.end"), "tagline", bulletin.source_note)
    return top


def _open(issue: Issue, bulletin: Bulletin | None) -> tuple[Element, Element]:
    top = root(_NITF, "nitf")
    set_attributes(top, {"lang": issue.language, "version": "-//IPTC//DTD NITF 3.6//EN"})
    head = child(top, "head")
    child(head, "title", issue.title)
    usable = all(each.state in (State.REVIEWED, State.FINAL) for each in issue.bulletins)
    docdata = child(head, "docdata", management_status="usable" if usable else "withheld")
    child(docdata, "doc-id", id_string=issue_identifier(issue), regsrc=issue.agency)
    if issue.date:
        child(docdata, "date.issue", norm=issue.date.strftime("%Y%m%dT000000+0700"))
    if issue.agency:
        child(docdata, "doc.copyright", holder=issue.agency)
    body = child(top, "body")
    opening = child(body, "body.head")
    child(child(opening, "hedline"), "hl1", issue.title)
    if bulletin is not None:
        if bulletin.byline:
            child(child(opening, "byline"), "person", bulletin.byline)
        if bulletin.agency:
            child(opening, "distributor", bulletin.agency)
        if place := bulletin.dateline.rstrip(" –—-"):
            dateline = child(opening, "dateline")
            child(dateline, "location", place)
        _add_abstract(opening, bulletin)
    return top, child(body, "body.content")


def _add_abstract(parent: Element, bulletin: Bulletin) -> None:
    standfirsts = [block for block in bulletin.blocks if block.kind is BlockKind.STANDFIRST]
    if standfirsts:
        abstract = child(parent, "abstract")
        for block in standfirsts:
            child(abstract, "p", block.text)


def _add_blocks(parent: Element, bulletin: Bulletin) -> None:
    items: Element | None = None
    for block in bulletin.blocks:
        if block.kind is BlockKind.LIST_ITEM:
            items = child(parent, "ul") if items is None else items
            child(items, "li", block.text)
            continue
        items = None
        if block.kind is BlockKind.CAPTION:
            _add_media(parent, block)
        elif block.kind is BlockKind.SUBHEADING:
            child(parent, "hl2", block.text)
        elif block.kind is not BlockKind.STANDFIRST:
            lead = block is bulletin.lead_block
            child(parent, "p", (bulletin.dateline if lead else "") + block.text, lede="true" if lead else "")


def _add_media(parent: Element, block: BulletinBlock) -> None:
    if block.picture is None:
        child(parent, "p", " ".join(filter(None, (block.text, block.credit))), **{"class": "caption"})
        return
    media = child(parent, "media", media_type="image")
    child(
        media,
        "media-reference",
        source=f"images/{block.picture.name}",
        mime_type=block.picture.media_type,
        width=str(block.picture.width),
        height=str(block.picture.height),
        alternate_text=block.image.alt if block.image else "",
    )
    if block.text:
        child(media, "media-caption", block.text)
    if block.credit:
        child(media, "media-producer", block.credit)
