"""E-mail: an ``.eml`` that any mail program opens as a message ready to send."""

from __future__ import annotations

import datetime
import hashlib
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from bulletin.publishing.bulletin import Bulletin, Picture
from bulletin.publishing.issue import Issue, issue_of
from bulletin.publishing.templating import environment, render_template
from bulletin.publishing.text import render_issue_text, render_text


def render_email(bulletin: Bulletin, *, templates: Path | None = None) -> bytes:
    """The bulletin as a message: plain text, and HTML with its styles inlined and its pictures inside."""
    return _message(issue_of(bulletin), bulletin, render_text(bulletin), templates)


def render_issue_email(issue: Issue, *, templates: Path | None = None) -> bytes:
    """A whole issue as one message."""
    return _message(issue, None, render_issue_text(issue), templates)


def _message(issue: Issue, bulletin: Bulletin | None, plain: str, templates: Path | None) -> bytes:
    pictures = {picture.name: picture for each in issue.bulletins for picture in each.pictures}
    jinja = environment(templates)
    jinja.filters["source"] = lambda picture: f"cid:{_content_id(picture)}"
    summary = issue.bulletins[0].summary if issue.bulletins else ""
    page = render_template(jinja, "email.html", issue=issue, bulletin=bulletin, preview=summary[:140])
    message = EmailMessage(policy=SMTP)
    message["Subject"] = issue.title
    # mail programs open a message with this header for editing and sending, instead of as received
    message["X-Unsent"] = "1"
    if issue.date is not None:
        noon = datetime.datetime.combine(issue.date, datetime.time(12), datetime.UTC)
        message["Date"] = noon
    message.set_content(plain, cte="quoted-printable")
    message.add_alternative(page, subtype="html", cte="quoted-printable")
    if pictures:
        html = message.get_payload()[1]  # type: ignore[index]
        assert isinstance(html, EmailMessage)
        for picture in pictures.values():
            kind, _, subtype = picture.media_type.partition("/")
            html.add_related(
                picture.data, kind, subtype, cid=f"<{_content_id(picture)}>", filename=picture.name
            )
    _fix_boundaries(message, hashlib.sha256((plain + page).encode("utf-8")).hexdigest())
    return message.as_bytes()


def _content_id(picture: Picture) -> str:
    return f"{picture.name}@bulletin.invalid"


def _fix_boundaries(message: EmailMessage, digest: str) -> None:
    """Boundaries from the content, where the library would take them from chance."""
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{digest[:32]}_{number}")
