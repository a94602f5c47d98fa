"""report.json: what one run did to one article, in full."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from bulletin.article import Article
from bulletin.drafting.draft import Draft
from bulletin.finding import Finding


def all_findings(article: Article, draft: Draft, about_print: Sequence[Finding] = ()) -> tuple[Finding, ...]:
    """The findings of reading, of every segment and of publishing, in that order, each said once."""
    found = [*article.findings, *(finding for unit in draft.units for finding in unit.findings)]
    known = {(finding.code, finding.segment) for finding in found}
    return (*found, *(finding for finding in about_print if (finding.code, finding.segment) not in known))


def build_report(
    article: Article,
    draft: Draft,
    findings: Sequence[Finding],
    *,
    scores: Mapping[str, Any] | None = None,
    timings: Mapping[str, float] | None = None,
    files: Sequence[str] = (),
) -> dict[str, Any]:
    """The report as plain values for JSON; ``timings`` are in seconds."""
    terms = [line for unit in draft.units for line in unit.occurrences]
    return {
        "signature": {**dataclasses.asdict(draft.signature), "text": str(draft.signature)},
        "article": {
            "name": article.name,
            "source_hash": article.source_hash,
            "encoding": article.encoding,
            "date": article.date.isoformat() if article.date else None,
            "dateline": article.dateline,
            "source": article.source,
            "blocks": len(article.blocks),
            "segments": len(article.segments),
        },
        "headline": {
            "text": " ".join(unit.target for unit in draft.units if unit.kind == "headline"),
            "provisional": draft.headline_provisional,
        },
        "removed": [dataclasses.asdict(removal) for removal in article.removals],
        "terms": {
            "total": len(terms),
            "by_status": dict(sorted(Counter(line.status.value for line in terms).items())),
            "by_step": dict(sorted(Counter(line.how for line in terms if line.how).items())),
            "occurrences": [dataclasses.asdict(line) for line in terms],
        },
        "findings": [dataclasses.asdict(finding) for finding in findings],
        "scores": dict(scores) if scores is not None else None,
        "timings": {key: round(value, 3) for key, value in (timings or {}).items()},
        "files": list(files),
    }


def dump_report(report: Mapping[str, Any]) -> str:
    """The report as JSON text."""
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"
