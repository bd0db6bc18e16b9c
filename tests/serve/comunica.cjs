// node comunica.cjs FOLDER ENDPOINT QUERY: what Comunica's engine makes of an endpoint, as JSON.
const [, , folder, endpoint, query] = process.argv;
const { QueryEngine } = require(folder);

async function main() {
  const engine = new QueryEngine();
  const context = { sources: [{ type: "sparql", value: endpoint }] };
  const result = await engine.query(query, context);
  if (result.resultType === "boolean") return result.execute();
  const rows = await (await result.execute()).toArray();
  if (result.resultType === "quads") return rows.map((quad) => [quad.subject.value, quad.predicate.value, quad.object.value]);
  return rows.map((row) => Object.fromEntries([...row].map(([variable, term]) => [variable.value, term.value])));
}

main().then(
  (answer) => console.log(JSON.stringify(answer)),
  (error) => { console.error(error.message); process.exit(1); },
);
