// The menu: downloads of what is shown, and the reviewer's file.
import { fill, h } from "./dom.js";
import { csv, statementRows, turtle } from "./output.js";
import { sorted } from "./table.js";

/** Hand a file to the browser. */
export function save(name, content, type) {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export class Menu {
  constructor(app, root) {
    this.app = app;
    this.root = root;
    this.input = h("input", { type: "file", accept: ".json,application/json", hidden: true, onchange: () => this.#load() });
    app.store.subscribe((_, changed, { force } = {}) => !root.hidden && (force || changed.has("lang")) && this.draw());
    addEventListener("click", (event) => {
      if (!this.root.hidden && !event.target.closest("#menu, #menu-button")) this.open(false);
    });
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.open(false);
      document.getElementById("menu-button").focus();
    });
  }

  open(open = this.root.hidden) {
    this.root.hidden = !open;
    document.getElementById("menu-button").setAttribute("aria-expanded", String(open));
    if (open) {
      this.draw();
      this.root.querySelector("button").focus();
    }
  }

  draw() {
    const { app } = this;
    const { t, decisions } = app;
    const active = this.root.contains(document.activeElement) ? document.activeElement.dataset.item : "";
    const item = (key, action, disabled = false) => h("li", {}, h("button", { type: "button", disabled, "data-item": key, onclick: () => { action(); if (key !== "undo") this.open(false); } }, t(key)));
    fill(this.root,
      h("h2", {}, t("download")),
      h("ul", {}, item("exportCsv", () => this.#csv()), item("exportTtl", () => this.#turtle()), item("exportPng", () => app.picture.png((blob) => save("graph.png", blob))), item("exportSvg", () => save("graph.svg", app.picture.svg(), "image/svg+xml"))),
      h("h2", {}, t("review"), h("span", { class: "count" }, `${decisions.count()} / ${app.graph.statements.length} ${t("decided")}`)),
      h("label", { class: "field" }, h("span", {}, t("reviewer")), h("input", { type: "text", value: decisions.reviewer, "data-item": "reviewer", onchange: (e) => decisions.sign(e.target.value.trim()) })),
      h("ul", {}, item("undo", () => decisions.undo(), !decisions.steps.length), item("decisions", () => save("decisions.json", decisions.file(), "application/json"), !decisions.own.size), item("loadDecisions", () => this.input.click())),
      this.#others(),
      h("ul", { class: "last" }, item("help", () => app.help.open())),
      this.input);
    if (active) this.root.querySelector(`[data-item="${active}"]:not(:disabled)`)?.focus();
  }

  /** The other reviewers whose files were loaded, and how far one agrees with them. */
  #others() {
    const { t, decisions } = this.app;
    if (!decisions.others.size) return null;
    return h("ul", { class: "others" }, [...decisions.others.keys()].map((name) => {
      const { both, same, kappa } = decisions.agreement(name);
      return h("li", {}, h("bdi", {}, name || t("anonymous")), h("span", { class: "count" }, both ? `${t("agree")} ${same} / ${both} · κ ${kappa.toFixed(2)}` : `${t("agree")} –`));
    }));
  }

  #csv() {
    const { app } = this;
    save("statements.csv", csv(statementRows(app, sorted(app, app.table.sort))), "text/csv");
  }

  #turtle() {
    const { graph, shown } = this.app;
    const entities = graph.entities.filter((e) => shown.entities[e.index]);
    const statements = graph.statements.filter((s) => shown.statements[s.index]);
    save("selection.ttl", turtle(graph, entities, statements), "text/turtle");
  }

  async #load() {
    const [file] = this.input.files;
    this.input.value = "";
    if (!file) return;
    try {
      const taken = this.app.decisions.load(await file.text());
      this.app.say(`${this.app.t("loaded")} ${taken}`);
    } catch {
      this.app.say(`${file.name}: ${this.app.t("notDecisions")}`);
    }
  }
}
