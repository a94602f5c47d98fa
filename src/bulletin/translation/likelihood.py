"""How likely a model thinks an English sentence that is given: reading, where translating is writing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from bulletin.translation.engine import Progress
from bulletin.translation.families import Family

SCORES = 20_000_000
"""A batch's pieces by the vocabulary's: at most about this many scores are held at once (80 MB)."""


def read_pairs(
    model: Any,
    tokenizer: Any,
    family: Family,
    positions: int,
    pairs: Sequence[tuple[str, str]],
    progress: Progress | None = None,
) -> list[float]:
    """The log-probability of each (source, English) pair's English: natural logarithm, summed over pieces.

    Its language code and its end are counted with it. NaN where it is empty, or where a side has more
    pieces than the model has ``positions``.
    """
    sources = _pieces(tokenizer, [family.prefix + (source or " ") for source, _ in pairs])
    targets = _pieces(tokenizer, [family.strip + english for _, english in pairs], target=True)
    found = [math.nan] * len(pairs)
    readable = [
        index
        for index, (_, english) in enumerate(pairs)
        if english.strip() and max(len(sources[index]), len(targets[index])) <= positions
    ]
    readable.sort(key=lambda index: (len(targets[index]), len(sources[index])))
    done = 0
    for batch in _batches(readable, targets, SCORES // max(1, model.config.vocab_size)):
        read = _read(model, tokenizer.pad_token_id, [sources[i] for i in batch], [targets[i] for i in batch])
        for index, value in zip(batch, read, strict=True):
            found[index] = value
        done += len(batch)
        if progress is not None:
            progress(done, len(readable))
    return found


def _pieces(tokenizer: Any, texts: Sequence[str], *, target: bool = False) -> list[list[int]]:
    if not texts:
        return []
    given: dict[str, Any] = {"text_target": list(texts)} if target else {"text": list(texts)}
    return list(tokenizer(**given, verbose=False)["input_ids"])


def _batches(order: Sequence[int], rows: Sequence[Sequence[int]], room: int) -> Iterator[list[int]]:
    """Cut ``order``, shortest row first, into batches of at most ``room`` pieces, padding counted."""
    batch: list[int] = []
    for index in order:
        if batch and (len(batch) + 1) * len(rows[index]) > room:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _read(model: Any, pad: int, sources: Sequence[list[int]], targets: Sequence[list[int]]) -> list[float]:
    import torch

    def padded(rows: Sequence[list[int]], value: int) -> Any:
        tensors = [torch.tensor(row) for row in rows]
        joined = torch.nn.utils.rnn.pad_sequence(tensors, batch_first=True, padding_value=value)
        return joined.to(model.device)

    inputs, labels = padded(sources, pad), padded(targets, -100)
    mask = padded([[1] * len(row) for row in sources], 0)
    with torch.inference_mode():
        logits = model(input_ids=inputs, attention_mask=mask, labels=labels).logits.float()
        losses = torch.nn.functional.cross_entropy(
            logits.transpose(1, 2), labels, ignore_index=-100, reduction="none"
        )
    return [-float(loss) for loss in losses.sum(dim=1)]
