"""Which files a call names, and what each document is called."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import EmptyInputError, InputError, UsageError

#: Lone surrogates stand for the bytes of a name that is no UTF-8.
_UNSAFE = re.compile(r'[\x00-\x20\x7f"*:<>?\\|\ud800-\udfff]+')
#: Bytes that a file name may have on the usual file systems, less room for suffixes.
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read and the id of its document (its path under the input root, made safe)."""

    path: Path
    id: str


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
    """Return the files under the inputs that carry one of the suffixes, sorted by id.

    A file named by itself is taken whatever its suffix; hidden files and folders are
    passed over. Raises InputError for a missing path, EmptyInputError for a folder with
    nothing to read, UsageError for two documents with one id.
    """
    known = frozenset(suffixes)
    found: dict[Path, str] = {}
    for given in inputs:
        for path, name in _walk(Path(given), known):
            found.setdefault(path, name)
    return tuple(sorted(_named(found), key=lambda source: source.id))


def _walk(root: Path, known: frozenset[str]) -> list[tuple[Path, str]]:
    if not root.exists():
        raise InputError(root, "there is no such file or folder", "check the path")
    if not root.is_dir():
        return [(root, root.name)]
    files = [
        (path, path.relative_to(root).as_posix())
        for path in sorted(root.rglob("*"))
        if path.suffix.lower() in known and path.is_file() and not _hidden(path.relative_to(root))
    ]
    if not files:
        raise EmptyInputError(root, "no file to read in this folder", "known are " + " ".join(sorted(known)))
    return files


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _named(found: Mapping[Path, str]) -> list[Source]:
    """Drop the extensions, but for those that tell two documents apart."""
    by_stem: dict[str, list[Path]] = defaultdict(list)
    for path, name in found.items():
        by_stem[safe_id(name[: -len(path.suffix)] if path.suffix else name)].append(path)
    sources = []
    for stem, paths in by_stem.items():
        if len(paths) == 1:
            sources.append(Source(paths[0], stem))
        else:
            sources += [Source(path, safe_id(found[path])) for path in paths]
    _refuse_doubles(sources)
    return sources


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
