// The labels of a frame: node names and relation names in free places of the screen.
import { Placer, plain, wrap } from "./placer.js";

const FONT = '"Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif';
//: So many of the most linked nodes are labelled even where the label covers other nodes.
const LEADING = 24;
//: So many nodes in view are tried for a label; the rest are dots at this scale.
const TRIED = 1200;
//: Below this scale relations are named only where they stand out.
const RELATIONS_FROM = 0.55;

export class Labels {
  constructor(picture) {
    this.picture = picture;
    this.boxes = []; // where a click meets a label: left, top, right, bottom, what
    this.texts = []; // what was written where, for SVG
    this.widths = new Map();
  }

  /** Write all labels of a frame: what stands out, then the rest by rank, then relations. */
  draw(context, bright, scale) {
    const placer = new Placer(); // labels
    const discs = new Placer(); // nodes, which only the leading labels may cover
    const ratio = 1 / scale;
    const origin = this.picture.network.canvasToDOM({ x: 0, y: 0 });
    const view = { width: this.picture.canvasBox.clientWidth, height: this.picture.canvasBox.clientHeight };
    this.boxes = [];
    this.texts = [];
    context.save();
    context.scale(ratio, ratio); // from here on screen pixels, the origin of the canvas at (0, 0)
    context.textBaseline = "top";
    context.lineJoin = "round";
    const seen = this.#inView(origin, scale, view);
    for (const box of this.picture.covered()) placer.block(box[0] - origin.x, box[1] - origin.y, box[2] - origin.x, box[3] - origin.y);
    for (const { x, y, radius } of seen) discs.block(x - radius * 0.8, y - radius * 0.8, x + radius * 0.8, y + radius * 0.8);
    const first = bright ? seen.filter((n) => bright.nodes.has(n.index)) : [];
    first.sort((a, b) => (b.index === bright.what.entity) - (a.index === bright.what.entity));
    const rest = bright ? seen.filter((n) => !bright.nodes.has(n.index)) : seen;
    // the chosen one anywhere; its neighbours where they cover nobody, and only then over others
    const tight = first.filter((node, rank) => !this.#nodeLabel(context, placer, discs, node, origin, true, rank === 0));
    tight.slice(0, 40).forEach((node) => this.#nodeLabel(context, placer, discs, node, origin, true, true));
    if (bright) this.#edgeLabels(context, placer, discs, bright, origin, scale, view);
    const leading = Math.min(LEADING, Math.ceil(seen.length / 20));
    context.globalAlpha = bright ? 0.28 : 1;
    rest.slice(0, TRIED).forEach((node, rank) => this.#nodeLabel(context, placer, discs, node, origin, false, rank < leading));
    if (!bright) this.#edgeLabels(context, placer, discs, bright, origin, scale, view);
    context.restore();
  }

  #inView(origin, scale, { width, height }) {
    const { body } = this.picture.network;
    const seen = [];
    for (const index of this.picture.order) {
      const node = body.nodes[index];
      if (!node || node.options.hidden) continue;
      const x = node.x * scale;
      const y = node.y * scale;
      if (x + origin.x < -80 || x + origin.x > width + 80 || y + origin.y < -40 || y + origin.y > height + 40) continue;
      seen.push({ index, x, y, radius: Math.max(node.options.size * scale, this.picture.least) });
    }
    return seen;
  }

  #nodeLabel(context, placer, discs, { index, x, y, radius }, origin, strong, leading) {
    const entity = this.picture.graph.entities[index];
    const size = (strong || entity.degree > 5 ? 13 : 12) * this.picture.magnified;
    const chosen = strong && this.picture.app.store.state.selection?.entity === index;
    const label = this.#lines(context, entity, chosen, size);
    const { width, height } = label;
    const places = [
      [x - width / 2, y + radius + 3],
      [x + radius + 5, y - height / 2],
      [x - radius - 5 - width, y - height / 2],
      [x - width / 2, y - radius - 3 - height],
      [x + radius * 0.8 + 3, y + radius * 0.6 + 2],
      [x + radius * 0.8 + 3, y - radius * 0.6 - 2 - height],
      [x - radius * 0.8 - 3 - width, y + radius * 0.6 + 2],
      [x - radius * 0.8 - 3 - width, y - radius * 0.6 - 2 - height],
    ];
    if (!entity.degree) places.length = 4; // beside others in a row a slanting label would be taken for its neighbour's
    const box = ([l, t]) => [l - 2, t - 1, l + width + 2, t + height + 1];
    const inside = ([l]) => l + origin.x > 2 && l + width + origin.x < this.picture.canvasBox.clientWidth - 2;
    const best = leading || strong ? [...places.filter(inside), ...places.filter((p) => !inside(p))] : places.filter(inside); // cut off only where it must be read
    const place =
      best.find((p) => !discs.hits(...box(p)) && placer.take(...box(p))) ?? (leading && best.find((p) => placer.take(...box(p))));
    if (!place) return false;
    const [left, top] = place;
    const align = ["center", "left", "right", "center", "left", "left", "right", "right"][places.indexOf(place)];
    const at = align === "left" ? left : align === "right" ? left + width : left + width / 2;
    context.font = label.font;
    context.textAlign = align;
    context.lineWidth = 3.5;
    context.strokeStyle = this.picture.colour.paper;
    label.lines.forEach((line, i) => context.strokeText(line, at, top + i * label.step));
    label.lines.forEach((line, i) => {
      context.fillStyle = entity.planned || i === label.note ? this.picture.colour.soft : this.picture.colour.ink;
      context.fillText(line, at, top + i * label.step);
      this.texts.push({ line, x: at + origin.x, y: top + i * label.step + origin.y, size, align, weight: label.weight, fill: context.fillStyle, alpha: context.globalAlpha });
    });
    this.boxes.push([left + origin.x, top + origin.y, left + width + origin.x, top + height + origin.y, { entity: index }]);
    return true;
  }

  #lines(context, entity, chosen, size) {
    const kept = (entity.label ??= new Map());
    const key = `${chosen} ${size} ${this.picture.app.lang}`;
    if (!kept.has(key)) {
      const weight = chosen || entity.degree > 5 ? 600 : 400;
      const font = `${weight} ${size}px ${FONT}`;
      context.font = font;
      const lines = wrap(plain(entity.name), chosen ? 28 : 20, chosen ? 4 : 2);
      const money = entity.facts.find((s) => s.object.amount !== undefined);
      const note = money ? lines.push(this.picture.graph.objectText(money, this.picture.app.lang)) - 1 : -1;
      const width = Math.max(...lines.map((line) => context.measureText(line).width));
      const step = size * 1.22;
      kept.set(key, { font, weight, note, lines, width, step, height: step * lines.length });
    }
    return kept.get(key);
  }

  #edgeLabels(context, placer, discs, bright, origin, scale, view) {
    const only = bright ? bright.edges : null;
    if (!only && scale < RELATIONS_FROM) return;
    const { body } = this.picture.network;
    const size = 11.5 * this.picture.magnified;
    context.font = `${size}px ${FONT}`;
    context.textAlign = "center";
    context.lineWidth = 4;
    const indexes = only ?? this.picture.graph.statements.keys();
    for (const index of indexes) {
      const edge = body.edges[`s${index}`];
      if (!edge?.connected || edge.options.hidden || edge.from.options.hidden || edge.to.options.hidden) continue;
      const point = edge.edgeType.getPoint(0.5);
      const x = point.x * scale;
      const y = point.y * scale;
      if (x + origin.x < 0 || x + origin.x > view.width || y + origin.y < 0 || y + origin.y > view.height) continue;
      const length = Math.hypot(edge.from.x - edge.to.x, edge.from.y - edge.to.y) * scale;
      const text = this.picture.app.predicateName(this.picture.graph.statements[index].predicate);
      const width = this.#measure(context, text);
      const chosen = bright?.what.statement === index;
      if (!chosen && length < width + (only ? 16 : 44)) continue;
      const box = [x - width / 2 - 3, y - size * 0.7, x + width / 2 + 3, y + size * 0.7];
      if (chosen) placer.block(...box);
      else if (discs.hits(...box) || !placer.take(...box)) continue;
      context.strokeStyle = this.picture.colour.paper;
      const top = y - size / 2;
      context.strokeText(text, x, top);
      context.fillStyle = chosen || only ? this.picture.colour.accent : this.picture.colour.soft;
      context.fillText(text, x, top);
      this.texts.push({ line: text, x: x + origin.x, y: top + origin.y, size, align: "center", weight: 400, fill: context.fillStyle, alpha: 1 });
      this.boxes.push([box[0] + origin.x, box[1] + origin.y, box[2] + origin.x, box[3] + origin.y, { statement: index }]);
    }
  }

  #measure(context, text) {
    const key = `${context.font} ${text}`;
    if (!this.widths.has(key)) this.widths.set(key, context.measureText(text).width);
    return this.widths.get(key);
  }
}
