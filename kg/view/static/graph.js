// The graph in memory: the payload with its indexes. No DOM here.
import { amount, date, decode, observation, offsetsOf, pieces } from "./text.js";

export class Graph {
  constructor(data) {
    this.data = data;
    this.base = data.base;
    this.classes = data.classes;
    this.predicates = data.predicates;
    this.documents = data.documents;
    this.entities = data.entities;
    this.statements = data.statements;
    this.classOf = new Map(data.classes.map((c) => [c.class, c]));
    this.predicateOf = new Map(data.predicates.map((p) => [p.predicate, p]));
    this.simplified = pairs(data.script);
    this.readings = readings(data.script.pinyin);
    this.byIri = new Map();
    this.byPlain = null; // by percent-decoded IRI, made when an address asks for it
    this.byId = new Map();
    this.entities.forEach((entity, index) => this.#entity(entity, index));
    this.documents.forEach((document, index) => Object.assign(document, { index, mentions: [] }));
    data.mentions.forEach((rows, index) => this.mention(index, rows));
    this.statements.forEach((statement, index) => this.#index(statement, index));
    for (const [iri, entity] of data.replaced ?? []) this.byIri.set(iri, this.entities[entity]); // names that were given up
    this.rejected = data.rejected ?? [];
    this.rejected.forEach((statement, index) => (statement.index = `r${index}`));
    this.communities = this.#communities(data.network?.nodes ?? []);
  }

  /** Communities by their number as text, the largest first: each with its members, the most linked one first. */
  #communities(nodes) {
    const found = new Map();
    for (const { id, community } of nodes) {
      if (community === undefined || community === null) continue;
      const key = String(community);
      this.entities[id].community = key;
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(this.entities[id]);
    }
    for (const members of found.values()) members.sort((a, b) => b.degree - a.degree || a.index - b.index);
    return new Map([...found].sort(([a], [b]) => a - b));
  }

  /** The statements of an entity that reviewers rejected: they are no part of the graph. */
  rejectedOf(entity) {
    return this.rejected.filter((s) => s.subject === entity.index || s.object.entity === entity.index);
  }

  #entity(entity, index) {
    Object.assign(entity, { index, degree: 0, out: [], into: [], facts: [], mentions: [] });
    this.byIri.set(entity.iri, entity);
    this.byPlain?.set(decode(entity.iri), entity);
  }

  /** The entity of an IRI, percent-encoded more or less than ours. */
  entityAt(iri) {
    if (!iri) return undefined;
    const known = this.byIri.get(iri);
    if (known) return known;
    this.byPlain ??= new Map(this.entities.map((entity) => [decode(entity.iri), entity]));
    return this.byPlain.get(decode(iri));
  }

  /** Add the places of a document where entities are named: rows of start, end, entity. */
  mention(index, rows) {
    for (const [start, end, entity] of rows) {
      const mention = { document: index, start, end, entity };
      this.documents[index].mentions.push(mention);
      this.entities[entity].mentions.push(mention);
    }
  }

  /** Add an entity that a store knows, or take what is new about it; returns it. */
  addEntity(row) {
    const known = this.byIri.get(row.iri);
    if (known) return Object.assign(known, { aliases: row.aliases, links: row.links ?? known.links });
    const entity = { scope: "", ...row };
    this.#entity(entity, this.entities.push(entity) - 1);
    return entity;
  }

  /** Add a statement whose ends are indexes; one that is known already stays as it is. */
  addStatement(statement) {
    const id = this.#idOf(statement.iri);
    if (!this.byId.has(id)) this.#index(statement, this.statements.push(statement) - 1);
    return this.byId.get(id);
  }

  /** Add a document; returns the one that is known by this IRI. */
  addDocument(row) {
    const known = this.documents.find((document) => document.iri === row.iri);
    if (known) return known;
    const index = this.documents.push({ ...row, text: null, mentions: [] }) - 1;
    return Object.assign(this.documents[index], { index });
  }

  /** How many relations of an entity are elsewhere: in the store that the page was served from. */
  away(entity) {
    return entity.complete ? 0 : Math.max(0, (entity.links ?? 0) - entity.degree);
  }

  #idOf(iri) {
    return iri.slice(this.base.length).replace(/^statement\//, "");
  }

  #index(statement, index) {
    statement.index = index;
    statement.id = this.#idOf(statement.iri);
    if (!this.byId.has(statement.id)) this.byId.set(statement.id, statement);
    statement.evidence.forEach((evidence) => (evidence.statement = index));
    const subject = this.entities[statement.subject];
    if (!this.isRelation(statement)) {
      subject.facts.push(statement);
      return;
    }
    const object = this.entities[statement.object.entity];
    subject.out.push(statement);
    object.into.push(statement);
    subject.degree += 1;
    object.degree += 1;
  }

  /** The band that a confidence reaches, the surest first; none in data that knows no bands. */
  bandOf(confidence) {
    const bands = this.data.bands ?? [];
    return bands.find((band) => confidence >= band.least) ?? bands.at(-1);
  }

  /** The least sure band that a filter lets through. */
  bandFrom(least) {
    return this.data.bands?.findLast((band) => band.least >= least);
  }

  isRelation(statement) {
    return statement.object.entity !== undefined;
  }

  /** The object's words: an entity's name, 60亿元, 2024年7月. */
  objectText(statement, lang) {
    const { object } = statement;
    if (object.entity !== undefined) return this.entities[object.entity].name;
    if (object.amount !== undefined) return amount(object.amount, lang);
    if (object.date !== undefined) return date(object.date, lang);
    return observation(object.observation, lang);
  }

  /** The statement as one sentence. */
  sentence(statement, lang) {
    const template = this.predicateOf.get(statement.predicate)[`${lang}_sentence`];
    const subject = this.entities[statement.subject].name;
    const object = this.objectText(statement, lang);
    return template.replace(/\{([so])\}/g, (_, which) => (which === "s" ? subject : object));
  }

  /** The statement's sentence in pieces: words, and the entities that it names. */
  phrase(statement, lang) {
    const template = this.predicateOf.get(statement.predicate)[`${lang}_sentence`];
    return template.split(/(\{[so]\})/).filter(Boolean).map((part) => {
      if (part === "{s}") return { text: this.entities[statement.subject].name, entity: statement.subject };
      if (part === "{o}") return { text: this.objectText(statement, lang), entity: statement.object.entity };
      return { text: part };
    });
  }

  /** Where an entity is named: document → its places in order. */
  places(entity) {
    if (entity.named) return entity.named;
    const found = new Map();
    for (const mention of entity.mentions) {
      if (!found.has(mention.document)) found.set(mention.document, []);
      found.get(mention.document).push(mention);
    }
    return found;
  }

  /** Relations of an entity, each with the entity at its other end. */
  links(entity) {
    const out = entity.out.map((statement) => ({ statement, other: statement.object.entity, forward: true }));
    const into = entity.into
      .filter((statement) => statement.subject !== entity.index)
      .map((statement) => ({ statement, other: statement.subject, forward: false }));
    return out.concat(into);
  }

  offsets(document) {
    document.offsets ??= offsetsOf(document.text);
    return document.offsets;
  }

  /** The evidence's sentence in pieces, its words marked. */
  quote(evidence) {
    const document = this.documents[evidence.document];
    const [start, end] = evidence.span;
    // where the text stays beside the page the evidence brings its sentence
    const own = document.text === null;
    const text = own ? evidence.text : document.text;
    const from = own ? start : 0;
    const at = own ? offsetsOf(text) : this.offsets(document);
    const marks = evidence.marks.map(([a, b]) => [at(a - from), at(b - from)]);
    return pieces(text, at(start - from), at(end - from), marks);
  }

  /** The SHA-256 of a text in hexadecimal, as documents are known by. */
  async digest(text) {
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  give(document, text) {
    document.text = text;
    delete document.offsets;
  }

  /** Give a document its text, when it is the one that the offsets count in. */
  async take(document, text) {
    if ((await this.digest(text)) !== document.sha256) return false;
    this.give(document, text);
    return true;
  }

  /** Both scripts written alike, as far as the graph's names need it. */
  simplify(text) {
    return text.replace(/[\u3400-\u9fff\uf900-\ufaff]/g, (c) => this.simplified.get(c) ?? c);
  }

  title(document) {
    return document.title || document.id;
  }
}

/** Traditional characters and their Simplified ones, given as two texts of equal length. */
function pairs({ traditional, simplified }) {
  const targets = [...simplified];
  return new Map([...traditional].map((character, i) => [character, targets[i]]));
}

/** Each character's readings in pinyin, given as the characters of each syllable. */
function readings(pinyin = {}) {
  const found = new Map();
  for (const [syllable, characters] of Object.entries(pinyin)) {
    for (const character of characters) {
      if (!found.has(character)) found.set(character, []);
      found.get(character).push(syllable);
    }
  }
  return found;
}
