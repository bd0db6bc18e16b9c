// The address: #e=IRI opens an entity, and with the other fields a link or a reload shows the same view.
import { NO_FILTER } from "./filter.js";
import { START } from "./store.js";
import { decode } from "./text.js";

const list = (text) => (text ? text.split(",") : []);

/** The hash of a state, "" for the first view. */
export function write(graph, state) {
  const fields = [];
  const add = (name, value) => value && fields.push(`${name}=${encodeURIComponent(value)}`);
  const { selection, filter } = state;
  if (selection?.entity !== undefined) add("e", graph.entities[selection.entity].iri);
  if (selection?.statement !== undefined) add("s", graph.statements[selection.statement].id);
  if (selection?.document !== undefined) {
    add("d", graph.documents[selection.document].id);
    add("at", selection.span?.join("-"));
  }
  if (state.view !== START.view) add("view", state.view);
  if (state.lang !== START.lang) add("lang", state.lang);
  if (state.colour !== START.colour) add("colour", state.colour);
  add("sort", state.sort);
  if (state.camera) add("xy", [state.camera.x, state.camera.y, state.camera.scale].join());
  add("open", state.opened.map((i) => graph.entities[i].iri).join("\n"));
  add("hide", filter.classes.join(","));
  add("without", filter.predicates.join(","));
  add("apart", filter.communities.join(","));
  add("in", filter.documents.map((i) => graph.documents[i].id).join("\n"));
  if (filter.status !== NO_FILTER.status) add("status", filter.status);
  if (filter.review !== NO_FILTER.review) add("review", filter.review);
  if (filter.linked) add("linked", "1");
  if (filter.confidence) add("min", String(filter.confidence));
  add("from", filter.from);
  add("to", filter.to);
  if (filter.focus) {
    add("near", graph.entities[filter.focus.entity].iri);
    add("hops", String(filter.focus.hops));
  }
  if (filter.path) add("path", [filter.path.from, filter.path.to].map((i) => graph.entities[i].iri).join("\n"));
  return fields.length ? "#" + fields.join("&") : "";
}

/** The state that a hash names; what it does not know is left out. */
export function read(graph, hash, now = START) {
  // a browser encodes Chinese in an address and leaves our %20 alone, a person copies either form
  const entity = (iri) => graph.entityAt(iri)?.index;
  const whole = hash.replace(/^#e=/, "");
  if (whole !== hash && entity(whole) !== undefined) {
    const { sort, camera, opened, colour } = START;
    return { view: "picture", selection: { entity: entity(whole) }, filter: NO_FILTER, lang: now.lang, sort, camera, opened, colour };
  }
  const fields = fieldsOf(hash);
  const filter = {
    ...NO_FILTER,
    classes: list(fields.hide).filter((c) => graph.classOf.has(c)),
    communities: list(fields.apart).filter((k) => graph.communities.has(k)),
    predicates: list(fields.without).filter((p) => graph.predicateOf.has(p)),
    documents: (fields.in ?? "").split("\n").map((id) => graph.documents.findIndex((d) => d.id === id)).filter((i) => i >= 0),
    status: ["asserted", "planned"].includes(fields.status) ? fields.status : NO_FILTER.status,
    confidence: Math.min(1, Math.max(0, Number(fields.min) || 0)),
    review: ["open", "done", "split"].includes(fields.review) ? fields.review : NO_FILTER.review,
    linked: fields.linked === "1",
    from: /^\d{4}$/.test(fields.from) ? fields.from : "",
    to: /^\d{4}$/.test(fields.to) ? fields.to : "",
  };
  const near = entity(fields.near);
  if (near !== undefined) filter.focus = { entity: near, hops: Math.min(6, Math.max(1, Number(fields.hops) || 1)) };
  const [from, to] = (fields.path ?? "").split("\n").map(entity);
  if (from !== undefined && to !== undefined) filter.path = { from, to };
  return {
    view: ["picture", "table", "text"].includes(fields.view) ? fields.view : START.view,
    lang: ["zh", "en"].includes(fields.lang) ? fields.lang : START.lang,
    colour: fields.colour === "community" ? "community" : START.colour,
    sort: /^-?[a-zA-Z]+$/.test(fields.sort ?? "") ? fields.sort : START.sort,
    camera: cameraOf(fields.xy),
    opened: (fields.open ?? "").split("\n").map(entity).filter((i) => i !== undefined),
    selection: selectionOf(graph, fields, entity),
    filter,
  };
}

/** The entities that an address names, whether or not the graph holds them. */
export function wanted(hash) {
  const { e, near, path, open } = fieldsOf(hash);
  return [...new Set([e, near, ...`${path ?? ""}\n${open ?? ""}`.split("\n")].filter(Boolean))];
}

function cameraOf(text) {
  const [x, y, scale] = (text ?? "").split(",").map(Number);
  return [x, y, scale].every(Number.isFinite) && scale > 0.001 && scale < 100 ? { x, y, scale } : null;
}

function fieldsOf(hash) {
  const fields = {};
  for (const part of hash.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    if (at > 0) fields[part.slice(0, at)] = decode(part.slice(at + 1));
  }
  return fields;
}

function selectionOf(graph, fields, entity) {
  const index = entity(fields.e);
  if (index !== undefined) return { entity: index };
  const statement = graph.byId.get(fields.s);
  if (statement) return { statement: statement.index };
  const document = graph.documents.findIndex((d) => d.id === fields.d);
  if (document < 0) return null;
  const span = /^\d+-\d+$/.test(fields.at) ? fields.at.split("-").map(Number) : undefined;
  return span ? { document, span } : { document };
}
