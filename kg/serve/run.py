"""The service from its first to its last moment: a socket, a line that says where, a clean end. Uvicorn's door."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

import uvicorn

from kg.errors import KgError, UsageError
from kg.folder import STORE
from kg.serve.app import Service, make_app
from kg.serve.options import Options
from kg.serve.pool import WorkerError

#: Seconds that open connections are given at the end.
_FAREWELL: Final = 3
#: Connections beside those that wait for a query: pages, answers on their way to slow readers. More are told 503.
_OTHERS: Final = 64


def serve(folder: Path, options: Options, ready: Callable[[str], None]) -> int:
    """Serve a folder of ``kg build`` until SIGTERM (returns 0) or SIGINT (returns 130).

    ``ready`` is called with the address once requests are answered. Raises UsageError for a folder without
    a store or an address that cannot be had, KgError when the store does not open.
    """
    if not (folder / STORE).is_dir():
        raise UsageError(f"{folder} holds no graph; make one with: kg build INPUT --out {folder}")
    with _listen(options) as listening:
        where = address(options.host, listening.getsockname()[1])
        return asyncio.run(_run(Service(folder, options), options, listening, lambda: ready(where)))


async def _run(
    service: Service, options: Options, listening: socket.socket, ready: Callable[[], None]
) -> int:
    server = _Server(service, options, ready)
    try:
        async with service.running():
            await server.serve(sockets=[listening])
    except WorkerError as error:
        raise KgError(f"the service cannot start: {error}") from error
    return 128 + signal.SIGINT if server.ended_by == signal.SIGINT else 0


def address(host: str, port: int) -> str:
    """Where a browser finds the service.

    >>> address("::1", 80), address("0.0.0.0", 8000)
    ('http://[::1]:80/', 'http://127.0.0.1:8000/')
    """
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}/"


def _listen(options: Options) -> socket.socket:
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    # The protocol is named: asyncio turns off Nagle only then, and small answers would wait 40 ms for an ACK.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((options.host, options.port))
    except OSError as error:
        listening.close()
        why = error.strerror or str(error)
        raise UsageError(
            f"{options.host}:{options.port} cannot be had ({why}); choose another --port"
        ) from error
    return listening


class _Server(uvicorn.Server):
    """Uvicorn, but for who ends it: it would end the process by the signal again."""

    def __init__(self, service: Service, options: Options, ready: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                make_app(service, options),
                log_config=None,
                log_level=logging.CRITICAL,
                access_log=False,
                server_header=False,
                lifespan="off",
                ws="none",
                timeout_graceful_shutdown=_FAREWELL,
                limit_concurrency=options.limits.workers + options.limits.waiting + _OTHERS,
            )
        )
        self._service = service
        self._ready = ready
        self.ended_by = 0

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the queries first, so that who waits for one is told so."""
        await self._service.pool.close()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Let SIGTERM and SIGINT end the service, and remember which it was."""

        def end(number: int, _: FrameType | None) -> None:
            self.force_exit = bool(self.ended_by)
            self.ended_by = number
            self.should_exit = True

        before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
