"""Guard: only this machine's user, in a browser that this program opened, gets past here.

The server listens on loopback alone. That is not enough: any page in the browser can send requests
to loopback, and a name can be pointed there (DNS rebinding). So every request must name our host;
must carry the cookie that a one-time link gave; and must come from our own page if it changes
anything. Pages may run and load nothing but our own files.
"""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 2 * 2**20
"""Bytes of a request; a segment's English is far below."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PREVIEW_POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-same-origin"
)


class Guard:
    """ASGI middleware that lets only our own pages in."""

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str], cookie: str, keys: Keys) -> None:
        """``hosts`` are the values of ``Host`` that are ours, with the port; ``cookie`` is its name."""
        self.app = app
        self.hosts = hosts
        self.cookie = cookie
        self.keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with a refusal."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        refusal = self._refuse(Request(scope))
        if refusal is not None:
            await refusal(scope, receive, _armed(send))
            return
        await self.app(scope, _bounded(receive), _armed(send))

    def _refuse(self, request: Request) -> Response | None:
        headers = request.headers
        host = headers.get("host", "").lower()
        if host not in self.hosts or len(headers.getlist("host")) != 1:
            return PlainTextResponse("This address is not the editor's.", 421)
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MAX_BODY:
            return PlainTextResponse("Too much at once.", 413)
        opening = request.url.path.startswith("/open/") and request.method == "GET"
        site = headers.get("sec-fetch-site", "same-origin")
        # a link in a terminal is opened by no page ('none'); our own page leads on to the rest
        if site not in ("same-origin", "none") and not opening:
            return PlainTextResponse("Requests of other pages are refused.", 403)
        if request.method not in ("GET", "HEAD") and not self._ours(headers, host):
            return PlainTextResponse("Requests of other pages are refused.", 403)
        if not opening and not self.keys.fits(request.cookies.get(self.cookie, "")):
            return PlainTextResponse(
                "Open the editor with the link that 'bulletin edit' prints; each link works once.", 403
            )
        return None

    @staticmethod
    def _ours(headers: Headers, host: str) -> bool:
        # JSON cannot be sent across origins without a preflight, which we do not answer
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        return headers.get("origin", "") == f"http://{host}" and kind == "application/json"


class Keys:
    """The one-time key of the link, and the key of the cookie."""

    def __init__(self) -> None:
        self._link: str | None = None
        self.cookie = secrets.token_urlsafe(32)

    def new_link(self) -> str:
        """A fresh key for one link; one made before and not used is void."""
        self._link = secrets.token_urlsafe(32)
        return quote(self._link)

    def use_link(self, key: str) -> bool:
        """Whether ``key`` is the link's; it is void from then on."""
        link = self._link
        if link is None or not hmac.compare_digest(link.encode(), key.encode("utf-8", "replace")):
            return False
        self._link = None
        return True

    def fits(self, key: str) -> bool:
        """Whether ``key`` is the cookie's."""
        return hmac.compare_digest(self.cookie.encode(), key.encode("utf-8", "replace"))


def _bounded(receive: Receive) -> Receive:
    """Receive no more than MAX_BODY bytes, whatever the length was said to be."""
    size = 0

    async def bounded() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        return message if size <= MAX_BODY else {"type": "http.disconnect"}

    return bounded


def _armed(send: Send) -> Send:
    """Send with the headers that keep a page to itself."""

    async def armed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("content-security-policy", POLICY)
            headers["x-content-type-options"] = "nosniff"
            headers["referrer-policy"] = "no-referrer"
            headers["cross-origin-opener-policy"] = "same-origin"
            headers["cross-origin-resource-policy"] = "same-origin"
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return armed
