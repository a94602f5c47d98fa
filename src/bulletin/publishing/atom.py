"""Atom (RFC 4287): a feed of bulletins, for readers and for other sites."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from bulletin import __version__
from bulletin.publishing.bulletin import Bulletin
from bulletin.publishing.dates import timestamp
from bulletin.publishing.html import data_url
from bulletin.publishing.issue import Issue, bulletin_identifier, identifier, issue_of
from bulletin.publishing.templating import environment, render_template
from bulletin.publishing.xml import child, document, root, set_attributes

_ATOM = "http://www.w3.org/2005/Atom"


def render_atom(bulletin: Bulletin, *, templates: Path | None = None) -> bytes:
    """A feed of one entry."""
    return render_issue_atom(issue_of(bulletin), templates=templates)


def render_issue_atom(issue: Issue, *, templates: Path | None = None) -> bytes:
    """A feed with an entry an article. Raises PublishingError where there is no date."""
    when = timestamp(issue.date, issue.title, "atom")
    feed = root(_ATOM, "feed")
    set_attributes(feed, {"lang": issue.language})
    child(feed, "id", identifier("feed", issue.agency, issue.masthead))
    child(feed, "title", issue.title)
    child(feed, "updated", when)
    child(feed, "generator", "bulletin", version=__version__)
    child(child(feed, "author"), "name", issue.agency or issue.masthead)
    jinja = environment(templates)
    jinja.filters["source"] = data_url
    for section in issue.sections:
        for bulletin in section.bulletins:
            entry = child(feed, "entry", lang=bulletin.language)
            child(entry, "id", bulletin_identifier(bulletin))
            child(entry, "title", bulletin.title)
            dated = timestamp(bulletin.date or issue.date, bulletin.title, "atom")
            child(entry, "updated", dated)
            child(entry, "published", dated)
            if bulletin.byline:
                child(child(entry, "author"), "name", bulletin.byline)
            if section.title:
                child(entry, "category", term=section.title)
            child(entry, "summary", bulletin.summary)
            page = render_template(jinja, "atom-entry.html", bulletin=bulletin, void=Markup(">"))
            child(entry, "content", page, type="html")
    return document(feed)
