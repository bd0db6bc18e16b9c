// node rdf12.cjs FOLDER FILE: the triples of a Turtle file of RDF 1.2, by N3.js, one JSON array a line.
const [, , folder, file] = process.argv;
const { Parser } = require(folder);
const term = (t) =>
  t.termType === "Quad" ? [term(t.subject), term(t.predicate), term(t.object)]
    : t.termType === "Literal" ? ["literal", t.value, t.language || t.datatype.value] : t.value;
for (const quad of new Parser({ format: "text/turtle" }).parse(require("fs").readFileSync(file, "utf8")))
  console.log(JSON.stringify(term(quad)));
