"""Real text, where it stands beside the repository: read without an exception, every quote equal to its text.

A sample of each genre here; ``python -m tests.scale.test_corpus`` takes the whole and says what it took.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

import pytest

from kg import kept
from kg.rdf import KGO, read_file
from kg.read import Source, read_all
from tests.bench.build import CORPUS
from tests.cli.shell import kg

#: Documents of each file, evenly spaced.
SAMPLE = 3

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus beside the repository")


def sample(place: Path) -> int:
    """Write a few documents of each file of the corpus; return how many."""
    count = 0
    for path in sorted(CORPUS.glob("*.jsonl")):
        rows = path.read_text(encoding="utf-8").splitlines()
        some = list(islice(rows, len(rows) // (2 * SAMPLE), None, max(1, len(rows) // SAMPLE)))[:SAMPLE]
        (place / path.name).write_text("".join(f"{row}\n" for row in some), encoding="utf-8")
        count += len(some)
    return count


def quotes(out: Path) -> int:
    """Compare every quote of evidence.ttl with the text that it counts in; return how many there are."""
    said: dict[str, dict[str, str]] = {}
    names = ("text", "start", "end", "inDocument", "inSentence", "textFile")
    for triple in read_file(out / "evidence.ttl"):
        name = triple.predicate.value.removeprefix(KGO)
        if name in names:
            said.setdefault(str(triple.subject), {})[name] = triple.object.value  # type: ignore[union-attr]
    texts = {
        node: (out / of["textFile"]).read_bytes().decode() for node, of in said.items() if "textFile" in of
    }
    count = 0
    for of in said.values():
        if "text" in of:
            place = of if "inDocument" in of else said[f"<{of['inSentence']}>"]
            text = texts[f"<{place['inDocument']}>"]
            assert text[int(of["start"]) : int(of["end"])] == of["text"]
            count += 1
    return count


def test_a_sample_goes_through_and_every_quote_is_its_text(tmp_path: Path) -> None:
    texts, out = tmp_path / "texts", tmp_path / "out"
    texts.mkdir()
    count = sample(texts)
    assert kg("build", texts, "--out", out, "-q") == (0, "", "")
    assert len(json.loads((out / "report.json").read_bytes())["documents"]) == count >= 20
    assert quotes(out) > 500
    assert sum(1 for _ in kept.readings(out)) == count


def test_repair_of_real_text_only_deletes(tmp_path: Path) -> None:
    """What stands in a document stands in its source, in that order, but for white space and radicals."""
    sample(tmp_path)
    for path in sorted(tmp_path.iterdir()):
        rows = [json.loads(row)["text"] for row in path.read_text(encoding="utf-8").splitlines()]
        for source, document in zip(rows, read_all(Source(path, path.stem)), strict=True):
            rest = iter(source)
            missing = [char for char in document.text if not char.isspace() and char not in rest]
            assert not missing, document.id


def main() -> None:
    """Build the whole corpus and compare every quote."""
    with tempfile.TemporaryDirectory(prefix="kg-corpus-") as place:
        start = time.process_time()
        done = kg("build", CORPUS, "--out", place, "-q")
        report = json.loads((Path(place) / "report.json").read_bytes())
        print(
            f"exit {done.code}, {len(report['documents'])} documents, {len(report['unread'])} unread,",
            end=" ",
        )
        print(f"{quotes(Path(place))} quotes equal to their texts, {time.process_time() - start:.0f} s")
        sys.exit(done.code)


if __name__ == "__main__":
    main()
