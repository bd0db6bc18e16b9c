"""The graph by documents: what each one says stands in a named graph that bears the document's IRI.

The default graph holds the whole. Confidence, status and rules in a named graph are those of its document alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from kg.export.iri import document_iri
from kg.export.triples import evidence_triples, graph_triples
from kg.export.turtle import blocks, turtle
from kg.model import Document, EntityKey, Graph, Reference, Sentence, Statement
from kg.rdf import NamedNode, Quad, Triple

Named = tuple[NamedNode, list[Triple]]


def by_document(graph: Graph) -> Iterator[tuple[Document, Graph]]:
    """Each document with the part of the graph that it says itself."""
    sentences: dict[str, list[Sentence]] = defaultdict(list)
    references: dict[str, list[tuple[str, Reference]]] = defaultdict(list)
    statements: dict[str, list[Statement]] = defaultdict(list)
    rejected: dict[str, list[Statement]] = defaultdict(list)
    for sentence in graph.sentences:
        sentences[sentence.document].append(sentence)
    for document_id, reference in graph.references:
        references[document_id].append((document_id, reference))
    for whole, parts in ((graph.statements, statements), (graph.rejected, rejected)):
        for statement in whole:
            for id in dict.fromkeys(e.document for e in statement.evidence):
                own = tuple(e for e in statement.evidence if e.document == id)
                parts[id].append(replace(statement, evidence=own))
    for document in graph.documents:
        said = statements[document.id]
        keys = {reference.key for _, reference in references[document.id]} | set(_keys(said))
        yield (
            document,
            Graph(
                (document,),
                tuple(sentences[document.id]),
                tuple(entity for entity in graph.entities if entity.key in keys),
                tuple(references[document.id]),
                tuple(said),
                graph.planned & keys,
                tuple(rejected[document.id]),
            ),
        )


def _keys(statements: Iterable[Statement]) -> Iterator[EntityKey]:
    for statement in statements:
        yield statement.subject
        if isinstance(statement.object, EntityKey):
            yield statement.object


def named_graphs(graph: Graph, base: str, *, evidence: bool) -> list[Named]:
    """The named graphs, by IRI: what a document says and its evidence, or the evidence alone."""
    found = []
    for document, part in by_document(graph):
        said = [] if evidence else graph_triples(part, base)
        found.append((NamedNode(document_iri(document, base)), said + evidence_triples(part, base)))
    return sorted(found, key=lambda pair: pair[0].value)


def quads(default: Iterable[Triple], named: Iterable[Named]) -> Iterator[Quad]:
    """All of it as quads."""
    for triple in default:
        yield Quad(triple.subject, triple.predicate, triple.object)
    for name, triples in named:
        for triple in triples:
            yield Quad(triple.subject, triple.predicate, triple.object, name)


def trig(default: Iterable[Triple], named: Iterable[Named], prefixes: Mapping[str, str]) -> Iterator[str]:
    """The text of a TriG file, written as our Turtle is."""
    yield from turtle(default, prefixes)
    for name, triples in named:
        yield f"\n{name} {{\n"
        yield from (text for _, text in blocks(triples, prefixes))
        yield "}\n"


def everything(default: Iterable[Triple], named: Iterable[Named]) -> list[Triple]:
    """All triples, for the prefixes that they need."""
    return list(chain(default, chain.from_iterable(triples for _, triples in named)))
