"""Pausing the garbage collector while a great many small objects are made that will stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the collector from looking through everything again and again while nothing can be freed.

    It goes on afterwards, unless it was off before. Where threads overlap here, the last to have
    found it on turns it on again.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
