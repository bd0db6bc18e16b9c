// Which entities and statements are shown: a pure function of the graph and the filter.

export const NO_FILTER = Object.freeze({
  classes: [], // hidden classes
  predicates: [], // hidden predicates
  communities: [], // hidden communities
  documents: [], // only these documents; empty means all
  status: "all", // all, asserted, planned
  confidence: 0,
  from: "", // years; empty means open
  to: "",
  review: "all", // all, open, done, split: by the reviewers' decisions
  linked: false, // only entities with a shown relation
  focus: null, // { entity, hops }: only the neighbourhood
  path: null, // { from, to }: only the shortest paths
});

export function isFiltered(filter) {
  return Object.keys(NO_FILTER).some((key) => JSON.stringify(filter[key]) !== JSON.stringify(NO_FILTER[key]));
}

/** Two byte maps, entities and statements: 1 is shown. */
export function visible(graph, filter, decisions = null) {
  const classes = new Set(filter.classes);
  const predicates = new Set(filter.predicates);
  const documents = new Set(filter.documents);
  const communities = new Set(filter.communities);
  const entities = new Uint8Array(graph.entities.length);
  const statements = new Uint8Array(graph.statements.length);
  for (const entity of graph.entities) {
    const known = !documents.size || entity.mentions.some((m) => documents.has(m.document));
    entities[entity.index] = !classes.has(entity.cls) && !communities.has(entity.community) && known ? 1 : 0;
  }
  for (const statement of graph.statements) {
    statements[statement.index] =
      !predicates.has(statement.predicate) &&
      entities[statement.subject] &&
      (statement.object.entity === undefined || entities[statement.object.entity]) &&
      passes(graph, statement, filter, documents) &&
      reviewed(statement, filter.review, decisions)
        ? 1
        : 0;
  }
  const kept = reach(graph, filter, statements);
  if (kept) restrict(graph, kept, entities, statements);
  if (filter.linked) restrict(graph, { nodes: linked(graph, statements) }, entities, statements);
  return { entities, statements };
}

function passes(graph, statement, filter, documents) {
  if (filter.status !== "all" && statement.planned !== (filter.status === "planned")) return false;
  if (statement.confidence < filter.confidence) return false;
  if (documents.size && !statement.evidence.some((e) => documents.has(e.document))) return false;
  if (filter.from || filter.to) return years(graph, statement).some((year) => inRange(year, filter));
  return true;
}

function reviewed(statement, wanted, decisions) {
  if (wanted === "all" || !decisions) return true;
  if (wanted === "split") return decisions.disputed(statement);
  return decisions.decided(statement) === (wanted === "done");
}

const inRange = (year, { from, to }) => (!from || year >= from) && (!to || year <= to);

/** The years a statement speaks of: its own, else those of the documents that say it. */
export function years(graph, statement) {
  const own = statement.object.date ?? statement.object.observation?.time;
  if (own) return own.split("/").map((iso) => iso.slice(0, 4));
  return statement.evidence.map((e) => graph.documents[e.document].date.slice(0, 4)).filter(Boolean);
}

function reach(graph, filter, statements) {
  if (filter.path) {
    const found = path(graph, filter.path.from, filter.path.to, statements);
    return { nodes: new Set([filter.path.from, filter.path.to, ...found.entities]), edges: new Set(found.statements) };
  }
  if (filter.focus) return { nodes: neighbourhood(graph, filter.focus.entity, filter.focus.hops, statements) };
  return null;
}

function linked(graph, statements) {
  const nodes = new Set();
  for (const statement of graph.statements) {
    if (statement.object.entity === undefined || !statements[statement.index]) continue;
    nodes.add(statement.subject).add(statement.object.entity);
  }
  return nodes;
}

function restrict(graph, { nodes, edges }, entities, statements) {
  for (let i = 0; i < entities.length; i++) entities[i] = entities[i] && nodes.has(i) ? 1 : 0;
  for (const statement of graph.statements) {
    const ends = nodes.has(statement.subject) && (statement.object.entity === undefined || nodes.has(statement.object.entity));
    const kept = ends && (!edges || statement.object.entity === undefined || edges.has(statement.index));
    if (!kept) statements[statement.index] = 0;
  }
}

/** The entities within so many relations of a start, along shown statements. */
export function neighbourhood(graph, start, hops, statements) {
  const seen = new Set([start]);
  let rim = [start];
  for (let hop = 0; hop < hops; hop++) {
    const next = [];
    for (const node of rim) {
      for (const { statement, other } of graph.links(graph.entities[node])) {
        if (statements[statement.index] && !seen.has(other)) {
          seen.add(other);
          next.push(other);
        }
      }
    }
    rim = next;
  }
  return seen;
}

/** A shortest path between two entities along shown statements, in either direction. */
export function path(graph, from, to, statements) {
  const before = new Map([[from, null]]);
  let rim = [from];
  while (rim.length && !before.has(to)) {
    const next = [];
    for (const node of rim) {
      for (const { statement, other } of graph.links(graph.entities[node])) {
        if (statements[statement.index] && !before.has(other)) {
          before.set(other, { node, statement: statement.index });
          next.push(other);
        }
      }
    }
    rim = next;
  }
  const entities = [];
  const used = [];
  if (!before.has(to)) return { entities, statements: used };
  for (let node = to; node !== null; ) {
    entities.unshift(node);
    const step = before.get(node);
    if (step) used.unshift(step.statement);
    node = step ? step.node : null;
  }
  return { entities, statements: used };
}
