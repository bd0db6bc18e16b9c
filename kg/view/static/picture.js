// The picture: vis-network places and drags, we draw nodes and labels, so that themes, filters and
// highlights cost one redraw and labels never overlap.
/* global vis */
import { h, iconButton } from "./dom.js";
import { Placer, plain, wrap } from "./placer.js";
import { SHAPES } from "./shapes.js";
import { drawing } from "./vector.js";

const FONT = '"Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif';
const PATHS = new Map(Object.entries(SHAPES).map(([name, d]) => [name, new Path2D(d)]));
//: Above so many nodes edges are hidden while the picture is dragged.
const MANY = 1500;
//: Below this radius on the screen no shape can be told: a dot is drawn, three times as fast.
const SPECK = 3;
//: So many of the most linked nodes are labelled even where the label covers other nodes.
const LEADING = 24;
//: So many entities are brought into the picture at one step.
const BROUGHT = 400;
//: So many nodes in view are tried for a label; the rest are dots at this scale.
const TRIED = 1200;

export class Picture {
  constructor(app, container) {
    this.app = app;
    this.graph = app.graph;
    this.hovered = null;
    this.hidden = new Set(); // ids of nodes and edges that the filter hides
    this.labelBoxes = [];
    this.least = app.graph.entities.length > MANY ? 2.2 : 3.2; // least radius on the screen
    this.canvasBox = h("div", { class: "canvas", tabindex: "-1" });
    this.note = h("p", { class: "subset-note", hidden: true });
    container.append(this.canvasBox, this.#controls(), this.note);
    const { nodes, edges, options } = app.graph.data.network;
    this.order = this.graph.entities.map((e) => e.index).sort((a, b) => this.#weight(b) - this.#weight(a) || a - b);
    this.#colours();
    this.nodes = new vis.DataSet(nodes.map((node) => this.#node(node)));
    this.edges = new vis.DataSet(edges.map((edge) => this.#edge(edge)));
    this.inPicture = new Set(nodes.map((node) => node.id));
    const interaction = { ...options.interaction, selectable: false, hideEdgesOnDrag: nodes.length > MANY, hideEdgesOnZoom: nodes.length > MANY };
    this.network = new vis.Network(
      this.canvasBox,
      { nodes: this.nodes, edges: this.edges },
      { ...options, interaction, edges: { ...options.edges, color: this.#edgeColour() } },
    );
    this.#listen();
    this.filtered(app.shown);
    this.started = true;
    this.start();
  }

  #weight(index) {
    return this.graph.entities[index].degree + Math.min(this.graph.entities[index].mentions.length, 20) / 100;
  }

  #node({ id, x, y, size }) {
    return { id, x, y, size, shape: "custom", ctxRenderer: (draw) => this.#drawNode(draw) };
  }

  #edge({ label, title, ...edge }) {
    return edge;
  }

  #colours() {
    const style = getComputedStyle(document.documentElement);
    const read = (name) => style.getPropertyValue(name).trim();
    const dark = document.documentElement.dataset.theme === "dark";
    this.colour = {
      paper: read("--canvas"), ink: read("--ink"), soft: read("--ink-soft"),
      edge: read("--edge"), accent: read("--accent"),
    };
    this.fills = new Map(this.graph.classes.map((c) => [c.class, dark ? c.dark : c.light]));
  }

  #edgeColour() {
    return { color: this.colour.edge, highlight: this.colour.accent, hover: this.colour.accent, inherit: false };
  }

  themed() {
    this.#colours();
    this.network.setOptions({ edges: { color: this.#edgeColour() } });
    this.redraw();
  }

  #listen() {
    const { network } = this;
    network.on("afterDrawing", (context) => this.#after(context));
    network.on("click", ({ pointer }) => this.#click(pointer.DOM));
    network.on("doubleClick", ({ pointer }) => {
      const node = network.getNodeAt(pointer.DOM);
      if (node !== undefined) this.app.store.filter({ focus: { entity: node, hops: 1 }, path: null });
    });
    network.on("hoverNode", ({ node }) => this.#hover({ entity: node }));
    network.on("blurNode", () => this.#hover(null));
    network.on("hoverEdge", ({ edge }) => this.#hover({ statement: this.#statementOf(edge) }));
    network.on("blurEdge", () => this.#hover(null));
    this.canvas = this.canvasBox.querySelector("canvas");
    this.canvas.setAttribute("role", "img");
    this.canvasBox.querySelector(".vis-network").removeAttribute("tabindex");
    this.canvas.tabIndex = 0;
    this.canvas.addEventListener("keydown", (event) => this.#key(event));
    this.named();
  }

  named() {
    this.canvas.setAttribute("aria-label", this.app.t("canvas"));
    this.note.hidden = this.inPicture.size >= this.graph.entities.length;
    this.note.textContent = `${this.inPicture.size.toLocaleString("en")} ${this.app.t("subset")}`;
    this.redraw();
  }

  /** Draw with the next frame, once however often it is asked for. */
  redraw() {
    if (this.started) this.network.body.emitter.emit("_requestRedraw");
  }

  #statementOf(edge) {
    return Number(String(edge).slice(1));
  }

  #hover(what) {
    this.hovered = what;
    this.canvasBox.style.cursor = what ? "pointer" : "";
    this.redraw();
  }

  #click(point) {
    const label = this.labelBoxes.find(([l, t, r, b]) => point.x >= l && point.x <= r && point.y >= t && point.y <= b);
    const node = this.network.getNodeAt(point);
    if (node !== undefined) return this.app.select({ entity: node });
    if (label) return this.app.select(label[4]);
    const edge = this.network.getEdgeAt(point);
    if (edge !== undefined) return this.app.select({ statement: this.#statementOf(edge) });
    return this.app.select(null);
  }

  /** Put entities into the picture that it did not start with, and those that they are linked with. */
  bring(indexes) {
    const missing = [...indexes].filter((i) => !this.inPicture.has(i)).slice(0, BROUGHT);
    if (!missing.length) return;
    const edges = new Map();
    for (const index of missing) {
      const links = this.graph.links(this.graph.entities[index]);
      const anchor = links.find(({ other }) => this.inPicture.has(other))?.other;
      this.#place(index, anchor);
      for (const { statement } of links) edges.set(statement.index, statement);
    }
    const both = ({ subject, object }) => this.inPicture.has(subject) && this.inPicture.has(object.entity);
    const added = [...edges.values()].filter((s) => both(s) && !this.edges.get(`s${s.index}`));
    this.edges.add(added.map((s) => this.#edgeOf(s)));
    this.order.sort((a, b) => this.#weight(b) - this.#weight(a) || a - b);
    this.named();
  }

  /** Near its anchor (or the middle of the view), on the first free place of a spiral. */
  #place(index, anchor) {
    const { body } = this.network;
    const middle = anchor === undefined ? this.network.getViewPosition() : body.nodes[anchor];
    const others = Object.values(body.nodes);
    let spot = null;
    for (let turn = 1; !spot; turn++) {
      const reach = 70 + 13 * turn;
      const at = { x: middle.x + reach * Math.cos(turn * 2.4), y: middle.y + reach * 0.7 * Math.sin(turn * 2.4) };
      if (turn > 90 || others.every((o) => Math.hypot(o.x - at.x, o.y - at.y) > 56)) spot = at;
    }
    // the same size as kg/view/network.py gives
    const size = Math.min(40, Math.round(8 + 3.6 * Math.sqrt(this.graph.entities[index].degree)));
    this.inPicture.add(index);
    this.nodes.add(this.#node({ id: index, x: Math.round(spot.x), y: Math.round(spot.y), size }));
  }

  #edgeOf({ index, subject, object, planned, predicate }) {
    const { symmetric } = this.graph.predicateOf.get(predicate);
    return { id: `s${index}`, from: subject, to: object.entity, arrows: symmetric ? "" : "to", ...(planned ? { dashes: [6, 5] } : {}) };
  }

  /** Show what the filter lets through. */
  filtered(shown) {
    const { focus, path } = this.app.store.state.filter;
    if (focus || path) this.bring([...shown.entities.keys()].filter((i) => shown.entities[i]));
    const hide = (set, isShown) => {
      const changes = [];
      for (const id of set.getIds()) {
        const hidden = !isShown(id);
        if (this.hidden.has(id) === hidden) continue;
        if (hidden) this.hidden.add(id);
        else this.hidden.delete(id);
        changes.push({ id, hidden });
      }
      if (changes.length) set.update(changes);
    };
    hide(this.nodes, (id) => shown.entities[id]);
    hide(this.edges, (id) => shown.statements[this.#statementOf(id)]);
    this.redraw();
  }

  /** Which nodes and edges stand out now; null when none is chosen. */
  highlight() {
    const what = this.app.store.state.selection ?? this.hovered;
    if (!what || what.document !== undefined) return null;
    const { statements, entities } = this.app.shown;
    const nodes = new Set();
    const edges = new Set();
    if (this.app.store.state.filter.path) {
      // a path is looked at as a whole
      entities.forEach((on, i) => on && nodes.add(i));
      statements.forEach((on, i) => on && edges.add(i));
      return { nodes, edges, what };
    }
    if (what.statement !== undefined) {
      const statement = this.graph.statements[what.statement];
      nodes.add(statement.subject);
      if (statement.object.entity !== undefined) {
        nodes.add(statement.object.entity);
        edges.add(what.statement);
      }
    } else {
      nodes.add(what.entity);
      for (const { statement, other } of this.graph.links(this.graph.entities[what.entity])) {
        if (!statements[statement.index] || !entities[other]) continue;
        nodes.add(other);
        edges.add(statement.index);
      }
    }
    return { nodes, edges, what };
  }

  #drawNode({ ctx, id, x, y, style }) {
    const entity = this.graph.entities[id];
    const scale = this.network?.getScale() ?? 1;
    const radius = Math.max(style.size, this.least / scale);
    const diameter = radius * 2;
    return {
      nodeDimensions: { width: diameter, height: diameter },
      drawNode: () => {
        if (radius * scale < SPECK) {
          ctx.fillStyle = this.fills.get(entity.cls);
          ctx.beginPath();
          ctx.arc(x, y, radius, 0, Math.PI * 2);
          ctx.fill();
          return;
        }
        const factor = radius / 10;
        const path = PATHS.get(this.graph.classOf.get(entity.cls).shape);
        ctx.translate(x, y);
        ctx.scale(factor, factor);
        ctx.lineJoin = "round";
        const fill = this.fills.get(entity.cls);
        if (entity.planned) {
          ctx.fillStyle = this.colour.paper;
          ctx.fill(path);
          ctx.setLineDash([3.4, 2.4]);
          ctx.lineWidth = 2.2;
          ctx.strokeStyle = fill;
        } else {
          ctx.fillStyle = fill;
          ctx.fill(path);
          ctx.lineWidth = 1.6;
          ctx.strokeStyle = this.colour.paper;
        }
        ctx.stroke(path);
      },
    };
  }

  #after(context) {
    if (!this.started) return;
    const bright = this.highlight();
    const scale = this.network.getScale();
    if (bright) this.#veil(context, bright, scale);
    this.#labels(context, bright, scale);
    if (!this.first) {
      this.first = true;
      this.app.firstFrame();
    }
  }

  /** Fade everything, then draw again what stands out. */
  #veil(context, { nodes, edges, what }, scale) {
    const corner = this.network.DOMtoCanvas({ x: 0, y: 0 });
    const { clientWidth, clientHeight } = this.canvasBox;
    context.save();
    context.globalAlpha = 0.8;
    context.fillStyle = this.colour.paper;
    context.fillRect(corner.x, corner.y, clientWidth / scale, clientHeight / scale);
    context.restore();
    const { body } = this.network;
    for (const index of edges) {
      const edge = body.edges[`s${index}`];
      if (!edge?.connected) continue;
      if (what.statement === index) edge.select();
      edge.drawArrows ? this.#drawEdge(context, edge) : edge.draw(context);
      edge.unselect();
    }
    for (const index of nodes) body.nodes[index]?.draw(context);
    this.#ring(context, what, scale);
  }

  #drawEdge(context, edge) {
    edge.draw(context);
    edge.drawArrows(context);
  }

  #ring(context, what, scale) {
    const node = what.entity === undefined ? null : this.network.body.nodes[what.entity];
    if (!node || what !== this.app.store.state.selection) return;
    context.save();
    context.beginPath();
    context.arc(node.x, node.y, Math.max(node.options.size, this.least / scale) + 6 / scale, 0, Math.PI * 2);
    context.lineWidth = 2.5 / scale;
    context.strokeStyle = this.colour.accent;
    context.stroke();
    context.restore();
  }

  #labels(context, bright, scale) {
    const placer = new Placer(); // labels
    const discs = new Placer(); // nodes, which only the leading labels may cover
    const ratio = 1 / scale;
    const origin = this.network.canvasToDOM({ x: 0, y: 0 });
    const view = { width: this.canvasBox.clientWidth, height: this.canvasBox.clientHeight };
    this.labelBoxes = [];
    this.texts = []; // what was written where, for SVG
    context.save();
    context.scale(ratio, ratio); // from here on screen pixels, the origin of the canvas at (0, 0)
    context.textBaseline = "top";
    context.lineJoin = "round";
    const seen = this.#inView(origin, scale, view);
    for (const { x, y, radius } of seen) discs.block(x - radius * 0.8, y - radius * 0.8, x + radius * 0.8, y + radius * 0.8);
    const first = bright ? seen.filter((n) => bright.nodes.has(n.index)) : [];
    first.sort((a, b) => (b.index === bright.what.entity) - (a.index === bright.what.entity));
    const rest = bright ? seen.filter((n) => !bright.nodes.has(n.index)) : seen;
    first.forEach((node, rank) => this.#nodeLabel(context, placer, discs, node, origin, true, rank < 60));
    if (bright) this.#edgeLabels(context, placer, discs, bright, origin, scale, view);
    const leading = Math.min(LEADING, Math.ceil(seen.length / 20));
    context.globalAlpha = bright ? 0.28 : 1;
    rest.slice(0, TRIED).forEach((node, rank) => this.#nodeLabel(context, placer, discs, node, origin, false, rank < leading));
    if (!bright) this.#edgeLabels(context, placer, discs, bright, origin, scale, view);
    context.restore();
  }

  #inView(origin, scale, { width, height }) {
    const { body } = this.network;
    const seen = [];
    for (const index of this.order) {
      const node = body.nodes[index];
      if (!node || node.options.hidden) continue;
      const x = node.x * scale;
      const y = node.y * scale;
      if (x + origin.x < -80 || x + origin.x > width + 80 || y + origin.y < -40 || y + origin.y > height + 40) continue;
      seen.push({ index, x, y, radius: Math.max(node.options.size * scale, this.least) });
    }
    return seen;
  }

  #nodeLabel(context, placer, discs, { index, x, y, radius }, origin, strong, leading) {
    const entity = this.graph.entities[index];
    const size = strong ? 13 : entity.degree > 5 ? 13 : 12;
    const chosen = strong && this.app.store.state.selection?.entity === index;
    const label = this.#lines(context, entity, chosen, size);
    const { width, height } = label;
    const places = [
      [x - width / 2, y + radius + 3],
      [x + radius + 5, y - height / 2],
      [x - radius - 5 - width, y - height / 2],
      [x - width / 2, y - radius - 3 - height],
    ];
    const box = ([l, t]) => [l - 2, t - 1, l + width + 2, t + height + 1];
    const inside = ([l]) => l + origin.x > 2 && l + width + origin.x < this.canvasBox.clientWidth - 2;
    const best = [...places.filter(inside), ...places.filter((p) => !inside(p))]; // a label that is cut off is the last resort
    const place =
      best.find((p) => !discs.hits(...box(p)) && placer.take(...box(p))) ?? (leading && best.find((p) => placer.take(...box(p))));
    if (!place) return;
    const [left, top] = place;
    const align = place === places[1] ? "left" : place === places[2] ? "right" : "center";
    const at = align === "left" ? left : align === "right" ? left + width : left + width / 2;
    context.font = label.font;
    context.textAlign = align;
    context.lineWidth = 3.5;
    context.strokeStyle = this.colour.paper;
    label.lines.forEach((line, i) => context.strokeText(line, at, top + i * label.step));
    label.lines.forEach((line, i) => {
      context.fillStyle = entity.planned || i === label.note ? this.colour.soft : this.colour.ink;
      context.fillText(line, at, top + i * label.step);
      this.texts.push({ line, x: at + origin.x, y: top + i * label.step + origin.y, size, align, weight: label.weight, fill: context.fillStyle, alpha: context.globalAlpha });
    });
    this.labelBoxes.push([left + origin.x, top + origin.y, left + width + origin.x, top + height + origin.y, { entity: index }]);
  }

  #lines(context, entity, chosen, size) {
    const kept = (entity.label ??= new Map());
    const key = `${chosen} ${size} ${this.app.lang}`;
    if (!kept.has(key)) {
      const weight = chosen || entity.degree > 5 ? 600 : 400;
      const font = `${weight} ${size}px ${FONT}`;
      context.font = font;
      const lines = wrap(plain(entity.name), chosen ? 28 : 20, chosen ? 4 : 2);
      const money = entity.facts.find((s) => s.object.amount !== undefined);
      const note = money ? lines.push(this.graph.objectText(money, this.app.lang)) - 1 : -1;
      const width = Math.max(...lines.map((line) => context.measureText(line).width));
      const step = size * 1.22;
      kept.set(key, { font, weight, note, lines, width, step, height: step * lines.length });
    }
    return kept.get(key);
  }

  #edgeLabels(context, placer, discs, bright, origin, scale, view) {
    const only = bright ? bright.edges : null;
    if (!only && scale < 0.55) return;
    const { body } = this.network;
    context.font = `11.5px ${FONT}`;
    context.textAlign = "center";
    context.lineWidth = 4;
    const indexes = only ?? this.graph.statements.keys();
    for (const index of indexes) {
      const edge = body.edges[`s${index}`];
      if (!edge?.connected || edge.options.hidden || edge.from.options.hidden || edge.to.options.hidden) continue;
      const point = edge.edgeType.getPoint(0.5);
      const x = point.x * scale;
      const y = point.y * scale;
      if (x + origin.x < 0 || x + origin.x > view.width || y + origin.y < 0 || y + origin.y > view.height) continue;
      const length = Math.hypot(edge.from.x - edge.to.x, edge.from.y - edge.to.y) * scale;
      const text = this.app.predicateName(this.graph.statements[index].predicate);
      const width = this.#measure(context, text);
      const chosen = bright?.what.statement === index;
      if (!chosen && length < width + (only ? 16 : 44)) continue;
      const box = [x - width / 2 - 3, y - 8, x + width / 2 + 3, y + 8];
      if (chosen) placer.block(...box);
      else if (discs.hits(...box) || !placer.take(...box)) continue;
      context.strokeStyle = this.colour.paper;
      context.strokeText(text, x, y - 6);
      context.fillStyle = chosen || only ? this.colour.accent : this.colour.soft;
      context.fillText(text, x, y - 6);
      this.texts.push({ line: text, x: x + origin.x, y: y - 6 + origin.y, size: 11.5, align: "center", weight: 400, fill: context.fillStyle, alpha: 1 });
      this.labelBoxes.push([box[0] + origin.x, box[1] + origin.y, box[2] + origin.x, box[3] + origin.y, { statement: index }]);
    }
  }

  #measure(context, text) {
    this.widths ??= new Map();
    if (!this.widths.has(text)) this.widths.set(text, context.measureText(text).width);
    return this.widths.get(text);
  }

  #controls() {
    const { t } = this.app;
    const button = (name, key, action) => iconButton(name, t(key), action, { "data-label": key });
    return h(
      "div",
      { class: "controls" },
      button("plus", "zoomIn", () => this.zoom(1.4)),
      button("minus", "zoomOut", () => this.zoom(1 / 1.4)),
      button("fit", "fit", () => this.fit()),
    );
  }

  get #animation() {
    return matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 300, easingFunction: "easeInOutQuad" };
  }

  zoom(factor) {
    this.network.moveTo({ scale: this.network.getScale() * factor, animation: this.#animation });
  }

  /** The first view: everything, but on a narrow screen the most linked entity at a readable size. */
  start() {
    this.fit(false);
    const [hub] = this.order;
    if (this.canvasBox.clientWidth < 600 && this.network.getScale() < 0.45 && this.graph.entities[hub]?.degree) {
      this.network.focus(hub, { scale: 0.45, animation: false });
    }
  }

  /** Show all that the filter lets through, with room for the labels at the rim. */
  fit(animate = true) {
    const { shown } = this.app;
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const { id, x, y } of Object.values(this.network.body.nodes)) {
      if (!shown.entities[id]) continue;
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
    if (box[0] === Infinity) return;
    const drawer = this.app.drawerSpace();
    const width = this.canvasBox.clientWidth - drawer.right;
    const height = this.canvasBox.clientHeight - drawer.bottom;
    const rim = { x: Math.min(90, width * 0.14), top: 36, bottom: 44 };
    const scale = Math.min(
      1.3,
      (width - 2 * rim.x) / Math.max(1, box[2] - box[0]),
      (height - rim.top - rim.bottom) / Math.max(1, box[3] - box[1]),
    );
    this.network.moveTo({
      position: { x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 },
      scale,
      offset: { x: -drawer.right / 2, y: (rim.top - rim.bottom) / 2 - drawer.bottom / 2 },
      animation: animate && this.#animation,
    });
  }

  /** Bring an entity into the part of the picture that the drawer leaves free. */
  goTo(index, animate = true) {
    this.bring([index, ...this.graph.links(this.graph.entities[index]).slice(0, 40).map((link) => link.other)]);
    const drawer = this.app.drawerSpace();
    this.network.focus(index, {
      scale: Math.max(this.network.getScale(), 0.75),
      offset: { x: -drawer.right / 2, y: -drawer.bottom / 2 },
      animation: animate && this.#animation,
    });
  }

  /** The picture as it is shown, as a PNG blob. */
  png(done) {
    const { width, height } = this.canvas;
    const copy = h("canvas", { width, height });
    const context = copy.getContext("2d");
    context.fillStyle = this.colour.paper;
    context.fillRect(0, 0, width, height);
    this.network.redraw();
    context.drawImage(this.canvas, 0, 0);
    copy.toBlob(done, "image/png");
  }

  /** The picture as it is shown, as SVG text. */
  svg() {
    this.network.redraw();
    return drawing(this);
  }

  #key(event) {
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const actions = { "+": () => this.zoom(1.4), "=": () => this.zoom(1.4), "-": () => this.zoom(1 / 1.4), 0: () => this.fit() };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (steps[event.key] && event.shiftKey) this.#pan(steps[event.key]);
    else if (steps[event.key]) this.#walk(steps[event.key]);
    else if (actions[event.key]) actions[event.key]();
    else return;
    event.preventDefault();
  }

  #pan([dx, dy]) {
    const { x, y } = this.network.getViewPosition();
    const step = 120 / this.network.getScale();
    this.network.moveTo({ position: { x: x + dx * step, y: y + dy * step } });
  }

  /** The linked entity that lies best in this direction. */
  #walk([dx, dy]) {
    const now = this.app.store.state.selection?.entity;
    const { shown } = this.app;
    if (now === undefined) {
      const start = this.order.find((i) => shown.entities[i] && this.inPicture.has(i));
      if (start !== undefined) this.app.select({ entity: start });
      return;
    }
    const { body } = this.network;
    const here = body.nodes[now];
    let best = null;
    for (const { statement, other } of this.graph.links(this.graph.entities[now])) {
      const node = body.nodes[other];
      if (!node || !shown.statements[statement.index] || other === now) continue;
      const along = (node.x - here.x) * dx + (node.y - here.y) * dy;
      const across = Math.abs((node.x - here.x) * dy - (node.y - here.y) * dx);
      if (along > 0 && (!best || across / along < best.cost)) best = { other, cost: across / along };
    }
    if (best) this.app.select({ entity: best.other });
  }
}
