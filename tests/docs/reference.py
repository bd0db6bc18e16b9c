"""Write docs/ontology.md, and the tables in docs/lexicon.md and docs/confidence.md, from ontology/.

``python -m tests.docs.reference``
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, SKOS
from rdflib.term import Node

from kg.confidence import Band, confidences
from kg.model import CLASSES, RELATIONS
from kg.tables import rows as table_rows

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "ontology.md"
WORDS = ROOT / "docs" / "lexicon.md"
BANDS = ROOT / "docs" / "confidence.md"
KGO = Namespace("https://w3id.org/policykg/ontology#")

FACTS = ["amount", "date", "dateStart", "dateEnd", "status"]
FIGURES = ["Observation", "observationOf", "value", "unit", "time", "bound", "baseline"]
EVIDENCE = [
    "Statement",
    "Sentence",
    "Mention",
    "Document",
    "inDocument",
    "inSentence",
    "mentionOf",
    "text",
    "start",
    "end",
    "rule",
    "confidence",
    "role",
    "sha256",
    "textFile",
]
REVIEWING = ["Decision", "review", "verdict", "reviewer", "reason", "decided"]
VALUES = [
    "Status",
    "asserted",
    "planned",
    "rejected",
    "confirmed",
    "Bound",
    "over",
    "nearly",
    "about",
    "atLeast",
    "atMost",
]

#: The sections: heading, what it is about, its terms in the order of reading.
SECTIONS = (
    (
        "Classes",
        "Every entity is a `kgo:Entity` of exactly one of these ten; when a thing fits two, the first here wins.",
        ["Entity", *CLASSES],
    ),
    ("Relations", "Plain triples between entities.", list(RELATIONS)),
    ("Facts", "Triples from an entity to a value.", FACTS),
    ("Figures", "A figure is a node, so that it can say of what, when and how exact.", FIGURES),
    (
        "Evidence",
        "In `evidence.ttl`: a statement has `rdf:subject`, `rdf:predicate`, `rdf:object`, as an `rdf:Statement`, and "
        "`prov:wasDerivedFrom` its sentences.",
        EVIDENCE,
    ),
    (
        "Reviewing",
        "In `evidence.ttl` too, and only where decisions were replayed ([reviewing](review.md)): a decision has "
        "`dcterms:date`; a name that was given up has `dcterms:isReplacedBy`; what is not the same has `owl:differentFrom`.",
        REVIEWING,
    ),
    ("Statuses and bounds", "The values of `kgo:status` and `kgo:bound`.", VALUES),
)

HEAD = """# The ontology

Namespace `https://w3id.org/policykg/ontology#`, prefix `kgo`. The source is `ontology/policykg.ttl`; what a graph has to
fulfil stands in `ontology/shapes.ttl`. This page is written from the source by `python -m tests.docs.reference`, and a test
compares the two.
"""


def load() -> Graph:
    """Read the ontology."""
    return Graph().parse(ROOT / "ontology" / "policykg.ttl", format="turtle")


def terms(graph: Graph) -> set[str]:
    """Local names of all that the ontology defines."""
    return {str(s)[len(KGO) :] for s in graph.subjects(RDFS.isDefinedBy) if str(s).startswith(KGO)}


def render(graph: Graph) -> str:
    """Return the page."""
    return (
        "\n".join([HEAD, *(line for section in SECTIONS for line in _section(graph, *section))]).rstrip()
        + "\n"
    )


def _section(graph: Graph, heading: str, about: str, names: list[str]) -> Iterator[str]:
    yield f"## {heading}\n\n{about}\n"
    for name in names:
        yield from _term(graph, name)


def _term(graph: Graph, name: str) -> Iterator[str]:
    term = KGO[name]
    yield f"### {name} {_text(graph, term, RDFS.label, 'zh')}\n"
    yield f"{_text(graph, term, RDFS.comment, 'en')}  \n{_text(graph, term, RDFS.comment, 'zh')}\n"
    domain, range_ = _classes(graph, term, RDFS.domain), _classes(graph, term, RDFS.range)
    if domain or range_:
        yield f"- {domain or 'anything'} → {range_ or 'anything'}"
    yield f"- 例：{_text(graph, term, SKOS.example, 'zh')} / {_text(graph, term, SKOS.example, 'en')}"
    aligned = [
        f"{word} {_names(graph, found)}"
        for word, predicate in (
            ("below", RDFS.subClassOf),
            ("below", RDFS.subPropertyOf),
            ("close to", SKOS.closeMatch),
        )
        if (found := [o for o in graph.objects(term, predicate) if isinstance(o, URIRef)])
    ]
    if aligned:
        yield f"- {'; '.join(aligned)}"
    kind = next((str(k)[len(KGO) :] for k in graph.objects(term, RDF.type) if str(k).startswith(KGO)), "")
    if kind:
        yield f"- a value of {kind}"
    yield ""


def _text(graph: Graph, term: Node, predicate: URIRef, language: str) -> str:
    return next(
        str(o) for o in graph.objects(term, predicate) if isinstance(o, Literal) and o.language == language
    )


def _classes(graph: Graph, term: Node, predicate: URIRef) -> str:
    found = graph.value(term, predicate)
    if found is None:
        return ""
    union = graph.value(found, OWL.unionOf)
    nodes = list(Collection(graph, union)) if union is not None else [found]
    return ", ".join(_name(graph, node) for node in nodes)


def _names(graph: Graph, nodes: list[URIRef]) -> str:
    return ", ".join(sorted(f"`{_name(graph, node, short=False)}`" for node in nodes))


def _name(graph: Graph, node: Node, *, short: bool = True) -> str:
    name = graph.namespace_manager.normalizeUri(str(node)).strip("<>")
    return name.removeprefix("kgo:") if short else name


def tables(page: str) -> str:
    """Return the page of the lexicon with the descriptions that its tables carry."""
    rows = ["| table | columns | what a row says |", "|---|---|---|"]
    for path in sorted((ROOT / "ontology" / "lexicon").glob("*.tsv")):
        lines = path.read_text(encoding="utf-8").splitlines()
        head = next(i for i, line in enumerate(lines) if not line.startswith("#"))
        comments = [line.lstrip("# ") for line in lines[:head]]
        about = " ".join(line for line in comments if not line.startswith(("source:", "licence:")))
        columns = ", ".join(lines[head].split("\t"))
        rows.append(f"| `{path.name}` | {columns} | {about.replace('|', chr(92) + '|')} |")
    return _between(page, "tables", rows)


def confidence(page: str) -> str:
    """Return the page of confidence with what the bands and the constructions came to."""
    measured = tomllib.loads((ROOT / "ontology" / "confidence.toml").read_text(encoding="utf-8"))
    pools = ["| band | judged | right | interval | `kgo:confidence` |", "|---|---|---|---|---|"]
    for band in Band:
        one = measured["bands"][band]
        low, high = one["interval"]
        pools.append(
            f"| `{band}` {band.zh} | {one['judged']} | {one['right']} | {low:.3f} to {high:.3f} | {confidences()[band]} |"
        )
    told = ["| construction | band | right of judged | |", "|---|---|---|---|"]
    table = ROOT / "ontology" / "lexicon" / "constructions.tsv"
    for _, (construction, grade, about) in table_rows(table, ("construction", "band", "about")):
        found = [
            row
            for name, row in measured["constructions"].items()
            if name == construction or ("/" in construction and name.partition("+")[0] == construction)
        ]
        right, judged = (sum(row[what] for row in found) for what in ("right", "judged"))
        told.append(f"| `{construction}` | {grade} | {f'{right} of {judged}' if judged else '-'} | {about} |")
    return _between(_between(page, "bands", pools), "constructions", told)


def _between(page: str, name: str, rows: list[str]) -> str:
    """The page with the rows between the marks of a name."""
    written = "\n".join([f"<!-- {name} -->", *rows, f"<!-- /{name} -->"])
    return re.sub(rf"(?s)<!-- {name} -->.*<!-- /{name} -->", lambda _: written, page)


if __name__ == "__main__":
    BANDS.write_text(confidence(BANDS.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    WORDS.write_text(tables(WORDS.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    PAGE.write_text(render(load()), encoding="utf-8", newline="\n")
