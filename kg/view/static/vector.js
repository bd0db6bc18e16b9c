// The picture as SVG text: the same nodes, edges and labels that the canvas shows.
import { plain } from "./placer.js";
import { SHAPES } from "./shapes.js";

const escaped = (text) => plain(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const round = (value) => Math.round(value * 10) / 10;

/** The SVG of what a Picture shows now. */
export function drawing(picture) {
  const { network, graph, colour, canvasBox } = picture;
  const { clientWidth: width, clientHeight: height } = canvasBox;
  const scale = network.getScale();
  const dom = (point) => network.canvasToDOM({ x: point.x, y: point.y });
  const bright = picture.highlight();
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<defs><marker id="arrow" viewBox="0 0 10 8" refX="10" refY="4" markerWidth="9" markerHeight="7" orient="auto"><path d="M0 0L10 4L0 8L2.5 4Z" fill="${colour.edge}"/></marker></defs>`,
    `<rect width="${width}" height="${height}" fill="${colour.paper}"/>`,
  ];
  for (const edge of Object.values(network.body.edges)) {
    if (!edge.connected || edge.options.hidden || edge.from.options.hidden || edge.to.options.hidden) continue;
    const faint = bright && !bright.edges.has(Number(String(edge.id).slice(1)));
    parts.push(line(edge, dom, scale, colour.edge, faint));
  }
  for (const index of graph.entities.keys()) {
    const node = network.body.nodes[index];
    if (!node || node.options.hidden) continue;
    parts.push(shape(picture, node, graph.entities[index], dom(node), scale, bright && !bright.nodes.has(index)));
  }
  for (const { line: text, x, y, size, align, weight, fill, alpha } of picture.labels.texts) {
    const anchor = { left: "start", right: "end", center: "middle" }[align];
    parts.push(`<text x="${round(x)}" y="${round(y + size * 0.88)}" font-family="sans-serif" font-size="${size}" font-weight="${weight}" text-anchor="${anchor}" fill="${fill}" opacity="${alpha}" stroke="${colour.paper}" stroke-width="3" stroke-linejoin="round" paint-order="stroke">${escaped(text)}</text>`);
  }
  return parts.join("\n") + "\n</svg>\n";
}

function line(edge, dom, scale, stroke, faint) {
  const from = dom(edge.from);
  const to = dom(edge.to);
  const middle = dom(edge.edgeType.getPoint(0.5));
  // the control point of the quadratic curve through the middle
  const bend = { x: 2 * middle.x - (from.x + to.x) / 2, y: 2 * middle.y - (from.y + to.y) / 2 };
  const start = short(from, bend, edge.from.options.size * scale);
  const end = short(to, bend, edge.to.options.size * scale + 2);
  const dashes = edge.options.dashes ? ' stroke-dasharray="5 4"' : "";
  const arrow = edge.options.arrows?.to?.enabled ? ' marker-end="url(#arrow)"' : "";
  return `<path d="M${round(start.x)} ${round(start.y)}Q${round(bend.x)} ${round(bend.y)} ${round(end.x)} ${round(end.y)}" fill="none" stroke="${stroke}"${dashes}${arrow}${faint ? ' opacity="0.2"' : ""}/>`;
}

/** The point so many pixels from an end towards another point. */
function short(end, towards, by) {
  const length = Math.hypot(towards.x - end.x, towards.y - end.y) || 1;
  return { x: end.x + ((towards.x - end.x) * by) / length, y: end.y + ((towards.y - end.y) * by) / length };
}

function shape(picture, node, entity, { x, y }, scale, faint) {
  const { colour, graph } = picture;
  const radius = Math.max(node.options.size * scale, picture.least);
  const fill = picture.fill(entity);
  const look = entity.planned
    ? `fill="${colour.paper}" stroke="${fill}" stroke-width="2.2" stroke-dasharray="3.4 2.4"`
    : `fill="${fill}" stroke="${colour.paper}" stroke-width="1.6"`;
  const d = SHAPES[graph.classOf.get(entity.cls).shape];
  return `<path transform="translate(${round(x)} ${round(y)}) scale(${(radius / 10).toFixed(3)})" d="${d}" ${look}${faint ? ' opacity="0.2"' : ""}><title>${escaped(entity.name)}</title></path>`;
}
