"""A Dask cluster gives the bytes of the local run, and loses nothing when a worker dies."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.shell import kg, outputs, process
from tests.scale.texts import articles

#: Dask leaves sockets to the collector when a worker is killed.
pytestmark = pytest.mark.filterwarnings("ignore")
COUNT = 40


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    for id, text in articles(COUNT):
        (folder / f"{id}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def local(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("local")
    assert kg("build", texts, "--out", out, "-q").code == 0
    return outputs(out)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from distributed import LocalCluster

    place = str(tmp_path_factory.mktemp("dask"))
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2,
        threads_per_worker=1,
        dashboard_address="127.0.0.1:0",
        local_directory=place,
        silence_logs=50,
    ) as cluster:
        yield cluster


def test_a_cluster_by_address_gives_the_same_bytes_and_keeps_shards(
    cluster: Any, texts: Path, local: dict[str, bytes], tmp_path: Path
) -> None:
    """Inputs and kept work have addresses; a second build, here, takes up what the cluster kept."""
    far = ("--shards", f"file://{tmp_path}/shards")
    where = ("--engine", "dask", "--scheduler", cluster.scheduler_address)
    done = kg("build", f"file://{texts}", "--out", tmp_path / "out", "-q", *where, *far)
    assert done == (0, "", "")
    assert outputs(tmp_path / "out") == local
    assert len(list((tmp_path / "shards/reading").iterdir())) == COUNT
    again = kg("build", f"file://{texts}/*.txt", "--out", tmp_path / "again", *far)
    assert f"沿用上次结果 {COUNT} 篇" in again.out
    assert kg("export", tmp_path / "again", "--format", "nt").code == 0


def test_a_worker_that_dies_is_survived(
    cluster: Any, texts: Path, local: dict[str, bytes], tmp_path: Path
) -> None:
    died: list[int] = []

    def kill() -> None:
        while not died:
            busy = [w for w in cluster.scheduler.workers.values() if w.processing]
            if busy:
                pids = {w.address: cluster.workers[w.name].pid for w in busy}
                died.append(pids[busy[0].address])
                os.kill(died[0], signal.SIGKILL)
            time.sleep(0.005)

    killer = threading.Thread(target=kill)
    killer.start()
    where = ("--engine", "dask", "--scheduler", cluster.scheduler_address)
    done = kg("build", texts, "--out", tmp_path, "-q", *where)
    killer.join()
    assert done == (0, "", "")
    assert died
    assert outputs(tmp_path) == local


def test_a_cluster_is_started_when_no_address_is_given(
    texts: Path, local: dict[str, bytes], tmp_path: Path
) -> None:
    done = process("build", texts, "--out", tmp_path, "-q", "--engine", "dask", "--workers", "2")
    assert done == (0, "", "")
    assert outputs(tmp_path) == local


WRONG = [
    (("--engine", "spark"), "choose from local, dask"),
    (("--scheduler", "tcp://127.0.0.1:1"), "goes with --engine dask"),
    (("--engine", "dask", "--scheduler", "nowhere"), "no Dask scheduler answers"),
    (("--engine", "dask", "--scheduler", "tcp://127.0.0.1:1"), "no Dask scheduler answers"),
]


@pytest.mark.parametrize(("options", "words"), WRONG)
def test_wrong_usage_is_told(
    options: tuple[str, ...], words: str, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg import cluster

    monkeypatch.setattr(cluster, "_PATIENCE", 0.2)
    done = kg("build", texts, "--out", tmp_path, *options)
    assert done.code == 2
    assert words in done.err
    assert done.err.count("\n") == 1


MISSING = "import sys\nfor name in ('distributed', 'fsspec'):\n    sys.modules[name] = None\n"


@pytest.mark.parametrize("arguments", [("{texts}", "--engine", "dask"), ("s3://bucket/a.txt",)])
def test_without_the_extra_one_sentence_says_what_to_install(
    arguments: tuple[str, ...], texts: Path, tmp_path: Path
) -> None:
    given = [argument.format(texts=texts) for argument in arguments]
    done = process("build", *given, "--out", tmp_path / "out", code=MISSING)
    assert done.code == 2
    assert done.err.count("\n") == 1
    assert "pip install 'policykg[cluster]'" in done.err


def test_addresses_that_lead_nowhere_are_told_and_the_others_are_built(texts: Path, tmp_path: Path) -> None:
    bad = [f"file://{tmp_path}/no.txt", f"file://{tmp_path}/no/*.txt", "nofs://x/a.txt"]
    done = kg("build", *bad, f"file://{texts}/brief-00001.txt", "--out", tmp_path / "out")
    assert done.code == 1
    assert done.err.count("\n") == len(bad)
    assert all(address in done.err for address in bad)
    assert "1 篇文本" in done.out


def test_what_is_wrong_with_a_far_file_names_its_address(texts: Path, tmp_path: Path) -> None:
    import fsspec

    files = fsspec.filesystem("memory")
    files.pipe_file("/far/good.txt", (texts / "brief-00001.txt").read_bytes())
    files.pipe_file("/far/bad.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    files.pipe_file("/far/rows.jsonl", b'{"text": ""}\n')
    done = kg("build", "memory://far", "--out", tmp_path / "out")
    assert done.code == 1
    assert "memory://far/bad.txt" in done.err.replace("///", "//").replace("memory:///", "memory://")
    assert "rows.jsonl:1: no text" in done.err
    assert "/tmp" not in done.err
    assert "1 篇文本" in done.out
