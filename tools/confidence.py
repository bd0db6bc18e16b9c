"""Measure how often each band is right on the annotated texts: writes ``ontology/confidence.toml``.

    python tools/confidence.py              # ../shared/gold/dev and examples/gold
    python tools/confidence.py GOLD…        # gold files or folders in their place

A construction that clearly came to less, or to more, than its band is named: a hint to move its row in
``ontology/lexicon/constructions.tsv``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg import confidence, gold, score
from kg.confidence import Band, Bands, Measured

ROOT = Path(__file__).resolve().parent.parent
GOLD = (ROOT.parent / "shared" / "gold" / "dev", ROOT / "examples" / "gold")
TARGET = ROOT / "ontology" / "confidence.toml"
DOUBTFUL = ROOT / "ontology" / "queries" / "doubtful.rq"


def measure(folders: Iterable[Path]) -> dict[str, Measured]:
    """Return for each rule how many of its statements were judged and right."""
    whole = score.Score()
    for _, result in score.read_and_score(gold.gold_files(folders)):
        whole += result
    return {rule: Measured(t.right, t.right + t.false) for rule, t in sorted(whole.rules.items())}


def render(rules: Mapping[str, Measured]) -> str:
    """Return confidence.toml: the bands, and the constructions that make them up."""
    bands = Bands.load()
    lines = ["# Written by `python tools/confidence.py` from the development gold: not to be edited by hand."]
    for band, found in confidence.pooled(rules, bands).items():
        lines += ["", f"[bands.{band}]", *_figures(found)]
    for construction, found in confidence.by_construction(rules, bands).items():
        lines += ["", f'[constructions."{construction}"]', f'band = "{bands.of(construction)}"']
        lines += _figures(found)
    return "\n".join(lines) + "\n"


def _figures(found: Measured) -> list[str]:
    low, high = found.interval
    return [f"right = {found.right}", f"judged = {found.judged}", f"interval = [{low:.3f}, {high:.3f}]"]


def hints(rules: Mapping[str, Measured]) -> list[str]:
    """Return the constructions whose own interval does not hold the share of right ones of their band."""
    bands = Bands.load()
    pools = confidence.pooled(rules, bands)
    found = []
    for construction, measured in confidence.by_construction(rules, bands).items():
        low, high = measured.interval
        if not low <= pools[band := bands.of(construction)].precision <= high:
            found.append(f"{construction} is {band}: {measured.right} of {measured.judged} right")
    return found


def main(folders: list[Path]) -> None:
    """Measure and write."""
    missing = [f for f in folders or GOLD if not f.exists()]
    if missing:
        sys.exit(f"{missing[0]}: no gold is there; give the folders of gold to measure on")
    rules = measure(folders or GOLD)
    TARGET.write_text(render(rules), encoding="utf-8", newline="\n")
    below = confidence.pooled(rules, Bands.load())[Band.LIKELY].interval[0]
    query = re.sub(
        r"(# param below number |VALUES \?below \{ )[\d.]+",
        rf"\g<1>{below:.3f}",
        DOUBTFUL.read_text(encoding="utf-8"),
    )
    DOUBTFUL.write_text(query, encoding="utf-8", newline="\n")
    print("\n".join([TARGET.read_text(encoding="utf-8"), *hints(rules)]))


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
