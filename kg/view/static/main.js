// The page: reads its data, makes the views and keeps address, state and views in step.
import { h, fill, iconButton } from "./dom.js";
import { Drawer } from "./drawer.js";
import { visible } from "./filter.js";
import { Graph } from "./graph.js";
import { Legend } from "./legend.js";
import { load } from "./load.js";
import { Picture } from "./picture.js";
import { read, write } from "./route.js";
import { Search } from "./search.js";
import { START, Store } from "./store.js";
import { STRINGS } from "./strings.js";

const root = document.documentElement;
const byId = (id) => document.getElementById(id);

class App {
  constructor(graph) {
    this.graph = graph;
    const theme = stored("theme");
    this.store = new Store({ ...START, theme, ...read(graph, location.hash) });
    this.shown = visible(graph, this.store.state.filter);
    this.pathFrom = null;
    this.t = (key) => STRINGS[this.lang][key];
    this.#theme();
    this.#header();
    this.store.subscribe((state, changed, options) => this.#changed(state, changed, options));
    this.legend = new Legend(this, byId("legend"));
    this.search = new Search(this, byId("search-box"));
    this.drawer = new Drawer(this, byId("drawer"));
    this.picture = new Picture(this, byId("picture"));
    addEventListener("hashchange", () => this.#fromAddress());
    addEventListener("keydown", (event) => event.key === "Escape" && this.#escape());
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
    if (this.pathFrom !== null && selection?.entity !== undefined && selection.entity !== this.pathFrom) {
      this.store.filter({ path: { from: this.pathFrom, to: selection.entity }, focus: null });
      this.pathFrom = null;
      this.#hint("");
      this.picture.fit();
      show = false;
    }
    this.store.set({ selection }, { focus, show, push: true });
    if (show && selection?.entity !== undefined) this.picture.goTo(selection.entity);
  }

  startPath(from) {
    this.pathFrom = this.pathFrom === from ? null : from;
    this.#hint(this.pathFrom === null ? "" : this.t("pathHint"));
    this.store.set({}, { force: true });
  }

  openText() {}

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
    requestAnimationFrame(() => (root.dataset.state = "ready"));
  }

  #changed(state, changed, { push, fromAddress } = {}) {
    if (changed.has("filter")) {
      this.shown = visible(this.graph, state.filter);
      this.picture.filtered(this.shown);
    }
    if (changed.has("lang")) this.#header();
    if (changed.has("lang")) this.picture.named();
    if (changed.has("selection")) this.picture.network.redraw();
    if (changed.has("theme")) this.#theme();
    if (fromAddress) return;
    const address = write(this.graph, state) || location.pathname + location.search;
    if (push && changed.has("selection")) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }

  #fromAddress() {
    const next = read(this.graph, location.hash, this.store.state);
    this.store.set(next, { fromAddress: true });
    if (next.selection?.entity !== undefined) this.picture.goTo(next.selection.entity);
  }

  #escape() {
    if (document.body.classList.contains("with-panel")) return this.panel(false);
    if (this.pathFrom !== null) return this.startPath(this.pathFrom);
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

function stored(key, value) {
  try {
    if (value !== undefined) localStorage.setItem(`policykg.${key}`, value);
    return localStorage.getItem(`policykg.${key}`) ?? START[key];
  } catch {
    return START[key]; // a browser that keeps nothing for files
  }
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
