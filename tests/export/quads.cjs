// node quads.cjs FOLDER FILE FORMAT: what N3.js reads, as N-Quads.
const [, , folder, file, format] = process.argv;
const { Parser, Writer } = require(folder);
const writer = new Writer({ format: "N-Quads" });
writer.addQuads(new Parser({ format }).parse(require("fs").readFileSync(file, "utf8")));
writer.end((error, result) => { if (error) throw error; process.stdout.write(result); });
