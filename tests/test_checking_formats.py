"""Findings in every format: what CI systems parse must hold whatever a finding says."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.checking.formats import FORMATS, render
from bulletin.errors import BulletinError
from bulletin.finding import Finding, Severity

ERROR = Finding("G005", Severity.ERROR, "unknown case 'lower'", "glossary/party.csv", 12, mend="use exact")
WARNING = Finding("term-missing", Severity.WARNING, "'Politburo' is not there", "draft.xlf", segment="b1.s2")
NOTE = Finding("odd-length", Severity.NOTE, "100% longer\nthan usual", "a:b,c.xlf", 3)

TEXTS = st.text(max_size=40)
FINDINGS = st.lists(
    st.builds(
        Finding,
        code=st.text("abcG-019", min_size=1, max_size=8),
        severity=st.sampled_from(list(Severity)),
        message=TEXTS,
        file=TEXTS,
        line=st.none() | st.integers(1, 10**6),
        segment=TEXTS,
        mend=TEXTS,
    ),
    max_size=5,
)


def test_text_is_one_line_a_finding_and_a_count() -> None:
    assert render([ERROR, WARNING, NOTE]).splitlines() == [
        "glossary/party.csv:12: error G005: unknown case 'lower' (use exact)",
        "draft.xlf b1.s2: warning term-missing: 'Politburo' is not there",
        "a:b,c.xlf:3: note odd-length: 100% longer than usual",
        "1 error, 1 warning, 1 note",
    ]
    assert render([], "text") == "no findings\n"


def test_json_holds_every_field() -> None:
    data = json.loads(render([ERROR, NOTE], "json"))
    assert data["stands"] == 1
    assert data["findings"][0] == {
        "code": "G005",
        "severity": "error",
        "message": "unknown case 'lower'",
        "file": "glossary/party.csv",
        "line": 12,
        "segment": "",
        "mend": "use exact",
    }


def test_junit_fails_for_what_stands_and_passes_otherwise() -> None:
    root = ElementTree.fromstring(render([ERROR, WARNING, NOTE], "junit"))
    (suite,) = root.findall("testsuite")
    assert (suite.get("tests"), suite.get("failures")) == ("3", "2")
    assert [len(case.findall("failure")) for case in suite.findall("testcase")] == [1, 1, 0]
    empty = ElementTree.fromstring(render([], "junit"))
    assert len(empty.findall("testsuite/testcase")) == 1
    assert not empty.findall(".//failure")


def test_sarif_names_rules_levels_and_places() -> None:
    log = json.loads(render([ERROR, WARNING, NOTE], "sarif"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
    first, second, third = run["results"]
    assert first["level"] == "error"
    assert first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "glossary/party.csv"
    assert first["locations"][0]["physicalLocation"]["region"]["startLine"] == 12
    assert "region" not in second["locations"][0]["physicalLocation"]
    assert second["locations"][0]["logicalLocations"][0]["name"] == "b1.s2"
    assert third["level"] == "note"


def test_github_commands_are_escaped() -> None:
    assert render([ERROR, NOTE], "github").splitlines() == [
        "::error file=glossary/party.csv,line=12,title=G005::unknown case 'lower' (use exact)",
        "::notice file=a%3Ab%2Cc.xlf,line=3,title=odd-length::100%25 longer%0Athan usual",
    ]
    assert render([], "github") == ""


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(BulletinError, match="'xml' is no format of findings; use text, json"):
        render([], "xml")


@given(FINDINGS)
def test_whatever_findings_say_the_formats_stay_whole(findings: list[Finding]) -> None:
    for name in FORMATS:
        render(findings, name).encode("utf-8", "surrogatepass")
    assert len(json.loads(render(findings, "json"))["findings"]) == len(findings)
    assert len(json.loads(render(findings, "sarif"))["runs"][0]["results"]) == len(findings)
    root = ElementTree.fromstring(render(findings, "junit"))
    assert len(root.findall(".//testcase")) == max(len(findings), 1)
    assert len(render(findings, "github").split("\n")) == len(findings) + 1
    assert len(render(findings, "text").split("\n")) == len(findings) + 2
