"""What the page calls classes and predicates, and how it draws them.

Labels come from the ontology; how a class looks and how a statement is spoken stand in the tables
beside this module.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from kg.confidence import confidences
from kg.errors import DataError
from kg.model import CLASSES, FACTS, RELATIONS, SYMMETRIC
from kg.ontology import Ontology

LANGUAGES = ("zh", "en")


def classes() -> list[dict[str, str]]:
    """The ten classes: name, labels, shape and the colours of both themes.

    >>> classes()[1]["class"], classes()[1]["zh"], classes()[1]["shape"]
    ('Fund', '基金', 'diamond')
    """
    ontology, looks = Ontology.load(), table("classes")
    return [looks[c] | {lang: ontology.class_label(c, lang) for lang in LANGUAGES} for c in CLASSES]


def predicates() -> list[dict[str, object]]:
    """Relations and facts: labels, the sentence that says one, and how its object says it.

    >>> predicates()[0]["zh"], predicates()[0]["zh_sentence"], predicates()[0]["symmetric"]
    ('位于', '{s}位于{o}', False)
    """
    ontology, spoken = Ontology.load(), table("phrases")

    def label(name: str, lang: str) -> str:
        # a figure is a node of its own in RDF: its class names it
        return ontology.property_label("Observation" if name == "observation" else name, lang)

    return [
        spoken[p] | {lang: label(p, lang) for lang in LANGUAGES} | {"symmetric": p in SYMMETRIC}
        for p in (*RELATIONS, *FACTS)
    ]


def bands() -> list[dict[str, object]]:
    """The bands of confidence, the surest first: the word of each language, and the least confidence.

    >>> [band["zh"] for band in bands()]
    ['确定', '较可靠', '存疑']
    """
    return [{"zh": band.zh, "en": str(band), "least": least} for band, least in confidences().items()]


@cache
def table(name: str) -> dict[str, dict[str, str]]:
    """Rows of ``kg/view/NAME.tsv`` by their first column, in the file's order."""
    path = files("kg.view") / f"{name}.tsv"
    header: list[str] = []
    rows: dict[str, dict[str, str]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not header:
            header = cells
        elif len(cells) != len(header) or cells[0] in rows:
            raise DataError(str(path), number, "a row that is doubled or has not as many cells as the header")
        else:
            rows[cells[0]] = dict(zip(header, cells, strict=True))
    return rows
