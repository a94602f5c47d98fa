"""A whole training run: prepare, train, average, save; and fine-tuning on a desk's own pairs."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bulletin.errors import TrainingError
from bulletin.files import write_atomic
from bulletin.training.average import load_average, snapshots
from bulletin.training.carrying import Carrying, carry
from bulletin.training.checkpoint import CHECKPOINT, Position, save_model
from bulletin.training.evaluate import make_evaluation
from bulletin.training.loop import Limits, train
from bulletin.training.pairs import Pair, read_pairs
from bulletin.training.prepare import Prepared, make_substitutes, prepare
from bulletin.training.recipe import Recipe
from bulletin.training.spans import TermIndex, find_spans

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Job:
    """What a run reads and writes. ``dev`` is measured on and never trained on."""

    recipe: Recipe
    out: Path
    base: str = ""
    data: Path | None = None
    memories: tuple[Path, ...] = ()
    dev: Path | None = None
    limits: Limits = dataclasses.field(default_factory=Limits)
    threads: int = 0
    average: int = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a run ended and where its model lies."""

    position: Position
    model: Path


def run(job: Job, say: Say = lambda line: None) -> Outcome:
    """Train as ``job`` says, going on where an earlier call stopped, and save the averaged model.

    The model goes to ``out/model`` and loads with plain transformers classes. Raises TrainingError.
    """
    import torch

    torch.set_num_threads(job.threads or max(1, len(os.sched_getaffinity(0))))
    dev = _dev_pairs(job)
    prepared = prepare(
        job.recipe,
        base=job.base,
        data=job.data,
        memories=job.memories,
        held_out=frozenset(pair.source for pair in dev),
        cache=job.out / "alignment",
        say=say,
    )
    _same_run(job)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    prepared.model.to(device)
    position = train(
        prepared.model,
        prepared.stream,
        job.recipe,
        job.out,
        pad=prepared.pad,
        start=prepared.start,
        limits=job.limits,
        evaluate=_evaluation(job, prepared, dev) if dev else None,
        say=say,
    )
    return Outcome(position, save_average(prepared.model, prepared.tokenizer, job, position))


def save_average(model: Any, tokenizer: Any, job: Job, position: Position) -> Path:
    """Save the mean of the last snapshots (or the last weights, where there are fewer than two)."""
    import json

    last = snapshots(job.out)[-job.average :] if job.average > 1 else []
    if len(last) > 1:
        model.load_state_dict(load_average(last), strict=False)
        model.tie_weights()
    folder = job.out / "model"
    settings = json.loads((job.out / "recipe.json").read_text(encoding="utf-8"))
    about = {
        "name": job.out.name,
        "version": f"{position.step}",
        "carries_terms": job.recipe.carrying.share > 0,
        "source_language": "vi",
        "target_language": "en",
        "recipe": job.recipe.name,
        "base": Path(settings["base"]).name if Path(settings["base"]).is_dir() else settings["base"],
        "target_pieces_seen": position.pieces,
        "averaged_snapshots": max(1, len(last)),
    }
    save_model(folder, model, tokenizer, about, half=True)
    return folder


def _same_run(job: Job) -> None:
    """Note what this run is; refuse to go on with another base or other texts in the same folder."""
    import json

    digest = hashlib.sha256()
    for path in job.memories:
        digest.update(path.read_bytes())
    about = {
        "base": job.base or job.recipe.base or "builtin",
        "memories": digest.hexdigest() if job.memories else "",
    }
    note = job.out / "recipe.json"
    if note.is_file() and (job.out / CHECKPOINT).is_file():
        before = json.loads(note.read_text(encoding="utf-8"))
        for key, value in about.items():
            if before.get(key) != value:
                raise TrainingError(
                    f"{job.out}: this folder holds a run with another {key.rstrip('s')}; "
                    "give another --out, or delete the folder to start anew"
                )
    text = json.dumps(about | {"recipe": dataclasses.asdict(job.recipe)}, ensure_ascii=False, indent=2)
    write_atomic(note, text + "\n")


def _dev_pairs(job: Job) -> list[Pair]:
    if job.dev is None:
        return []
    return list(read_pairs(job.dev))[: job.recipe.upkeep.evaluate_pairs]


def _evaluation(job: Job, prepared: Prepared, dev: Sequence[Pair]) -> Callable[[Any], dict[str, float]]:
    rng = random.Random("evaluation")
    every = Carrying(share=1.0, every=1.0, substitutes=0.0, most=6)
    nothing = make_substitutes({})
    carried = []
    for pair in dev:
        spans = find_spans(pair.source, pair.target, TermIndex())
        if spans:
            carried.append(carry(pair, spans, every, nothing, rng))
    return make_evaluation(prepared, dev, carried, job.recipe.schedule)
