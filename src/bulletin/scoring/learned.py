"""Learned metrics such as COMET, computed by pymarian in a process of its own.

pymarian is a large package of its own world; it is never imported. Its command does the work,
whether it came with the extra or was installed apart.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bulletin.errors import MissingExtraError, ScoringError
from bulletin.scoring.align import Aligned

COMMAND = "pymarian-eval"


@dataclass(frozen=True, slots=True)
class LearnedScore:
    """The mean of a learned metric over segments, times 100, and each segment's own."""

    value: float
    segments: tuple[float, ...]
    signature: str

    def as_dict(self) -> dict[str, Any]:
        """The figure for JSON."""
        return {"score": self.value, "signature": self.signature, "segments": list(self.segments)}


def learned_score(aligned: Aligned, model: str) -> LearnedScore:
    """The figure of ``model``: a name that pymarian knows (``wmt22-comet-da``), or one of its files.

    Raises MissingExtraError where pymarian is not installed, ScoringError where the Vietnamese is
    not known or pymarian fails (it fetches a model by name when it first needs it).
    """
    if aligned.sources is None:
        raise ScoringError(f"{aligned.name}: COMET needs the Vietnamese; give --source or a column vi")
    command = _command()
    call = [command, "--model", model, "--stdin", "--fields", "src", "mt", "ref", "--width", "6"]
    call += ["--cpu-threads", str(os.cpu_count() or 1)]
    if Path(model).suffix in (".npz", ".bin"):
        call += ["--like", "comet"]
    rows = zip(aligned.sources, aligned.hypotheses, aligned.references[0], strict=True)
    table = "".join("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in rows)
    done = subprocess.run(
        call, input=table, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    scores = _numbers(done.stdout)
    if done.returncode or len(scores) != len(aligned.hypotheses):
        last = (done.stderr.strip().splitlines() or [f"{len(scores)} scores"])[-1]
        raise ScoringError(f"{COMMAND} could not score {aligned.name} with {model!r}: {last[:200]}")
    mean = 100 * sum(scores) / len(scores)
    return LearnedScore(
        mean, tuple(100 * score for score in scores), f"model:{model}|nrefs:1|{_version(command)}"
    )


def _command() -> str:
    beside = Path(sys.executable).with_name(COMMAND)
    found = str(beside) if beside.is_file() else shutil.which(COMMAND)
    if found is None:
        raise MissingExtraError("pymarian", "comet")
    return found


def _version(command: str) -> str:
    done = subprocess.run([command, "--version"], capture_output=True, encoding="utf-8", check=False)
    return "pymarian:" + (done.stdout.split() or ["unknown"])[-1]


def _numbers(text: str) -> list[float]:
    try:
        return [float(line) for line in text.split()]
    except ValueError:
        return []
