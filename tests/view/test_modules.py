"""Runs the tests of the page's modules under Node."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tests.tools import need

#: A stray filter must not hollow the suite out.
LEAST = 78


def test_the_modules_pass_their_own_tests() -> None:
    file = Path(__file__).parent / "modules.mjs"
    run = subprocess.run(
        [need("node"), "--test", "--test-reporter=tap", file], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout[-6000:]
    passed = re.search(r"^# pass (\d+)$", run.stdout, re.M)
    assert passed
    assert int(passed[1]) >= LEAST
