"""The file of decisions: what the page sends and what the project keeps are one format.

    {"format": "policykg-decisions/1", "base": "https://w3id.org/policykg/", "reviewer": "甲", "decisions": [
    {"statement": …, "subject": …, "predicate": "partOf", "object": {"entity": …}, "verdict": "wrong", …},
    {"entity": …, "kind": "sameAs", "value": …, …}
    ]}

The project's file holds the decisions of all reviewers, one a line, sorted by what they are about, so that a change is
a line in a difference. It is written beside itself and renamed. What is wrong with a file is told in one Chinese sentence.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from kg.errors import InputError
from kg.export.iri import BASE
from kg.model import Decision
from kg.replay.decisions import order
from kg.review.rows import Refused, decision_of, row_of, text_of

#: The name of the project's file, beside the outputs of kg build.
FILE: Final = "decisions.json"
FORMAT: Final = "policykg-decisions/1"
#: Bytes; 200,000 decisions are about this much.
LARGEST: Final = 100_000_000

_KNOWN: Final = "请用审阅页菜单里的“评审结果（JSON）”下载"


class File(NamedTuple):
    """What a file of decisions holds; ``reviewer`` is who signed it as a whole."""

    base: str
    reviewer: str
    decisions: tuple[Decision, ...]


def read(path: Path, *, base: str = "", signed: str = "") -> File:
    """Read a file of decisions; raises InputError for what is none, is broken, or speaks of another base.

    ``base`` is that of the project; unsigned decisions are signed with ``signed``.
    """
    whole = _json(path)
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise InputError(path, f"不是评审结果文件（缺 format: {FORMAT}）", _KNOWN)
    rows = whole.get("decisions")
    if not isinstance(rows, list):
        raise InputError(path, "缺少 decisions 列表", _KNOWN)
    try:
        theirs = text_of(whole, "base")
        reviewer = text_of(whole, "reviewer") or signed
    except Refused as error:
        raise InputError(path, str(error), _KNOWN) from error
    if not theirs:
        raise InputError(path, "没有写明 base", _KNOWN)
    if base and theirs != base:
        raise InputError(
            path,
            f"评审的是另一个 base（{theirs}）的图，本项目的 base 是 {base}",
            "请用本项目的审阅页重新评审",
        )
    decisions = []
    for number, row in enumerate(rows, 1):
        try:
            decisions.append(decision_of(row, theirs, reviewer))
        except Refused as error:
            raise InputError(path, f"第 {number} 条评审有误：{error}", "请改正或删去这一条") from error
    return File(theirs, reviewer, tuple(decisions))


def _json(path: Path) -> Any:
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(path, f"超过 {LARGEST // 1_000_000} MB，不像评审结果文件", _KNOWN)
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise InputError(path, f"无法打开（{error.strerror}）", "请检查路径") from error
    except UnicodeDecodeError as error:
        raise InputError(path, "不是 UTF-8 文本", _KNOWN) from error
    except json.JSONDecodeError as error:
        where = f"第 {error.lineno} 行第 {error.colno} 字符"
        raise InputError(
            path, f"不是完整的 JSON（{where}处断开或有误）", "文件可能没有下载完，请重新下载"
        ) from error
    except (ValueError, RecursionError) as error:
        raise InputError(path, "JSON 嵌套过深或数字过长", _KNOWN) from error


def load(path: Path, base: str = BASE) -> tuple[Decision, ...]:
    """Return the decisions that a project keeps; none when the file is not there."""
    return read(path, base=base).decisions if path.exists() else ()


def write(path: Path, decisions: Iterable[Decision], base: str, reviewer: str = "") -> None:
    """Write the project's file; a reader sees the old one or the new one, never a half."""
    text = text_file(decisions, base, reviewer)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with aside.open("wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except BaseException:
        with suppress(OSError):
            aside.unlink()
        raise


def text_file(decisions: Iterable[Decision], base: str, reviewer: str = "") -> str:
    """Return the file as text: one decision a line, in a fixed order."""
    head: Mapping[str, str] = {"format": FORMAT, "base": base, "reviewer": reviewer}
    lines = ",\n".join(_line(row_of(d, base)) for d in sorted(decisions, key=order))
    return f'{_line(head)[:-1]}, "decisions": [\n{lines}{chr(10) if lines else ""}]}}\n'


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
