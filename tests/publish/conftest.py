"""Real stores that take graphs: Oxigraph and Virtuoso, each in a folder and at a port of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.export import write
from tests.fixtures_graph import sample_graph
from tests.tools import need

VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 4000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 5
"""


class Store(NamedTuple):
    """Where a store is asked, takes graphs and takes updates; its administrator."""

    query: str
    graphs: str
    updates: str
    user: str = ""
    password: str = ""


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """What a build leaves, as far as it is published."""
    folder = tmp_path / "五月"
    folder.mkdir()
    write(sample_graph(), folder / "graph.ttl")
    write(sample_graph(), folder / "evidence.ttl", evidence=True)
    return folder


@pytest.fixture
def oxigraph(tmp_path: Path) -> Iterator[Store]:
    port = free_port()
    command = (need("oxigraph"), "serve", "--location", tmp_path / "db", "--bind", f"127.0.0.1:{port}")
    with running(list(map(str, command)), tmp_path, port):
        root = f"http://127.0.0.1:{port}"
        yield Store(f"{root}/query", f"{root}/store", f"{root}/update")


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder, http = tmp_path_factory.mktemp("virtuoso"), free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO.format(sql=free_port(), http=http), encoding="utf-8")
    command = [str(need("virtuoso")), "-f", "-c", "virtuoso.ini"]
    with running(command, folder, http):
        root = f"http://127.0.0.1:{http}"
        # a new database has one administrator, of this name and password
        yield Store(f"{root}/sparql", f"{root}/sparql-graph-crud-auth", f"{root}/sparql-auth", "dba", "dba")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(command: Sequence[str], folder: Path, port: int) -> Iterator[None]:
    """A server of our own, until the block ends; a minute is enough for it to listen."""
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=dict(os.environ))
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert server.poll() is None, (folder / "server.log").read_text(errors="replace")
            time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait(60)
