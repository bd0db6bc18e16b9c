// The page: reads its data, makes the views and keeps address, state and views in step.
import { h, fill, iconButton } from "./dom.js";
import { Decisions } from "./decide.js";
import { Drawer } from "./drawer.js";
import { path, visible } from "./filter.js";
import { Graph } from "./graph.js";
import { Legend } from "./legend.js";
import { load } from "./load.js";
import { Menu } from "./menu.js";
import { Picture } from "./picture.js";
import { Reader } from "./reader.js";
import { read, write } from "./route.js";
import { Search } from "./search.js";
import { START, Store } from "./store.js";
import { STRINGS } from "./strings.js";
import { Table, sorted } from "./table.js";

const root = document.documentElement;
const byId = (id) => document.getElementById(id);

class App {
  constructor(graph) {
    this.graph = graph;
    const theme = stored("theme");
    this.store = new Store({ ...START, theme, ...read(graph, location.hash) });
    this.t = (key) => STRINGS[this.lang][key];
    this.decisions = new Decisions(this, storage());
    this.shown = visible(graph, this.store.state.filter, this.decisions);
    this.pending = null; // { kind, from }: waits for a second entity
    this.#theme();
    this.#header();
    this.#views();
    this.store.subscribe((state, changed, options) => this.#changed(state, changed, options));
    this.legend = new Legend(this, byId("legend"));
    this.search = new Search(this, byId("search-box"));
    this.drawer = new Drawer(this, byId("drawer"));
    this.table = new Table(this, byId("table"));
    this.reader = new Reader(this, byId("text"));
    this.menu = new Menu(this, byId("menu"));
    this.picture = new Picture(this, byId("picture"));
    if (this.store.state.view !== "picture") this.firstFrame();
    addEventListener("hashchange", () => this.#fromAddress());
    addEventListener("keydown", (event) => this.#key(event));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#theme());
    const { selection } = this.store.state;
    if (selection?.entity !== undefined) this.picture.goTo(selection.entity, false);
  }

  get lang() {
    return this.store.state.lang;
  }

  className(cls) {
    return this.graph.classOf.get(cls)[this.lang];
  }

  predicateName(predicate, backwards = false) {
    const row = this.graph.predicateOf.get(predicate);
    return row[backwards ? `${this.lang}_backwards` : this.lang];
  }

  /** Choose an entity, a statement or nothing; ``show`` brings it into the picture. */
  select(selection, { show = false, focus = false } = {}) {
    if (this.pending && selection?.entity !== undefined && selection.entity !== this.pending.from) {
      return this.#second(selection.entity);
    }
    this.store.set({ selection }, { focus, show, push: true });
    const target = selection?.entity;
    if (target !== undefined && (show || !this.picture.inPicture.has(target))) this.picture.goTo(target);
    return undefined;
  }

  /** Wait for a second entity: for a path, or to say that two are or are not the same. */
  wait(kind, from) {
    const same = this.pending?.kind === kind && this.pending.from === from;
    this.pending = same ? null : { kind, from };
    this.#hint(same ? "" : this.t(kind === "path" ? "pathHint" : "sameHint"));
    this.store.set({}, { force: true });
  }

  #second(entity) {
    const { kind, from } = this.pending;
    this.pending = null;
    this.#hint("");
    if (kind === "path") {
      this.store.filter({ path: { from, to: entity }, focus: null });
      this.store.set({ selection: { entity } }, { push: true });
      if (!path(this.graph, from, entity, new Uint8Array(this.graph.statements.length).fill(1)).entities.length) this.say(this.t("noPath"));
      this.picture.fit();
    } else {
      const other = this.graph.entities[entity];
      this.decisions.decideEntity(this.graph.entities[from], kind, other.iri, other.name);
      byId("drawer").querySelector("h2")?.focus();
    }
  }

  /** Show the document with this span in view. */
  openText(document, span) {
    this.store.set({ view: "text", selection: { document, span } }, { push: true });
    byId("text").querySelector("article")?.focus({ preventScroll: true });
  }

  /** A word to the reader that goes away by itself. */
  say(text) {
    this.#hint(text);
    setTimeout(() => byId("hint").textContent === text && this.#hint(""), 4000);
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // where the clipboard is closed to pages, the old way
      const area = h("textarea", { class: "visually-hidden", value: text });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    this.say(this.t("copied"));
  }

  changedDecisions() {
    this.store.set({}, { force: true });
  }

  /** Pixels of the picture that the drawer covers. */
  drawerSpace() {
    const box = byId("drawer").getBoundingClientRect();
    if (byId("drawer").hidden) return { right: 0, bottom: 0 };
    return box.width > innerWidth * 0.8 ? { right: 0, bottom: box.height } : { right: box.width, bottom: 0 };
  }

  /** Open or close the legend where it is a sheet. */
  panel(open) {
    document.body.classList.toggle("with-panel", open);
    byId("panel-button").setAttribute("aria-expanded", String(open));
    (open ? byId("legend").querySelector("button") : byId("panel-button")).focus();
  }

  firstFrame() {
    requestAnimationFrame(() => {
      root.dataset.state = "ready";
      this.readyAt = performance.now();
    });
  }

  #changed(state, changed, { push, fromAddress } = {}) {
    if (changed.has("view") || changed.has("lang")) this.#views();
    if (changed.has("filter")) {
      this.shown = visible(this.graph, state.filter, this.decisions);
      this.picture.filtered(this.shown);
    }
    if (changed.has("lang")) this.#header();
    if (changed.has("lang")) this.picture.named();
    if (changed.has("selection")) this.picture.redraw();
    if (changed.has("theme")) this.#theme();
    if (fromAddress) return;
    const address = write(this.graph, state) || location.pathname + location.search;
    if (push && (changed.has("selection") || changed.has("view"))) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }

  #fromAddress() {
    const next = read(this.graph, location.hash, this.store.state);
    this.store.set(next, { fromAddress: true });
    if (next.selection?.entity !== undefined) this.picture.goTo(next.selection.entity);
  }

  #views() {
    const { view } = this.store.state;
    const { t } = this;
    const names = ["picture", "table", "text"];
    const step = (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      const next = names[(names.indexOf(view) + by + names.length) % names.length];
      this.store.set({ view: next }, { push: true });
      byId(`tab-${next}`).focus();
    };
    byId("tabs").setAttribute("aria-label", t("views"));
    fill(byId("tabs"), names.map((name) => h("button", {
      type: "button", role: "tab", id: `tab-${name}`, "aria-controls": name, "aria-selected": String(name === view), tabindex: name === view ? "0" : "-1",
      onclick: () => this.store.set({ view: name }, { push: true }), onkeydown: step,
    }, t(name))));
    for (const name of names) byId(name).hidden = name !== view;
    document.body.dataset.view = view;
    if (view === "picture") requestAnimationFrame(() => this.picture?.redraw());
  }

  #key(event) {
    if (event.key === "Escape") return this.#escape();
    if (event.ctrlKey || event.metaKey || event.altKey || /INPUT|SELECT|TEXTAREA/.test(event.target.tagName)) return undefined;
    const statement = this.graph.statements[this.store.state.selection?.statement];
    const verdict = { y: "right", n: "wrong", u: "unsure" }[event.key];
    if (statement && verdict) this.decisions.decide(statement, verdict);
    else if (event.key === "j" || event.key === "k") this.step(event.key === "j" ? 1 : -1);
    else return undefined;
    return event.preventDefault();
  }

  /** Go to the next or previous statement in the order of the table. */
  step(by) {
    const rows = sorted(this, this.table.sort);
    if (!rows.length) return;
    const now = rows.findIndex((s) => s.index === this.store.state.selection?.statement);
    const next = now < 0 ? (by > 0 ? 0 : rows.length - 1) : (now + by + rows.length) % rows.length;
    this.select({ statement: rows[next].index });
  }

  #escape() {
    if (!byId("menu").hidden) return this.menu.open(false);
    if (document.body.classList.contains("with-panel")) return this.panel(false);
    if (this.pending) return this.wait(this.pending.kind, this.pending.from);
    if (this.store.state.selection) {
      this.select(null);
      this.picture.canvas.focus();
    }
    return undefined;
  }

  #hint(text) {
    byId("hint").textContent = text;
    byId("hint").hidden = !text;
  }

  #theme() {
    const { theme } = this.store.state;
    const dark = theme === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
    root.dataset.theme = dark ? "dark" : "light";
    this.picture?.themed();
  }

  #header() {
    const { t, graph } = this;
    root.lang = this.lang === "zh" ? "zh-Hans" : "en";
    const relations = graph.statements.filter((s) => graph.isRelation(s)).length;
    const name = graph.documents.length === 1 ? graph.title(graph.documents[0]) : "";
    document.title = name ? `${name} · ${t("app")}` : t("app");
    const n = (value, key) => h("span", {}, h("b", {}, value.toLocaleString("en")), ` ${t(key)}`);
    fill(byId("title"), h("bdi", {}, name || t("app")));
    fill(byId("counts"), n(graph.entities.length, "entities"), n(relations, "relations"), n(graph.statements.length - relations, "facts"), n(graph.documents.length, "documents"));
    fill(byId("tools"),
      h("button", { type: "button", class: "text-button", lang: this.lang === "zh" ? "en" : "zh-Hans", onclick: () => this.store.set({ lang: this.lang === "zh" ? "en" : "zh" }) }, t("language")),
      iconButton(root.dataset.theme === "dark" ? "sun" : "moon", t("theme"), () => {
        const theme = root.dataset.theme === "dark" ? "light" : "dark";
        stored("theme", theme);
        this.store.set({ theme });
        this.#header();
      }),
      iconButton("more", t("menu"), () => this.menu.open(), { id: "menu-button", "aria-controls": "menu", "aria-expanded": "false" }),
      iconButton("filter", t("legend"), () => this.panel(!document.body.classList.contains("with-panel")), { id: "panel-button", "aria-controls": "legend", "aria-expanded": "false" }),
    );
    byId("legend").setAttribute("aria-label", t("legend"));
    byId("drawer").setAttribute("aria-label", t("evidence"));
    for (const button of document.querySelectorAll("[data-label]")) {
      button.setAttribute("aria-label", t(button.dataset.label));
      button.title = t(button.dataset.label);
    }
  }
}

/** localStorage, or nothing where the browser keeps nothing for files. */
function storage() {
  try {
    localStorage.getItem("policykg");
    return localStorage;
  } catch {
    return undefined;
  }
}

function stored(key, value) {
  if (value !== undefined) storage()?.setItem(`policykg.${key}`, value);
  return storage()?.getItem(`policykg.${key}`) ?? START[key];
}

async function start() {
  try {
    const graph = new Graph(await load(byId("data")));
    window.policykg = new App(graph);
  } catch (error) {
    root.dataset.state = "error";
    byId("hint").hidden = false;
    byId("hint").textContent = `${STRINGS.zh.failed}: ${error.message}`;
    throw error;
  }
}

start();
