"""Write docs/questions.md from the named questions and their golden answers: ``python -m tests.query.reference``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.query import Question, list_queries
from tests.query.test_questions import GALLERY, GOLDEN, params

PAGE = Path(__file__).resolve().parents[2] / "docs" / "questions.md"
HEAD = """\
# Questions

Each is a file `ontology/queries/NAME.rq` that runs in any SPARQL engine. `kg query DIR NAME --param NAME=VALUE` asks it; a name
of an entity is enough, an alias too. The query page of `kg serve` has them ready, and `/questions/NAME` hands out the SPARQL.

Written from the files by `make docs`, with the answers that the tests hold them to: of two small graphs about the invented
province, one in `tests/fixtures_graph.py`, one of several documents in `tests/query/gallery.py`. rdflib answers every one the same.

"""
#: So many lines of an answer are shown.
SHOWN = 8


def page() -> str:
    """The page as it should be."""
    known = list_queries()
    rows = "".join(f"| [{q.name}](#{q.name}) | {q.title['zh']} | {q.title['en']} |\n" for q in known)
    return f"{HEAD}| question | | |\n|---|---|---|\n{rows}\n" + "\n".join(map(_section, known))


def _section(question: Question) -> str:
    given = "".join(f" --param {name}={value}" for name, value in params(question).items())
    given += " --earlier EARLIER" if question.name == "changes" else ""
    lines = (GOLDEN / f"{question.name}.txt").read_text(encoding="utf-8").splitlines()
    shown = "\n".join([*lines[:SHOWN], *(["…"] if len(lines) > SHOWN else [])])
    source = "gallery" if question.name in GALLERY else "sample"
    return (
        f"## {question.name}\n\n**{question.title['zh']}** · {question.title['en']}\n\n"
        f"{question.about['zh']}  \n{question.about['en']}\n\n{''.join(_parameters(question))}"
        f"```text\n$ kg query {source} {question.name}{given}\n{shown}\n```\n"
    )


def _parameters(question: Question) -> Iterator[str]:
    if question.parameters:
        yield "| parameter | type | default | |\n|---|---|---|---|\n"
        for p in question.parameters:
            yield f"| `{p.name}` | {p.type} | `{p.default}` | {p.about} |\n"
        yield "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
