"""Which files a call names, and what each document is called."""

from __future__ import annotations

import glob
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from pathlib import Path, PurePosixPath

from kg.errors import EmptyInputError, InputError, UsageError
from kg.read.source import STDIN, Source

#: Lone surrogates stand for the bytes of a name that is no UTF-8.
_UNSAFE = re.compile(r'[\x00-\x20\x7f"*:<>?\\|\ud800-\udfff]+')
#: The id of the document that comes over standard input.
_STDIN_ID = "stdin"
#: Bytes that a file name may have on the usual file systems, less room for suffixes.
_LONGEST = 200


def safe_id(name: str) -> str:
    """Make a relative path safe as the name of a file under ``documents/``.

    >>> safe_id("报告 2024/第一章: 总则")
    '报告_2024/第一章_总则'
    """
    parts = [_UNSAFE.sub("_", part).strip(". ") for part in name.replace("\\", "/").split("/")]
    safe = "/".join(part for part in parts if part)
    if not safe:
        raise UsageError(f"{name!r} leaves no id that a file could be named by")
    if any(len(part.encode()) > _LONGEST for part in safe.split("/")):
        raise UsageError(f"{name[:40]!r}… is longer than the {_LONGEST} bytes that a file name may have")
    return safe


def discover(inputs: Sequence[str | Path], suffixes: Iterable[str]) -> tuple[Source, ...]:
    """Return the files of paths, folders and globs, sorted by id; ``-`` is standard input.

    In folders those with one of the suffixes are taken, hidden ones passed over; a file
    named by itself is taken whatever its suffix. Raises InputError for a missing path,
    EmptyInputError for a folder with nothing to read, UsageError for two equal ids.
    """
    known = frozenset(suffixes)
    found: dict[Path, str] = {}
    for given in inputs:
        for path, name in _walk(Path(given), known):
            found.setdefault(path, name)
    return tuple(sorted(_named(found, known), key=lambda source: source.id))


def _walk(root: Path, known: frozenset[str]) -> list[tuple[Path, str]]:
    if root == STDIN:
        return [(root, _STDIN_ID)]
    if not root.exists():
        return _glob(root)
    if not root.is_dir():
        return [(root, root.name)]
    files = [
        (path, path.relative_to(root).as_posix())
        for path in sorted(root.rglob("*"))
        if _readable(path, known) and path.is_file() and not _hidden(path.relative_to(root))
    ]
    if not files:
        raise EmptyInputError(root, "no file to read in this folder", "known are " + " ".join(sorted(known)))
    return files


def _glob(pattern: Path) -> list[tuple[Path, str]]:
    """Return what a pattern matches, which the user's shell left standing."""
    plain = list(takewhile(lambda part: not glob.has_magic(part), pattern.parts))
    root, rest = Path(*plain), pattern.parts[len(plain) :]
    matches = sorted(root.glob("/".join(rest))) if rest else []
    if not matches:
        raise InputError(pattern, "there is no such file or folder", "check the path")
    return [(path, path.relative_to(root).as_posix()) for path in matches if path.is_file()]


def _readable(path: Path, known: frozenset[str]) -> bool:
    suffix = path.suffix.lower()
    return suffix in known and (suffix != ".gz" or path.with_suffix("").suffix.lower() in known)


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _named(found: Mapping[Path, str], known: frozenset[str]) -> list[Source]:
    """Drop the extensions, but for those that tell two documents apart."""
    by_stem: dict[str, list[Path]] = defaultdict(list)
    for path, name in found.items():
        by_stem[safe_id(stem(name, known))].append(path)
    sources = []
    for id, paths in by_stem.items():
        if len(paths) == 1:
            sources.append(Source(paths[0], id))
        else:
            sources += [Source(path, safe_id(found[path])) for path in paths]
    _refuse_doubles(sources)
    return sources


def stem(name: str, suffixes: Iterable[str]) -> str:
    """Return the name without its extension, or its two extensions if both are known.

    >>> stem("a/规划.2024.txt.gz", (".txt", ".gz"))
    'a/规划.2024'
    """
    path = PurePosixPath(name)
    bare = path.with_suffix("")
    return str(bare.with_suffix("") if path.suffix == ".gz" and bare.suffix.lower() in suffixes else bare)


def _refuse_doubles(sources: Sequence[Source]) -> None:
    seen: dict[str, Path] = {}
    for source in sources:
        # Case is folded: documents/ may stand on a file system that does not tell A from a.
        key = source.id.casefold()
        if key in seen:
            raise UsageError(
                f"{seen[key]} and {source.path} would both be the document {source.id!r}; rename one of them"
            )
        seen[key] = source.path
