"""Why does the graph say this: every statement about an entity, with sentence, place, rule and confidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final
from urllib.parse import quote

from kg import query
from kg.confidence import band_at
from kg.errors import QueryError, UsageError
from kg.folder import PAGE
from kg.model import FACTS
from kg.questions import REQUIRED, Parameter, Question
from kg.summary import label

_NAME: Final = (Parameter("name", "entity", REQUIRED, "any name of an entity"),)

_ENTITIES: Final = Question(
    "explain",
    """
    SELECT ?entity ?label ?class ?alias ?planned ?mentions WHERE {
      VALUES ?name { UNDEF }
      ?name skos:prefLabel ?label ; a ?type .
      FILTER(STRSTARTS(STR(?type), STR(kgo:)))
      BIND(STRAFTER(STR(?type), "#") AS ?class)
      BIND(STR(?name) AS ?entity)
      BIND(EXISTS { ?name kgo:status kgo:planned } AS ?planned)
      OPTIONAL { ?name skos:altLabel ?alias }
      OPTIONAL {
        SELECT ?name (COUNT(?m) AS ?mentions) WHERE { VALUES ?name { UNDEF } ?m kgo:mentionOf ?name } GROUP BY ?name
      }
    } ORDER BY ?entity ?alias
    """,
    {},
    {},
    _NAME,
)
_STATEMENTS: Final = Question(
    "explain",
    """
    SELECT DISTINCT ?entity ?statement ?predicate ?subject ?object ?figure ?value ?unit ?bound ?time ?from ?to
                    ?status ?role ?rule ?confidence ?text ?document ?start ?end
                    ?verdict ?reviewer ?day ?reason WHERE {
      VALUES ?name { UNDEF }
      BIND(STR(?name) AS ?entity)
      { ?statement rdf:subject ?name } UNION { ?statement rdf:object ?name }
      ?statement a kgo:Statement ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ;
        kgo:confidence ?confidence ; kgo:rule ?rule ; prov:wasDerivedFrom ?q .
      BIND(STRAFTER(STR(?p), "#") AS ?predicate)
      OPTIONAL { ?s skos:prefLabel ?subject }
      OPTIONAL { ?o skos:prefLabel ?named }
      BIND(COALESCE(?named, STR(?o)) AS ?object)
      OPTIONAL { ?statement kgo:role ?role }
      OPTIONAL {
        ?statement kgo:status ?st .
        FILTER(?st != kgo:confirmed)
        BIND(STRAFTER(STR(?st), "#") AS ?status)
      }
      OPTIONAL {
        ?statement kgo:review ?review .
        ?review kgo:verdict ?verdict .
        OPTIONAL { ?review kgo:reviewer ?reviewer }
        OPTIONAL { ?review dcterms:date ?day }
        OPTIONAL { ?review kgo:reason ?reason }
      }
      OPTIONAL { ?s rdfs:label ?figure }
      OPTIONAL {
        ?s kgo:value ?value .
        OPTIONAL { ?s kgo:unit ?unit }
        OPTIONAL { ?s kgo:bound ?b . BIND(STRAFTER(STR(?b), "#") AS ?bound) }
        OPTIONAL { ?s kgo:time ?time }
        OPTIONAL { ?s kgo:dateStart ?from }
        OPTIONAL { ?s kgo:dateEnd ?to }
      }
      ?q kgo:text ?text ; kgo:start ?start ; kgo:end ?end ; kgo:inDocument/dcterms:identifier ?document .
    } ORDER BY ?entity ?document ?start ?predicate ?subject ?object ?figure ?value ?statement ?rule ?role
    """,
    {},
    {},
    _NAME,
)


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence and where it stands: document and code points."""

    text: str
    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """A statement in words, how sure it is, and its evidence."""

    words: str
    planned: bool
    rejected: bool
    confidence: Decimal
    rules: tuple[str, ...]
    quotes: tuple[Quote, ...]
    reviews: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """An entity and all that the graph says of it."""

    iri: str
    label: str
    cls: str
    aliases: tuple[str, ...]
    planned: bool
    mentions: int
    lines: tuple[Line, ...]


def explain(source: Path, name: str) -> tuple[Explained, ...]:
    """Return what the graph says of the entities of a name: a label, an alias, an IRI or a prefixed name.

    ``source`` is a folder of ``kg build``. Raises QueryError with the nearest names for an unknown one.
    """
    if source.is_file():
        raise UsageError(f"{source}: kg explain needs the folder of kg build, where the evidence is")
    entities: dict[str, list[_Row]] = {}
    for row in _rows(source, _ENTITIES, name):
        entities.setdefault(row["entity"], []).append(row)
    if not entities:
        raise QueryError(f"nothing in the graph has the IRI {name!r}; give a name as the text writes it")
    said: dict[str, dict[str, list[_Row]]] = {iri: {} for iri in entities}
    for row in _rows(source, _STATEMENTS, name):
        if row["entity"] in said:
            said[row["entity"]].setdefault(row["statement"], []).append(row)
    return tuple(_explained(rows, said[iri].values()) for iri, rows in entities.items())


def page_address(out: Path, name: str = "") -> str:
    """Return the address of a build's page, opened at the entity of a name when one is given."""
    page = out / PAGE
    if not page.is_file():
        raise UsageError(f"{page}: there is no such page; make one with kg build INPUT --out {out}")
    address = page.resolve().as_uri()
    return f"{address}#e={quote(explain(out, name)[0].iri, safe='')}" if name else address


def words(explained: Iterable[Explained]) -> str:
    """Return the explanation as lines of Chinese."""
    return "\n\n".join("\n".join(_words(entity)) for entity in explained)


_VERDICTS: Final = {"right": "正确", "wrong": "错误", "unsure": "存疑"}
_Row = Mapping[str, str]


def _rows(source: Path, question: Question, name: str) -> list[_Row]:
    result = query.run(source, question, params={"name": name})
    return [
        dict(zip(result.variables, (getattr(t, "value", "") for t in row), strict=True))
        for row in result.rows
    ]


def _explained(rows: list[_Row], statements: Iterable[list[_Row]]) -> Explained:
    first = rows[0]
    return Explained(
        iri=first["entity"],
        label=first["label"],
        cls=first["class"],
        aliases=tuple(row["alias"] for row in rows if row["alias"]),
        planned=first["planned"] == "true",
        mentions=int(first["mentions"] or 0),
        lines=tuple(map(_line, statements)),
    )


def _line(rows: list[_Row]) -> Line:
    first = rows[0]
    quotes = {Quote(r["text"], r["document"], int(r["start"]), int(r["end"])): None for r in rows}
    return Line(
        words=_sentence(first, sorted({r["role"] for r in rows if r["role"]})),
        planned=first["status"] == "planned",
        rejected=first["status"] == "rejected",
        confidence=Decimal(first["confidence"]),
        rules=tuple(sorted({r["rule"] for r in rows})),
        quotes=tuple(quotes),
        reviews=tuple(sorted({_review(r) for r in rows if r["verdict"]})),
    )


def _review(row: _Row) -> str:
    """What a reviewer decided: 错误（甲，2026-11-24）：应为参股."""
    signed = "，".join(part for part in (row["reviewer"] or "未署名", row["day"]) if part)
    reason = f"：{' '.join(row['reason'].split())}" if row["reason"] else ""
    return f"{_VERDICTS[row['verdict']]}（{signed}）{reason}"


def _sentence(row: _Row, roles: list[str]) -> str:
    """The statement itself: subject, relation, object; or the value of a fact."""
    if row["value"]:
        when = row["time"] or "/".join(t for t in (row["from"], row["to"]) if t)
        bound = label(row["bound"]) if row["bound"] else ""
        figure = f"{row['figure']} {bound}{number(row['value'])}{row['unit']}"
        return f"{row['object']}：{figure}" + (f"（{when}）" if when else "")
    if row["figure"]:  # one that was rejected is words and no figure any more
        return f"{row['object']}：{row['figure']}"
    if row["predicate"] in FACTS:
        value = f"{number(row['object'])}元" if row["predicate"] == "amount" else row["object"]
        return f"{row['subject']}：{label(row['predicate'])} {value}"
    role = f"（{'、'.join(roles)}）" if roles else ""
    return f"{row['subject']} —{label(row['predicate'])}{role}→ {row['object']}"


def number(text: str) -> str:
    """A decimal for people, with commas and without needless zeros.

    >>> number("6000000000.0"), number("9.70")
    ('6,000,000,000', '9.7')
    """
    whole, _, part = f"{Decimal(text):,f}".partition(".")
    return f"{whole}.{part.rstrip('0')}".rstrip(".")


def _words(entity: Explained) -> Iterable[str]:
    planned = "，规划中" if entity.planned else ""
    yield f"{entity.label}（{label(entity.cls)}{planned}）  <{entity.iri}>"
    if entity.aliases:
        yield f"又名：{'、'.join(entity.aliases)}"
    if not entity.lines:
        yield f"文中提及 {entity.mentions} 次，没有抽出关于它的关系或数据。"
    for line in entity.lines:
        status = "（计划）" * line.planned + "（已否决）" * line.rejected
        yield f"  {line.words}{status}"
        yield from (f"      评审：{review}" for review in line.reviews)
        for said in line.quotes:
            yield f"      {' '.join(said.text.split())}"
            yield f"      {said.document}:{said.start}-{said.end}"
        yield f"      规则 {'、'.join(line.rules)}，置信度 {line.confidence}（{band_at(float(line.confidence)).zh}）"
