// The store behind a served page: what the page does not hold is asked for in SPARQL, at the address that
// it came from. A page in a file never makes one of these. No DOM here.
import { gathered, values } from "./rows.js";

const PREFIXES = `PREFIX kgo: <https://w3id.org/policykg/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX search: <https://w3id.org/policykg/search#>
`;
//: So many statements of an entity are fetched at once; the drawer offers the next ones.
const PIECE = 400;
//: A query with more IRIs than this is cut, so that it stays below what a service reads (--max-body).
const MANY = 400;
//: So many hits of a search are fetched.
const HITS = 40;
//: A path is sought among so many entities at the most, so many steps from either end.
const SEEN = 100_000;

/** Send a query to the endpoint beside the page; the bindings as { variable: value }. */
async function post(query) {
  const answer = await fetch("sparql", {
    method: "POST", body: PREFIXES + query,
    headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json" },
  });
  if (!answer.ok) throw new Error((await answer.text()).trim().slice(0, 300));
  const { results } = await answer.json();
  return results.bindings.map((row) => Object.fromEntries(Object.entries(row).map(([name, { value }]) => [name, value])));
}

async function get(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error((await answer.text()).trim().slice(0, 300));
  return answer.text();
}

export class Remote {
  /** ``ask`` and ``get`` stand for the network in tests. */
  constructor(graph, ask = post, fetchText = get) {
    this.graph = graph;
    this.ask = ask;
    this.get = fetchText;
    // a FILTER and not a second VALUES: the engine would join the product of both, which took a hundred times as long
    this.related = `FILTER(?p IN (${graph.predicates.filter((p) => p.zh_backwards).map((p) => `kgo:${p.predicate}`).join(", ")}))`;
    this.sought = new Map(); // words and what was found
  }

  /** Statements of these entities with their evidence and the entities at their other ends. */
  async around(entities) {
    for (const part of parts(entities.map((e) => e.iri))) {
      const from = part.length === 1 ? this.graph.byIri.get(part[0])?.fetched ?? 0 : 0;
      const rows = await this.ask(`SELECT ?st ?s ?p ?o ?confidence ?status WHERE {
  { SELECT DISTINCT ?st WHERE { ${values("e", part)} VALUES ?status { kgo:asserted kgo:planned } { ?st rdf:subject ?e } UNION { ?st rdf:object ?e } ?st kgo:status ?status } ORDER BY ?st LIMIT ${PIECE * part.length} OFFSET ${from} }
  ?st rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kgo:confidence ?confidence ; kgo:status ?status .
}`);
      await this.#take(rows, part);
      for (const iri of part) {
        const entity = this.graph.byIri.get(iri);
        if (!entity) continue;
        if (part.length === 1) entity.fetched = from + rows.length;
        entity.complete = rows.length < PIECE * part.length;
      }
    }
    if (entities.length === 1) await this.#mentionsOf(this.graph.byIri.get(entities[0].iri));
  }

  /** Entities whose name, alias or pinyin holds the word, as bare names. */
  async find(word) {
    const text = word.trim();
    if (!text) return;
    if (!this.sought.has(text)) {
      const rows = await this.ask(`SELECT DISTINCT ?e WHERE { ?e search:name ${literal(text)} ; skos:prefLabel ?name . } LIMIT ${HITS}`);
      this.sought.set(text, rows.map((row) => row.e));
      await this.#entities(rows.map((row) => row.e));
    }
  }

  /** Everything so many relations from an entity, as long as it is no more than ``most`` entities. */
  async near(index, hops, most) {
    const { graph } = this;
    const seen = new Set([index]);
    let rim = [index];
    for (let hop = 0; hop < hops && rim.length && seen.size < most; hop++) {
      const open = rim.map((i) => graph.entities[i]).filter((e) => !e.complete);
      if (open.length) await this.around(open);
      const next = new Set();
      for (const i of rim) for (const { other } of graph.links(graph.entities[i])) if (!seen.has(other)) next.add(other);
      for (const i of next) seen.add(i);
      rim = [...next];
    }
  }

  /** A shortest path from both ends; the statements along it are fetched. Whether there is one. */
  async path(from, to) {
    const start = this.graph.entities[from].iri;
    const goal = this.graph.entities[to].iri;
    const sides = [{ before: new Map([[start, null]]), rim: [start] }, { before: new Map([[goal, null]]), rim: [goal] }];
    while (sides.every((side) => side.rim.length)) {
      const [side, other] = sides[0].rim.length <= sides[1].rim.length ? sides : [sides[1], sides[0]];
      const meeting = await this.#step(side, other);
      if (meeting) {
        const way = [...trail(sides[0], meeting).reverse(), ...trail(sides[1], meeting).slice(1)];
        await this.#between(way);
        return true;
      }
      if (side.before.size > SEEN) return false;
    }
    return false;
  }

  async #step(side, other) {
    const next = [];
    for (const part of parts(side.rim)) {
      const rows = await this.ask(`SELECT DISTINCT ?a ?b WHERE { ${this.#eitherWay("a", "b", part)} }`);
      for (const { a, b } of rows.sort((x, y) => (x.a + x.b < y.a + y.b ? -1 : 1))) {
        if (side.before.has(b)) continue;
        side.before.set(b, a);
        next.push(b);
      }
    }
    side.rim = next;
    return next.find((iri) => other.before.has(iri));
  }

  /** Relations from and to these entities, as a group of a query. */
  #eitherWay(one, other, iris) {
    const given = values(one, iris);
    return `{ ${given} ?${one} ?p ?${other} . ${this.related} } UNION { ${given} ?${other} ?p ?${one} . ${this.related} }`;
  }

  /** The statements between neighbours of a way. */
  async #between(way) {
    const pairs = way.slice(1).flatMap((b, i) => [`(<${way[i]}> <${b}>)`, `(<${b}> <${way[i]}>)`]);
    if (!pairs.length) return;
    await this.#take(await this.ask(`SELECT ?st ?s ?p ?o ?confidence ?status WHERE {
  VALUES (?s ?o) { ${pairs.join(" ")} } VALUES ?status { kgo:asserted kgo:planned }
  ?st rdf:subject ?s ; rdf:object ?o ; rdf:predicate ?p ; kgo:confidence ?confidence ; kgo:status ?status .
}`), way);
  }

  /** The text of a document and where it names entities. */
  async read(index) {
    const { graph } = this;
    const document = graph.documents[index];
    const text = await this.get(`documents/${document.id.split("/").map(encodeURIComponent).join("/")}.txt`);
    if (!(await graph.take(document, text))) throw new Error(`documents/${document.id}.txt`);
    const rows = await this.ask(`SELECT ?e ?start ?end WHERE { ?d dcterms:identifier ${literal(document.id)} . ?q kgo:inDocument ?d . ?m kgo:inSentence ?q ; kgo:mentionOf ?e ; kgo:start ?start ; kgo:end ?end }`);
    await this.#entities([...new Set(rows.map((row) => row.e))]);
    graph.mention(index, rows.filter((row) => graph.byIri.has(row.e)).map((row) => [Number(row.start), Number(row.end), graph.byIri.get(row.e).index]));
  }

  /** Where an entity is named, for the list in the drawer. */
  async #mentionsOf(entity) {
    if (!entity || entity.named) return;
    const rows = await this.ask(`SELECT ?d ?start ?end WHERE { ?m kgo:mentionOf <${entity.iri}> ; kgo:inSentence ?q ; kgo:start ?start ; kgo:end ?end . ?q kgo:inDocument ?d } ORDER BY ?d ?start LIMIT 2000`);
    await this.#documents(rows.map((row) => row.d));
    entity.named = new Map();
    for (const { d, start, end } of rows) {
      const { index } = this.documentOf(d);
      if (!entity.named.has(index)) entity.named.set(index, []);
      entity.named.get(index).push({ document: index, start: Number(start), end: Number(end) });
    }
  }

  documentOf(iri) {
    return this.graph.documents.find((document) => document.iri === iri);
  }

  async #take(rows, also) {
    const statements = rows.map((row) => row.st);
    const [sentences, figures] = [await this.#sentences(statements), await this.#figures(rows)];
    const ends = rows.flatMap((row) => [row.s, row.o]).filter((iri) => /^[a-z][a-z0-9+.-]*:.*\/id\//i.test(iri));
    await this.#entities([...new Set([...also, ...ends])]);
    await this.#documents(sentences.map((row) => row.doc));
    gathered(this.graph, { rows, sentences, figures, document: (iri) => this.documentOf(iri).index });
  }

  /** Sentences, rules and roles of statements, and where each sentence names whom. */
  async #sentences(statements) {
    const found = [];
    for (const part of parts(statements)) {
      found.push(...(await this.ask(`SELECT ?st ?rule ?role ?q ?text ?start ?end ?doc WHERE { ${values("st", part)}
  ?st prov:wasDerivedFrom ?q ; kgo:rule ?rule . OPTIONAL { ?st kgo:role ?role }
  ?q kgo:text ?text ; kgo:start ?start ; kgo:end ?end ; kgo:inDocument ?doc . }`)));
    }
    const marks = new Map();
    for (const part of parts([...new Set(found.map((row) => row.q))])) {
      for (const { q, e, start, end } of await this.ask(`SELECT ?q ?e ?start ?end WHERE { ${values("q", part)} ?m kgo:inSentence ?q ; kgo:mentionOf ?e ; kgo:start ?start ; kgo:end ?end }`)) {
        if (!marks.has(q)) marks.set(q, []);
        marks.get(q).push([e, Number(start), Number(end)]);
      }
    }
    return found.map((row) => ({ ...row, marks: marks.get(row.q) ?? [] }));
  }

  /** Observations by their IRI, and those that they are compared with. */
  async #figures(rows) {
    const found = new Map();
    let wanted = rows.filter((row) => row.p.endsWith("#observationOf")).map((row) => row.s);
    while (wanted.length) {
      for (const part of parts(wanted)) {
        for (const row of await this.ask(`SELECT ?f ?label ?value ?unit ?time ?from ?to ?bound ?baseline WHERE { ${values("f", part)}
  ?f rdfs:label ?label ; kgo:value ?value . OPTIONAL { ?f kgo:unit ?unit } OPTIONAL { ?f kgo:time ?time }
  OPTIONAL { ?f kgo:dateStart ?from } OPTIONAL { ?f kgo:dateEnd ?to } OPTIONAL { ?f kgo:bound ?bound } OPTIONAL { ?f kgo:baseline ?baseline } }`)) found.set(row.f, row);
      }
      wanted = [...new Set([...found.values()].map((row) => row.baseline).filter((iri) => iri && !found.has(iri)))];
    }
    return found;
  }

  async #entities(iris) {
    const fresh = [...new Set(iris)].filter((iri) => this.graph.byIri.get(iri)?.links === undefined && safe(iri));
    for (const part of parts(fresh)) {
      const rows = new Map();
      for (const { e, name, alias, cls, status } of await this.ask(`SELECT ?e ?name ?alias ?cls ?status WHERE { ${values("e", part)}
  ?e a ?cls ; skos:prefLabel ?name . OPTIONAL { ?e skos:altLabel ?alias } OPTIONAL { ?e kgo:status ?status } }`)) {
        if (!this.graph.classOf.has(cls.split("#").pop())) continue; // a finer class beside the one of the ten
        if (!rows.has(e)) rows.set(e, { iri: e, cls: cls.split("#").pop(), name, aliases: [], planned: /#planned$/.test(status ?? ""), links: 0 });
        if (alias && !rows.get(e).aliases.includes(alias)) rows.get(e).aliases.push(alias);
      }
      for (const { e, links } of await this.ask(`SELECT ?e (COUNT(*) AS ?links) WHERE { ${this.#eitherWay("e", "x", part)} } GROUP BY ?e`)) {
        if (rows.has(e)) rows.get(e).links = Number(links);
      }
      for (const iri of part) if (rows.has(iri)) this.graph.addEntity(rows.get(iri));
    }
  }

  async #documents(iris) {
    const fresh = [...new Set(iris)].filter((iri) => !this.documentOf(iri));
    for (const part of parts(fresh)) {
      for (const { d, id, title, date, source, sha256 } of await this.ask(`SELECT ?d ?id ?title ?date ?source ?sha256 WHERE { ${values("d", part)}
  ?d dcterms:identifier ?id ; kgo:sha256 ?sha256 . OPTIONAL { ?d dcterms:title ?title } OPTIONAL { ?d dcterms:date ?date } OPTIONAL { ?d dcterms:source ?source } }`)) {
        this.graph.addDocument({ iri: d, id, title: title ?? "", date: date ?? "", source: source ?? "", sha256 });
      }
    }
  }
}

/** Whether text can stand between < and > in a query. */
function safe(iri) {
  return /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(iri);
}

function literal(text) {
  return `"${text.replace(/[\\"]/g, "\\$&").replace(/[\u0000-\u001f\u007f]|[\ud800-\udfff](?![\udc00-\udfff])/gu, " ")}"`;
}

function parts(iris) {
  const cut = [];
  for (let at = 0; at < iris.length; at += MANY) cut.push(iris.slice(at, at + MANY));
  return cut;
}

/** From a place on a path back to where its side began. */
function trail(side, iri) {
  const way = [];
  for (let at = iri; at !== null; at = side.before.get(at)) way.push(at);
  return way;
}
