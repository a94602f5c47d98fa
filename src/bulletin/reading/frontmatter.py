"""YAML front matter of a Markdown article: title, date, byline, source, images.

Only plain values are read, each as the text that stands there; anchors, tags and deep nesting are
refused, so that nothing in the file can build objects or grow.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from bulletin.article import Image
from bulletin.errors import ReadingError
from bulletin.finding import Finding, Severity

_LARGEST = 64_000
_DEEPEST = 6
_FENCE = re.compile(r"---[ \t]*\n")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_KEYS = {
    "title": "title",
    "headline": "title",
    "date": "date",
    "byline": "byline",
    "author": "byline",
    "source": "source",
    "standfirst": "standfirst",
    "images": "images",
}
_IMAGE_KEYS = ("path", "alt", "caption", "credit")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the front matter, with its caption and credit where they are given there."""

    image: Image
    caption: str
    credit: str
    line: int


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What an article's front matter says; ``lines`` is how many lines it takes."""

    title: str = ""
    date: datetime.date | None = None
    byline: str = ""
    source: str = ""
    standfirst: str = ""
    pictures: tuple[Picture, ...] = ()
    lines: int = 0
    findings: tuple[Finding, ...] = ()


def has_front_matter(text: str) -> bool:
    """Whether ``text`` begins with front matter that is closed again."""
    opening = _FENCE.match(text)
    return bool(opening and _CLOSE.search(text, opening.end()))


def split_front_matter(text: str, place: str) -> tuple[FrontMatter, str]:
    """The front matter of ``text`` and the rest. Raises ReadingError with file and line where it is wrong."""
    opening = _FENCE.match(text)
    closing = _CLOSE.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return FrontMatter(), text
    source = text[opening.end() : closing.start()]
    rest = text[closing.end() :].removeprefix("\n")
    if len(source) > _LARGEST:
        raise ReadingError(
            f"{place}, line 1: the front matter is over {_LARGEST // 1000} kB; keep it to a few lines"
        )
    lines = text[: closing.end()].count("\n") + 1
    return _parse(source, place, lines), rest


def parse_date(value: str) -> datetime.date | None:
    """The day that ``2026-03-12`` (with or without a time) or ``12/3/2026`` names, else None."""
    text = value.strip()
    try:
        if match := re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:$|[T ])", text):
            return datetime.date(int(match[1]), int(match[2]), int(match[3]))
        if match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text):
            return datetime.date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None
    return None


def _parse(source: str, place: str, lines: int) -> FrontMatter:
    import yaml

    def fail(line: int, rule: str) -> ReadingError:
        # line 0 of the YAML is line 2 of the file
        return ReadingError(f"{place}, line {line + 2}: {rule}")

    try:
        depth = 0
        for event in yaml.parse(source, Loader=yaml.SafeLoader):
            line = event.start_mark.line if event.start_mark else 0
            if (
                isinstance(event, yaml.AliasEvent)
                or getattr(event, "anchor", None)
                or getattr(event, "tag", None)
            ):
                raise fail(line, "front matter may have no anchors, aliases or tags; write it plainly")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                raise fail(line, "front matter is nested too deep; give plain values")
        root = yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or "a mistake"
        raise fail(
            mark.line if mark else 0, f"front matter is not YAML ({problem}); write `key: value` lines"
        ) from None
    except (yaml.YAMLError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else "a mistake"
        raise fail(0, f"front matter is not YAML ({reason}); write `key: value` lines") from None
    if root is None:
        return FrontMatter(lines=lines)
    if not isinstance(root, yaml.MappingNode):
        raise fail(root.start_mark.line, "front matter must be `key: value` lines, such as `title: ...`")

    def scalar(node: yaml.Node, key: str) -> str:
        if isinstance(node, yaml.ScalarNode):
            value = " ".join(node.value.split())
            return "" if node.style is None and value in ("~", "null", "Null", "NULL") else value
        if isinstance(node, yaml.SequenceNode) and key == "byline":
            return ", ".join(scalar(child, "") for child in node.value)
        raise fail(node.start_mark.line, f"{key} must be one line of text")

    def picture(node: yaml.Node) -> Picture:
        line = node.start_mark.line + 2
        if isinstance(node, yaml.ScalarNode):
            return Picture(Image(scalar(node, "images")), "", "", line)
        if not isinstance(node, yaml.MappingNode):
            raise fail(node.start_mark.line, "each of images must be a path, or have a path and an alt")
        values = {scalar(key, "images"): scalar(value, "images") for key, value in node.value}
        unknown = sorted(set(values) - set(_IMAGE_KEYS))
        if unknown or not values.get("path"):
            rule = f"does not know {unknown[0]!r}" if unknown else "must have a path"
            raise fail(node.start_mark.line, f"an image {rule}; its keys are {', '.join(_IMAGE_KEYS)}")
        return Picture(
            Image(values["path"], values.get("alt", "")),
            values.get("caption", ""),
            values.get("credit", ""),
            line,
        )

    texts: dict[str, str] = {}
    date: datetime.date | None = None
    pictures: tuple[Picture, ...] = ()
    findings: list[Finding] = []
    for key_node, value_node in root.value:
        key = scalar(key_node, "a key")
        line = key_node.start_mark.line
        known = _KEYS.get(key.lower())
        if known is None:
            findings.append(
                Finding(
                    code="front-matter-unknown",
                    severity=Severity.NOTE,
                    message=f"front matter has {key!r}, which is not used",
                    file=place,
                    line=line + 2,
                    mend=f"known keys: {', '.join(sorted(_KEYS))}",
                )
            )
        elif known == "images":
            if not isinstance(value_node, yaml.SequenceNode):
                raise fail(line, "images must be a list, one `- path` a line")
            pictures = tuple(picture(child) for child in value_node.value)
        elif known == "date":
            value = scalar(value_node, key)
            date = parse_date(value)
            if value and date is None:
                raise fail(line, f"date {value[:40]!r} is no day; write it as YYYY-MM-DD")
        else:
            texts[known] = scalar(value_node, known) or texts.get(known, "")
    return FrontMatter(
        title=texts.get("title", ""),
        date=date,
        byline=texts.get("byline", ""),
        source=texts.get("source", ""),
        standfirst=texts.get("standfirst", ""),
        pictures=pictures,
        lines=lines,
        findings=tuple(findings),
    )
