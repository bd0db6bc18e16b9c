// What leaves the page: CSV, Turtle, SPARQL, citations, as texts. No DOM here.

const KGO = "https://w3id.org/policykg/ontology#";

/** RFC 4180 with a BOM, so that spreadsheets read Chinese; formulas are made harmless. */
export function csv(rows) {
  const cell = (value) => {
    const text = String(value ?? "");
    // a spreadsheet would run a name that begins like a formula
    const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return "\ufeff" + rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** A confidence in words and figures: 确定 0.93. */
export function confidenceText(app, confidence) {
  return [app.graph.bandOf(confidence)?.[app.lang], confidence.toFixed(2)].filter(Boolean).join(" ");
}

/** The statements as rows for ``csv``. */
export function statementRows(app, statements) {
  const { graph, lang, t } = app;
  const head = ["subject", "predicate", "object", "status", "confidenceShort", "document", "evidence", "review", "reason"].map((key) => t(key).replace(/（.*|\(.*/u, "").trim());
  const rows = statements.map((s) => {
    const decision = app.decisions.of(s);
    return [
      graph.entities[s.subject].name,
      app.predicateName(s.predicate),
      graph.objectText(s, lang),
      t(s.planned ? "planned" : "asserted"),
      s.confidence.toFixed(2),
      [...new Set(s.evidence.map((e) => graph.title(graph.documents[e.document])))].join("; "),
      s.evidence.map((e) => graph.quote(e).map((p) => p.text).join("")).join(" / "),
      app.decisions.verdictWord(s),
      decision?.reason ?? "",
      graph.entities[s.subject].iri,
      KGO + s.predicate,
      s.object.entity === undefined ? "" : graph.entities[s.object.entity].iri,
      s.iri,
    ];
  });
  return [[...head, "subject IRI", "predicate IRI", "object IRI", "statement IRI"], ...rows];
}

const quoted = (text, tail = "") =>
  `"${text.replace(/[\\"\n\r\t]/g, (c) => ({ "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" })[c]).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "\ufffd")}"${tail}`;
const node = (iri) => `<${iri}>`;
const day = (iso) => quoted(iso, `^^xsd:${["gYear", "gYearMonth", "date"][iso.split("-").length - 1]}`);
const number = (decimal) => (decimal.includes(".") ? decimal : `${decimal}.0`);

/** The lines of Turtle that a statement is. */
export function turtleOf(graph, statement) {
  const subject = node(graph.entities[statement.subject].iri);
  const { entity, amount, date, observation } = statement.object;
  if (entity !== undefined) return [`${subject} kgo:${statement.predicate} ${node(graph.entities[entity].iri)} .`];
  if (amount !== undefined) return [`${subject} kgo:amount ${number(amount)} .`];
  if (date !== undefined) return [`${subject} kgo:${statement.predicate} ${day(date)} .`];
  return figure(subject, observation);
}

function figure(subject, o) {
  const said = [
    "a kgo:Observation",
    `kgo:observationOf ${subject}`,
    `rdfs:label ${quoted(o.label, "@zh")}`,
    `kgo:value ${number(o.value)}`,
    o.unit && `kgo:unit ${quoted(o.unit)}`,
    ...times(o.time),
    o.bound && `kgo:bound kgo:${o.bound}`,
    o.baseline && `kgo:baseline ${node(o.baseline.iri)}`,
  ].filter(Boolean);
  return [`${node(o.iri)} ${said.join(" ; ")} .`, ...(o.baseline ? figure(subject, o.baseline) : [])];
}

function times(time) {
  if (!time) return [];
  const [start, end] = time.split("/");
  if (end === undefined) return [`kgo:time ${day(start)}`];
  return [start && `kgo:dateStart ${day(start)}`, end && `kgo:dateEnd ${day(end)}`];
}

/** Entities and statements as a Turtle document. */
export function turtle(graph, entities, statements) {
  const lines = [
    `@prefix kgo: <${KGO}> .`,
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .",
    "",
  ];
  for (const entity of entities) {
    const said = [`a kgo:${entity.cls}`, `skos:prefLabel ${quoted(entity.name, "@zh")}`];
    if (entity.aliases.length) said.push(`skos:altLabel ${entity.aliases.map((a) => quoted(a, "@zh")).join(", ")}`);
    if (entity.planned) said.push("kgo:status kgo:planned");
    lines.push(`${node(entity.iri)} ${said.join(" ; ")} .`);
  }
  for (const statement of statements) lines.push(...turtleOf(graph, statement));
  return lines.join("\n") + "\n";
}

/** A query that finds what the graph says of an entity, with the sentences. */
export function sparqlOf(graph, selection) {
  if (selection.entity !== undefined) {
    const iri = node(graph.entities[selection.entity].iri);
    return `SELECT ?subject ?predicate ?object WHERE {\n  { ${iri} ?predicate ?object . BIND(${iri} AS ?subject) }\n  UNION\n  { ?subject ?predicate ${iri} . BIND(${iri} AS ?object) }\n}`;
  }
  const { iri } = graph.statements[selection.statement];
  return `PREFIX kgo: <${KGO}>\nPREFIX prov: <http://www.w3.org/ns/prov#>\nSELECT ?text ?document ?start ?end WHERE {\n  ${node(iri)} prov:wasDerivedFrom ?sentence .\n  ?sentence kgo:text ?text ; kgo:inDocument ?document ; kgo:start ?start ; kgo:end ?end .\n}`;
}

/** The sentences of statements as one quotes them, each once: “…”（title，date，字符 s–e）. */
export function citation(app, statements) {
  const { graph, lang, t } = app;
  const [open, close, comma] = lang === "zh" ? ["（", "）", "，"] : [" (", ")", ", "];
  const lines = statements
    .flatMap((statement) => statement.evidence)
    .map((e) => {
      const document = graph.documents[e.document];
      const quote = graph.quote(e).map((p) => p.text).join("");
      const from = [graph.title(document), document.date, document.source, `${t("characters")} ${e.span[0]}–${e.span[1]}`];
      return `“${quote}”${open}${from.filter(Boolean).join(comma)}${close}`;
    });
  return [...new Set(lines)].join("\n");
}
