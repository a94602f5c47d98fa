"""Forced decoding: a model reads an English sentence that it is given and says how likely each piece is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bulletin.translation.engine import Progress, Reading
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
) -> list[Reading]:
    """Read each (source, English) pair. What has more pieces than ``positions`` gets an empty reading."""
    sources = [family.prefix + (source or " ") for source, _ in pairs]
    inputs = _encode(tokenizer, text=sources) if pairs else []
    outputs = (
        _encode(tokenizer, text_target=[family.strip + english for _, english in pairs]) if pairs else []
    )
    readable = [
        index
        for index, (_, english) in enumerate(pairs)
        if english.strip() and max(len(inputs[index][0]), len(outputs[index][0])) <= positions
    ]
    readable.sort(key=lambda index: (len(outputs[index][0]), len(inputs[index][0])))
    found = [Reading()] * len(pairs)
    done = 0
    sizes = [len(numbers) for numbers, _ in outputs]
    for batch in _batches(readable, sizes, SCORES // max(1, model.config.vocab_size)):
        values = _read(
            model, tokenizer.pad_token_id, [inputs[i][0] for i in batch], [outputs[i][0] for i in batch]
        )
        for index, row in zip(batch, values, strict=True):
            english = family.strip + pairs[index][1]
            offsets = [_begin(span, english, len(family.strip)) for span in outputs[index][1]]
            found[index] = Reading(tuple(zip(offsets, row, strict=True)))
        done += len(batch)
        if progress is not None:
            progress(done, len(readable))
    return found


def _encode(tokenizer: Any, **texts: Any) -> list[tuple[list[int], list[tuple[int, int]]]]:
    """Each text's pieces, and where in it they stand (nowhere, without a tokenizer that tells)."""
    fast = bool(getattr(tokenizer, "is_fast", False))
    encoded = tokenizer(**texts, verbose=False, return_offsets_mapping=fast)
    rows = encoded["input_ids"]
    spans = encoded["offset_mapping"] if fast else [[(0, 0)] * len(row) for row in rows]
    return list(zip(rows, spans, strict=True))


def _begin(span: tuple[int, int], text: str, before: int) -> int:
    """Where a piece begins behind the first ``before`` characters, its space aside; -1 for nowhere."""
    start, end = max(span[0], before), span[1]
    while start < end and text[start].isspace():
        start += 1
    return start - before if start < end else -1


def _batches(order: Sequence[int], sizes: Sequence[int], room: int) -> Iterator[list[int]]:
    """Cut ``order``, smallest size first, into batches of at most ``room`` pieces, padding counted."""
    batch: list[int] = []
    for index in order:
        if batch and (len(batch) + 1) * sizes[index] > room:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _read(
    model: Any, pad: int, sources: Sequence[list[int]], targets: Sequence[list[int]]
) -> list[list[float]]:
    """The log-probability of each target piece, given its source and the pieces before it."""
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
    return [
        [-value for value in row[: len(target)]] for row, target in zip(losses.tolist(), targets, strict=True)
    ]
