"""HTML: one self-contained page that reads on a phone, on paper, in the dark and to a screen reader."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

from markupsafe import Markup

import bulletin as package
from bulletin.publishing.bulletin import Bulletin, Picture
from bulletin.publishing.templating import environment, render_template


def render_html(bulletin: Bulletin, *, templates: Path | None = None) -> str:
    """The bulletin as an HTML5 page; ``templates`` is a folder of an office's own templates."""
    jinja = environment(templates)
    jinja.filters["source"] = data_url
    data = news_article(bulletin)
    return render_template(
        jinja,
        "bulletin.html",
        bulletin=bulletin,
        generator=generator(),
        news_article=data,
        policy=_policy(data),
    )


def _policy(data: str) -> str:
    """A content security policy under which the page can load nothing and run nothing.

    The hash is of the JSON-LD, which browsers never run but validators count as a script.
    """
    digest = base64.b64encode(hashlib.sha256(data.encode("utf-8")).digest()).decode("ascii")
    return (
        f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )


def generator() -> str:
    """What made the file, for its metadata."""
    return f"bulletin {package.__version__}"


def data_url(picture: Picture) -> str:
    """A picture inside the page itself."""
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode('ascii')}"


def news_article(bulletin: Bulletin) -> Markup:
    """The bulletin as schema.org NewsArticle in JSON-LD, safe inside a script element."""
    article: dict[str, Any] = {
        "@context": "https://schema.org",
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
    text = json.dumps(article, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    # no character is left that could end the element
    return Markup(text)
