"""NewsML-G2 (IPTC): a bulletin as a news item, an issue as a news message of them."""

from __future__ import annotations

from lxml.etree import _Element as Element

from bulletin.drafting.draft import State
from bulletin.publishing.bulletin import Bulletin, Picture
from bulletin.publishing.dates import timestamp
from bulletin.publishing.issue import Issue, bulletin_identifier, identifier
from bulletin.publishing.nitf import nitf_element
from bulletin.publishing.xml import child, document, root, set_attributes

_G2 = "http://iptc.org/std/nar/2006-10-01/"
_VERSION = {"standard": "NewsML-G2", "standardversion": "2.33", "conformance": "power"}


def render_newsml(bulletin: Bulletin) -> bytes:
    """The bulletin as a NewsML-G2 item with its text in NITF. Raises PublishingError without a date.

    A text that no one has reviewed is withheld by its publication status: it is for checking first.
    """
    item = root(_G2, "newsItem")
    _fill(item, bulletin, timestamp(bulletin.date, bulletin.title, "newsml"))
    return document(item)


def render_issue_newsml(issue: Issue) -> bytes:
    """A whole issue as a NewsML-G2 message: a package that gives the order, and the items."""
    when = timestamp(issue.date, issue.title, "newsml")
    message = root(_G2, "newsMessage")
    header = child(message, "header")
    child(header, "sent", when)
    items = child(message, "itemSet")
    _add_package(items, issue, when)
    for bulletin in issue.bulletins:
        item = child(items, "newsItem")
        _fill(item, bulletin, timestamp(bulletin.date or issue.date, bulletin.title, "newsml"))
    return document(message)


def _start(
    item: Element, *, guid: str, language: str, kind: str, when: str, provider: str, usable: bool
) -> None:
    """The parts that news items and packages begin with, in the order of the schema."""
    set_attributes(item, {**_VERSION, "guid": guid, "version": "1", "lang": language})
    child(item, "catalogRef", href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_40.xml")
    if provider:
        child(child(item, "rightsInfo"), "copyrightHolder", literal=provider)
    meta = child(item, "itemMeta")
    child(meta, "itemClass", qcode=kind)
    child(child(meta, "provider", literal=provider or "unnamed"), "name", provider or "unnamed")
    child(meta, "versionCreated", when)
    child(meta, "pubStatus", qcode="stat:usable" if usable else "stat:withheld")


def _fill(item: Element, bulletin: Bulletin, when: str) -> None:
    usable = bulletin.state in (State.REVIEWED, State.FINAL)
    _start(
        item,
        guid=bulletin_identifier(bulletin),
        language=bulletin.language,
        kind="ninat:text",
        when=when,
        provider=bulletin.agency,
        usable=usable,
    )
    if bulletin.signature:
        child(item[-1], "generator", bulletin.signature)
    meta = child(item, "contentMeta")
    child(meta, "contentCreated", when)
    if bulletin.byline:
        child(child(meta, "creator"), "name", bulletin.byline)
    child(meta, "language", tag=bulletin.language)
    child(meta, "headline", bulletin.title)
    if place := bulletin.dateline.rstrip(" –—-"):
        child(meta, "dateline", place)
    if bulletin.byline:
        child(meta, "by", bulletin.byline)
    if bulletin.summary:
        child(meta, "description", bulletin.summary, role="drol:summary")
    content = child(item, "contentSet")
    inline = child(content, "inlineXML", contenttype="application/nitf+xml")
    inline.append(nitf_element(bulletin))
    for picture in bulletin.pictures:
        _add_remote(content, picture)


def _add_remote(content: Element, picture: Picture) -> None:
    child(
        content,
        "remoteContent",
        href=f"images/{picture.name}",
        contenttype=picture.media_type,
        width=str(picture.width),
        height=str(picture.height),
        size=str(len(picture.data)),
    )


def _add_package(items: Element, issue: Issue, when: str) -> None:
    package = child(items, "packageItem")
    usable = all(bulletin.state in (State.REVIEWED, State.FINAL) for bulletin in issue.bulletins)
    guid = identifier("package", issue.masthead, issue.number, str(issue.date))
    _start(
        package,
        guid=guid,
        language=issue.language,
        kind="ninat:composite",
        when=when,
        provider=issue.agency,
        usable=usable,
    )
    meta = child(package, "contentMeta")
    child(meta, "headline", issue.title)
    groups = child(package, "groupSet", root="root")
    first = child(groups, "group", id="root", role="group:main", mode="pgrmod:seq")
    for number, section in enumerate(issue.sections, 1):
        name = f"section-{number}"
        child(first, "groupRef", idref=name)
        group = child(groups, "group", id=name, role="group:section", mode="pgrmod:seq")
        if section.title:
            child(group, "title", section.title)
        for bulletin in section.bulletins:
            reference = child(group, "itemRef", residref=bulletin_identifier(bulletin), version="1")
            child(reference, "itemClass", qcode="ninat:text")
            child(reference, "headline", bulletin.title)
