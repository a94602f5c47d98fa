"""Style: how a house writes names, places, dates, figures and marks, read from a TOML file."""

from __future__ import annotations

import dataclasses
import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bulletin.data import data_folder
from bulletin.errors import PublishingError
from bulletin.language.calendar import Order

MAX_STYLE_BYTES = 256 * 1024
_MAX_ANCESTORS = 8
_NOTHING: Mapping[str, str] = MappingProxyType({})


def _one_of(default: str, *choices: str) -> Any:
    """A setting with a closed list of values, the default first among them."""
    return field(default=default, metadata={"choices": choices})


def _pattern(default: str, *places: str) -> Any:
    """A setting with named places in braces, such as ``(Photo: {credit})``."""
    return field(default=default, metadata={"places": places})


def _table() -> Any:
    return field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Names:
    """Persons: with Vietnamese letters or without, and how they are named after the first mention."""

    diacritics: bool = False
    second_mention: str = _one_of("full", "full", "given")


@dataclass(frozen=True, slots=True)
class Places:
    """The country, and places whose English is not simply their Vietnamese without diacritics.

    ``spellings`` maps a Vietnamese place to this house's form; ``variants`` lists other spellings
    of it that are brought to that form; ``keep`` lists proper names that are never respelled.
    """

    country: str = "Vietnam"
    spellings: Mapping[str, str] = _table()
    variants: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    keep: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dateline:
    """What stands before the lead. A part in square brackets goes when a place in it is empty."""

    form: str = _pattern("{city}[ ({agency})] – ", "city", "agency", "date")
    city: str = "Hà Nội"
    capitals: bool = True
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Dates:
    """``mdy`` is January 16, 2020; ``dmy`` is 16 January 2020."""

    order: Order = _one_of("mdy", "mdy", "dmy")  # noqa: RUF009 - gives a field, as its siblings
    weekday: str = _one_of("keep", "keep", "drop")


@dataclass(frozen=True, slots=True)
class Figures:
    """Percentages, sums of money, ranges and small numbers.

    ``symbols`` maps a currency code to how it is written. ``numerals`` is held against texts by
    the style check; it changes nothing by itself.
    """

    percent: str = _one_of("percent", "percent", "per cent", "%")
    money: str = _pattern("{amount} {currency}", "amount", "currency")
    symbols: Mapping[str, str] = _table()
    range: str = _one_of("-", "-", "–")
    numerals: str = _one_of("as written", "as written", "words below ten")


@dataclass(frozen=True, slots=True)
class Captions:
    """The credit after a caption, and what foreign agencies and departments are called in it."""

    credit: str = _pattern("(Photo: {credit})", "credit")
    agencies: Mapping[str, str] = _table()


@dataclass(frozen=True, slots=True)
class Marks:
    """``end`` closes the last paragraph; quotation marks, apostrophes and the dash between clauses."""

    end: str = ""
    quotes: str = _one_of("straight double", "straight double", "curly double", "curly single")
    apostrophe: str = _one_of("straight", "straight", "curly")
    dash: str = _one_of(" – ", " – ", " — ", "—")


@dataclass(frozen=True, slots=True)
class Byline:
    """The writer's name: its form, and whether it stands under the headline, at the end or nowhere."""

    form: str = _pattern("{name}", "name")
    place: str = _one_of("end", "top", "end", "none")


@dataclass(frozen=True, slots=True)
class Source:
    """The line that names where the article comes from, where that is known."""

    note: str = _pattern("Source: {source}", "source")


@dataclass(frozen=True, slots=True)
class Spelling:
    """``british`` brings American spellings to British ones; ``keep`` lists names left as they are."""

    variety: str = _one_of("british", "british", "keep")
    keep: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShortForms:
    """``introduce`` gives a long form with its short one at first, and the short one from then on."""

    policy: str = _one_of("full", "full", "introduce")
    forms: Mapping[str, str] = _table()


@dataclass(frozen=True, slots=True)
class Style:
    """A house style. ``name`` is what ``--style`` takes; ``title`` says whose style it is.

    ``base`` is the built-in style that it is or descends from (``vna`` where it descends from none):
    the glossary's forms go by that name.
    """

    name: str
    base: str = "vna"
    title: str = ""
    language: str = "en-GB"
    names: Names = Names()
    places: Places = field(default_factory=Places)
    dateline: Dateline = Dateline()
    dates: Dates = Dates()
    figures: Figures = field(default_factory=Figures)
    captions: Captions = field(default_factory=Captions)
    marks: Marks = Marks()
    byline: Byline = Byline()
    source: Source = Source()
    spelling: Spelling = Spelling()
    short_forms: ShortForms = field(default_factory=ShortForms)


def styles_folder() -> Path:
    """The folder of the built-in style files."""
    return data_folder() / "styles"


def style_names() -> tuple[str, ...]:
    """The names of the built-in styles, in alphabetical order."""
    return tuple(sorted(path.stem for path in styles_folder().glob("*.toml")))


def load_style(name_or_path: str | Path) -> Style:
    """Read a style: a built-in one by name (``vna``), another by the path of its TOML file.

    A file may extend another style, by name or by a path from its own folder, and then need only
    hold what differs. Raises PublishingError where a file cannot be read or a setting is not known.
    """
    path = find_style(str(name_or_path))
    settings, base = _read_with_ancestors(path)
    return _build(settings, path, base)


def find_style(name_or_path: str, beside: Path | None = None) -> Path:
    """The file of a style; a relative path is taken from the folder ``beside``.

    A name without ``.toml`` and without a folder is a built-in style. Raises PublishingError where
    there is none of that name.
    """
    if not name_or_path.endswith(".toml") and "/" not in name_or_path and "\\" not in name_or_path:
        known = style_names()
        if name_or_path in known:
            return styles_folder() / f"{name_or_path}.toml"
        near = difflib.get_close_matches(name_or_path, known, 1)
        meant = f"; did you mean {near[0]!r}?" if near else ""
        raise PublishingError(
            f"no style {name_or_path!r}: the built-in ones are {', '.join(known)}, "
            f"and your own is given by its path (house.toml){meant}"
        )
    path = Path(name_or_path)
    return beside / path if beside is not None and not path.is_absolute() else path


def _read(path: Path) -> dict[str, Any]:
    try:
        if not path.is_file():
            raise PublishingError(
                f"{path}: no such style file; the built-in styles are {', '.join(style_names())}"
            )
        if path.stat().st_size > MAX_STYLE_BYTES:
            raise PublishingError(f"{path}: a style file has at most {MAX_STYLE_BYTES // 1024} KiB")
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise PublishingError(f"{path}: cannot be read ({error.strerror or error})") from error
    except UnicodeDecodeError as error:
        raise PublishingError(f"{path}: a style file is UTF-8 text; save it as that") from error
    except tomllib.TOMLDecodeError as error:
        raise PublishingError(f"{path}: this is not TOML: {error}") from error


def _read_with_ancestors(path: Path) -> tuple[dict[str, Any], str]:
    """The settings of a file over those of the styles that it extends, and the built-in one of them."""
    layers: list[dict[str, Any]] = []
    base = ""
    while True:
        settings = _read(path)
        parent = settings.pop("extends", None)
        if not base and path.parent == styles_folder():
            base = path.stem
        if layers:
            settings.pop("name", None)
        layers.append(settings)
        if parent is None:
            break
        if not isinstance(parent, str):
            raise PublishingError(f'{path}: extends takes the name or path of a style, such as "vna"')
        if len(layers) > _MAX_ANCESTORS:
            raise PublishingError(f"{path}: the styles extend one another in a circle, or too deeply")
        path = find_style(parent, path.parent)
    merged: dict[str, Any] = {}
    for layer in reversed(layers):
        merged = _merge(merged, layer)
    return merged, base or "vna"


def _merge(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        merged[key] = _merge(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


def _build(settings: dict[str, Any], path: Path, base: str) -> Style:
    settings.setdefault("name", path.stem)
    values: dict[str, Any] = {"base": base}
    known = {f.name for f in dataclasses.fields(Style)} - {"base"}
    for key, value in settings.items():
        name = key.replace("-", "_")
        if name not in known:
            raise _unknown(path, key, [n.replace("_", "-") for n in known])
        section = _SECTIONS.get(name)
        if section is not None:
            values[name] = _section(section, key, value, path)
        elif isinstance(value, str) and (value or name != "name"):
            values[name] = value
        else:
            raise PublishingError(f"{path}: {key} takes a text in quotation marks")
    return Style(**values)


_SECTIONS: dict[str, type[Any]] = {
    "names": Names,
    "places": Places,
    "dateline": Dateline,
    "dates": Dates,
    "figures": Figures,
    "captions": Captions,
    "marks": Marks,
    "byline": Byline,
    "source": Source,
    "spelling": Spelling,
    "short_forms": ShortForms,
}


def _section(kind: type[Any], title: str, settings: Any, path: Path) -> Any:
    if not isinstance(settings, dict):
        raise PublishingError(f"{path}: {title} is a table: write [{title}] on a line of its own")
    known = {f.name: f for f in dataclasses.fields(kind)}
    values: dict[str, Any] = {}
    for key, value in settings.items():
        name = key.replace("-", "_")
        if name not in known:
            raise _unknown(path, f"{title}.{key}", [f"{title}.{n.replace('_', '-')}" for n in known])
        values[name] = _setting(known[name], f"{title}.{key}", value, path)
    return kind(**values)


def _setting(kind: dataclasses.Field[Any], key: str, value: Any, path: Path) -> Any:
    """Check one value against its field's declared type, choices and places."""
    declared = str(kind.type)
    if declared == "bool":
        if not isinstance(value, bool):
            raise PublishingError(f"{path}: {key} is true or false, without quotation marks")
        return value
    if declared in {"str", "Order"}:
        if not isinstance(value, str):
            raise PublishingError(f"{path}: {key} takes a text in quotation marks")
        choices = kind.metadata.get("choices")
        if choices and value not in choices:
            listed = ", ".join(repr(choice) for choice in choices)
            raise PublishingError(f"{path}: {key} is one of {listed}, not {value!r}")
        places = kind.metadata.get("places")
        if places is not None:
            _check_pattern(value, places, key, path)
        return value
    if declared.startswith("tuple"):
        return _texts(value, key, path)
    if not isinstance(value, dict):
        raise PublishingError(f"{path}: {key} is a table: write [{key}] on a line of its own")
    if "tuple" in declared:
        return MappingProxyType({name: _texts(item, f"{key}.{name}", path) for name, item in value.items()})
    for name, item in value.items():
        if not isinstance(item, str) or not name.strip():
            raise PublishingError(f"{path}: {key}.{name or '?'} takes a text in quotation marks")
    return MappingProxyType(dict(value))


def _texts(value: Any, key: str, path: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise PublishingError(f'{path}: {key} takes a list of texts, such as ["one", "two"]')
    return tuple(value)


def _check_pattern(pattern: str, places: tuple[str, ...], key: str, path: Path) -> None:
    try:
        fill(pattern, dict.fromkeys(places, "x"))
    except ValueError as error:
        listed = ", ".join("{" + place + "}" for place in places)
        raise PublishingError(f"{path}: {key}: {error}; the places are {listed}") from None


def _unknown(path: Path, key: str, known: list[str]) -> PublishingError:
    near = difflib.get_close_matches(key, known, 1)
    mend = f"did you mean {near[0]!r}?" if near else f"the settings are {', '.join(known)}"
    return PublishingError(f"{path}: no setting {key!r}; {mend}")


def fill(pattern: str, values: Mapping[str, str]) -> str:
    """Fill the places of a style's pattern: ``{city}[ ({agency})] – `` with ``city`` and ``agency``.

    A part in square brackets is left out when a place in it is empty. Values are put in as they
    are: braces and brackets in them mean nothing. Raises ValueError where the pattern is malformed.
    """
    done: list[str] = []
    optional: list[str] | None = None
    missing = False
    position = 0
    while position < len(pattern):
        mark = pattern[position]
        target = done if optional is None else optional
        if mark == "{":
            end = pattern.find("}", position)
            name = pattern[position + 1 : end] if end > 0 else ""
            if name not in values:
                raise ValueError(f"{{{name}}} is not a place" if name else "a brace is not closed")
            target.append(values[name])
            missing = missing or (optional is not None and not values[name])
            position = end
        elif mark == "[" and optional is None:
            optional, missing = [], False
        elif mark == "]" and optional is not None:
            done.extend([] if missing else optional)
            optional = None
        elif mark in "[]}":
            raise ValueError(f"{mark!r} stands alone")
        else:
            target.append(mark)
        position += 1
    if optional is not None:
        raise ValueError("a square bracket is not closed")
    return "".join(done)
