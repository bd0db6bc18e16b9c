"""What stands before every request: whose name it uses, which page sent it; and what every answer carries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Names of this machine that no foreign page can make its own: a page at evil.example that lets its name
#: point to 127.0.0.1 sends Host: evil.example.
LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")

HEADERS: Final[Mapping[str, str]] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}
#: For what is no page of ours: should a browser show it, it loads and runs nothing.
CLOSED: Final = "default-src 'none'; frame-ancestors 'none'; sandbox"


class Guard:
    """Refuses foreign Host headers (421) and foreign origins (403), and marks every answer.

    ``origins`` are pages of other addresses that may ask, ``*`` for all.
    """

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...], origins: tuple[str, ...]) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)
        self._origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        origin = headers.get("origin")

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._mark(MutableHeaders(scope=message), origin)
            await send(message)

        if "*" not in self._hosts and name_of(host) not in self._hosts:
            says = "this service does not answer to that name; kg serve --allow-host NAME adds one"
            return await PlainTextResponse(says + "\n", 421)(scope, receive, marked)
        if origin is not None and origin != f"{scope['scheme']}://{host}" and not self._invited(origin):
            says = "pages of other addresses may not ask; kg serve --cors ORIGIN lets one in"
            return await PlainTextResponse(says + "\n", 403)(scope, receive, marked)
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            return await PlainTextResponse("")(scope, receive, marked)
        return await self._app(scope, receive, marked)

    def _invited(self, origin: str) -> bool:
        return bool({"*", origin} & self._origins)

    def _mark(self, headers: MutableHeaders, origin: str | None) -> None:
        for name, value in HEADERS.items():
            headers[name] = value
        headers.setdefault("Content-Security-Policy", CLOSED)
        if self._origins:
            headers.add_vary_header("Origin")
        if origin is not None and self._invited(origin):
            headers["Access-Control-Allow-Origin"] = origin
            headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST"
            headers["Access-Control-Allow-Headers"] = "Accept, Content-Type"


def name_of(host: str) -> str:
    """A Host header without its port.

    >>> [name_of(host) for host in ("localhost:8000", "[::1]:80", "kg.example")]
    ['localhost', '[::1]', 'kg.example']
    """
    return host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
