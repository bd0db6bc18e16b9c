"""A service in a process of its own, as a user starts it, and requests to it."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

import psutil

#: Longer than any answer takes on a slow machine; no test measures time.
PATIENCE = 90


class Answer(NamedTuple):
    """What came back."""

    status: int
    type: str
    text: str
    headers: http.client.HTTPMessage


class Service(NamedTuple):
    """A running ``kg serve``."""

    url: str
    process: subprocess.Popen[str]

    def ask(
        self,
        path: str = "/sparql",
        *,
        method: str = "GET",
        query: str | None = None,
        body: bytes | None = None,
        **headers: str,
    ) -> Answer:
        """Send a request; ``query`` goes into the address, header names take _ for -."""
        place = urlsplit(self.url)
        connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=PATIENCE)
        target = f"{path}?{urlencode({'query': query})}" if query is not None else path
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, target, body, named)
            response = connection.getresponse()
            text = response.read().decode("utf-8")
            type_ = response.headers.get("Content-Type", "")
            return Answer(response.status, type_, text, response.headers)
        finally:
            connection.close()

    def workers(self) -> list[psutil.Process]:
        """The processes that answer queries."""
        children: list[psutil.Process] = psutil.Process(self.process.pid).children()
        return children

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


@contextmanager
def serving(folder: Path, *options: str, scratch: Path | None = None) -> Iterator[Service]:
    """Run ``kg serve`` on a free port, its temporary files under a folder of their own if one is given."""
    start = "from kg.cli import main\nmain()"
    command = (sys.executable, "-c", start, "serve", str(folder), "--port", "0", *options)
    env = {**os.environ, "KG_DEBUG": "", **({"TMPDIR": str(scratch)} if scratch else {})}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)
    assert process.stdout is not None
    try:
        said = process.stdout.readline()
        found = re.search(r"http://\S+:\d+", said)
        assert found, f"kg serve said {said!r}"
        yield Service(found[0], process)
    finally:
        process.terminate()
        process.wait(PATIENCE)
        process.stdout.close()
