// node graphology.cjs FOLDER FILE: what graphology's reader makes of a GEXF file, as JSON.
const [, , folder, file] = process.argv;
const { MultiGraph } = require(`${folder}/graphology`);
const gexf = require(`${folder}/graphology-gexf`);
const graph = gexf.parse(MultiGraph, require("fs").readFileSync(file, "utf8"));
const nodes = graph.mapNodes((id, said) => [id, said]);
const edges = graph.mapEdges((_, said, source, target) => [source, target, said]);
console.log(JSON.stringify({ nodes, edges }));
