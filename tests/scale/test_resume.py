"""Builds that were killed, and builds after a change, end with the bytes of a clean one."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

from tests.cli.shell import kg, outputs, process
from tests.scale.texts import article, articles

COUNT = 24
pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL")


def write(folder: Path, texts: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for id, text in texts.items():
        (folder / f"{id}.txt").write_text(text, encoding="utf-8")


def report(out: Path) -> dict[str, Any]:
    return dict(json.loads((out / "report.json").read_bytes()))


def result(out: Path) -> dict[str, Any]:
    """All that a build writes for others, and what its store holds, but for what was reused."""
    files: dict[str, Any] = dict(outputs(out))
    files["report.json"] = report(out) | {"reused": []}
    store = pyoxigraph.Store.read_only(str(out / "store"))
    files["store"] = {str(q) for q in store.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph())}
    return files


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    write(folder, dict(articles(COUNT)))
    return folder


@pytest.fixture(scope="module")
def clean(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    out = tmp_path_factory.mktemp("clean")
    assert kg("build", texts, "--out", out, "-q").code == 0
    return result(out)


#: What is called, at which call the build is killed, and how many documents need not be understood again: a file
#: leaves two entries (its document and itself), a reading one.
MOMENTS = [
    ("kg.cache.Folder.write", 10, 0),
    ("kg.cache.Folder.write", 2 * COUNT + 8, 7),
    ("kg.ledger.Ledger._put", 3, COUNT),
    ("kg.ledger.Ledger.settle", 1, COUNT),
    ("kg.outputs.write_evidence", 1, COUNT),
    ("kg.folder._merge", 1, COUNT),
    ("kg.cache.Cache.prune", 1, COUNT),
]
DIE = """
import os, signal, {module}
calls, original = [], {name}
def die(*arguments, **options):
    calls.append(1)
    if len(calls) == {at}:
        os.kill(os.getpid(), signal.SIGKILL)
    return original(*arguments, **options)
{name} = die
"""


@pytest.mark.parametrize(("name", "at", "reused"), MOMENTS, ids=[f"{name}-{at}" for name, at, _ in MOMENTS])
def test_a_build_that_was_killed_goes_on(
    name: str, at: int, reused: int, texts: Path, clean: dict[str, Any], tmp_path: Path
) -> None:
    module = ".".join(name.split(".")[:2])
    alone = (
        "build",
        texts,
        "--out",
        tmp_path,
        "-q",
        "--workers",
        "1",
    )  # so that it is this process that dies
    died = process(*alone, code=DIE.format(module=module, name=name, at=at))
    assert died.code == -signal.SIGKILL, died.err
    assert kg("build", texts, "--out", tmp_path, "-q").code == 0
    assert result(tmp_path) == clean
    assert len(report(tmp_path)["reused"]) == reused
    assert not list(tmp_path.glob(".building*"))


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_any_time_with_all_its_workers(
    seed: int, texts: Path, clean: dict[str, Any], tmp_path: Path
) -> None:
    """Whatever stands under a final name meanwhile is whole; processes of a killed build end by themselves."""
    command = [
        sys.executable,
        "-m",
        "kg",
        "build",
        str(texts),
        "--out",
        str(tmp_path),
        "--workers",
        "2",
        "-q",
    ]
    chance = random.Random(seed)
    for _ in range(2):
        running = subprocess.Popen(command, start_new_session=True)
        time.sleep(chance.uniform(0.3, 2.5))
        running.kill()
        running.wait()
        for file, content in outputs(tmp_path).items():
            if not file.startswith(".building"):
                assert content == clean[file] or file == "report.json"
    while subprocess.run(["pgrep", "-g", str(running.pid)], capture_output=True, check=False).returncode == 0:
        time.sleep(0.05)
    assert kg("build", texts, "--out", tmp_path, "-q").code == 0
    assert result(tmp_path) == clean


def test_adding_changing_and_removing_touches_only_what_changed(tmp_path: Path) -> None:
    """Week by week or at once, it is one graph."""
    texts, out = tmp_path / "texts", tmp_path / "out"
    now = dict(articles(10))
    write(texts, now)
    assert kg("build", texts, "--out", out, "-q").code == 0
    for number, change in enumerate(
        [
            {"brief-00010": article(10), "brief-00011": article(11)},  # two more
            {"brief-00003": article(3) + "江州大学与临溪县人民政府签署合作协议。\n"},  # one corrected
            {"brief-00005": ""},  # one withdrawn
            {"brief-00001": article(14), "brief-00006": "", "brief-00012": article(12)},  # all three
        ]
    ):
        now |= change
        for id in [id for id, text in now.items() if not text]:
            del now[id]
            (texts / f"{id}.txt").unlink()
        write(texts, now)
        assert kg("build", texts, "--out", out, "-q").code == 0
        assert report(out)["reused"] == sorted(now.keys() - {id for id, text in change.items() if text})
        assert kg("build", texts, "--out", tmp_path / f"clean{number}", "-q").code == 0
        assert result(out) == result(tmp_path / f"clean{number}")
    assert {p.stem for p in (out / "documents").iterdir()} == now.keys()


def test_a_damaged_ledger_and_damaged_entries_are_made_anew(
    texts: Path, clean: dict[str, Any], tmp_path: Path
) -> None:
    assert kg("build", texts, "--out", tmp_path, "-q").code == 0
    (tmp_path / ".cache/ledger.sqlite").write_bytes(b"SQLite format 3\0" + bytes(5000))
    for path in sorted((tmp_path / ".cache/reading").iterdir())[:3]:
        path.write_bytes(b"damaged")
    assert kg("build", texts, "--out", tmp_path, "-q").code == 0
    assert result(tmp_path) == clean
    (tmp_path / ".cache/ledger.sqlite").unlink()
    assert kg("build", texts, "--out", tmp_path, "-q").code == 0
    assert result(tmp_path) == clean


def test_another_base_and_back(texts: Path, clean: dict[str, Any], tmp_path: Path) -> None:
    assert kg("build", texts, "--out", tmp_path, "-q", "--base", "https://example.org/").code == 0
    assert "https://w3id.org/policykg/id/" not in (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    assert kg("build", texts, "--out", tmp_path, "-q").code == 0
    assert result(tmp_path) == clean


def test_a_text_that_someone_changed_is_written_again(
    texts: Path, clean: dict[str, Any], tmp_path: Path
) -> None:
    assert kg("build", texts, "--out", tmp_path, "-q").code == 0
    (tmp_path / "documents/brief-00000.txt").write_text("mine", encoding="utf-8")
    shutil.rmtree(tmp_path / "store")
    assert kg("build", texts, "--out", tmp_path, "-q").code == 0
    assert result(tmp_path) == clean


def test_a_store_is_changed_and_not_loaded_again_when_little_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The earlier store is left as it was; one that is not that of the files beside it is not taken."""
    from kg import store

    texts, out = tmp_path / "texts", tmp_path / "out"
    loaded: list[Path] = []
    original = store._load

    def load(files: Any, place: Path) -> None:
        loaded.append(place)
        original(files, place)

    monkeypatch.setattr(store, "_load", load)
    write(texts, dict(articles(8)))
    kg("build", texts, "--out", out, "-q")
    assert len(loaded) == 1
    write(texts, {"brief-00003": article(20)})
    reader = pyoxigraph.Store.read_only(str(out / "store"))
    before = {str(quad) for quad in reader}
    kg("build", texts, "--out", out, "-q")
    assert len(loaded) == 1
    assert {str(quad) for quad in reader} == before
    monkeypatch.undo()
    kg("build", texts, "--out", tmp_path / "clean", "-q")
    assert result(out) == result(tmp_path / "clean")
    monkeypatch.setattr(store, "_load", load)
    (out / "graph.ttl").write_bytes((out / "graph.ttl").read_bytes() + b"\n")  # someone's hand
    write(texts, {"brief-00004": article(21)})
    kg("build", texts, "--out", out, "-q")
    assert len(loaded) == 2
