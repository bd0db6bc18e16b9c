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
    this.byIri = new Map();
    this.byPlain = new Map(); // by percent-decoded IRI
    this.byId = new Map();
    this.entities.forEach((entity, index) => {
      Object.assign(entity, { index, degree: 0, out: [], into: [], facts: [], mentions: [] });
      this.byIri.set(entity.iri, entity);
      this.byPlain.set(decode(entity.iri), entity);
    });
    this.documents.forEach((document, index) => Object.assign(document, { index, mentions: [] }));
    data.mentions.forEach((rows, index) => {
      for (const [start, end, entity] of rows) {
        const mention = { document: index, start, end, entity };
        this.documents[index].mentions.push(mention);
        this.entities[entity].mentions.push(mention);
      }
    });
    this.statements.forEach((statement, index) => this.#index(statement, index));
  }

  #index(statement, index) {
    statement.index = index;
    statement.id = statement.iri.slice(this.base.length).replace(/^statement\//, "");
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

  /** Give a document its text, when it is the one that the offsets count in. */
  async take(document, text) {
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    const hex = [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    if (hex !== document.sha256) return false;
    document.text = text;
    delete document.offsets;
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
