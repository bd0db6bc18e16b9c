// The table of statements: the same selection as the picture, sortable, drawn piece by piece.
import { fill, h, words } from "./dom.js";
import { confidenceText } from "./output.js";

//: Rows that are drawn at once; more follow when the end comes into view.
const PIECE = 150;

/** The columns: key, value for sorting and for CSV. */
export const COLUMNS = [
  ["subject", (app, s) => app.graph.entities[s.subject].name],
  ["predicate", (app, s) => app.predicateName(s.predicate)],
  ["object", (app, s) => app.graph.objectText(s, app.lang)],
  ["status", (app, s) => app.t(s.planned ? "planned" : "asserted")],
  ["confidenceShort", (app, s) => s.confidence],
  ["document", (app, s) => app.graph.title(app.graph.documents[s.evidence[0].document])],
  ["review", (app, s) => app.decisions.verdictWord(s)],
];

/** Shown statements in the order of a column; equal ones stay in the order of the graph. */
export function sorted(app, { column, descending }) {
  const rows = app.graph.statements.filter((s) => app.shown.statements[s.index]);
  const entry = COLUMNS.find(([key]) => key === column);
  if (!entry) return rows;
  const collator = new Intl.Collator(app.lang === "zh" ? "zh-Hans-u-co-pinyin" : "en", { numeric: true });
  const value = entry[1];
  const values = new Map(rows.map((s) => [s, value(app, s)]));
  const compare = (a, b) => (typeof a === "number" ? a - b : collator.compare(a, b));
  const sign = descending ? -1 : 1;
  return rows.sort((a, b) => sign * compare(values.get(a), values.get(b)) || a.index - b.index);
}

export class Table {
  constructor(app, root) {
    this.app = app;
    this.root = root;
    app.store.subscribe((_, changed, { force } = {}) => {
      if (app.store.state.view !== "table") return;
      if (["view", "filter", "lang", "sort", "data"].some((key) => changed.has(key)) || force) this.draw();
      else if (changed.has("selection")) this.#choose();
    });
    if (app.store.state.view === "table") this.draw();
  }

  /** The column that sorts the rows, and which way. */
  get sort() {
    const { sort } = this.app.store.state;
    return { column: sort.replace("-", ""), descending: sort.startsWith("-") };
  }

  get #columns() {
    return COLUMNS.filter(([key]) => key !== "document" || this.app.graph.documents.length > 1);
  }

  draw() {
    const { app } = this;
    const { t } = app;
    this.rows = sorted(app, this.sort);
    this.body = h("tbody", {});
    this.drawn = 0;
    const end = h("div", { class: "table-end" });
    const focused = this.root.contains(document.activeElement) ? document.activeElement.dataset.column : "";
    fill(this.root,
      h("table", { class: "statements-table" },
        h("caption", {}, `${t("table")} · ${this.rows.length.toLocaleString("en")} ${t("rows")}`),
        h("thead", {}, h("tr", {}, this.#columns.map(([key]) => this.#heading(key)))),
        this.body),
      !this.rows.length && h("p", { class: "soft pad" }, t("empty")),
      end);
    this.#extend();
    this.watch?.disconnect();
    this.watch = new IntersectionObserver((entries) => entries.some((e) => e.isIntersecting) && this.#extend(), { root: this.root, rootMargin: "600px" });
    this.watch.observe(end);
    if (focused) this.root.querySelector(`[data-column="${focused}"]`)?.focus();
  }

  #heading(key) {
    const active = this.sort.column === key;
    const order = active ? (this.sort.descending ? "descending" : "ascending") : "none";
    return h("th", { scope: "col", "aria-sort": order },
      h("button", { type: "button", "data-column": key, onclick: () => this.#by(key) }, this.app.t(key), h("span", { class: "order", "aria-hidden": "true" }, active ? (this.sort.descending ? "▼" : "▲") : "")));
  }

  #by(column) {
    const { sort } = this;
    const next = sort.column !== column ? column : sort.descending ? "" : `-${column}`;
    this.app.store.set({ sort: next });
  }

  #extend() {
    const next = this.rows.slice(this.drawn, this.drawn + PIECE);
    this.drawn += next.length;
    this.body.append(...next.map((statement) => this.#row(statement)));
    this.#choose();
  }

  /** Draw all rows, for paper; no printer is sent more than a few hundred sheets. */
  whole() {
    while (this.body?.isConnected && this.drawn < Math.min(this.rows.length, 10_000)) this.#extend();
  }

  #row(statement) {
    const { app } = this;
    const { graph, t } = app;
    const link = (index) => h("button", { type: "button", class: "cell-link", onclick: (e) => { e.stopPropagation(); app.select({ entity: index }); } }, words(graph.entities[index].name));
    const verdict = app.decisions.verdictOf(statement);
    return h("tr", { "data-index": statement.index, onclick: () => app.select({ statement: statement.index }) },
      h("td", {}, link(statement.subject)),
      h("td", {}, h("button", { type: "button", class: "cell-link strong", "aria-label": graph.sentence(statement, app.lang), onclick: (e) => { e.stopPropagation(); app.select({ statement: statement.index }, { focus: true }); } }, app.predicateName(statement.predicate))),
      h("td", {}, statement.object.entity === undefined ? words(graph.objectText(statement, app.lang), { class: "value" }) : link(statement.object.entity)),
      h("td", {}, statement.planned ? h("span", { class: "badge" }, t("planned")) : h("span", { class: "soft" }, t("asserted"))),
      h("td", { class: "number" }, confidenceText(app, statement.confidence)),
      graph.documents.length > 1 && h("td", {}, h("span", { class: "title", title: graph.title(graph.documents[statement.evidence[0].document]) }, words(graph.title(graph.documents[statement.evidence[0].document]))), statement.evidence.length > 1 && h("span", { class: "count" }, ` +${statement.evidence.length - 1}`)),
      h("td", { class: `verdict ${verdict}` }, app.decisions.verdictWord(statement), app.decisions.disputed(statement) && h("span", { class: "badge" }, t("split"))));
  }

  #choose() {
    const { selection } = this.app.store.state;
    for (const row of this.body?.children ?? []) {
      const statement = this.app.graph.statements[row.dataset.index];
      const chosen = selection?.statement === statement.index;
      const touched = selection?.entity !== undefined && (statement.subject === selection.entity || statement.object.entity === selection.entity);
      row.classList.toggle("chosen", chosen);
      row.classList.toggle("touched", touched);
    }
  }
}
