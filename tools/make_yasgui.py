"""Put YASGUI, the query editor of ``kg serve``, into kg/serve/static/ : ``python tools/make_yasgui.py``.

npm installs the published package into a folder of its own; its built script and style are taken as they are, but for
the line that names a source map, which would be asked for, and the prefixes of DROPPED. yasgui.txt says what they are, with the integrity that the
registry gives, and carries the licence of everything in them. The same version gives the same script and style.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

PACKAGE, VERSION = "@zazuko/yasgui", "4.6.2"
TARGET = Path(__file__).parent.parent / "kg" / "serve" / "static"
FILES = ("yasgui.min.js", "yasgui.min.css")
#: Prefixes that the editor would offer and that are left out: the address of awol, long gone, reads like a path of a machine.
DROPPED = ("awol",)
#: Packages of the same project ship no licence file; their repository has this one.
MIT = """\
MIT License

Copyright (c) Triply B.V. and Zazuko GmbH

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def main() -> None:
    """Install, copy, and write down what was copied."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        command = (
            "npm",
            "install",
            "--prefix",
            folder,
            "--no-audit",
            "--no-fund",
            "--silent",
            f"{PACKAGE}@{VERSION}",
        )
        subprocess.run(command, check=True)
        build = place / "node_modules" / PACKAGE / "build"
        sums = {}
        for name in FILES:
            text = re.sub(r"\n?(//|/\*)# sourceMappingURL=.*", "", (build / name).read_text(encoding="utf-8"))
            for prefix in DROPPED if name.endswith(".js") else ():
                # its definition, and its place in the list of them
                text, count = re.subn(rf",{prefix}=`[^`]*`|\b{prefix},(?=[\w$]+,)", "", text)
                if count != 2:
                    raise SystemExit(
                        f"{name}: {prefix} stands {count} times, not twice; look at the new version"
                    )
            (TARGET / name).write_text(text.rstrip("\n") + "\n", encoding="utf-8", newline="\n")
            sums[name] = hashlib.sha256((TARGET / name).read_bytes()).hexdigest()
        lock = json.loads((place / "package-lock.json").read_text(encoding="utf-8"))
        integrity = lock["packages"][f"node_modules/{PACKAGE}"]["integrity"]
        head = [f"{PACKAGE} {VERSION}, by tools/make_yasgui.py", f"integrity {integrity}"]
        head += [f"sha256 {value}  {name}" for name, value in sums.items()]
        parts = ["\n".join(head) + "\n", *licences(place / "node_modules")]
        (TARGET / "yasgui.txt").write_text(
            ("\n" + "-" * 80 + "\n").join(parts), encoding="utf-8", newline="\n"
        )


def licences(modules: Path) -> Iterator[str]:
    """Name, licence and licence text of every package that may be in the script."""
    yield f"@zazuko/yasgui, yasqe, yasr, yasgui-utils, MIT\n\n{MIT}"
    for path in sorted((*modules.glob("*/package.json"), *modules.glob("@*/*/package.json"))):
        package = json.loads(path.read_text(encoding="utf-8"))
        if package["name"].startswith("@zazuko/"):
            continue
        texts = sorted(p for p in path.parent.iterdir() if re.match(r"(?i)licen[cs]e|copying", p.name))
        said = "\n".join(p.read_text(encoding="utf-8").replace("\r\n", "\n").strip() for p in texts)
        yield f"{package['name']}, {package.get('license', 'MIT')}\n\n{said}".rstrip() + "\n"


if __name__ == "__main__":
    main()
