"""Checkpoints: everything that a killed run needs to go on as if it had not been killed."""

from __future__ import annotations

import io
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bulletin.errors import TrainingError
from bulletin.files import write_atomic

CHECKPOINT = "checkpoint.pt"


@dataclass(frozen=True, slots=True)
class Position:
    """Where a run stands: steps done, round and batch that come next, target pieces seen, seconds."""

    step: int = 0
    round: int = 0
    batch: int = 0
    pieces: int = 0
    seconds: float = 0.0


def save_checkpoint(folder: Path, position: Position, model: Any, optimiser: Any) -> None:
    """Write the model, the optimiser, the position and the random state, in one atomic file."""
    import torch

    buffer = io.BytesIO()
    random_state = {"cpu": torch.get_rng_state()}
    if torch.cuda.is_available():
        random_state["cuda"] = torch.cuda.get_rng_state()
    torch.save(
        {
            "position": asdict(position),
            "model": model.state_dict(),
            "optimiser": optimiser.state_dict(),
            "random": random_state,
        },
        buffer,
    )
    write_atomic(folder / CHECKPOINT, buffer.getvalue())


def load_checkpoint(folder: Path, model: Any, optimiser: Any) -> Position | None:
    """Put a checkpoint's state into ``model`` and ``optimiser``; None where there is no checkpoint.

    Raises TrainingError where the checkpoint is damaged or of another shape.
    """
    import torch

    path = folder / CHECKPOINT
    if not path.is_file():
        return None
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        position = Position(**state["position"])
        torch.set_rng_state(state["random"]["cpu"])
        if "cuda" in state["random"] and torch.cuda.is_available():
            torch.cuda.set_rng_state(state["random"]["cuda"])
    except Exception as error:  # torch raises many kinds for a damaged file
        raise TrainingError(
            f"{path}: this checkpoint does not fit the recipe and base ({error}); "
            "train into another folder, or delete it to start anew"
        ) from error
    return position


def save_model(
    folder: Path, model: Any, tokenizer: Any, about: dict[str, Any], *, half: bool = False
) -> None:
    """Save a model as plain transformers classes load it, with ``bulletin.json`` beside.

    ``half`` stores fp16. The weights are rounded in a copy; ``model`` itself stays as it is.
    """
    import copy

    import torch

    folder.mkdir(parents=True, exist_ok=True)
    kept = copy.deepcopy(model).to("cpu")
    if half:
        kept = kept.to(torch.float16)
    if kept.config.model_type == "bart" and not hasattr(kept.config, "normalize_before"):
        # CTranslate2's converter asks for it; newer configurations leave it out
        kept.config.normalize_before = False
    kept.save_pretrained(folder, max_shard_size="45MB")
    for key in ("is_local", "local_files_only"):
        getattr(tokenizer, "init_kwargs", {}).pop(key, None)
    tokenizer.save_pretrained(folder)
    for path in folder.glob("*.safetensors"):
        path.chmod(0o644)
    write_atomic(folder / "bulletin.json", json.dumps(about, ensure_ascii=False, indent=2) + "\n")
