"""How far a build is: a bar for people on stderr, lines of JSON for programs. Clocks are read here alone."""

from __future__ import annotations

import json
import re
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TextIO

from kg.errors import KgError, UsageError

Tell = Callable[[str, Mapping[str, Any]], None]

_WIDTH: Final = 24
#: Seconds between two lines of the log about one step, and between two pictures of the bar.
_LOG_EVERY, _DRAW_EVERY = 1.0, 0.1
#: Seconds that the rate is taken over: what was kept passes in no time and says nothing of the rest.
_WINDOW: Final = 15.0
_STEPS: Final[Mapping[str, str]] = {
    "read": "读取文件",
    "understand": "理解文本",
    "learn": "汇总名称",
    "parts": "整理各篇",
    "write": "写出图谱",
    "page": "绘制页面",
    "store": "装入查询库",
    "check": "核对全局",
    "publish": "发布结果",
}
#: A name with a password before a host, and what stands behind ``?``: both may be secrets.
_SECRET: Final = re.compile(r"(?<=://)[^/\s@]*@|(?<=\S)\?[^\s'\"]*(?==)[^\s'\"]*")


class Rate:
    """How many items a second pass, over the last seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: deque[tuple[float, int]] = deque([(clock(), 0)])

    def see(self, done: int) -> float:
        """Take note of how many have passed; return the items a second, 0 when it is not known yet."""
        now = self._clock()
        self._seen.append((now, done))
        while len(self._seen) > 2 and now - self._seen[0][0] > _WINDOW:
            self._seen.popleft()
        since, before = self._seen[0]
        return (done - before) / (now - since) if now > since else 0.0


class Bar:
    """Draws the step that a build is at, how much of it is done, the rate, and the time left."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream, self._clock = stream, clock
        self._rate, self._drawn = Rate(clock), 0.0

    def __call__(self, event: str, data: Mapping[str, Any]) -> None:
        """Draw what an event says."""
        if event == "step":
            self._rate, self._drawn = Rate(self._clock), 0.0
            self._draw(f"{_STEPS.get(data['name'], data['name'])} …")
        elif event == "progress":
            rate = self._rate.see(data["done"])
            if self._clock() - self._drawn >= _DRAW_EVERY or data["done"] == data["total"]:
                self._drawn = self._clock()
                self._draw(bar(data["name"], data["done"], data["total"], rate))
        elif event in ("end", "error"):
            self._draw("")

    def _draw(self, line: str) -> None:
        print(f"\r\x1b[2K{line}", end="", file=self._stream, flush=True)


def bar(name: str, done: int, total: int, rate: float) -> str:
    """One picture of the bar.

    >>> bar("read", 3, 12, 1.5)
    '读取文件 ██████·················· 3/12　1.5 个/秒　约剩 6 秒'
    """
    full = "█" * (_WIDTH * done // max(1, total))
    pace = f"　{rate:.1f} 个/秒　约剩 {left((total - done) / rate)}" if rate > 0 and done < total else ""
    return f"{_STEPS.get(name, name)} {full:·<{_WIDTH}} {done}/{total}{pace}"


def left(seconds: float) -> str:
    """A time in words.

    >>> left(6.2), left(600), left(7300)
    ('6 秒', '10 分钟', '2 小时 2 分钟')
    """
    if seconds < 90:
        return f"{seconds:.0f} 秒"
    minutes = round(seconds / 60)
    return f"{minutes} 分钟" if minutes < 90 else f"{minutes // 60} 小时 {minutes % 60} 分钟"


class Log:
    """Writes each event as a line of JSON: ``time`` (UTC), ``elapsed`` (seconds), ``event``, and its data."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream, self._clock = stream, clock
        self._start = clock()
        self._rate, self._written = Rate(clock), float("-inf")

    def __call__(self, event: str, data: Mapping[str, Any]) -> None:
        """Write an event; of the progress of a step, a line a second and the last one."""
        now = self._clock()
        more: dict[str, Any] = {}
        if event == "step":
            self._rate, self._written = Rate(self._clock), now
        if event == "progress":
            rate = self._rate.see(data["done"])
            if now - self._written < _LOG_EVERY and data["done"] < data["total"]:
                return
            self._written = now
            more = {"rate": round(rate, 2)}
            if rate > 0:
                more["left"] = round((data["total"] - data["done"]) / rate, 1)
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        row = {"time": at, "elapsed": round(now - self._start, 3), "event": event, **_open(data), **more}
        self._stream.write(json.dumps(row, ensure_ascii=False) + "\n")
        self._stream.flush()


def _open(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: masked(value) if isinstance(value, str) else value for name, value in data.items()}


def masked(text: str) -> str:
    """A text without the passwords and keys that addresses may carry.

    >>> masked("s3://key:secret@host/a.txt and https://host/b?token=x")
    's3://…@host/a.txt and https://host/b?…'
    """
    return _SECRET.sub(lambda found: "?…" if found[0].startswith("?") else "…@", text)


@contextmanager
def listeners(log: str, *, draw: bool) -> Iterator[Tell]:
    """What hears a build: the bar if it is wanted and stderr is a terminal, the log if it has a name (``-``: stdout).

    An error that ends the build is the log's last event. Raises UsageError when the log cannot be written.
    """
    hearing: list[Tell] = [Bar(sys.stderr)] if draw and sys.stderr.isatty() else []
    stream = _opened(log) if log else None
    if stream is not None:
        hearing.append(Log(stream))

    def tell(event: str, data: Mapping[str, Any]) -> None:
        for hears in hearing:
            hears(event, data)

    try:
        yield tell
    except BaseException as error:
        why = str(error) if isinstance(error, KgError) else type(error).__name__
        tell("error", {"why": why, "exit": getattr(error, "exit_code", 1)})
        raise
    finally:
        if stream is not None and stream is not sys.stdout:
            stream.close()


def _opened(log: str) -> TextIO:
    if log == "-":
        return sys.stdout
    try:
        return Path(log).open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise UsageError(f"--log-json {log}: cannot be written ({error.strerror})") from None
