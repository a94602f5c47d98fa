"""Checkpoint averaging: the mean of the weights of a run's last snapshots (Junczys-Dowmunt et al. 2016)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bulletin.errors import TrainingError


def average_states(states: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the mean of state dictionaries, computed in float32. Raises TrainingError if shapes differ."""
    if not states:
        raise TrainingError(
            "there are no snapshots to average; train for longer or lower upkeep.snapshot_steps"
        )
    first = states[0]
    total = {key: value.float().clone() for key, value in first.items()}
    for number, state in enumerate(states[1:], 2):
        if state.keys() != first.keys():
            raise TrainingError(
                f"snapshot {number} has other weights than the first; average one run at a time"
            )
        for key, value in state.items():
            if value.shape != total[key].shape:
                raise TrainingError(
                    f"snapshot {number} has another shape of {key!r}; average one run at a time"
                )
            total[key] += value.float()
    return {key: value / len(states) for key, value in total.items()}


def snapshots(folder: Path) -> list[Path]:
    """Return a run's snapshots, oldest first."""
    return sorted((folder / "snapshots").glob("step-*.safetensors"))


def load_average(paths: Sequence[Path]) -> dict[str, Any]:
    """Read snapshots and return their mean."""
    from safetensors.torch import load_file

    return average_states([load_file(path) for path in paths])
