// What happened when, as far as the graph says it. No DOM here.

const DATES = new Set(["date", "dateStart", "dateEnd"]);

/** The date that a statement gives: its own, or that of its figure; "" for none. */
export function dateOf(statement) {
  return statement.object.date ?? statement.object.observation?.time ?? "";
}

/**
 * Dated statements about an entity, the earliest first: { when, statement }; those that date an entity which
 * it is linked with say through which relation: { when, statement, through }. A relation is told once a date.
 */
export function events(graph, entity) {
  const found = entity.facts.filter((statement) => dateOf(statement)).map((statement) => ({ when: dateOf(statement), statement }));
  for (const { statement: through, other } of graph.links(entity)) {
    const told = new Set();
    for (const statement of graph.entities[other].facts) {
      const when = DATES.has(statement.predicate) ? dateOf(statement) : "";
      if (!when || told.has(when) || statement.predicate === "dateEnd") continue;
      told.add(when);
      found.push({ when, statement, through });
    }
  }
  return found.sort((a, b) => (a.when < b.when ? -1 : a.when > b.when ? 1 : a.statement.index - b.statement.index));
}
