"""The file of an issue: masthead, number, date and sections in TOML, the articles as drafts."""

from __future__ import annotations

import datetime
import difflib
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bulletin.drafting.draft import Draft
from bulletin.drafting.xliff import read_draft
from bulletin.errors import PublishingError
from bulletin.finding import Finding, Severity
from bulletin.glossary.entry import Entry
from bulletin.publishing.bulletin import clean_line, format_date
from bulletin.publishing.issue import Issue, Section
from bulletin.publishing.prepare import prepare_bulletin
from bulletin.publishing.short_forms import short_form_table
from bulletin.publishing.style import Style, load_style

MAX_ISSUE_BYTES = 256 * 1024
MAX_ARTICLES = 500
_SETTINGS = ("masthead", "number", "date", "style", "agency", "articles", "sections")
_SECTION_SETTINGS = ("title", "articles")


def read_issue(
    path: Path, *, style_name: str = "", entries: Iterable[Entry] | None = None
) -> tuple[Issue, tuple[Finding, ...]]:
    """Read an issue's file and its drafts, and make the issue; ``style_name`` replaces the file's.

    ``entries`` is the glossary whose short forms are used, the built-in one where nothing is given; a
    short form stands for one thing in the whole issue, and each article introduces it for itself.

    An article is the path of a draft, or of the folder that holds ``draft.xlf``, from the issue
    file's own folder. Terms and names that come out differently in two articles are reported.
    Raises PublishingError for a broken issue file, DraftError for a broken draft.
    """
    settings = _read(path)
    masthead = _text(settings, "masthead", path)
    if not masthead:
        raise PublishingError(f'{path}: an issue has a masthead: write masthead = "Name of the bulletin"')
    date = settings.get("date")
    if date is not None and (not isinstance(date, datetime.date) or isinstance(date, datetime.datetime)):
        raise PublishingError(f"{path}: date is a day without quotation marks: date = 2026-03-12")
    style = _style(settings, style_name, path)
    agency = _text(settings, "agency", path)
    files = [
        (title, [_draft_file(path.parent / article) for article in articles])
        for title, articles in _sections(settings, path)
    ]
    drafts = {file: read_draft(file) for _, listed in files for file in listed}
    short_forms = short_form_table(list(drafts.values()), style, entries)
    sections: list[Section] = []
    findings: list[Finding] = []
    for title, listed in files:
        bulletins = []
        for file in listed:
            bulletin, found = prepare_bulletin(
                drafts[file], style, file.parent, agency=agency, short_forms=short_forms
            )
            bulletins.append(bulletin)
            findings += found
        sections.append(Section(title, tuple(bulletins)))
    issue = Issue(
        masthead=masthead,
        sections=tuple(sections),
        number=_text(settings, "number", path),
        date=date,
        date_text=format_date(date, style) if date else "",
        language=style.language,
        style=style.name,
        agency=agency or style.dateline.agency,
    )
    return issue, (*findings, *inconsistent_terms(drafts.values()))


def _draft_file(article: Path) -> Path:
    return article / "draft.xlf" if article.is_dir() else article


def inconsistent_terms(drafts: Iterable[Draft]) -> tuple[Finding, ...]:
    """Terms and names that two articles of an issue put differently into English.

    Letters' case, a leading article and a plural or possessive ending do not count as differences.
    """
    seen: dict[tuple[str, str], dict[str, str]] = {}
    for draft in drafts:
        for unit in draft.units:
            for occurrence in unit.occurrences:
                if occurrence.found:
                    key = (occurrence.id, " ".join(occurrence.source.split()).casefold())
                    form = _bare(occurrence.found)
                    seen.setdefault(key, {}).setdefault(form, f"{occurrence.found!r} in {draft.name}")
    return tuple(
        Finding(
            "term-inconsistent",
            Severity.WARNING,
            f"{source!r} is {', '.join(forms.values())}",
            mend="use one of them in the whole issue",
        )
        for (_, source), forms in seen.items()
        if len(forms) > 1
    )


def _bare(found: str) -> str:
    form = found.casefold().removeprefix("the ").replace("’", "'")
    return form.removesuffix("'s").removesuffix("s").removesuffix("'")


def _read(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MAX_ISSUE_BYTES:
            raise PublishingError(f"{path}: an issue file has at most {MAX_ISSUE_BYTES // 1024} KiB")
        settings = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise PublishingError(f"{path}: cannot be read ({error.strerror or error})") from error
    except UnicodeDecodeError as error:
        raise PublishingError(f"{path}: an issue file is UTF-8 text; save it as that") from error
    except tomllib.TOMLDecodeError as error:
        raise PublishingError(f"{path}: this is not TOML: {error}") from error
    _know(settings, _SETTINGS, path)
    return settings


def _know(settings: dict[str, Any], known: tuple[str, ...], path: Path) -> None:
    for key in settings:
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            mend = f"did you mean {near[0]!r}?" if near else f"the settings are {', '.join(known)}"
            raise PublishingError(f"{path}: no setting {key!r}; {mend}")


def _text(settings: dict[str, Any], key: str, path: Path) -> str:
    value = settings.get(key, "")
    if not isinstance(value, str):
        raise PublishingError(f"{path}: {key} takes a text in quotation marks")
    return clean_line(value)


def _style(settings: dict[str, Any], style_name: str, path: Path) -> Style:
    if style_name:
        return load_style(style_name)
    name = _text(settings, "style", path) or "vna"
    return load_style(path.parent / name if name.endswith(".toml") else name)


def _sections(settings: dict[str, Any], path: Path) -> list[tuple[str, list[str]]]:
    sections: list[tuple[str, list[str]]] = []
    if "articles" in settings:
        sections.append(("", _articles(settings, path)))
    listed = settings.get("sections", [])
    if not isinstance(listed, list) or not all(isinstance(section, dict) for section in listed):
        raise PublishingError(f"{path}: sections are tables: write [[sections]] before each one")
    for section in listed:
        _know(section, _SECTION_SETTINGS, path)
        title = _text(section, "title", path)
        if not title:
            raise PublishingError(f'{path}: a section has a title: write title = "Domestic affairs" in it')
        sections.append((title, _articles(section, path)))
    count = sum(len(articles) for _, articles in sections)
    if not 0 < count <= MAX_ARTICLES:
        raise PublishingError(f"{path}: an issue has 1 to {MAX_ARTICLES} articles, this one {count}")
    return sections


def _articles(settings: dict[str, Any], path: Path) -> list[str]:
    articles = settings.get("articles")
    if not isinstance(articles, list) or not all(
        isinstance(article, str) and article for article in articles
    ):
        raise PublishingError(f'{path}: articles is a list of drafts: articles = ["outputs/one/draft.xlf"]')
    return articles
