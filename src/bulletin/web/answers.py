"""How the routes read and answer: JSON in, a thread to work in, JSON out, and errors as one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bulletin.errors import GlossaryError
from bulletin.web.body import BadRequestError, Body, read_body
from bulletin.web.edits import EditError, StaleError


def edit_route(function: Callable[[str, Body], dict[str, Any]]) -> Callable[[Request], Any]:
    """A route that reads JSON, works in a thread, and answers JSON."""

    async def endpoint(request: Request) -> Response:
        body = await read_body(request)
        return JSONResponse(await run_in_threadpool(function, request.path_params.get("id", ""), body))

    return endpoint


def explain(_: Request, error: Exception) -> Response:
    """An error of the library as one line."""
    ours = isinstance(error, (BadRequestError, EditError, GlossaryError))
    return JSONResponse({"error": " ".join(str(error).split())}, 400 if ours else 500)


class ConflictError(Exception):
    """An edit was made on a text that is not there any more; carries what is there now."""

    def __init__(self, error: StaleError, now: dict[str, Any]) -> None:
        super().__init__(str(error))
        self.answer = now | {"error": str(error), "segment": error.segment}


def explain_conflict(_: Request, error: Exception) -> Response:
    """Both texts, for a person to decide."""
    assert isinstance(error, ConflictError)
    return JSONResponse(error.answer, 409)
