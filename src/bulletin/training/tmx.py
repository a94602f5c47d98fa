"""Reading the Vietnamese–English pairs of a TMX file, as a stream, without entities or network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bulletin.errors import TrainingError
from bulletin.training.pairs import MAX_SEGMENT, Pair, tidy

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# inline elements that hold another program's codes, not text
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})


def read_tmx(path: Path) -> Iterator[Pair]:
    """Yield the pairs of a TMX 1.4 file, tidied; units without both languages are passed over.

    Raises TrainingError for a file that is not TMX, is damaged, or declares entities.
    """
    from lxml import etree

    try:
        stream = etree.iterparse(
            str(path),
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        root = None
        for event, element in stream:
            if root is None:
                root = element
                _check_root(path, element)
            if event != "end" or _local(element) != "tu":
                continue
            pair = _unit(path, element)
            if pair is not None:
                yield pair
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        line = f":{error.lineno}" if error.lineno else ""
        raise TrainingError(f"{path}{line}: the TMX is damaged ({error.msg}); export it again") from error
    except OSError as error:
        raise TrainingError(f"{path}: cannot be read ({error.strerror or error})") from error


def _check_root(path: Path, element: Any) -> None:
    if _local(element) != "tmx":
        raise TrainingError(
            f"{path}: a TMX file's outermost element is <tmx>, not <{_local(element)}>; export as TMX"
        )
    declared = element.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise TrainingError(f"{path}: the TMX declares entities, which are not read; export it without them")


def _unit(path: Path, unit: Any) -> Pair | None:
    sides: dict[str, str] = {}
    for variant in unit:
        if not isinstance(variant.tag, str) or _local(variant) != "tuv":
            continue
        language = (variant.get(_LANG) or variant.get("lang") or "").lower().replace("_", "-").split("-")[0]
        if language not in ("vi", "en") or language in sides:
            continue
        segment = next(
            (child for child in variant if isinstance(child.tag, str) and _local(child) == "seg"), None
        )
        if segment is not None:
            sides[language] = tidy(_text(path, segment))
    if not sides.get("vi") or not sides.get("en"):
        return None
    if max(len(sides["vi"]), len(sides["en"])) > 10 * MAX_SEGMENT:
        return None
    return Pair(sides["vi"], sides["en"])


def _text(path: Path, element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str):
            if type(child).__name__ == "_Entity":
                raise TrainingError(f"{path}:{child.sourceline}: the TMX uses an entity, which is not read")
        elif _local(child) not in _CODES:
            parts.append(_text(path, child))
        parts.append(child.tail or "")
    return "".join(parts)


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
