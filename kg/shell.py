"""Between a command and the terminal: text as UTF-8, errors as one sentence, exit codes, progress."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

from kg.errors import KgError, QueryError

#: As a shell reports a program that ended by SIGPIPE or SIGINT.
BROKEN_PIPE: Final = 128 + 13
INTERRUPTED: Final = 128 + 2

_WIDTH: Final = 30
T = TypeVar("T")


def speak_utf8() -> None:
    """Make the standard streams UTF-8 whatever the locale; what has no UTF-8 is shown escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def guarded(action: Callable[[], int]) -> int:
    """Run an action and return its exit code; every error becomes one sentence on stderr.

    KG_DEBUG=1 lets a fault of policykg itself through with its traceback.
    """
    try:
        code = action()
        sys.stdout.flush()
    except QueryError as error:
        print(error, file=sys.stderr)  # in lines: it shows the place in the query
        return error.exit_code
    except KgError as error:
        complain(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone (kg query … | head). Python would complain again while it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except OSError as error:
        complain(f"{error.filename or 'the system'}: {error.strerror or error}")
        return 1
    except Exception as error:
        if os.environ.get("KG_DEBUG"):
            raise
        complain(
            f"policykg failed ({type(error).__name__}: {error}); please report the command and the text of "
            "KG_DEBUG=1 with the same command"
        )
        return 1
    return code


def complain(sentence: str) -> None:
    """Print one line on stderr."""
    print(" ".join(sentence.split()), file=sys.stderr)


def track(items: Iterable[T], total: int) -> Iterator[T]:
    """Yield the items and draw a progress bar on stderr, when that is a terminal."""
    if total < 2 or not sys.stderr.isatty():
        yield from items
        return
    for done, item in enumerate(items, 1):
        bar = "█" * (_WIDTH * done // total)
        print(f"\r{bar:·<{_WIDTH}} {done}/{total}", end="", file=sys.stderr, flush=True)
        yield item
    print(f"\r{'':{_WIDTH + 20}}\r", end="", file=sys.stderr, flush=True)


def counted(items: Iterable[T]) -> Iterator[T]:
    """Yield the items, whose number nobody knows, and draw how many have passed, when stderr is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    for done, item in enumerate(items, 1):
        print(f"\r{done}", end="", file=sys.stderr, flush=True)
        yield item
    print(f"\r{'':{_WIDTH}}\r", end="", file=sys.stderr, flush=True)
