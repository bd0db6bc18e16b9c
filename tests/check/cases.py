"""For every shape a small graph that breaks it, and the well-formed things that it breaks."""

from __future__ import annotations

from itertools import chain

from kg.export import namespaces
from kg.model import CLASSES, RELATIONS
from kg.ontology import Ontology

PREFIXES = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in namespaces().items())

#: What a well-formed node says, by class: predicate → objects.
GOOD: dict[str, dict[str, str]] = {
    **{cls: {"a": f"kgo:{cls}", "skos:prefLabel": f'"甲{cls}"@zh'} for cls in CLASSES},
    "Observation": {
        "a": "kgo:Observation",
        "kgo:observationOf": "<urn:Place>",
        "rdfs:label": '"5G基站"@zh',
        "kgo:value": "9.7",
        "kgo:unit": '"个"',
        "kgo:time": '"2024"^^xsd:gYear',
        "kgo:bound": "kgo:over",
    },
    "Document": {
        "a": "kgo:Document",
        "dcterms:identifier": '"a"',
        "dcterms:title": '"甲"@zh',
        "dcterms:date": '"2024-07-01"^^xsd:date',
        "kgo:sha256": f'"{"0" * 64}"',
        "kgo:textFile": '"documents/a.txt"',
    },
    "Sentence": {
        "a": "kgo:Sentence",
        "kgo:inDocument": "<urn:Document>",
        "kgo:text": '"甲乙。"@zh',
        "kgo:start": "0",
        "kgo:end": "3",
    },
    "Mention": {
        "a": "kgo:Mention",
        "kgo:mentionOf": "<urn:Place>",
        "kgo:inSentence": "<urn:Sentence>",
        "kgo:text": '"甲"@zh',
        "kgo:start": "0",
        "kgo:end": "1",
    },
    "Decision": {
        "a": "kgo:Decision",
        "kgo:verdict": '"wrong"',
        "kgo:reviewer": '"甲"',
        "dcterms:date": '"2026-11-24"^^xsd:date',
        "kgo:reason": '"应为参股"',
        "kgo:decided": '"乙基金"',
    },
    "Statement": {
        "a": "kgo:Statement",
        "rdf:subject": "<urn:Fund>",
        "rdf:predicate": "kgo:partOf",
        "rdf:object": "<urn:Fund>",
        "prov:wasDerivedFrom": "<urn:Sentence>",
        "kgo:confidence": "0.9",
        "kgo:status": "kgo:asserted",
        "kgo:rule": '"r"',
        "kgo:role": '"院长"@zh',
    },
}

#: Shape → (class of the node, predicate, a wrong object or "" to leave it out), each alone a fault.
FAULTS: dict[str, list[tuple[str, str, str]]] = {
    "Entity-class": [("Fund", "a", "kgo:Fund , kgo:Policy"), ("Fund", "a", "")],
    "Entity-prefLabel": [
        ("Fund", "skos:prefLabel", ""),
        ("Fund", "skos:prefLabel", '"甲"@zh , "乙"@zh'),
        ("Fund", "skos:prefLabel", '"A"@en'),
        ("Fund", "skos:prefLabel", '"甲"'),
        ("Fund", "skos:prefLabel", '""@zh'),
    ],
    "Entity-altLabel": [
        ("Fund", "skos:altLabel", '"A"@en'),
        ("Fund", "skos:altLabel", '"甲Fund"@zh'),
        ("Fund", "skos:altLabel", "<urn:x>"),
    ],
    "Entity-status": [
        ("Fund", "kgo:status", "kgo:over"),
        ("Fund", "kgo:status", "kgo:planned , kgo:rejected"),
    ],
    "Entity-length": [("Fund", "skos:prefLabel", f'"{"甲" * 61}"@zh')],
    "Entity-decision": [("Fund", "kgo:review", "<urn:Statement>")],
    "replaced": [("Fund", "dcterms:isReplacedBy", "<urn:Park>")],
    "replaced-by": [
        ("Document", "dcterms:isReplacedBy", "<urn:Sentence>"),
        ("Document", "dcterms:isReplacedBy", "<urn:Fund> , <urn:Park>"),
    ],
    "apart": [("Document", "owl:differentFrom", "<urn:Fund>")],
    "apart-other": [("Fund", "owl:differentFrom", "<urn:Document>")],
    "amount": [("Person", "kgo:amount", "1.0"), ("Observation", "kgo:amount", "1.0")],
    "amount-value": [
        ("Fund", "kgo:amount", "-1.0"),
        ("Fund", "kgo:amount", "1"),
        ("Fund", "kgo:amount", '"60亿元"'),
        ("Fund", "kgo:amount", '"60亿"^^xsd:decimal'),
    ],
    "date": [("Document", "kgo:date", '"2024"^^xsd:gYear')],
    "dateStart": [("Document", "kgo:dateStart", '"2024"^^xsd:gYear')],
    "dateEnd": [("Document", "kgo:dateEnd", '"2024"^^xsd:gYear')],
    **{
        f"{name}-value": [
            ("Event", f"kgo:{name}", '"2024-13"^^xsd:gYearMonth'),
            ("Event", f"kgo:{name}", '"2023-02-29"^^xsd:date'),
            ("Event", f"kgo:{name}", '"去年"'),
            ("Event", f"kgo:{name}", "2024"),
        ]
        for name in ("date", "dateStart", "dateEnd")
    },
    "Observation-observationOf": [
        ("Observation", "kgo:observationOf", ""),
        ("Observation", "kgo:observationOf", "<urn:Document>"),
        ("Observation", "kgo:observationOf", "<urn:Fund> , <urn:Place>"),
    ],
    "Observation-label": [
        ("Observation", "rdfs:label", ""),
        ("Observation", "rdfs:label", '"甲"@zh , "乙"@zh'),
    ],
    "Observation-value": [
        ("Observation", "kgo:value", ""),
        ("Observation", "kgo:value", "1 , 2.0"),
        ("Observation", "kgo:value", '"多"'),
    ],
    "Observation-unit": [("Observation", "kgo:unit", '"个" , "元"'), ("Observation", "kgo:unit", '"个"@zh')],
    "Observation-time": [
        ("Observation", "kgo:time", '"2024年"'),
        ("Observation", "kgo:time", '"2024-00"^^xsd:gYearMonth'),
    ],
    "Observation-bound": [("Observation", "kgo:bound", "kgo:planned"), ("Observation", "kgo:bound", '"超"')],
    "Observation-baseline": [
        ("Observation", "kgo:baseline", "1.0"),
        ("Observation", "kgo:baseline", "<urn:Fund>"),
    ],
    "Statement-subject": [
        ("Statement", "rdf:subject", ""),
        ("Statement", "rdf:subject", "<urn:Fund> , <urn:Park>"),
    ],
    "Statement-predicate": [("Statement", "rdf:predicate", ""), ("Statement", "rdf:predicate", "kgo:sha256")],
    "Statement-object": [("Statement", "rdf:object", ""), ("Statement", "rdf:object", "<urn:Fund> , 1")],
    "Statement-source": [
        ("Statement", "prov:wasDerivedFrom", ""),
        ("Statement", "prov:wasDerivedFrom", "<urn:Document>"),
    ],
    "Statement-confidence": [
        ("Statement", "kgo:confidence", ""),
        ("Statement", "kgo:confidence", "0.0"),
        ("Statement", "kgo:confidence", "1.1"),
        ("Statement", "kgo:confidence", '"high"'),
    ],
    "Statement-status": [
        ("Statement", "kgo:status", ""),
        ("Statement", "kgo:status", "kgo:about"),
        ("Statement", "kgo:status", "kgo:confirmed"),
        ("Statement", "kgo:status", "kgo:asserted , kgo:planned"),
        ("Statement", "kgo:status", "kgo:planned , kgo:rejected"),
    ],
    "Statement-rejected": [("Statement", "kgo:status", "kgo:rejected")],
    "Statement-confirmed": [("Statement", "kgo:status", "kgo:planned , kgo:confirmed")],
    "Statement-decision": [("Statement", "kgo:review", "<urn:Fund>")],
    "Decision-verdict": [
        ("Decision", "kgo:verdict", ""),
        ("Decision", "kgo:verdict", '"perhaps"'),
        ("Decision", "kgo:verdict", '"right" , "wrong"'),
    ],
    "Decision-reviewer": [
        ("Decision", "kgo:reviewer", '"甲" , "乙"'),
        ("Decision", "kgo:reviewer", '""'),
        ("Decision", "kgo:reviewer", "<urn:甲>"),
    ],
    "Decision-date": [
        ("Decision", "dcterms:date", '"2026"^^xsd:gYear'),
        ("Decision", "dcterms:date", '"昨天"^^xsd:date'),
    ],
    "Decision-reason": [("Decision", "kgo:reason", '""'), ("Decision", "kgo:reason", '"甲" , "乙"')],
    "Decision-decided": [("Decision", "kgo:decided", '""'), ("Decision", "kgo:decided", '"甲" , "乙"')],
    "Statement-rule": [("Statement", "kgo:rule", ""), ("Statement", "kgo:rule", "<urn:rule>")],
    "Statement-role": [("Statement", "kgo:role", '"院长"'), ("Statement", "kgo:role", '""@zh')],
    "Sentence-document": [("Sentence", "kgo:inDocument", ""), ("Sentence", "kgo:inDocument", "<urn:Fund>")],
    "Mention-entity": [("Mention", "kgo:mentionOf", ""), ("Mention", "kgo:mentionOf", "<urn:Sentence>")],
    "Mention-sentence": [("Mention", "kgo:inSentence", ""), ("Mention", "kgo:inSentence", "<urn:Document>")],
    **{
        f"{cls}-{name}": faults
        for cls in ("Sentence", "Mention")
        for name, faults in {
            "text": [(cls, "kgo:text", ""), (cls, "kgo:text", '""@zh')],
            "start": [(cls, "kgo:start", ""), (cls, "kgo:start", "-1"), (cls, "kgo:start", "9")],
            "end": [(cls, "kgo:end", ""), (cls, "kgo:end", "0"), (cls, "kgo:end", '"三"')],
        }.items()
    },
    "Document-identifier": [("Document", "dcterms:identifier", "")],
    "Document-sha256": [("Document", "kgo:sha256", ""), ("Document", "kgo:sha256", '"ABC"')],
    "Document-textFile": [
        ("Document", "kgo:textFile", ""),
        ("Document", "kgo:textFile", '"../../etc/passwd"'),
    ],
    "Document-title": [("Document", "dcterms:title", '"甲"@zh , "乙"@zh')],
    "Document-date": [("Document", "dcterms:date", '"昨天"')],
}


def _class_faults() -> dict[str, list[tuple[str, str, str]]]:
    """A class: a second one of the ten beside it."""
    pairs = zip(CLASSES, CLASSES[1:] + CLASSES[:1], strict=True)
    return {one: [(one, "a", f"kgo:{one} , kgo:{other}")] for one, other in pairs}


def _relation_faults() -> dict[str, list[tuple[str, str, str]]]:
    """A relation: each class that may not be its subject or its object, a document, a text."""
    ontology = Ontology.load()
    faults: dict[str, list[tuple[str, str, str]]] = {}
    for name in RELATIONS:
        subjects, objects = _ten(ontology.domain(name)), _ten(ontology.range(name))
        wrong = [cls for cls in (*CLASSES, "Document") if cls not in subjects]
        faults[name] = [(cls, f"kgo:{name}", f"<urn:{objects[0]}>") for cls in wrong]
        others = [f"<urn:{cls}>" for cls in (*CLASSES, "Document") if cls not in objects]
        faults[f"{name}-object"] = [(subjects[0], f"kgo:{name}", term) for term in (*others, '"某市"@zh')]
    return faults


def _ten(classes: tuple[str, ...]) -> tuple[str, ...]:
    return CLASSES if classes == ("Entity",) else classes


FAULTS |= _class_faults() | _relation_faults()
#: Shapes of nodes themselves: only a blank node breaks them.
BLANK = ("Entity", "Observation", "Statement", "Sentence", "Mention", "Document", "Decision")


def node(cls: str, predicate: str = "", wrong: str = "", *, subject: str = "") -> str:
    """A node of a class; one predicate said wrongly, or left out."""
    said = GOOD[cls] | ({predicate: wrong} if predicate else {})
    lines = [f"{p} {o}" for p, o in said.items() if o]
    return f"{subject or f'<urn:{cls}>'} " + " ;\n    ".join(lines) + " .\n"


def turtle(cls: str, predicate: str, wrong: str) -> str:
    """A graph in which every node but one is well formed."""
    return PREFIXES + "".join(node(c, predicate, wrong) if c == cls else node(c) for c in GOOD)


def good() -> str:
    """A graph in which every node is well formed."""
    return PREFIXES + "".join(map(node, GOOD))


def blank(cls: str) -> str:
    """A well-formed graph and a blank node beside it."""
    return good() + node("Fund" if cls == "Entity" else cls, subject="[]").replace("[] ", "_:b ")


CASES = [
    (shape, *fault) for shape, fault in chain.from_iterable(((s, f) for f in fs) for s, fs in FAULTS.items())
]
