"""Lock: one editor at a time on one draft. The system takes it back however the program ends."""

from __future__ import annotations

import os
from pathlib import Path

from bulletin.errors import DraftError


class Lock:
    """An exclusive lock on the journal of a draft."""

    def __init__(self, path: Path) -> None:
        """Take the lock. Raises DraftError where another program has it or the folder cannot be written."""
        try:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise DraftError(
                f"{path}: cannot be written ({error.strerror or error}); a draft needs a folder that can"
            ) from error
        try:
            _take(self._handle)
        except OSError as error:
            os.close(self._handle)
            raise DraftError(
                f"{path.with_suffix('')}: open in another editor; go on there, or end that one"
            ) from error

    def release(self) -> None:
        """Let go of the lock."""
        os.close(self._handle)


if os.name == "nt":  # pragma: no cover
    import msvcrt

    def _take(handle: int) -> None:
        # far behind the end, so that what is written can still be read
        os.lseek(handle, 2**30, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
