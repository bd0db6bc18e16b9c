"""Worker processes that can be killed, and the line before them."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from kg.serve.answer import Reply, refusal
from kg.serve.options import Limits

#: A worker that has had so many MB more than when it was new is replaced, so that they are given back.
_SWOLLEN: Final = 256
#: Seconds that a worker may take to open the store.
_START: Final = 60.0
#: Seconds before another worker is tried when one could not start.
_PAUSE: Final = 1.0
#: Seconds that a query waits for a worker at the least: a new one needs some to start.
_WAIT: Final = 10.0


class WorkerError(Exception):
    """A worker that cannot open the store."""


class Worker:
    """One process."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._new = 0.0
        self.spent = False

    @staticmethod
    async def start(folder: Path, limits: Limits) -> Worker:
        """Start a process and wait until the store is open; raises WorkerError."""
        process = await asyncio.create_subprocess_exec(
            # -P: what lies in the working folder is no module of ours.
            *(sys.executable, "-P", "-m", "kg.serve.worker", str(folder), json.dumps(limits.plain())),
            stdin=PIPE,
            stdout=PIPE,
            stderr=None if os.environ.get("KG_DEBUG") else DEVNULL,
            start_new_session=True,  # Ctrl-C is for the service, which ends its workers itself
        )
        worker = Worker(process)
        try:
            reply = await asyncio.wait_for(worker._read(), _START)
        except TimeoutError:
            reply = refusal(503, "the store was not open in time")
        if reply["status"] != 200:
            await worker.kill()
            raise WorkerError(reply["says"])
        worker._new = reply["memory"]
        return worker

    async def ask(self, job: Mapping[str, Any], limits: Limits) -> Reply:
        """The reply to a job, 504 when it took too long; a worker that is ``spent`` must be replaced."""
        self.spent = True
        try:
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps(job).encode() + b"\n")
            reply = await asyncio.wait_for(self._read(), limits.timeout)
        except TimeoutError:
            return refusal(504, f"the query ran longer than {limits.timeout:g} s; ask for less")
        except ConnectionError:
            return refusal(500, "the worker process is gone; ask again")
        memory = reply.pop("memory", None)
        if memory is None:
            return self._died(limits)
        self.spent = memory > self._new + _SWOLLEN
        return reply

    async def _read(self) -> Reply:
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        if not line:
            await self._process.wait()
            return refusal(500, "")
        reply: Reply = json.loads(line)
        return reply

    def _died(self, limits: Limits) -> Reply:
        """Why a process ended by itself: the engine aborts when it gets no memory, and overruns its stack."""
        if self._process.returncode == -11:
            return refusal(400, "the query is nested too deeply")
        return refusal(500, f"the query needed more than {limits.memory} MB of memory; ask for less")

    async def kill(self) -> None:
        """End the process now and wait until the system has its memory back."""
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()


class Pool:
    """As many workers as may run at once, replaced when they are spent."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder = folder
        self._limits = limits
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._all: set[Worker] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._closed = asyncio.Event()

    @property
    def alive(self) -> int:
        """How many workers there are."""
        return len(self._all)

    async def open(self) -> None:
        """Start the workers; raises WorkerError when the store does not open."""
        for _ in range(self._limits.workers):
            self._enter(await Worker.start(self._folder, self._limits))

    async def close(self) -> None:
        """End the workers, whatever they do."""
        self._closed.set()
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*(worker.kill() for worker in tuple(self._all)))

    async def ask(self, job: Mapping[str, Any]) -> Reply:
        """The reply of the next free worker; 503 when the line is full. Cancelled, it kills the worker."""
        if self._waiting >= self._limits.waiting:
            return refusal(503, "too many queries are waiting; ask again later")
        self._waiting += 1
        try:
            worker = await asyncio.wait_for(self._idle.get(), max(_WAIT, self._limits.timeout))
        except TimeoutError:
            return refusal(503, "no worker was free in time; ask again later")
        finally:
            self._waiting -= 1
        try:
            reply = await worker.ask(job, self._limits)
            return refusal(503, "the service stops") if self._closed.is_set() else reply
        finally:
            if worker.spent:
                self._replace(worker)
            else:
                self._idle.put_nowait(worker)

    def _enter(self, worker: Worker) -> None:
        self._all.add(worker)
        self._idle.put_nowait(worker)

    def _replace(self, worker: Worker) -> None:
        task = asyncio.create_task(self._successor(worker))
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _successor(self, worker: Worker) -> None:
        await worker.kill()
        self._all.discard(worker)
        while not self._closed.is_set():
            try:
                return self._enter(await Worker.start(self._folder, self._limits))
            except (OSError, WorkerError):
                await asyncio.sleep(_PAUSE)  # a build may be putting another store in its place
        return None
