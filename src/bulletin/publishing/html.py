"""HTML: one self-contained page that reads on a phone, on paper, in the dark and to a screen reader."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

from markupsafe import Markup

from bulletin import __version__
from bulletin.publishing.bulletin import Bulletin, Picture
from bulletin.publishing.issue import Issue
from bulletin.publishing.templating import environment, render_template


def render_html(bulletin: Bulletin, *, templates: Path | None = None) -> str:
    """The bulletin as an HTML5 page; ``templates`` is a folder of an office's own templates."""
    head = {
        "title": bulletin.title,
        "summary": bulletin.summary,
        "author": bulletin.byline,
        "language": bulletin.language,
        "agency": bulletin.agency,
        "date": bulletin.date.isoformat() if bulletin.date else "",
        "og_type": "article",
    }
    data = {"@context": "https://schema.org", **news_article(bulletin)}
    return _page("bulletin.html", head, data, templates, bulletin=bulletin)


def render_issue_html(issue: Issue, *, templates: Path | None = None) -> str:
    """A whole issue as one HTML5 page, with contents that lead to its articles."""
    head = {
        "title": issue.title,
        "summary": "; ".join(bulletin.title for bulletin in issue.bulletins),
        "author": "",
        "language": issue.language,
        "agency": issue.agency,
        "date": issue.date.isoformat() if issue.date else "",
        "og_type": "website",
    }
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "PublicationIssue",
        "name": issue.title,
        "inLanguage": issue.language,
        "hasPart": [news_article(bulletin) for bulletin in issue.bulletins],
    }
    if issue.number:
        data["issueNumber"] = issue.number
    if issue.date:
        data["datePublished"] = issue.date.isoformat()
    return _page("issue.html", head, data, templates, issue=issue)


def _page(
    template: str, head: dict[str, str], data: dict[str, Any], templates: Path | None, **content: Any
) -> str:
    jinja = environment(templates)
    jinja.filters["source"] = data_url
    linked_data = _script_data(data)
    return render_template(
        jinja,
        template,
        head=head,
        generator=f"bulletin {__version__}",
        linked_data=linked_data,
        policy=_policy(linked_data),
        void=Markup(">"),
        **content,
    )


def data_url(picture: Picture) -> str:
    """A picture inside the page itself."""
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode('ascii')}"


def news_article(bulletin: Bulletin) -> dict[str, Any]:
    """The bulletin as schema.org NewsArticle."""
    article: dict[str, Any] = {
        "@type": "NewsArticle",
        # search engines cut longer ones
        "headline": bulletin.title[:110],
        "description": bulletin.summary,
        "inLanguage": bulletin.language,
    }
    if bulletin.date:
        article["datePublished"] = bulletin.date.isoformat()
    if bulletin.byline:
        article["author"] = {"@type": "Person", "name": bulletin.byline}
    if bulletin.agency:
        article["publisher"] = {"@type": "NewsMediaOrganization", "name": bulletin.agency}
    return article


def _script_data(data: dict[str, Any]) -> Markup:
    """JSON that is safe inside a script element: no character is left that could end it."""
    text = json.dumps(data, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def _policy(data: str) -> str:
    """A content security policy under which the page can load nothing and run nothing.

    The hash is of the JSON-LD, which browsers never run but validators count as a script.
    """
    digest = base64.b64encode(hashlib.sha256(data.encode("utf-8")).digest()).decode("ascii")
    return (
        f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
