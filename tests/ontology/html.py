"""The ontology as HTML, by pyLODE: ``python -m tests.ontology.html FILE``.

Kept out of the repository: pyLODE orders some lists by the names that rdflib gives to blank nodes, so that its page is
another at every run.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kg.ontology import ontology_dir


def lode(path: Path) -> Path:
    """Write the page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    code = "from pylode import OntPub; import sys; OntPub(sys.argv[1]).make_html(destination=sys.argv[2])"
    command = [sys.executable, "-W", "ignore", "-c", code, str(ontology_dir() / "policykg.ttl"), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return path


if __name__ == "__main__":
    print(lode(Path(sys.argv[1])))
