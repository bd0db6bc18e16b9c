// Rows of SPARQL as the graph's own statements. No DOM here.

/** A VALUES block of IRIs; what is no IRI is left out, so that an address can write no query. */
export function values(name, iris) {
  return `VALUES ?${name} { ${iris.filter((iri) => /^[^\s<>"{}|\\^`]+$/.test(iri)).map((iri) => `<${iri}>`).join(" ")} }`;
}

/** Add the statements of rows to the graph; those whose ends it does not know are left out. */
export function gathered(graph, { rows, sentences, figures, document }) {
  const evidence = new Map();
  for (const row of sentences) {
    if (!evidence.has(row.st)) evidence.set(row.st, new Map());
    const quotes = evidence.get(row.st);
    if (!quotes.has(row.q)) quotes.set(row.q, { row, rules: new Set(), roles: new Set() });
    quotes.get(row.q).rules.add(row.rule);
    if (row.role) quotes.get(row.q).roles.add(row.role);
  }
  const compared = new Set([...figures.values()].map((figure) => figure.baseline).filter(Boolean));
  for (const row of rows) {
    const figure = figures.get(row.s);
    if (figure && compared.has(row.s)) continue; // said with the figure that is compared with it
    const subject = graph.byIri.get(figure ? row.o : row.s);
    const object = objectOf(graph, row, figures);
    const quotes = [...(evidence.get(row.st)?.values() ?? [])];
    if (!subject || !object || !quotes.length) continue;
    const planned = row.status.endsWith("#planned");
    const confidence = Number(row.confidence);
    graph.addStatement({
      iri: row.st, subject: subject.index, predicate: figure ? "observation" : row.p.split("#").pop(), object, planned, confidence,
      evidence: quotes.map(({ row: quote, rules, roles }) => ({
        document: document(quote.doc), span: [Number(quote.start), Number(quote.end)], text: quote.text,
        marks: quote.marks.filter(([iri]) => iri === row.s || iri === row.o).map(([, start, end]) => [start, end]),
        rule: [...rules].sort().join(", "), confidence, planned, role: [...roles].sort().join("、"),
      })),
    });
  }
}

function objectOf(graph, { s, p, o }, figures) {
  if (figures.has(s)) return { observation: observed(figures, s) };
  const name = p.split("#").pop();
  if (name === "amount") return { amount: o.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "") };
  if (/^date/.test(name)) return { date: o };
  const entity = graph.byIri.get(o);
  return entity && graph.predicateOf.has(name) ? { entity: entity.index } : null;
}

function observed(figures, iri) {
  const { label, value, unit, time, from, to, bound, baseline } = figures.get(iri);
  return {
    iri, label, value, unit: unit ?? "", time: time ?? (from || to ? `${from ?? ""}/${to ?? ""}` : ""), bound: (bound ?? "").split("#").pop(),
    baseline: figures.has(baseline) ? observed(figures, baseline) : null,
  };
}
