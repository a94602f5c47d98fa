"""TBX: terms out as TBX v3 Basic (ISO 30042:2019, data categories as tags); in from v3 and v2.

A concept is an entry. Its Vietnamese name and variants and its English forms are term sections; what
TBX-Basic has no category for (case, dates, sources) stands in notes ``name: value`` that reading
takes back, so that nothing is lost on the way out and in.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from bulletin.errors import GlossaryError
from bulletin.glossary.entry import CasePolicy, Entry
from bulletin.glossary.safe_xml import XML_LANG, element_text, line_of, local_name, parse_xml, xml_text
from bulletin.glossary.table import KINDS, Problem

CORE = "urn:iso:std:iso:30042:ed:3.0"
MIN = "http://www.tbxinfo.net/ns/min"
BASIC = "http://www.tbxinfo.net/ns/basic"

_PREFERRED = "preferredTerm-admn-sts"
_ADMITTED = "admittedTerm-admn-sts"
_DEPRECATED = "deprecatedTerm-admn-sts"
_WRONG = frozenset({_DEPRECATED, "supersededTerm-admn-sts", "deprecatedTerm", "supersededTerm"})
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
_KEYED = re.compile(r"(id|case|valid_from|valid_to|sources|note): (.*)\Z", re.DOTALL)


def write_tbx(entries: Iterable[Entry]) -> bytes:
    """Entries as a TBX v3 Basic document. Raises GlossaryError where there are none."""
    kept = list(entries)
    if not kept:
        raise GlossaryError("there is no entry to export, and TBX wants one; name a glossary that has some")
    namespaces: dict[str | None, str] = {None: CORE, "min": MIN, "basic": BASIC}
    root = etree.Element(f"{{{CORE}}}tbx", nsmap=namespaces)  # type: ignore[arg-type]  # the stubs forget None
    root.set("type", "TBX-Basic")
    root.set("style", "dct")
    root.set(XML_LANG, "en")
    source = _core(_core(_core(root, "tbxHeader"), "fileDesc"), "sourceDesc")
    _core(source, "p").text = "Vietnamese official terms with their English, exported by bulletin"
    body = _core(_core(root, "text"), "body")
    used: set[str] = set()
    for entry in kept:
        _write_concept(body, entry, used)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _core(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{CORE}}}{name}")


def _write_concept(body: etree._Element, entry: Entry, used: set[str]) -> None:
    concept = _core(body, "conceptEntry")
    named = bool(_NAME.match(entry.id)) and entry.id not in used
    if named:
        used.add(entry.id)
        concept.set("id", entry.id)
    etree.SubElement(concept, f"{{{MIN}}}subjectField").text = entry.kind
    if entry.authority:
        etree.SubElement(concept, f"{{{BASIC}}}source").text = xml_text(entry.authority, entry.id)
    notes = [
        ("id", "" if named else entry.id),
        ("case", entry.case.value if entry.case is not CasePolicy.INITIAL else ""),
        ("valid_from", entry.valid_from.isoformat() if entry.valid_from else ""),
        ("valid_to", entry.valid_to.isoformat() if entry.valid_to else ""),
        ("sources", str(entry.sources) if entry.sources != 1 else ""),
        ("note", entry.note),
    ]
    for name, value in notes:
        if value:
            _core(concept, "note").text = xml_text(f"{name}: {value}", entry.id)
    vietnamese = _core(concept, "langSec")
    vietnamese.set(XML_LANG, "vi")
    _write_term(vietnamese, entry, entry.vi, _PREFERRED)
    for variant in entry.variants:
        _write_term(vietnamese, entry, variant, _ADMITTED, kind="variant")
    english = _core(concept, "langSec")
    english.set(XML_LANG, "en")
    _write_term(english, entry, entry.english["vna"], _PREFERRED)
    for style, form in entry.english.items():
        if style != "vna":
            _write_term(english, entry, form, _PREFERRED, style=style)
    if entry.short:
        _write_term(english, entry, entry.short, _ADMITTED, kind="shortForm")
    if entry.feminine:
        _write_term(english, entry, entry.feminine, _ADMITTED, gender="feminine")
    if entry.plural:
        _write_term(english, entry, entry.plural, _ADMITTED, note="plural")
    for form in entry.accepted:
        _write_term(english, entry, form, _ADMITTED)
    for form in entry.forbidden:
        _write_term(english, entry, form, _DEPRECATED)


def _write_term(
    language: etree._Element,
    entry: Entry,
    form: str,
    status: str,
    *,
    kind: str = "",
    gender: str = "",
    style: str = "",
    note: str = "",
) -> None:
    section = _core(language, "termSec")
    _core(section, "term").text = xml_text(form, entry.id)
    etree.SubElement(section, f"{{{MIN}}}administrativeStatus").text = status
    if kind:
        etree.SubElement(section, f"{{{BASIC}}}termType").text = kind
    if gender:
        etree.SubElement(section, f"{{{BASIC}}}grammaticalGender").text = gender
    if style:
        etree.SubElement(section, f"{{{BASIC}}}projectSubset").text = style
    if note:
        _core(section, "note").text = note


@dataclass
class _Term:
    text: str
    categories: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def status(self) -> str:
        return self.categories.get("administrativeStatus") or self.categories.get(
            "normativeAuthorization", ""
        )


def read_tbx(path: Path, problems: list[Problem]) -> list[Entry]:
    """The entries of a TBX file: version 3 (tags or attributes) or version 2 (``martif``).

    A concept without Vietnamese or English is left out and told in ``problems``. The first preferred
    Vietnamese term is the entry's name, the first preferred English one its form; deprecated and
    superseded English forms are forbidden, all others accepted. Raises GlossaryError for what is no
    TBX, or is not safe to parse.
    """
    root = parse_xml(path)
    if local_name(root) not in ("tbx", "martif"):
        raise GlossaryError(f"{path}:1: <{local_name(root)}> is no TBX; expected <tbx> or <martif>")
    entries = []
    for number, concept in enumerate(_named(root, {"conceptEntry", "termEntry"}), 1):
        line = line_of(concept)
        entry = _read_concept(concept, number, str(path), line, problems)
        if entry is not None:
            entries.append(entry)
    return entries


def _named(element: etree._Element, names: set[str]) -> Iterator[etree._Element]:
    return (child for child in element.iter(etree.Element) if local_name(child) in names)


def _read_concept(
    concept: etree._Element, number: int, file: str, line: int, problems: list[Problem]
) -> Entry | None:
    about = _Term("")
    languages: dict[str, list[_Term]] = {}
    for child in concept:
        if local_name(child) in ("langSec", "langSet"):
            language = (child.get(XML_LANG) or child.get("lang") or "").split("-")[0].lower()
            for section in _named(child, {"termSec", "tig", "ntig"}):
                term = next(_named(section, {"term"}), None)
                if term is not None and element_text(term).strip():
                    read = _Term(element_text(term).strip())
                    _collect(section, read)
                    languages.setdefault(language, []).append(read)
        else:
            _collect_one(child, about)
    vietnamese, english = languages.get("vi", []), languages.get("en", [])
    if not vietnamese or not english:
        missing = "Vietnamese" if not vietnamese else "English"
        problems.append(
            Problem(
                "G030", file, line, f"concept {number} has no {missing} term", "add one, or do without it"
            )
        )
        return None
    keyed = {}
    free = []
    for note in about.notes:
        match = _KEYED.match(note)
        if match and match[1] not in keyed:
            keyed[match[1]] = match[2]
        else:
            free.append(note)
    return _entry(
        concept.get("id") or f"concept-{number}", vietnamese, english, about, keyed, free, file, line
    )


def _collect(section: etree._Element, term: _Term) -> None:
    for child in section:
        if local_name(child) == "termGrp":
            _collect(child, term)
        elif local_name(child) != "term":
            _collect_one(child, term)


def _collect_one(element: etree._Element, term: _Term) -> None:
    """One data category, as a tag or as an attribute, alone or in a group."""
    name = local_name(element)
    if name.endswith("Grp"):
        for child in element:
            _collect_one(child, term)
    elif name == "note":
        term.notes.append(element_text(element))
    else:
        category = element.get("type") if name in _BY_ATTRIBUTE else name
        if category:
            term.categories.setdefault(category, element_text(element))


_BY_ATTRIBUTE = frozenset(
    {"descrip", "descripNote", "admin", "adminNote", "termNote", "transac", "transacNote"}
)


def _entry(
    name: str,
    vietnamese: list[_Term],
    english: list[_Term],
    about: _Term,
    keyed: dict[str, str],
    free: list[str],
    file: str,
    line: int,
) -> Entry:
    own = next((term for term in vietnamese if term.status.startswith("preferred")), vietnamese[0])
    right = [term for term in english if term.status not in _WRONG] or english
    plain = [term for term in right if not _special(term)] or right
    main = next((term for term in plain if term.status.startswith("preferred")), plain[0])
    forms = {"vna": main.text}
    short = feminine = plural = ""
    accepted: list[str] = []
    forbidden: list[str] = []
    for term in english:
        style = term.categories.get("projectSubset", "")
        if term is main:
            continue
        if term.status in _WRONG:
            forbidden.append(term.text)
        elif style and style not in forms:
            forms[style] = term.text
        elif term.categories.get("termType") == "shortForm" and not short:
            short = term.text
        elif term.categories.get("grammaticalGender") == "feminine" and not feminine:
            feminine = term.text
        elif "plural" in term.notes and not plural:
            plural = term.text
        else:
            accepted.append(term.text)
    kind = about.categories.get("subjectField", "")
    note = keyed.get("note", "")
    if not note:
        note = " ".join(" ".join(free).split())
    case = keyed.get("case", "")
    sources = keyed.get("sources", "")
    return Entry(
        id=keyed.get("id", name),
        vi=own.text,
        english=forms,
        variants=tuple(term.text for term in vietnamese if term is not own),
        accepted=tuple(accepted),
        forbidden=tuple(forbidden),
        short=short,
        feminine=feminine,
        plural=plural,
        kind=kind if kind in KINDS else "phrase",
        case=CasePolicy(case) if case in tuple(CasePolicy) else CasePolicy.INITIAL,
        valid_from=_date(keyed.get("valid_from", "")),
        valid_to=_date(keyed.get("valid_to", "")),
        authority=about.categories.get("source", ""),
        sources=int(sources) if sources.isascii() and sources.isdigit() and len(sources) < 7 else 1,
        note=note,
        file=file,
        line=line,
    )


def _special(term: _Term) -> bool:
    return bool(
        term.categories.get("projectSubset")
        or term.categories.get("termType") == "shortForm"
        or term.categories.get("grammaticalGender")
        or "plural" in term.notes
    )


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
