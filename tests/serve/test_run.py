"""The beginning and the end: one line that says where, exit codes, nothing left behind."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

import psutil
import pytest

from tests.cli.shell import kg
from tests.serve.service import PATIENCE, serving
from tests.serve.test_limits import ASK, ENDLESS


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_ends_it_cleanly(number: int, code: int, folder: Path) -> None:
    with serving(folder) as service:
        workers = service.workers()
        assert service.ask(query=ASK).status == 200
        assert service.end(number) == code
        assert not [worker for worker in workers if worker.is_running()]


def test_who_waits_is_told_so(folder: Path) -> None:
    with serving(folder, "--workers", "1", "--timeout", "60") as service:
        (worker,) = service.workers()
        answers = []
        waiting = threading.Thread(target=lambda: answers.append(service.ask(query=ENDLESS)))
        waiting.start()
        while worker.cpu_percent(0.1) < 20:
            pass
        assert service.end() == 0
        waiting.join(PATIENCE)
        assert (answers[0].status, answers[0].text) == (503, "the service stops\n")


def test_when_the_service_is_killed_its_workers_end(folder: Path) -> None:
    with serving(folder) as service:
        workers = service.workers()
        service.process.kill()
        gone, alive = psutil.wait_procs(workers, PATIENCE)
        assert len(gone) == 2
        assert not alive


def test_a_port_that_is_taken(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = kg("serve", folder, "--port", port)
        assert done.code == 2
        assert done.err.startswith(f"127.0.0.1:{port} cannot be had (")


def test_a_folder_without_a_store(tmp_path: Path) -> None:
    done = kg("serve", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err == f"{tmp_path} holds no graph; make one with: kg build INPUT --out {tmp_path}\n"


def test_a_store_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "CURRENT").write_text("x")
    done = kg("serve", tmp_path, "--port", "0")
    assert done.code == 1
    assert done.err.startswith("the service cannot start: ")
    assert done.err.count("\n") == 1


def test_a_new_build_is_served_without_a_new_start(folder: Path, tmp_path: Path) -> None:
    from kg.model import Graph
    from tests.query.conftest import build

    here = tmp_path / "here"
    shutil.copytree(folder, here)
    with serving(here, "--workers", "1") as service:
        assert "true" in service.ask(query=ASK).text
        build(Graph(), tmp_path / "next")
        (here / "store").rename(tmp_path / "old")
        (tmp_path / "next" / "store").rename(here / "store")
        assert "false" in service.ask(query=ASK).text


def test_what_lies_in_the_working_folder_is_no_module_of_ours(folder: Path, tmp_path: Path) -> None:
    import os
    import sys

    (tmp_path / "json.py").write_text("raise SystemExit('taken')")
    start = "import sys; sys.path[:] = [p for p in sys.path if p]\nfrom kg.cli import main\nmain()"
    command = (sys.executable, "-c", start, "serve", str(folder), "--port", "0")
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=tmp_path, env=dict(os.environ))
    assert process.stdout is not None
    try:
        assert b"http://127.0.0.1:" in process.stdout.readline()
    finally:
        process.terminate()
        process.wait(PATIENCE)
        process.stdout.close()
        time.sleep(0)
