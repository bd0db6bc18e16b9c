"""The page's module of decisions, run in Node."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.tools import need


def test_what_the_page_makes_of_the_projects_decisions() -> None:
    script = Path(__file__).with_name("decide.mjs")
    done = subprocess.run(
        [str(need("node")), "--test", "--test-reporter=tap", str(script)], capture_output=True, check=False
    )
    said = done.stdout.decode("utf-8")
    assert done.returncode == 0, said + done.stderr.decode("utf-8")
    assert "# pass 6" in said
