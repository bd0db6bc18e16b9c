// A reviewer's decisions: kept in this browser, undone step by step, written as one small file.

const KEY = "policykg.decisions";
export const FORMAT = "policykg-decisions/1";
export const VERDICTS = ["right", "wrong", "unsure"];

export class Decisions {
  /** ``storage`` is localStorage, or anything like it. */
  constructor(app, storage = memory()) {
    this.app = app;
    this.storage = storage;
    const kept = this.#kept();
    this.byId = new Map(kept.decisions.map((d) => [d.statement, d]));
    this.reviewer = kept.reviewer;
    this.steps = [];
  }

  #kept() {
    try {
      const kept = JSON.parse(this.storage.getItem(KEY));
      if (kept?.format === FORMAT) return kept;
    } catch {
      // what another program left there is no decision
    }
    return { decisions: [], reviewer: "" };
  }

  #keep() {
    try {
      this.storage.setItem(KEY, JSON.stringify({ format: FORMAT, reviewer: this.reviewer, decisions: this.all() }));
    } catch {
      // a browser that keeps nothing for files: the file can still be downloaded
    }
    this.app.changedDecisions?.();
  }

  /** All decisions in the order of their statement's IRI, whatever the order of clicks. */
  all() {
    return [...this.byId.values()].sort((a, b) => (a.statement < b.statement ? -1 : 1));
  }

  of(statement) {
    return this.byId.get(statement.iri);
  }

  verdictWord(statement) {
    const decision = this.of(statement);
    return decision ? this.app.t(decision.verdict) : "";
  }

  /** Decide, change or (verdict null) take back; the step can be undone. */
  decide(statement, verdict, reason) {
    const before = this.byId.get(statement.iri) ?? null;
    const after = verdict && this.#decision(statement, verdict, reason ?? before?.reason ?? "");
    this.steps.push([{ id: statement.iri, before }]);
    this.#put(statement.iri, after);
    this.#keep();
  }

  #decision(statement, verdict, reason) {
    const { graph } = this.app;
    const { entity, ...value } = statement.object;
    return {
      statement: statement.iri,
      subject: graph.entities[statement.subject].iri,
      predicate: statement.predicate,
      object: entity === undefined ? value : { entity: graph.entities[entity].iri },
      verdict,
      reason,
      reviewer: this.reviewer,
      date: today(),
      said: graph.sentence(statement, "zh"),
    };
  }

  #put(id, decision) {
    if (decision) this.byId.set(id, decision);
    else this.byId.delete(id);
  }

  undo() {
    for (const { id, before } of this.steps.pop() ?? []) this.#put(id, before);
    this.#keep();
  }

  sign(reviewer) {
    this.reviewer = reviewer;
    this.#keep();
  }

  /** The file: keyed by content, so that it finds its statements after any rebuild. */
  file() {
    return JSON.stringify({ format: FORMAT, base: this.app.graph.base, reviewer: this.reviewer, decisions: this.all() }, null, 1) + "\n";
  }

  /** Read a file of decisions; how many were taken. Where both decided, the file's is kept. */
  load(text) {
    const file = JSON.parse(text);
    if (file?.format !== FORMAT || !Array.isArray(file.decisions)) throw new Error(FORMAT);
    const good = file.decisions.filter((d) => typeof d.statement === "string" && VERDICTS.includes(d.verdict));
    this.steps.push(good.map((d) => ({ id: d.statement, before: this.byId.get(d.statement) ?? null })));
    for (const decision of good) {
      this.#put(decision.statement, { ...decision, reason: String(decision.reason ?? ""), reviewer: String(decision.reviewer ?? "") });
    }
    this.#keep();
    return good.length;
  }

  /** How many statements of this graph are decided. */
  count() {
    return this.app.graph.statements.filter((s) => this.byId.has(s.iri)).length;
  }
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
