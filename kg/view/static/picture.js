// The picture: vis-network places and drags, we draw nodes and labels, so that themes, filters and
// highlights cost one redraw and labels never overlap.
/* global vis */
import { h, iconButton } from "./dom.js";
import { onKey } from "./keys.js";
import { Labels } from "./labels.js";
import { tint } from "./palette.js";
import { SHAPES } from "./shapes.js";
import { Spots } from "./spots.js";
import { drawing } from "./vector.js";

const PATHS = new Map(Object.entries(SHAPES).map(([name, d]) => [name, new Path2D(d)]));
//: Above so many nodes edges are hidden while the picture is dragged.
const MANY = 1500;
//: Below this radius on the screen no shape can be told: a dot is drawn, three times as fast.
const SPECK = 3;
//: So many entities are brought into the picture at one step.
export const BROUGHT = 400;

export class Picture {
  constructor(app, container) {
    this.app = app;
    this.graph = app.graph;
    this.container = container;
    this.hovered = null;
    this.more = new Map(); // whether there are neighbours beside the picture
    this.hidden = new Set(); // ids of nodes and edges that the filter hides
    this.labels = new Labels(this);
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
    return Math.max(this.graph.entities[index].degree, this.graph.entities[index].links ?? 0) + Math.min(this.graph.entities[index].mentions.length, 20) / 100;
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

  /** The colour of a node: that of its class or of its community. */
  fill(entity) {
    if (this.app.store.state.colour !== "community") return this.fills.get(entity.cls);
    return tint(entity.community, document.documentElement.dataset.theme === "dark") || this.colour.edge;
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
      if (node !== undefined) this.app.expand(node);
    });
    network.on("dragEnd", () => this.#moved());
    network.on("zoom", () => this.#moved());
    network.on("hoverNode", ({ node }) => this.#hover({ entity: node }));
    network.on("blurNode", () => this.#hover(null));
    network.on("hoverEdge", ({ edge }) => this.#hover({ statement: this.#statementOf(edge) }));
    network.on("blurEdge", () => this.#hover(null));
    this.canvas = this.canvasBox.querySelector("canvas");
    this.canvas.setAttribute("role", "img");
    this.canvasBox.querySelector(".vis-network").removeAttribute("tabindex");
    this.canvas.tabIndex = 0;
    this.canvas.addEventListener("keydown", (event) => onKey(this, event));
    this.named();
  }

  named() {
    const { t, graph, remote } = this.app;
    const all = graph.data.totals?.entities ?? graph.entities.length;
    this.more.clear();
    this.canvas.setAttribute("aria-label", t("canvas"));
    this.note.hidden = this.inPicture.size >= all;
    const held = graph.entities.length;
    const beyond = !remote && all > held ? `${t("heldPart")} ${held.toLocaleString("en")}${t("heldRest")}` : "";
    this.note.textContent = `${this.inPicture.size.toLocaleString("en")} / ${all.toLocaleString("en")} ${t(remote ? "subsetServed" : "subset")}${beyond}`;
    this.redraw();
  }

  /** A hand moved the picture: the address keeps where it is. */
  #moved() {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      const { x, y } = this.network.getViewPosition();
      const scale = Number(this.network.getScale().toPrecision(4));
      this.app.store.set({ camera: { x: Math.round(x), y: Math.round(y), scale } });
    }, 250);
  }

  /** Look where the address says. */
  lookAt({ x, y, scale }) {
    this.network.moveTo({ position: { x, y }, scale, animation: false });
  }

  #chooses() {
    clearTimeout(this.settling);
    this.app.store.set({ camera: null });
  }

  /** Neighbours of an entity that the filter lets through and the picture does not hold. */
  absent(index) {
    const { entities, statements } = this.app.shown;
    const others = new Set();
    for (const { statement, other } of this.graph.links(this.graph.entities[index])) {
      if (!this.inPicture.has(other) && statements[statement.index] && entities[other]) others.add(other);
    }
    return others;
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
    const label = this.labels.boxes.find(([l, t, r, b]) => point.x >= l && point.x <= r && point.y >= t && point.y <= b);
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
    const { body } = this.network;
    const spots = new Spots(Object.values(body.nodes));
    const placed = new Map();
    const edges = new Map();
    const nodes = missing.map((index) => {
      const links = this.graph.links(this.graph.entities[index]);
      const anchor = links.find(({ other }) => this.inPicture.has(other))?.other;
      const { x, y } = spots.near(placed.get(anchor) ?? body.nodes[anchor] ?? this.network.getViewPosition());
      placed.set(index, { x, y });
      this.inPicture.add(index);
      for (const { statement } of links) edges.set(statement.index, statement);
      // the same size as kg/view/network.py gives
      const { degree, links: all = 0 } = this.graph.entities[index];
      return this.#node({ id: index, x: Math.round(x), y: Math.round(y), size: Math.min(40, Math.round(8 + 3.6 * Math.sqrt(Math.max(degree, all)))) });
    });
    const both = ({ subject, object }) => this.inPicture.has(subject) && this.inPicture.has(object.entity);
    const added = [...edges.values()].filter((s) => both(s) && !this.edges.get(`s${s.index}`));
    this.nodes.add(nodes);
    this.edges.add(added.map((s) => this.#edgeOf(s)));
    this.named();
  }

  #edgeOf({ index, subject, object, planned, predicate }) {
    const { symmetric } = this.graph.predicateOf.get(predicate);
    return { id: `s${index}`, from: subject, to: object.entity, arrows: symmetric ? "" : "to", ...(planned ? { dashes: [6, 5] } : {}) };
  }

  /** Rows came from the store: edges between nodes that are here. */
  arrived() {
    const both = ({ subject, object }) => this.inPicture.has(subject) && this.inPicture.has(object.entity);
    const fresh = this.graph.statements.filter((s) => s.object.entity !== undefined && both(s) && !this.edges.get(`s${s.index}`));
    this.edges.add(fresh.map((s) => this.#edgeOf(s)));
    this.order = this.graph.entities.map((e) => e.index).sort((a, b) => this.#weight(b) - this.#weight(a) || a - b);
    this.filtered(this.app.shown);
    this.named();
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
    const { path, focus } = this.app.store.state.filter;
    if (path || (focus && focus.entity === what.entity)) {
      // a path is looked at as a whole, and so is a neighbourhood about its middle
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
          ctx.fillStyle = this.fill(entity);
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
        const fill = this.fill(entity);
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
    this.#plus(context, bright, scale);
    this.labels.draw(context, bright, scale);
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

  /** A small plus at nodes in view of which the picture does not hold all neighbours. */
  #plus(context, bright, scale) {
    if (scale < 0.35 || this.inPicture.size >= (this.graph.data.totals?.entities ?? this.graph.entities.length)) return;
    const { body } = this.network;
    context.save();
    context.lineWidth = 1.6 / scale;
    context.strokeStyle = this.colour.accent;
    context.fillStyle = this.colour.paper;
    const corner = this.network.DOMtoCanvas({ x: 0, y: 0 });
    const far = this.network.DOMtoCanvas({ x: this.canvasBox.clientWidth, y: this.canvasBox.clientHeight });
    for (const index of this.inPicture) {
      const node = body.nodes[index];
      if (!node || node.x < corner.x || node.x > far.x || node.y < corner.y || node.y > far.y) continue;
      if (node.options.hidden || (bright && !bright.nodes.has(index)) || !this.#hasMore(index)) continue;
      const reach = Math.max(node.options.size, this.least / scale);
      const [x, y, r] = [node.x + reach * 0.8, node.y - reach * 0.8, 5 / scale];
      context.beginPath();
      context.arc(x, y, r, 0, Math.PI * 2);
      context.fill();
      context.moveTo(x - r * 0.7, y);
      context.lineTo(x + r * 0.7, y);
      context.moveTo(x, y - r * 0.7);
      context.lineTo(x, y + r * 0.7);
      context.stroke();
    }
    context.restore();
  }

  /** Kept until something comes into the picture: a frame asks of every node in view. */
  #hasMore(index) {
    if (!this.more.has(index)) {
      const entity = this.graph.entities[index];
      this.more.set(index, this.graph.away(entity) > 0 || this.graph.links(entity).some(({ other }) => !this.inPicture.has(other)));
    }
    return this.more.get(index);
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

  /** On a screen of 4k everything is drawn larger; the page's style has the same bound. */
  get magnified() {
    return innerWidth >= 2600 ? 1.5 : 1;
  }

  /** Boxes of the picture that buttons and notes lie on; measured once a size, for reading them costs a layout. */
  covered() {
    const { clientWidth, clientHeight } = this.canvasBox;
    const key = `${clientWidth} ${clientHeight} ${this.note.textContent} ${document.body.className}`;
    if (this.coveredAt !== key) {
      const { left, top } = this.canvasBox.getBoundingClientRect();
      this.coveredAt = key;
      this.coveredBoxes = [...this.container.querySelectorAll(".controls, .subset-note")]
        .map((e) => e.getBoundingClientRect())
        .filter((box) => box.width)
        .map((box) => [box.left - left, box.top - top, box.right - left, box.bottom - top]);
    }
    return this.coveredBoxes;
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
    setTimeout(() => this.#moved(), 320); // where the animation ends
  }

  /** Move by so many pixels of the screen. */
  pan(dx, dy) {
    const { x, y } = this.network.getViewPosition();
    const scale = this.network.getScale();
    this.network.moveTo({ position: { x: x + dx / scale, y: y + dy / scale } });
    this.#moved();
  }

  /** The first view: everything, but on a narrow screen the most linked entity at a readable size. */
  start() {
    this.fit(false);
    const { camera, opened } = this.app.store.state;
    for (const index of opened) this.bring(this.absent(index));
    if (camera) return this.lookAt(camera);
    const [hub] = this.order;
    if (this.canvasBox.clientWidth < 600 && this.network.getScale() < 0.45 && this.graph.entities[hub]?.degree) {
      this.network.focus(hub, { scale: 0.45, animation: false });
    }
    return undefined;
  }

  /** Show all that the filter lets through, with room for the labels at the rim. */
  fit(animate = true) {
    if (this.app.picture) this.#chooses();
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
    const rim = { x: Math.min(104 * this.magnified, width * 0.14), top: 36, bottom: 44 };
    const scale = Math.min(
      1.3 * this.magnified,
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
    this.#chooses();
    this.bring([index, ...this.graph.links(this.graph.entities[index]).slice(0, 40).map((link) => link.other)]);
    const drawer = this.app.drawerSpace();
    this.network.focus(index, {
      scale: Math.max(this.network.getScale(), 0.75),
      offset: { x: -drawer.right / 2, y: -drawer.bottom / 2 },
      animation: animate && this.#animation,
    });
  }

  /** Bring what is chosen in another view into the picture, and into the part of it that is seen. */
  reveal(selection) {
    const statement = this.graph.statements[selection?.statement];
    const ends = statement ? [statement.subject, statement.object.entity] : [selection?.entity];
    const wanted = ends.filter((index) => index !== undefined);
    this.bring(wanted);
    this.redraw();
    const places = wanted.map((index) => this.network.body.nodes[index]).filter(Boolean);
    const drawer = this.app.drawerSpace();
    const [right, bottom] = [this.canvasBox.clientWidth - drawer.right, this.canvasBox.clientHeight - drawer.bottom];
    const seen = ({ x, y }) => x > 20 && y > 20 && x < right - 20 && y < bottom - 20;
    if (!places.length || places.every((place) => seen(this.network.canvasToDOM({ x: place.x, y: place.y })))) return;
    const middle = (axis) => places.reduce((sum, place) => sum + place[axis], 0) / places.length;
    this.network.moveTo({ position: { x: middle("x"), y: middle("y") }, offset: { x: -drawer.right / 2, y: -drawer.bottom / 2 }, animation: this.#animation });
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
}
