// Reviewers' decisions: kept in this browser, undone step by step, written as one small file, read again
// and set beside those of another reviewer. Keyed by content, so that they outlive a rebuild.

const KEY = "policykg.decisions";
export const FORMAT = "policykg-decisions/1";
export const VERDICTS = ["right", "wrong", "unsure"];
/** What can be decided of an entity. */
export const KINDS = ["rename", "class", "sameAs", "notSameAs"];

/** What a decision is about: two of the same key contradict or replace each other. */
export function keyOf(decision) {
  if (decision.statement) return decision.statement;
  const several = decision.kind === "sameAs" || decision.kind === "notSameAs";
  return `${decision.entity} ${several ? `same ${decision.value}` : decision.kind}`;
}

function isDecision(d) {
  if (typeof d?.statement === "string") return VERDICTS.includes(d.verdict);
  return typeof d?.entity === "string" && KINDS.includes(d.kind) && typeof d.value === "string";
}

export class Decisions {
  /** ``storage`` is localStorage, or anything like it. */
  constructor(app, storage = memory()) {
    this.app = app;
    this.storage = storage;
    this.reviewer = "";
    this.own = new Map();
    this.others = new Map(); // reviewer → key → decision
    this.steps = [];
    this.#recall();
  }

  #recall() {
    try {
      const kept = JSON.parse(this.storage.getItem(KEY));
      if (kept?.format !== FORMAT) return;
      this.reviewer = String(kept.reviewer ?? "");
      this.own = table(kept.decisions);
      for (const [name, decisions] of Object.entries(kept.others ?? {})) this.others.set(name, table(decisions));
    } catch {
      // what another program left there is no decision
    }
  }

  #keep() {
    const others = Object.fromEntries([...this.others].map(([name, map]) => [name, [...map.values()]]));
    try {
      this.storage.setItem(KEY, JSON.stringify({ format: FORMAT, reviewer: this.reviewer, decisions: this.all(), others }));
    } catch {
      // a browser that keeps nothing for files: the file can still be downloaded
    }
    this.app.changedDecisions?.();
  }

  /** One's own decisions in the order of what they are about, whatever the order of clicks. */
  all() {
    return [...this.own].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, decision]) => decision);
  }

  of(statement) {
    return this.own.get(statement.iri);
  }

  /** One's own decisions about an entity. */
  ofEntity(entity) {
    return this.all().filter((d) => d.entity === entity.iri);
  }

  /** What the other reviewers said of a statement: [[reviewer, decision]]. */
  ofOthers(statement) {
    return [...this.others].flatMap(([name, map]) => (map.has(statement.iri) ? [[name, map.get(statement.iri)]] : []));
  }

  /** What was said of a statement: by oneself, by the others whose files were loaded, and in the project before, unless
   * one of these has said something since. */
  #said(statement) {
    const own = this.of(statement);
    const others = this.ofOthers(statement);
    const newer = new Set([...(own ? [this.reviewer] : []), ...others.map(([name]) => name)]);
    return [...(own ? [own] : []), ...others.map(([, d]) => d), ...(statement.reviews ?? []).filter((r) => !newer.has(r.reviewer))];
  }

  /** Whether two reviewers decided differently. */
  disputed(statement) {
    return new Set(this.#said(statement).map((d) => d.verdict)).size > 1;
  }

  /** Whether one has decided, or the project knows a decision. */
  decided(statement) {
    return this.own.has(statement.iri) || Boolean(statement.reviews?.length);
  }

  /** One's own verdict, else the one that the project's reviewers agree on; "" for none. */
  verdictOf(statement) {
    const own = this.of(statement)?.verdict;
    if (own) return own;
    const known = new Set((statement.reviews ?? []).map((r) => r.verdict));
    return known.size === 1 ? [...known][0] : "";
  }

  verdictWord(statement) {
    const verdict = this.verdictOf(statement);
    return verdict ? this.app.t(verdict) : "";
  }

  /** Decide, change or (verdict null) take back; the step can be undone. */
  decide(statement, verdict, reason) {
    const { graph } = this.app;
    const { entity, ...value } = statement.object;
    const decision = verdict && {
      statement: statement.iri,
      subject: graph.entities[statement.subject].iri,
      predicate: statement.predicate,
      object: entity === undefined ? value : { entity: graph.entities[entity].iri },
      verdict,
      said: graph.sentence(statement, "zh"),
      ...this.#signed(reason ?? this.of(statement)?.reason ?? ""),
    };
    this.#step([[statement.iri, decision]]);
  }

  /** Decide about an entity; ``value`` is a name, a class or the other entity's IRI; "" takes back. */
  decideEntity(entity, kind, value, said) {
    const decision = { entity: entity.iri, cls: entity.cls, name: entity.name, kind, value, said, ...this.#signed("") };
    this.#step([[keyOf(decision), value ? decision : null]]);
  }

  takeBack(decision) {
    this.#step([[keyOf(decision), null]]);
  }

  #signed(reason) {
    return { reason, reviewer: this.reviewer, date: today() };
  }

  #step(changes) {
    this.steps.push(changes.map(([key]) => [key, this.own.get(key) ?? null]));
    for (const [key, decision] of changes) put(this.own, key, decision);
    this.#keep();
  }

  undo() {
    for (const [key, before] of this.steps.pop() ?? []) put(this.own, key, before);
    this.#keep();
  }

  sign(reviewer) {
    this.reviewer = reviewer;
    for (const [key, decision] of this.own) this.own.set(key, { ...decision, reviewer });
    this.#keep();
  }

  /** The file that travels. */
  file() {
    return JSON.stringify({ format: FORMAT, base: this.app.graph.base, reviewer: this.reviewer, decisions: this.all() }, null, 1) + "\n";
  }

  /** Read a file, of one reviewer or of a project: one's own goes on, others are set beside; how many decisions it held. */
  load(text) {
    const file = JSON.parse(text);
    if (file?.format !== FORMAT || !Array.isArray(file.decisions)) throw new Error(FORMAT);
    const whole = String(file.reviewer ?? "");
    const by = new Map(file.decisions.length ? [] : [[whole, []]]);
    for (const decision of file.decisions) {
      const name = String(decision?.reviewer || whole);
      if (!by.has(name)) by.set(name, []);
      by.get(name).push(decision);
    }
    if (!this.own.size && !this.reviewer && by.size === 1) [this.reviewer] = by.keys();
    let count = 0;
    for (const [name, decisions] of by) {
      const read = table(decisions);
      count += read.size;
      if (name === this.reviewer) this.#step([...read]);
      else this.others.set(name, read);
    }
    this.#keep();
    return count;
  }

  /** How many statements of this graph are decided. */
  count() {
    return this.app.graph.statements.filter((s) => this.decided(s)).length;
  }

  /** Agreement with another reviewer: both decided, the same, and Cohen's kappa (1960). */
  agreement(name) {
    const other = this.others.get(name);
    const pairs = [...this.own.values()].filter((d) => d.statement && other.has(d.statement)).map((d) => [d.verdict, other.get(d.statement).verdict]);
    const both = pairs.length;
    const same = pairs.filter(([a, b]) => a === b).length;
    const share = (place, verdict) => pairs.filter((pair) => pair[place] === verdict).length / both;
    const chance = VERDICTS.reduce((sum, v) => sum + share(0, v) * share(1, v), 0);
    const kappa = !both ? NaN : chance === 1 ? 1 : (same / both - chance) / (1 - chance);
    return { both, same, kappa };
  }
}

function table(decisions) {
  return new Map((decisions ?? []).filter(isDecision).map((d) => [keyOf(d), d]));
}

function put(map, key, decision) {
  if (decision) map.set(key, decision);
  else map.delete(key);
}

function memory() {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
}

function today() {
  const now = new Date();
  const two = (n) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
