"""The wheel, installed alone in an empty environment, builds an example."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from kg import __version__

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "newspaper.txt"
#: What the core may weigh, in MB, without pip. Measured: 169, of which the IPython that pyvis depends
#: on has about 65 (jedi 34, Pygments 10) and the Babel behind trafilatura 33; the service brings 5.4 (its framework 4.2, YASGUI 1.2).
LIMIT = 192


def _run(*command: str | Path, cwd: Path) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))}
    done = subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    options = ("--no-deps", "--no-build-isolation", "--quiet", "--wheel-dir", folder)
    _run(sys.executable, "-m", "pip", "wheel", ROOT, *options, cwd=folder)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def alone(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that holds the wheel and what it depends on."""
    folder = tmp_path_factory.mktemp("alone")
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    _run(programs / "python", "-m", "pip", "install", "--quiet", wheel, cwd=folder)
    return programs


def test_the_wheel_holds_code_data_and_licence_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    info = f"policykg-{__version__}.dist-info/"
    for name in (
        "kg/cli.py",
        "kg/py.typed",
        "kg/_ontology/policykg.ttl",
        "kg/_ontology/context.jsonld",
        "kg/_ontology/lexicon/suffixes.tsv",
        "kg/_ontology/lexicon/pinyin.tsv",
        "kg/serve/static/yasgui.min.js",
        "kg/serve/static/yasgui.txt",
    ):
        assert name in names
    assert {n for n in names if n.startswith(f"{info}licenses/")} == {
        f"{info}licenses/LICENSE",
        f"{info}licenses/NOTICE",
    }
    assert {name.split("/")[0] for name in names} == {"kg", info.rstrip("/")}
    assert not [name for name in names if "__pycache__" in name or "test" in name.lower()]


def test_it_builds_an_example_alone(alone: Path, tmp_path: Path) -> None:
    assert _run(alone / "kg", "--version", cwd=tmp_path) == f"policykg {__version__}\n"
    said = _run(alone / "kg", "build", EXAMPLE, "--out", "out", cwd=tmp_path)
    assert "1 篇文本" in said
    made = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"graph.ttl", "evidence.ttl", "graph.html", "report.json", "documents", "store"} <= made
    assert "关系" in _run(alone / "kg", "query", "out", "overview", cwd=tmp_path)
    assert "kgo:Fund" in _run(alone / "kg", "ontology", cwd=tmp_path)
    assert "kgo:Fund" in _run(alone / "kg", "search", "out", "基金", cwd=tmp_path)


def test_it_serves_python_alone(alone: Path, tmp_path: Path) -> None:
    code = (
        "import kg; g = kg.build('in.txt'); print(g, len(g.to_networkx()), len(g.to_rdflib()) > 100, g.problems)\n"
        "try: g.query('overview').to_pandas()\n"
        "except ImportError: print('no pandas')\n"
        "try: g.export('inferred')\n"
        "except kg.errors.UsageError as error: print(error)\n"
    )
    (tmp_path / "in.txt").write_bytes(EXAMPLE.read_bytes())
    said = _run(alone / "python", "-c", code, cwd=tmp_path)
    assert said.startswith("<KnowledgeGraph: 1 document, ")
    assert "True ()\nno pandas\ninferring needs a reasoner: pip install 'policykg[infer]'" in said


def test_the_core_is_small(alone: Path) -> None:
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(_run(alone / "python", "-c", code, cwd=alone).strip())
    ours = (path for path in packages.iterdir() if not path.name.startswith(("pip", "setuptools")))
    size = sum(
        f.stat().st_size
        for path in ours
        for f in (path.rglob("*") if path.is_dir() else [path])
        if f.is_file()
    )
    print(f"the core is {size / 1e6:.0f} MB installed")
    assert size / 1e6 < LIMIT
