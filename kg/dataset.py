"""What a build is, for catalogues: VoID and DCAT, with counts, sources, licence, and how it was made.

Everything comes from the folder: the counts from the triples themselves, documents and versions from report.json, the
options from what the build kept. Nothing comes from a clock, so that the same build is described by the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from kg import folder
from kg.errors import UsageError
from kg.export.formats import namespaces
from kg.export.iri import BASE, graph_iri, is_iri
from kg.export.triples import in_order
from kg.export.turtle import turtle, used
from kg.model import CLASSES
from kg.rdf import (
    DCTERMS,
    KGO,
    PROV,
    RDF,
    RDFS,
    SKOS,
    Literal,
    NamedNode,
    Triple,
    date,
    integer,
    read_file,
    text,
)

VOCABULARIES: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "schema": "https://schema.org/",
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
}
_DCAT, _SCHEMA, _SPDX, _VOID = VOCABULARIES.values()
_ONTOLOGY: Final = "https://w3id.org/policykg/ontology"
_TURTLE: Final = "https://www.iana.org/assignments/media-types/text/turtle"
_SENTENCE: Final = {
    "zh": "由 policykg 从 {documents} 篇中文文本抽取的知识图谱：实体 {entities}，关系与数据 {statements}，每条陈述附有出处。",
    "en": "A knowledge graph extracted by policykg from {documents} Chinese texts: {entities} entities, {statements} "
    "relations and facts, each with its sentences.",
}
_Said = tuple[str, str, NamedNode | Literal]


def write(out: Path, path: Path, *, licence: str = "") -> None:
    """Write the description of the build in the folder ``out`` as Turtle; raises UsageError when there is none."""
    if folder.read_report(out) is None:
        raise UsageError(f"{out}: no build is there; make one with kg build INPUT --out {out}")
    triples = describe(out, licence=licence)
    prefixes = used(triples, {**namespaces(), **VOCABULARIES})
    path.write_text("".join(turtle(triples, prefixes)), encoding="utf-8", newline="\n")


def describe(out: Path, graph: str = "", *, licence: str = "") -> list[Triple]:
    """The description, of the dataset that ``graph`` names, or else of the name that kg publish gives it.

    There is none for what is no folder of a build.
    """
    report = folder.read_report(out) if out.is_dir() else None
    if report is None:
        return []
    if licence and not is_iri(licence):
        raise UsageError(f"--license {licence}: give the IRI of a licence")
    base = str(report.get("base", BASE))
    name = graph or graph_iri(out.resolve().stem, base)
    files = folder.turtle_files(out)
    triples = [triple for path in files for triple in read_file(path)]
    said = {
        *_whole(name, report, out.resolve().stem),
        *_counts(name, triples, base),
        *_distributions(name, files),
        *_origin(name, report, triples, out),
    }
    if licence:
        said.add((name, f"{DCTERMS}license", NamedNode(licence)))
    return in_order(Triple(NamedNode(s), NamedNode(p), o) for s, p, o in said)


def _whole(name: str, report: Mapping[str, Any], title: str) -> Iterator[_Said]:
    counts = report["counts"]
    numbers = {
        "documents": len(report["documents"]),
        "entities": sum(counts["entities"].values()),
        "statements": sum(counts["relations"].values()) + sum(counts["facts"].values()),
    }
    for kind in (f"{_VOID}Dataset", f"{_DCAT}Dataset"):
        yield name, f"{RDF}type", NamedNode(kind)
    yield name, f"{DCTERMS}title", text(title)
    for language, sentence in _SENTENCE.items():
        yield name, f"{DCTERMS}description", Literal(sentence.format(**numbers), language=language)
    yield name, f"{DCTERMS}language", NamedNode("http://id.loc.gov/vocabulary/iso639-1/zh")
    yield name, f"{DCTERMS}conformsTo", NamedNode(_ONTOLOGY)
    for vocabulary in (KGO, SKOS, PROV, DCTERMS):
        yield name, f"{_VOID}vocabulary", NamedNode(vocabulary)
    dates = sorted(d["date"] for d in report["documents"] if d["date"])
    if dates:
        period = f"{name}#period"
        yield name, f"{DCTERMS}temporal", NamedNode(period)
        yield period, f"{RDF}type", NamedNode(f"{DCTERMS}PeriodOfTime")
        yield period, f"{_DCAT}startDate", date(dates[0])
        yield period, f"{_DCAT}endDate", date(dates[-1])


def _counts(name: str, triples: list[Triple], base: str) -> Iterator[_Said]:
    types = [t for t in triples if t.predicate.value == f"{RDF}type"]
    classes = Counter(str(getattr(t.object, "value", "")) for t in types)
    properties = Counter(t.predicate.value for t in triples)
    subjects = {t.subject for t in triples}
    yield name, f"{_VOID}triples", integer(len(triples))
    yield name, f"{_VOID}entities", integer(sum(classes[KGO + cls] for cls in CLASSES))
    yield name, f"{_VOID}classes", integer(len(classes))
    yield name, f"{_VOID}properties", integer(len(properties))
    yield name, f"{_VOID}distinctSubjects", integer(len(subjects))
    yield name, f"{_VOID}distinctObjects", integer(len({t.object for t in triples}))
    yield name, f"{_VOID}documents", integer(classes[f"{KGO}Document"])
    yield name, f"{_VOID}uriSpace", text(f"{base}id/")
    for cls in CLASSES:
        of = sorted(str(getattr(t.subject, "value", "")) for t in types if t.object == NamedNode(KGO + cls))
        if of:
            yield name, f"{_VOID}exampleResource", NamedNode(of[0])
    yield from _parts(name, "class", classes, "entities")
    yield from _parts(name, "property", properties, "triples")


def _parts(name: str, kind: str, counted: Mapping[str, int], what: str) -> Iterator[_Said]:
    """A node a class or property, named by its prefix, for no node is blank."""
    short = {namespace: prefix for prefix, namespace in namespaces().items()}
    for iri, number in counted.items():
        end = max(iri.rfind("/"), iri.rfind("#")) + 1
        part = f"{name}#{short.get(iri[:end], 'other')}-{iri[end:]}"
        yield name, f"{_VOID}{kind}Partition", NamedNode(part)
        yield part, f"{_VOID}{kind}", NamedNode(iri)
        yield part, f"{_VOID}{what}", integer(number)


def _distributions(name: str, files: Iterable[Path]) -> Iterator[_Said]:
    for path in files:
        node, checksum = f"{name}#{path.name}", f"{name}#{path.name}-sha256"
        content = path.read_bytes()
        yield name, f"{_DCAT}distribution", NamedNode(node)
        yield node, f"{RDF}type", NamedNode(f"{_DCAT}Distribution")
        yield node, f"{DCTERMS}title", text(path.name)
        yield node, f"{_DCAT}mediaType", NamedNode(_TURTLE)
        yield node, f"{_DCAT}byteSize", integer(len(content))
        yield node, f"{_SPDX}checksum", NamedNode(checksum)
        yield checksum, f"{RDF}type", NamedNode(f"{_SPDX}Checksum")
        yield checksum, f"{_SPDX}algorithm", NamedNode(f"{_SPDX}checksumAlgorithm_sha256")
        yield checksum, f"{_SPDX}checksumValue", text(sha256(content).hexdigest())


def _origin(name: str, report: Mapping[str, Any], triples: list[Triple], out: Path) -> Iterator[_Said]:
    """The documents that it comes from, and the run of policykg that made it, with its options and versions."""
    run, maker = f"{name}#build", f"{name}#policykg"
    yield name, f"{PROV}wasGeneratedBy", NamedNode(run)
    yield run, f"{RDF}type", NamedNode(f"{PROV}Activity")
    yield run, f"{PROV}wasAssociatedWith", NamedNode(maker)
    yield maker, f"{RDF}type", NamedNode(f"{PROV}SoftwareAgent")
    yield maker, f"{RDFS}label", text("policykg")
    yield maker, f"{_SCHEMA}softwareVersion", text(report["versions"]["policykg"])
    document = NamedNode(f"{KGO}Document")
    documents = {t.subject for t in triples if t.object == document and t.predicate.value == f"{RDF}type"}
    for triple in triples:
        if triple.subject in documents and isinstance(triple.subject, NamedNode):
            assert isinstance(triple.object, NamedNode | Literal)
            yield triple.subject.value, triple.predicate.value, triple.object
            yield name, f"{DCTERMS}source", triple.subject
            yield run, f"{PROV}used", triple.subject
    manifest = folder.read_manifest(out)
    told = {
        "base": report.get("base", BASE),
        "minConfidence": format(manifest.min_confidence if manifest else 0.0, "g"),
        "statementsLeftOut": str(report["counts"].get("leftOut", 0)),
        "shaclFindings": str(len(report["problems"])),
        **{f"version-{library}": version for library, version in report["versions"].items()},
    }
    for parameter, value in told.items():
        node = f"{name}#{parameter}"
        yield run, f"{_SCHEMA}additionalProperty", NamedNode(node)
        yield node, f"{RDF}type", NamedNode(f"{_SCHEMA}PropertyValue")
        yield node, f"{_SCHEMA}name", text(parameter)
        yield node, f"{_SCHEMA}value", text(value)
