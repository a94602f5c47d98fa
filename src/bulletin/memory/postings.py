"""The candidate index: which units share the rarest word pairs of a sentence.

A prefix filter over shingles (Chaudhuri, Ganti and Kaushik 2006): a near match shares some of the
sentence's rare pairs, so that the common ones need not be read.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from bulletin.memory.schema import postings

MAX_POSTINGS = 60_000
"""Unit ids read for one look-up, beyond those of its rarest word pair; bounds its time."""

MAX_RAREST = 1_000_000

_ROWS = 5000


def posting_rows(batch: int, words: Mapping[int, array[int]]) -> Iterator[list[dict[str, Any]]]:
    """The index rows of one batch of units (id to word pairs), in the order of the index, in parts."""
    import numpy as np

    sizes = np.fromiter((len(tokens) for tokens in words.values()), dtype=np.int64, count=len(words))
    ids = np.repeat(np.fromiter(words.keys(), dtype="<u4", count=len(words)), sizes)
    tokens = np.frombuffer(b"".join(tokens.tobytes() for tokens in words.values()), dtype=np.uint32)
    order = np.argsort(tokens, kind="stable")
    tokens, ids = tokens[order], ids[order]
    starts = np.flatnonzero(np.concatenate(([True], tokens[1:] != tokens[:-1])))
    ends = np.append(starts[1:], len(tokens))
    part: list[dict[str, Any]] = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        part.append(
            {
                "token": int(tokens[start]),
                "batch": batch,
                "size": end - start,
                "units": ids[start:end].tobytes(),
            }
        )
        if len(part) == _ROWS:
            yield part
            part = []
    if part:
        yield part


def candidates(connection: sa.Connection, shape: Sequence[int], limit: int) -> list[int]:
    """Ids of units that share most of the word pairs ``shape``, rare ones counting more, best first."""
    import numpy as np

    if not shape:
        return []
    c = postings.c
    sizes = connection.execute(
        sa.select(c.token, sa.func.sum(c.size)).where(c.token.in_(list(shape))).group_by(c.token)
    ).all()
    rarest = sorted(((int(size), token) for token, size in sizes), key=lambda item: item)
    chosen: dict[int, int] = {}
    total = 0
    for size, token in rarest:
        if chosen and total + size > MAX_POSTINGS:
            break
        if size > MAX_RAREST:
            break
        chosen[token] = round(1e5 / (1 + math.log1p(size)))
        total += size
    if not chosen:
        return []
    blocks = [
        # the weight in the low half: one sort then brings a unit's weights together
        (np.frombuffer(data, dtype="<u4").astype(np.uint64) << 32) | chosen[token]
        for token, data in connection.execute(sa.select(c.token, c.units).where(c.token.in_(list(chosen))))
    ]
    pairs = np.sort(np.concatenate(blocks))
    ids = pairs >> 32
    starts = np.flatnonzero(np.concatenate(([True], ids[1:] != ids[:-1])))
    scores = np.add.reduceat(pairs & 0xFFFFFFFF, starts)
    # the same trick: by score, and of equals the newest
    ranked = (scores << 32) | ids[starts]
    if len(ranked) > limit:
        ranked = np.partition(ranked, len(ranked) - limit)[-limit:]
    return [int(item) & 0xFFFFFFFF for item in np.sort(ranked)[::-1]]
