"""Finding: one departure from a rule, with its place and its mend."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: an error or a warning stands under ``--strict``, a note does not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One departure from a rule.

    ``code`` is stable over versions (``term-missing``, ``date-differs``); ``message`` says what was
    expected and what was found; ``mend`` says what to do. ``line`` is 1-based in ``file``;
    ``segment`` is the segment id where the finding concerns an article or a draft.
    """

    code: str
    severity: Severity
    message: str
    file: str = ""
    line: int | None = None
    segment: str = ""
    mend: str = ""

    @property
    def stands(self) -> bool:
        """Whether ``--strict`` refuses a result that has this finding."""
        return self.severity is not Severity.NOTE
