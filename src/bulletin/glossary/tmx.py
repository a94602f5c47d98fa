"""TMX 1.4: one translation unit an entry, with what TMX has no place for in its properties."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lxml import etree

from bulletin import __version__
from bulletin.errors import GlossaryError
from bulletin.glossary.entry import Entry
from bulletin.glossary.safe_xml import XML_LANG, element_text, line_of, local_name, parse_xml, xml_text
from bulletin.glossary.sheets import entries_of_rows
from bulletin.glossary.table import Problem, entry_cells

_OWN = "x-bulletin-"


def write_tmx(entries: Iterable[Entry]) -> bytes:
    """Entries as a TMX 1.4 document: Vietnamese and English, and each further cell as a property."""
    root = etree.Element("tmx", version="1.4")
    etree.SubElement(
        root,
        "header",
        {
            "creationtool": "bulletin",
            "creationtoolversion": __version__,
            "segtype": "phrase",
            "o-tmf": "bulletin",
            "adminlang": "en",
            "srclang": "vi",
            "datatype": "plaintext",
        },
    )
    body = etree.SubElement(root, "body")
    for entry in entries:
        unit = etree.SubElement(body, "tu", tuid=xml_text(entry.id, entry.id))
        cells = entry_cells(entry)
        for name, value in cells.items():
            if value and name not in ("id", "vi", "en_vna"):
                prop = etree.SubElement(unit, "prop", type=f"{_OWN}{name}")
                prop.text = xml_text(value, entry.id)
        for language, text in (("vi", entry.vi), ("en", entry.english["vna"])):
            variant = etree.SubElement(unit, "tuv", {XML_LANG: language})
            etree.SubElement(variant, "seg").text = xml_text(text, entry.id)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def read_tmx(path: Path, problems: list[Problem]) -> list[Entry]:
    """The entries of a TMX file; a unit without Vietnamese or English is told in ``problems``.

    Raises GlossaryError for what is no TMX, or is not safe to parse.
    """
    root = parse_xml(path)
    if local_name(root) != "tmx":
        raise GlossaryError(f"{path}:1: <{local_name(root)}> is no TMX; expected <tmx>")
    rows: list[tuple[int, dict[str, str]]] = []
    for number, unit in enumerate((item for item in root.iter(etree.Element) if local_name(item) == "tu"), 1):
        line = line_of(unit)
        texts: dict[str, str] = {}
        cells: dict[str, str] = {}
        for child in unit:
            if local_name(child) == "tuv":
                language = (child.get(XML_LANG) or child.get("lang") or "").split("-")[0].lower()
                segment = next((part for part in child if local_name(part) == "seg"), None)
                texts.setdefault(language, element_text(segment))
            elif local_name(child) == "prop" and (child.get("type") or "").startswith(_OWN):
                cells[(child.get("type") or "").removeprefix(_OWN)] = element_text(child)
        if not texts.get("vi", "").strip() or not texts.get("en", "").strip():
            missing = "Vietnamese" if not texts.get("vi", "").strip() else "English"
            problems.append(
                Problem(
                    "G030", str(path), line, f"unit {number} has no {missing} text", "add it, or do without"
                )
            )
            continue
        cells |= {"id": unit.get("tuid") or f"unit-{number}", "vi": texts["vi"], "en_vna": texts["en"]}
        rows.append((line, cells))
    return entries_of_rows(rows, str(path), problems)
