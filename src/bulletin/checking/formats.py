"""Findings in the formats that people and CI systems read: text, JSON, JUnit, SARIF, GitHub annotations."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

from bulletin import __version__
from bulletin.errors import BulletinError
from bulletin.finding import Finding, Severity

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
# characters that XML 1.0 cannot hold
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(findings: Sequence[Finding], fmt: str = "text") -> str:
    """Findings as one text in a format: text, json, junit, sarif or github.

    Each text ends with a line break, except the empty one that github gives for no findings.
    Raises BulletinError for an unknown format.
    """
    writer = FORMATS.get(fmt)
    if writer is None:
        raise BulletinError(f"{fmt!r} is no format of findings; use {', '.join(FORMATS)}")
    return writer(findings)


def place(finding: Finding) -> str:
    """``file:line``, ``file`` or the segment: where a finding is, as short as it can be said."""
    where = finding.file if finding.line is None else f"{finding.file}:{finding.line}"
    if finding.segment:
        where = f"{where} {finding.segment}".strip()
    return where


def _text(findings: Sequence[Finding]) -> str:
    lines = []
    for finding in findings:
        where = place(finding)
        mend = f" ({finding.mend})" if finding.mend else ""
        line = f"{where}: {finding.severity.value} {finding.code}: {finding.message}{mend}"
        lines.append(" ".join(line.removeprefix(": ").split()))
    lines.append(_summary(findings))
    return "\n".join(lines) + "\n"


def _summary(findings: Sequence[Finding]) -> str:
    if not findings:
        return "no findings"
    counts = {severity: sum(finding.severity is severity for finding in findings) for severity in Severity}
    parts = [f"{count} {severity.value}{'s' * (count != 1)}" for severity, count in counts.items() if count]
    return ", ".join(parts)


def _json(findings: Sequence[Finding]) -> str:
    data = {
        "version": __version__,
        "stands": sum(finding.stands for finding in findings),
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity.value,
                "message": finding.message,
                "file": finding.file,
                "line": finding.line,
                "segment": finding.segment,
                "mend": finding.mend,
            }
            for finding in findings
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _junit(findings: Sequence[Finding]) -> str:
    """One test case a finding; a note passes, and so does the one case that stands for no findings."""
    standing = [finding for finding in findings if finding.stands]
    errors = sum(finding.severity is Severity.ERROR for finding in standing)
    suite = ElementTree.Element(
        "testsuite",
        name="bulletin",
        tests=str(max(len(findings), 1)),
        failures=str(len(standing)),
        errors="0",
        skipped="0",
    )
    for finding in findings:
        case = ElementTree.SubElement(
            suite, "testcase", classname=_xml(finding.code), name=_xml(place(finding) or finding.message)
        )
        if finding.file:
            case.set("file", _xml(finding.file))
        if finding.line is not None:
            case.set("line", str(finding.line))
        if finding.stands:
            failure = ElementTree.SubElement(
                case, "failure", type=finding.severity.value, message=_xml(finding.message)
            )
            failure.text = _xml(finding.mend or finding.message)
        else:
            ElementTree.SubElement(case, "system-out").text = _xml(finding.message)
    if not findings:
        ElementTree.SubElement(suite, "testcase", classname="bulletin", name="no findings")
    suites = ElementTree.Element(
        "testsuites", tests=suite.get("tests", "1"), failures=str(len(standing)), errors="0"
    )
    suites.append(suite)
    suites.set("name", f"bulletin: {errors} errors")
    ElementTree.indent(suites)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suites, encoding="unicode") + "\n"
    )


def _xml(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def _sarif(findings: Sequence[Finding]) -> str:
    codes = sorted({finding.code for finding in findings})
    results: list[dict[str, Any]] = []
    for finding in findings:
        mend = f" Mend: {finding.mend}." if finding.mend else ""
        result: dict[str, Any] = {
            "ruleId": finding.code,
            "ruleIndex": codes.index(finding.code),
            "level": finding.severity.value,
            "message": {"text": f"{finding.message.rstrip('.')}.{mend}"},
        }
        location: dict[str, Any] = {}
        if finding.file:
            location["physicalLocation"] = {
                "artifactLocation": {"uri": quote(finding.file.replace("\\", "/"), safe="/:")}
            }
            if finding.line is not None and finding.line > 0:
                location["physicalLocation"]["region"] = {"startLine": finding.line}
        if finding.segment:
            location["logicalLocations"] = [{"name": finding.segment, "kind": "segment"}]
        if location:
            result["locations"] = [location]
        results.append(result)
    tool = {"name": "bulletin", "version": __version__, "rules": [{"id": code} for code in codes]}
    runs = [{"tool": {"driver": tool}, "columnKind": "unicodeCodePoints", "results": results}]
    log = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": runs}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _github(findings: Sequence[Finding]) -> str:
    """Workflow commands, escaped: a line break in a message would end one and begin another."""
    lines = []
    for finding in findings:
        properties = []
        if finding.file:
            properties.append(f"file={_github_property(finding.file)}")
            if finding.line is not None:
                properties.append(f"line={finding.line}")
        properties.append(f"title={_github_property(finding.code)}")
        segment = f"{finding.segment}: " if finding.segment else ""
        mend = f" ({finding.mend})" if finding.mend else ""
        message = _github_data(f"{segment}{finding.message}{mend}")
        lines.append(f"::{_GITHUB[finding.severity]} {','.join(properties)}::{message}\n")
    return "".join(lines)


def _github_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _github_property(text: str) -> str:
    return _github_data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Sequence[Finding]], str]] = {
    "text": _text,
    "json": _json,
    "junit": _junit,
    "sarif": _sarif,
    "github": _github,
}
"""The formats by name."""
