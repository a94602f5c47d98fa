"""Writing to disk so that a reader never sees half a file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from bulletin.errors import BulletinError


def write_atomic(path: Path, data: bytes | str) -> None:
    """Write ``data`` (text as UTF-8) to ``path``: beside it, flushed to disk, then renamed over it.

    Raises BulletinError where the folder cannot be made or written; the old file then stands.
    """
    with open_atomic(path) as file:
        file.write(data.encode("utf-8") if isinstance(data, str) else data)


@contextmanager
def open_atomic(path: Path) -> Iterator[BinaryIO]:
    """A file beside ``path`` that takes its place once it is whole and on disk.

    Raises BulletinError where the folder cannot be made or written; the old file then stands, as it
    does after any other error.
    """
    partial: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
        partial = Path(name)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files private; a bulletin is for its readers
        umask = os.umask(0)
        os.umask(umask)
        partial.chmod(0o666 & ~umask)
        partial.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BulletinError(f"{path}: cannot be written ({reason}); choose a folder that can") from error
    finally:
        if partial is not None:
            partial.unlink(missing_ok=True)
