"""Write ontology/lexicon/pinyin.tsv from the readings of pypinyin.

    pip download --no-deps pypinyin==0.55.0
    python tools/make_pinyin.py PYPINYIN_DIR

The argument is the unpacked wheel. Characters of GB 2312 and of our own lists of names, without tones (ü is v), each
with every reading, so that 重庆 is found as chongqing and as zhongqing.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).parent
LEXICON = HERE.parent / "ontology" / "lexicon"
HEADER = """\
# Syllables of pinyin without tones (ü is v) and the characters that are read so, a character in every row that fits; for kg search.
# source: pypinyin 0.55.0 (PyPI), from Unihan; written by tools/make_pinyin.py
# licence: MIT
"""


def main(package: str) -> None:
    """Read the readings and write ours."""
    path = Path(package) / "pypinyin" / "pinyin_dict.json"
    readings = json.loads(path.read_text(encoding="utf-8"))
    named = {
        char for table in (LEXICON / "names").glob("*.tsv") for char in table.read_text(encoding="utf-8")
    }
    rows: dict[str, set[str]] = defaultdict(set)
    for code, said in readings.items():
        char = chr(int(code))
        if char in named or char.encode("gb2312", "ignore"):
            for reading in said.split(","):
                rows[plain(reading)].add(char)
    body = "".join(
        f"{syllable}\t{''.join(sorted(rows[syllable]))}\n" for syllable in sorted(rows) if usual(syllable)
    )
    text = f"{HEADER}syllable\tcharacters\n{body}"
    (LEXICON / "pinyin.tsv").write_text(text, encoding="utf-8", newline="\n")


def plain(reading: str) -> str:
    """A reading without its tone."""
    bare = unicodedata.normalize(
        "NFD", reading.replace("ü", "v").translate(dict.fromkeys(map(ord, "ǖǘǚǜ"), "v"))
    )
    return "".join(char for char in bare if char.isascii() and char.isalpha())


def usual(syllable: str) -> bool:
    """Whether it has a vowel; 呒 m and 嗯 ng begin every word."""
    return any(vowel in syllable for vowel in "aeiouv")


if __name__ == "__main__":
    main(*sys.argv[1:])
