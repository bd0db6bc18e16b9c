// The page: reads its data, makes the views and keeps address, state and views in step.
import { h, fill, iconButton } from "./dom.js";
import { Decisions } from "./decide.js";
import { Drawer } from "./drawer.js";
import { path, visible } from "./filter.js";
import { Graph } from "./graph.js";
import { Help } from "./help.js";
import { Legend } from "./legend.js";
import { load } from "./load.js";
import { Menu } from "./menu.js";
import { BROUGHT, Picture } from "./picture.js";
import { Reader } from "./reader.js";
import { Remote } from "./remote.js";
import { read, wanted, write } from "./route.js";
import { Search } from "./search.js";
import { START, Store } from "./store.js";
import { STRINGS } from "./strings.js";
import { Table, sorted } from "./table.js";
import { decode } from "./text.js";

const root = document.documentElement;
const byId = (id) => document.getElementById(id);

class App {
  constructor(graph) {
    this.graph = graph;
    this.remote = graph.data.served && location.protocol.startsWith("http") ? new Remote(graph) : null;
    this.asking = 0; // requests on their way; a page in a file never has any
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
    this.help = new Help(this);
    this.picture = new Picture(this, byId("picture"));
    if (this.store.state.view !== "picture") this.firstFrame();
    addEventListener("hashchange", () => this.#fromAddress());
    document.querySelector(".skip").addEventListener("click", (event) => {
      event.preventDefault();
      this.store.set({ view: "table" }, { push: true });
      byId("table").focus();
    });
    addEventListener("keydown", (event) => this.#key(event));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#theme());
    matchMedia("print").addEventListener("change", ({ matches }) => {
      this.#theme(); // paper is light
      if (matches) this.table.whole();
    });
    const { selection, camera } = this.store.state;
    if (selection?.entity !== undefined) {
      if (camera) this.picture.bring([selection.entity]);
      else this.picture.goTo(selection.entity, false);
      this.complete(selection.entity);
    }
    if (this.remote) this.#wanted(location.hash);
  }

  /** A number and what it counts, in the form that the number asks for. */
  n(count, key) {
    const forms = this.t(key).split("|");
    return `${count.toLocaleString("en")} ${forms[count === 1 ? 0 : forms.length - 1]}`;
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
    if (selection?.statement !== undefined) this.picture.reveal(selection);
    if (target !== undefined) this.complete(target);
    return undefined;
  }

  /** Bring the neighbours of an entity into the picture; where all are there, show them alone. */
  async expand(index) {
    await this.complete(index);
    const absent = this.picture.absent(index);
    if (!absent.size) return this.store.filter({ focus: { entity: index, hops: 1 }, path: null });
    const { opened } = this.store.state;
    this.picture.bring(absent);
    this.store.set({ opened: [...opened.filter((i) => i !== index), index] }, { push: true, force: true });
    return this.say(`${this.t("brought")} ${Math.min(absent.size, BROUGHT).toLocaleString("en")}${absent.size > BROUGHT ? ` / ${absent.size.toLocaleString("en")}` : ""}`);
  }

  /** Only the entities so many relations away. */
  async near(index, hops) {
    if (hops) await this.ask((remote) => remote.near(index, hops, BROUGHT));
    this.store.filter({ focus: hops ? { entity: index, hops } : null, path: null });
    this.picture.fit();
  }

  /** What the store knows of an entity, where the page holds only a part; at once where it holds all. */
  async complete(index) {
    const entity = this.graph.entities[index];
    if (this.remote && !entity.complete) await this.ask((remote) => remote.around([entity]));
  }

  /** Ask the store that the page came from, say so meanwhile, and take what it answers into every view. */
  async ask(work) {
    if (!this.remote) return undefined;
    this.asking += 1;
    root.dataset.asking = this.asking;
    try {
      const answer = await work(this.remote);
      this.#taken();
      return answer;
    } catch (error) {
      this.say(`${this.t("askFailed")}: ${error.message}`);
      return undefined;
    } finally {
      this.asking -= 1;
      if (this.asking) root.dataset.asking = this.asking;
      else delete root.dataset.asking;
    }
  }

  #taken() {
    this.shown = visible(this.graph, this.store.state.filter, this.decisions);
    this.picture.arrived();
    this.store.set({ data: (this.store.state.data ?? 0) + 1 });
  }

  /** What the address names and the page did not bring: asked for, then the address is read again. */
  async #wanted(hash) {
    const missing = wanted(hash).filter((iri) => !this.graph.entityAt(iri));
    if (missing.length) await this.ask((remote) => remote.around(missing.map((iri) => ({ iri }))));
    if (!missing.some((iri) => this.graph.byIri.has(iri))) return this.#reopen();
    history.replaceState(null, "", hash);
    return this.#fromAddress();
  }

  /** Bring again the neighbours of what was expanded. */
  async #reopen() {
    for (const index of this.store.state.opened) {
      await this.complete(index);
      this.picture.bring(this.picture.absent(index));
    }
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
    if (kind === "path") this.#path(from, entity);
    else {
      const other = this.graph.entities[entity];
      this.decisions.decideEntity(this.graph.entities[from], kind, other.iri, other.name);
      byId("drawer").querySelector("h2")?.focus();
    }
  }

  async #path(from, to) {
    await this.ask((remote) => remote.path(from, to));
    this.store.set({ selection: { entity: to }, filter: { ...this.store.state.filter, path: { from, to }, focus: null } }, { push: true });
    if (!path(this.graph, from, to, new Uint8Array(this.graph.statements.length).fill(1)).entities.length) this.say(this.t("noPath"));
    this.picture.fit();
  }

  /** Show the document with this span in view. */
  async openText(document, span) {
    const about = this.store.state.selection?.entity;
    await this.read(document);
    this.reader.about = about;
    this.store.set({ view: "text", selection: { document, span } }, { push: true });
    byId("text").querySelector("article")?.focus({ preventScroll: true });
  }

  /** Have the text of a document, where a store keeps it. */
  async read(document) {
    if (this.graph.documents[document]?.text === null) await this.ask((remote) => remote.read(document));
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
    if (changed.has("selection") || changed.has("colour")) this.picture.redraw();
    if (changed.has("theme")) this.#theme();
    if (fromAddress) return;
    const address = write(this.graph, state) || location.pathname + location.search;
    const step = changed.has("filter") || (push && ["selection", "view", "opened"].some((key) => changed.has(key)));
    if (step && decode(address) !== decode(location.hash || location.pathname + location.search)) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }

  #fromAddress() {
    const { hash } = location;
    const before = this.store.state.filter;
    const next = read(this.graph, hash, this.store.state);
    this.store.set(next, { fromAddress: true });
    const { selection, camera, filter } = next;
    if (camera) this.picture.lookAt(camera);
    else if (filter.path || filter.focus || before.path || before.focus) this.picture.fit();
    else if (selection?.entity !== undefined) this.picture.goTo(selection.entity);
    if (selection?.entity !== undefined) this.complete(selection.entity);
    if (this.remote) this.#wanted(hash);
    else this.#reopen();
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
    if (view === "picture") requestAnimationFrame(() => this.picture?.reveal(this.store.state.selection));
  }

  #key(event) {
    if (event.key === "Escape") return this.#escape();
    if (event.ctrlKey || event.metaKey || event.altKey || /INPUT|SELECT|TEXTAREA/.test(event.target.tagName)) return undefined;
    const statement = this.graph.statements[this.store.state.selection?.statement];
    const verdict = { y: "right", n: "wrong", u: "unsure" }[event.key];
    if (statement && verdict) this.decisions.decide(statement, verdict);
    else if (event.key === "j" || event.key === "k") this.step(event.key === "j" ? 1 : -1);
    else if (event.key === "?") this.help.open();
    else if (event.key === "e" && this.store.state.selection?.entity !== undefined) this.expand(this.store.state.selection.entity);
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
    root.dataset.theme = dark && !matchMedia("print").matches ? "dark" : "light";
    this.picture?.themed();
    this.legend?.draw();
  }

  #header() {
    const { t, graph } = this;
    root.lang = this.lang === "zh" ? "zh-Hans" : "en";
    const relations = graph.statements.filter((s) => graph.isRelation(s)).length;
    const totals = graph.data.totals ?? { entities: graph.entities.length, relations, facts: graph.statements.length - relations, documents: graph.documents.length };
    const name = totals.documents === 1 && graph.documents.length === 1 ? graph.title(graph.documents[0]) : "";
    document.title = name ? `${name} · ${t("app")}` : t("app");
    const n = (value, key) => h("span", {}, h("b", {}, value.toLocaleString("en")), ` ${t(key)}`);
    fill(byId("title"), h("bdi", {}, name || t("app")));
    fill(byId("counts"), ["entities", "relations", "facts", "documents"].map((key) => n(totals[key], key)));
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
    for (const link of document.querySelectorAll(".skip")) link.textContent = t(link.dataset.key);
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
