"""What the page sends, read from JSON: typed, bounded, and clean of what no text may hold."""

from __future__ import annotations

import json
import re
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect, Request

from bulletin.drafting.draft import State
from bulletin.errors import BulletinError

# controls but tab and line feed, and halves of surrogate pairs
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
T = TypeVar("T")


class BadRequestError(BulletinError):
    """A request is not what the editor's page sends."""


class Body:
    """The JSON object of a request."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    def text(self, name: str, default: str | None = None) -> str:
        """A text, with line ends made one and unfit characters left out."""
        value = self._take(name, str, default)
        return _UNFIT.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))

    def number(self, name: str, default: int | None = None) -> int:
        """A whole number from 0."""
        value = self._take(name, int, default)
        if isinstance(value, bool) or not 0 <= value < 2**53:
            raise BadRequestError(f"{name} must be a whole number from 0")
        return value

    def flag(self, name: str) -> bool:
        """A truth, false where it is not given."""
        return self._take(name, bool, False)

    def state(self, name: str) -> State | None:
        """A state, or None where it is not given."""
        value = self.values.get(name)
        if value is None:
            return None
        try:
            return State(value)
        except ValueError as error:
            raise BadRequestError(f"{name} must be one of {', '.join(State)}") from error

    def versions(self, name: str) -> dict[str, int]:
        """Versions by segment."""
        values = self._take(name, dict, None)
        inner = Body(values)
        return {str(key): inner.number(key) for key in values}

    def texts(self, name: str) -> list[str]:
        """A list of texts."""
        values = self._take(name, list, None)
        if not all(isinstance(value, str) for value in values):
            raise BadRequestError(f"{name} must be a list of texts")
        return values

    def _take(self, name: str, kind: type[T], default: T | None) -> T:
        value = self.values.get(name, default)
        if not isinstance(value, kind):
            raise BadRequestError(f"{name} must be of type {kind.__name__}")
        return value


async def read_body(request: Request) -> Body:
    """The body of a request. Raises BadRequestError where it is no JSON object."""
    try:
        values = json.loads(await request.body())
    except (ValueError, RecursionError, ClientDisconnect) as error:
        raise BadRequestError("the request is not JSON, or too long") from error
    if not isinstance(values, dict):
        raise BadRequestError("the request is not a JSON object")
    return Body(values)
