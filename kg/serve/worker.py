"""A process that answers jobs, one JSON line each, until its input ends: ``python -m kg.serve.worker``.

It is made to be killed: a query that runs too long, wants too much memory, or makes the engine's parser
run out of stack takes this process with it and nothing else.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final

from kg.errors import KgError
from kg.folder import REPORT, STORE
from kg.query import Data, open_data
from kg.serve.answer import answer, refusal
from kg.serve.options import Limits

#: A worker outlives the service for so many seconds beyond the time of its query, should that be killed.
_GRACE: Final = 10
#: What the engine and we say of a store that does not open.
_UNOPENED: Final = (KgError, OSError, RuntimeError, ValueError)


def main(folder: str, limits: str) -> None:
    """Answer until the input ends."""
    bounds = Limits(**json.loads(limits))
    _bind(bounds)
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else prints must not stand between the replies
    try:
        source = Source(Path(folder))
        source.current()
    except _UNOPENED as error:
        return _send(replies, refusal(503, str(error)))
    _send(replies, {"status": 200, "memory": _memory()})
    for line in sys.stdin.buffer:
        job = json.loads(line)
        with alarm(bounds.timeout + _GRACE):
            reply = answer(source.current(), job, bounds)
        _send(replies, {**reply, "memory": _memory()})
    return None


class Source:
    """The store of a folder, opened again when a build has replaced it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._data: Data | None = None
        self._seen: tuple[int, ...] = ()

    def current(self) -> Data:
        """The open store; while a build swaps it, the one before."""
        with suppress(*_UNOPENED):
            now = self._identity()
            if now != self._seen:
                self._data, self._seen = open_data(self._folder), now
        return self._data or open_data(self._folder)

    def _identity(self) -> tuple[int, ...]:
        stats = [(self._folder / name).stat() for name in (STORE, REPORT) if (self._folder / name).exists()]
        return tuple(n for stat in stats for n in (stat.st_ino, stat.st_mtime_ns))


def _send(replies: BinaryIO, reply: Mapping[str, Any]) -> None:
    replies.write(json.dumps(reply).encode() + b"\n")
    replies.flush()


class alarm:  # noqa: N801 -- a context, named as what it sets
    """Ends this process by the system's hand after some seconds; does nothing where there is no such clock."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __enter__(self) -> None:
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, self._seconds)

    def __exit__(self, *_: object) -> None:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)


def _bind(limits: Limits) -> None:
    """Let the system hold this process to its memory and to the size of an answer."""
    try:
        import resource
    except ImportError:  # Windows: time and the counted size alone
        return
    memory, size = limits.memory * 1_000_000, limits.answer_bytes + 1_000_000
    for kind, most in (
        (resource.RLIMIT_DATA, memory),
        (resource.RLIMIT_FSIZE, size),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def _memory() -> float:
    """The most memory that this process has had, in MB."""
    try:
        import resource
    except ImportError:
        return 0.0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1_000_000


if __name__ == "__main__":
    main(*sys.argv[1:])
