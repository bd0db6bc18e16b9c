"""Puts scripts, style and data into one HTML file that asks for nothing and runs nothing else."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import chain
from string import Template
from typing import Any

from kg.view.labels import classes

#: Above so many characters of JSON the data travels packed: it must be small, but stays readable before.
PACK_ABOVE = 400_000

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+)\.js";\n', re.M)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.M)


@cache
def bundle(entry: str = "main") -> str:
    """The page's modules as one script: each in a scope of its own, in the order of need."""
    done: dict[str, str] = {}

    def add(name: str) -> None:
        if name in done:
            return
        done[name] = ""  # a circle of imports would end here and be missed by nobody: scopes are in order
        source = (files("kg.view") / "static" / f"{name}.js").read_text(encoding="utf-8")
        for _, needed in _IMPORT.findall(source):
            add(needed)
        exports = ", ".join(match[1] for match in _EXPORT.finditer(source))
        body = _IMPORT.sub(lambda m: f"const {{{m[1].replace(' as ', ': ')}}} = ${_name(m[2])};\n", source)
        body = _EXPORT.sub("", body)
        del done[name]
        done[name] = f"const ${_name(name)} = (() => {{\n{body}return {{ {exports} }};\n}})();\n"

    add(entry)
    return '"use strict";\n' + "".join(done.values())


def _name(module: str) -> str:
    return module.replace("-", "_")


def page(*, data: Mapping[str, Any], vis: str, title: str, version: str, asks: bool = False) -> Iterator[str]:
    """The whole file in pieces; every script and style is allowed by its hash alone.

    Values of ``data`` that are iterators are lists of which one row is in memory at a time.
    ``asks``: it is served, and may ask the address that it came from and no other.
    """
    css = colours() + (files("kg.view") / "static" / "page.css").read_text(encoding="utf-8")
    code = bundle()
    begun, rest, whole = _begun(json_pieces(data))
    template = (files("kg.view") / "template.html").read_text(encoding="utf-8")
    head, tail = (
        Template(half).substitute(
            csp=policy(scripts=(vis, code), style=css, asks=asks),
            title=html.escape(title),
            version=html.escape(version),
            css=css,
            vis=vis,
            script=code,
            datatype="application/json" if whole else "text/plain",
            packed="" if whole else ' data-packed="gzip"',
        )
        for half in template.split("$data</script>")
    )
    yield head
    yield from (begun if whole else pack(chain(begun, rest)))
    yield f"</script>{tail}"


def _begun(pieces: Iterator[str]) -> tuple[list[str], Iterator[str], bool]:
    """What comes before PACK_ABOVE is passed, what comes after, and whether that is nothing."""
    begun, size = [], 0
    for piece in pieces:
        begun.append(piece)
        size += len(piece)
        if size > PACK_ABOVE:
            return begun, pieces, False
    return begun, pieces, True


def colours() -> str:
    """The colour of each class for glyphs; the canvas reads the same table from the data."""
    return "".join(
        f'{theme}[data-cls="{row["class"]}"]{{--c:{row[kind]}}}'
        for theme, kind in (("", "light"), ('[data-theme="dark"] ', "dark"))
        for row in classes()
    )


def policy(*, scripts: tuple[str, ...], style: str, asks: bool = False) -> str:
    """The Content-Security-Policy: nothing may be loaded, no eval, no other script."""
    allowed = " ".join(_hash(s) for s in scripts)
    connect = "connect-src 'self'; " if asks else ""
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data: blob:; "
        f"{connect}base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def json_pieces(data: Mapping[str, Any]) -> Iterator[str]:
    """The JSON of an object, row by row where a value is an iterator.

    >>> "".join(json_pieces({"a": iter([1, 2]), "b": iter([]), "c": "</script>"}))
    '{"a":[1,2],"b":[],"c":"\\\\u003c/script\\\\u003e"}'
    """
    opening = "{"
    for name, value in data.items():
        yield f"{opening}{to_json(name)}:"
        opening = ","
        if isinstance(value, Iterator):
            before = "["
            for row in value:
                yield before + to_json(row)
                before = ","
            yield "[]" if before == "[" else "]"
        else:
            yield to_json(value)
    yield "}" if data else "{}"


def to_json(value: Any) -> str:
    r"""JSON that no HTML parser takes for markup and any encoder can write.

    >>> to_json("</script>\u2028")
    '"\\u003c/script\\u003e\\u2028"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=False)
    return re.sub(r"[<>&\u2028\u2029\ud800-\udfff]", lambda m: f"\\u{ord(m[0]):04x}", text)


def pack(pieces: Iterable[str]) -> Iterator[str]:
    """Gzip without a date, in base64.

    >>> zlib.decompress(base64.b64decode("".join(pack(["云", "川"]))), wbits=31).decode()
    '云川'
    """
    engine = zlib.compressobj(6, wbits=31)  # 9 takes twice the time for a hundredth less
    left = b""
    for piece in chain(pieces, [None]):
        left += engine.flush() if piece is None else engine.compress(piece.encode("utf-8"))
        whole = len(left) if piece is None else len(left) // 3 * 3  # base64 writes three bytes as four signs
        yield base64.b64encode(left[:whole]).decode()
        left = left[whole:]
