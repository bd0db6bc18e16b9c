"""The terminal side: locales, pipes, interrupts, faults of our own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import EvidenceError, InputError, KgError, QueryError, UsageError
from kg.shell import guarded
from tests.cli.shell import kg, process

LOCALES = [
    {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""},
    {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"},
]


@pytest.mark.parametrize("locale", LOCALES)
def test_utf8_whatever_the_locale(locale: dict[str, str], texts: Path, tmp_path: Path) -> None:
    renamed = (texts / "article.txt").rename(texts / "数谷.txt")
    out = tmp_path / "输出"
    done = process("build", renamed, "--out", out, env=locale)
    assert done.code == 0, done.err
    assert "1 篇文本" in done.out
    assert (out / "documents/数谷.txt").is_file()
    assert "云川数谷文化基金" in (out / "graph.ttl").read_text(encoding="utf-8")


ERRORS = [
    (UsageError("no"), 2),
    (InputError("a.txt", "broken", "mend it"), 1),
    (EvidenceError("a", 1, 3, "云川"), 1),
    (QueryError("unexpected token", line=1, column=4), 1),
    (KgError("no"), 1),
    (FileNotFoundError(2, "No such file", "a.txt"), 1),
    (KeyError("x"), 1),
    (RecursionError("deep\ndown"), 1),
    (KeyboardInterrupt(), 130),
]


@pytest.mark.parametrize(("error", "code"), ERRORS, ids=lambda value: type(value).__name__)
def test_every_error_is_one_sentence(
    error: BaseException, code: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def action() -> int:
        raise error

    monkeypatch.delenv("KG_DEBUG", raising=False)
    assert guarded(action) == code
    said = capsys.readouterr().err
    assert said.count("\n") == (0 if code == 130 else 1)
    assert "Traceback" not in said


def test_a_fault_of_ours_says_what_to_report_and_kg_debug_shows_it(tmp_path: Path) -> None:
    fault = "import kg.corpus\nkg.corpus.build = lambda *a, **k: 1 / 0"
    arguments = ("build", "a.txt", "--out", tmp_path / "out")
    done = process(*arguments, code=fault, env={"KG_DEBUG": ""})
    assert done.code == 1
    assert done.err.startswith("policykg failed (ZeroDivisionError: division by zero); please report")
    assert "Traceback" in process(*arguments, code=fault, env={"KG_DEBUG": "1"}).err


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_ends_with_130_and_no_traceback(texts: Path, tmp_path: Path) -> None:
    interrupt = (
        "import signal, time, kg.pipeline\n"
        # To this very thread, and nothing is returned before it has come: what is sent to a process may come later.
        "kg.pipeline.read_document = lambda *a: (signal.raise_signal(signal.SIGINT), time.sleep(60))"
    )
    done = process("build", texts, "--out", tmp_path / "out", code=interrupt)
    assert done.code == 130
    assert done.err.strip() == ""


def test_a_reader_that_goes_away_is_no_error() -> None:
    shown = subprocess.Popen(
        [sys.executable, "-c", "from kg.cli import main\nmain()", "--help"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert shown.stdout is not None
    assert shown.stderr is not None
    shown.stdout.close()
    assert shown.stderr.read() == b""
    shown.stderr.close()
    assert shown.wait() == 141


def test_progress_is_silent_when_piped(texts: Path, tmp_path: Path) -> None:
    assert process("build", texts, "--out", tmp_path / "out").err == ""


def test_kg_alone_shows_the_help() -> None:
    done = kg()
    assert done.code == 2
    assert "Commands:" in done.err


def test_version() -> None:
    from kg import __version__

    assert kg("--version") == (0, f"policykg {__version__}\n", "")


def test_help_loads_no_heavy_library() -> None:
    heavy = "('rdflib', 'pyoxigraph', 'networkx', 'pyvis', 'trafilatura', 'rjieba', 'jieba', 'msgspec', 'lxml', 'shacl')"
    check = f"import sys\nfrom kg.cli import main\ntry:\n main(['--help'])\nexcept SystemExit:\n sys.exit(str([m for m in {heavy} if m in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == "[]"
