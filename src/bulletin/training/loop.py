"""The training loop: plain PyTorch, resumable at any kill.

A plain loop is smaller here than transformers' Trainer: batches are packed by pieces, and a resumed run
must repeat the interrupted one exactly, which needs the stream's position rather than a data loader's.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bulletin.errors import TrainingError
from bulletin.training.average import snapshots
from bulletin.training.checkpoint import Position, load_checkpoint, save_checkpoint
from bulletin.training.recipe import Recipe, Schedule
from bulletin.training.report import append_row, write_report
from bulletin.training.stream import Batch, Stream

Say = Callable[[str], None]

LOG_EVERY = 50
"""Steps between rows of the table."""


@dataclass(frozen=True, slots=True)
class Limits:
    """When a call of the loop stops: after steps or minutes (None is never), or when ``asked`` says so."""

    steps: int | None = None
    minutes: float | None = None
    asked: Callable[[], bool] = lambda: False


def rate_factor(step: int, schedule: Schedule) -> float:
    """Return the share of the full rate at ``step`` (from 0): linear up, constant, linear down to nothing."""
    factor = min(1.0, (step + 1) / schedule.warmup_steps) if schedule.warmup_steps else 1.0
    if schedule.max_steps and schedule.decay_steps:
        left = schedule.max_steps - step
        factor = min(factor, max(0.0, left / schedule.decay_steps))
    return factor


def by_passes(schedule: Schedule, stream: Stream) -> Schedule:
    """Return ``schedule`` with its ``passes`` turned into steps, counted on the stream's first round."""
    if not schedule.passes:
        return schedule
    steps = max(1, -(-len(stream.batches(0)) // schedule.accumulate)) * schedule.passes
    return replace(
        schedule,
        passes=0,
        max_steps=steps,
        decay_steps=max(1, steps // 2),
        warmup_steps=min(schedule.warmup_steps, steps // 4),
    )


def make_optimiser(model: Any, schedule: Schedule) -> Any:
    """Return AdamW with the encoder's rate apart from the rest; the lowest encoder layers may be frozen."""
    import torch

    encoder_name = "encoder."
    for name, weight in model.named_parameters():
        lower = [f".layers.{n}." for n in range(schedule.freeze_encoder_layers)]
        if encoder_name in name and any(part in name for part in lower):
            weight.requires_grad_(False)
    slow: list[Any] = []
    fast: list[Any] = []
    for name, weight in model.named_parameters():
        if weight.requires_grad:
            (slow if encoder_name in name and ".embed_tokens" not in name else fast).append(weight)
    groups = [{"params": fast, "full_rate": schedule.rate}]
    if slow and schedule.encoder_rate > 0:
        groups.append({"params": slow, "full_rate": schedule.encoder_rate})
    return torch.optim.AdamW(
        groups, lr=schedule.rate, betas=(0.9, 0.98), weight_decay=schedule.weight_decay, fused=True
    )


def tensors(batch: Batch, pad: int, start: int, device: Any) -> tuple[Any, Any, Any, Any]:
    """Return (source, source mask, decoder input, labels) of a batch; labels are -100 where padded."""
    import torch

    width = max(len(example.source) for example in batch)
    height = max(len(example.target) for example in batch)
    source = torch.full((len(batch), width), pad, dtype=torch.long)
    labels = torch.full((len(batch), height), -100, dtype=torch.long)
    for row, example in enumerate(batch):
        source[row, : len(example.source)] = torch.tensor(example.source)
        labels[row, : len(example.target)] = torch.tensor(example.target)
    mask = torch.zeros_like(source)
    for row, example in enumerate(batch):
        mask[row, : len(example.source)] = 1
    shifted = torch.full_like(labels, start)
    shifted[:, 1:] = labels[:, :-1]
    shifted[shifted == -100] = pad
    return source.to(device), mask.to(device), shifted.to(device), labels.to(device)


def batch_loss(
    model: Any, batch: Batch, schedule: Schedule, pad: int, start: int, device: Any
) -> tuple[Any, int]:
    """Return (summed loss, target pieces) of a batch; bf16 autocast on a GPU, fp32 on a CPU.

    With ``schedule.consistency`` a model in training answers twice, under two dropouts, and the loss is the
    mean of the two cross-entropies and, by that weight, half of their divergence (R-Drop, Liang et al. 2021).
    """
    import torch

    source, mask, shifted, labels = tensors(batch, pad, start, device)
    twice = model.training and schedule.consistency > 0
    if twice:
        source, mask, shifted, labels = (torch.cat([part, part]) for part in (source, mask, shifted, labels))
    with torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type == "cuda"):
        logits = model(input_ids=source, attention_mask=mask, decoder_input_ids=shifted).logits
    real = labels.view(-1) != -100
    answers = logits.view(-1, logits.size(-1))[real].float()
    loss = torch.nn.functional.cross_entropy(
        answers,
        labels.view(-1)[real],
        label_smoothing=schedule.label_smoothing if model.training else 0.0,
        reduction="sum",
    )
    if not twice:
        return loss, int(real.sum())
    first, second = answers.log_softmax(-1).chunk(2)
    apart = (first.exp() - second.exp()) * (first - second)  # the two divergences, either way, in one
    return loss / 2 + schedule.consistency / 4 * apart.sum(), int(real.sum()) // 2


def set_dropout(model: Any, dropout: float) -> None:
    """Set every dropout of ``model`` that is kept as a module or as a number of its layers."""
    import torch

    for module in model.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = dropout
        elif isinstance(getattr(module, "dropout", None), float) and "coder" in type(module).__name__:
            module.dropout = dropout


def train(
    model: Any,
    stream: Stream,
    recipe: Recipe,
    out: Path,
    *,
    pad: int,
    start: int,
    limits: Limits | None = None,
    evaluate: Callable[[Any], dict[str, float]] | None = None,
    say: Say = lambda line: None,
) -> Position:
    """Train ``model`` in place until the recipe or ``limits`` end it, from ``out``'s checkpoint if any.

    ``evaluate`` measures the model (loss, chrF …) every ``upkeep.evaluate_steps``. Raises TrainingError.
    """
    import torch

    limits = limits or Limits()
    schedule, upkeep = by_passes(recipe.schedule, stream), recipe.upkeep
    device = next(model.parameters()).device
    torch.manual_seed(schedule.seed)
    set_dropout(model, schedule.dropout)
    optimiser = make_optimiser(model, schedule)
    position = load_checkpoint(out, model, optimiser) or Position()
    if position.step:
        say(f"goes on from step {position.step}")
    out.mkdir(parents=True, exist_ok=True)
    began = saved = time.monotonic()
    spent = position.seconds
    start_step = position.step
    number, index, step, pieces = position.round, position.batch, position.step, position.pieces
    batches = stream.batches(number)
    if not batches:
        raise TrainingError("no training pair is left after cleaning; look at the data folder and the recipe")
    window_loss, window_pieces, window_began = 0.0, 0, began
    model.train()

    def here() -> Position:
        return Position(step, number, index, pieces, spent + time.monotonic() - began)

    def done() -> bool:
        return (
            (schedule.max_steps > 0 and step >= schedule.max_steps)
            or (limits.steps is not None and step - start_step >= limits.steps)
            or (limits.minutes is not None and time.monotonic() - began >= limits.minutes * 60)
            or limits.asked()
        )

    while not done():
        group: list[Batch] = []
        while len(group) < schedule.accumulate:
            if index >= len(batches):
                number, index = number + 1, 0
                batches = stream.batches(number)
            group.append(batches[index])
            index += 1
        count = sum(len(example.target) for batch in group for example in batch)
        factor = rate_factor(step, schedule)
        for settings in optimiser.param_groups:
            settings["lr"] = settings["full_rate"] * factor
        for batch in group:
            loss, _ = batch_loss(model, batch, schedule, pad, start, device)
            (loss / count).backward()
            window_loss += float(loss.detach())
        torch.nn.utils.clip_grad_norm_(model.parameters(), schedule.clip)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        step += 1
        pieces += count
        window_pieces += count
        if step % upkeep.snapshot_steps == 0:
            _snapshot(model, out, step, upkeep.keep_snapshots)
        measuring = evaluate is not None and step % upkeep.evaluate_steps == 0
        if measuring or step % min(LOG_EVERY, upkeep.evaluate_steps) == 0:
            row: dict[str, float | int] = {
                "step": step,
                "round": number,
                "pieces": pieces,
                "minutes": round(here().seconds / 60, 1),
                "pieces_a_second": round(window_pieces / max(1e-9, time.monotonic() - window_began)),
                "rate": schedule.rate * factor,
                "loss": round(window_loss / max(1, window_pieces), 4),
            }
            if measuring and evaluate is not None:
                model.eval()
                random_state = torch.get_rng_state()
                row |= evaluate(model)
                torch.set_rng_state(random_state)
                model.train()
            append_row(out, row)
            write_report(out)
            say("  ".join(f"{key} {value:g}" for key, value in row.items()))
            window_loss, window_pieces, window_began = 0.0, 0, time.monotonic()
        if time.monotonic() - saved >= upkeep.checkpoint_minutes * 60:
            save_checkpoint(out, here(), model, optimiser)
            saved = time.monotonic()
    position = here()
    save_checkpoint(out, position, model, optimiser)
    return replace(position)


def _snapshot(model: Any, out: Path, step: int, keep: int) -> None:
    """Keep the weights (fp16 would lose too little to matter, but averages want fp32) of this step."""
    from safetensors.torch import save

    from bulletin.files import write_atomic

    shared: set[int] = set()
    state = {}
    for name, weight in model.state_dict().items():
        if weight.data_ptr() not in shared:
            shared.add(weight.data_ptr())
            state[name] = weight.contiguous()
    write_atomic(out / "snapshots" / f"step-{step:08d}.safetensors", save(state, {"step": json.dumps(step)}))
    for old in snapshots(out)[:-keep]:
        old.unlink()
