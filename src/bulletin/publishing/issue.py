"""Issue: several bulletins under one masthead, in sections, as one publication."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass

from bulletin.publishing.bulletin import Bulletin

_NAMESPACE = uuid.UUID("6f1f0a5e-0d0b-5a3c-9b57-3f6b1d3a6c11")


@dataclass(frozen=True, slots=True)
class Section:
    """Bulletins under one heading; ``title`` is empty where an issue has no sections."""

    title: str
    bulletins: tuple[Bulletin, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """What ``bulletin issue`` makes: ``masthead`` is the publication's name, ``number`` as printed."""

    masthead: str
    sections: tuple[Section, ...]
    number: str = ""
    date: datetime.date | None = None
    date_text: str = ""
    language: str = "en-GB"
    style: str = "vna"
    agency: str = ""

    @property
    def bulletins(self) -> tuple[Bulletin, ...]:
        """All bulletins, in print order."""
        return tuple(bulletin for section in self.sections for bulletin in section.bulletins)

    @property
    def title(self) -> str:
        """The masthead with the number, for metadata and file lists."""
        return f"{self.masthead}, {self.number}" if self.number else self.masthead

    @property
    def details(self) -> str:
        """The line under the masthead: number and date."""
        return " · ".join(part for part in (self.number, self.date_text) if part)


def issue_of(bulletin: Bulletin) -> Issue:
    """A bulletin as an issue of one article, for the formats that are made of articles."""
    return Issue(
        masthead=bulletin.title,
        sections=(Section("", (bulletin,)),),
        date=bulletin.date,
        date_text=bulletin.date_text,
        language=bulletin.language,
        style=bulletin.style,
        agency=bulletin.agency,
    )


def identifier(*parts: str) -> str:
    """A URN that is always the same for the same parts: a later version of a text keeps its own."""
    return uuid.uuid5(_NAMESPACE, "\x1f".join(parts)).urn


def bulletin_identifier(bulletin: Bulletin) -> str:
    """The URN of a bulletin: by agency, name and date, not by its wording."""
    return identifier("bulletin", bulletin.agency, bulletin.name, str(bulletin.date))


def issue_identifier(issue: Issue) -> str:
    """The URN of an issue: by masthead, number and date; that of its article where it has but one."""
    if not issue.number and len(issue.bulletins) == 1 and issue.masthead == issue.bulletins[0].title:
        return bulletin_identifier(issue.bulletins[0])
    return identifier("issue", issue.masthead, issue.number, str(issue.date))
