"""Serving: the editor on a loopback port of its own, until it is ended.

Importing this raises MissingExtraError without the extra ``web``.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable

from bulletin.errors import BulletinError, MissingExtraError
from bulletin.web.editor import Editor

try:
    import uvicorn

    from bulletin.web.app import make_app
    from bulletin.web.guard import Keys
except ImportError as missing:
    raise MissingExtraError(missing.name or "starlette", "web") from missing

HOST = "127.0.0.1"


def serve(
    editor: Editor, *, port: int = 0, ready: Callable[[Callable[[], str], Callable[[], None]], None]
) -> None:
    """Serve ``editor`` on loopback until the program is interrupted; the draft file is written at the end.

    ``port`` 0 takes any free one. ``ready`` is called once requests are answered. Raises
    BulletinError where the port is taken, DraftError
    where the draft file cannot be written at the end.
    """
    listener = _listen(port)
    number = listener.getsockname()[1]
    keys = Keys()
    hosts = frozenset({f"{HOST}:{number}", f"localhost:{number}"})
    app = make_app(editor, keys, hosts, f"bulletin-{number}")
    config = uvicorn.Config(
        app, log_level="error", access_log=False, server_header=False, timeout_graceful_shutdown=2
    )

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            ready(lambda: f"http://{HOST}:{number}/open/{keys.new_link()}", self.stop)

        def stop(self) -> None:
            self.should_exit = True

    with contextlib.suppress(KeyboardInterrupt):
        Server(config).run([listener])
    if editor.failure is not None:
        raise editor.failure


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
    except OSError as error:
        listener.close()
        raise BulletinError(
            f"port {port} cannot be had ({error.strerror or error}); choose another --port"
        ) from error
    return listener
