// The legend: what the shapes and lines mean, and the switches that show or hide them.
import { fill, h, icon, svg, words } from "./dom.js";
import { NO_FILTER, isFiltered, years } from "./filter.js";
import { tint } from "./palette.js";
import { SHAPES } from "./shapes.js";

//: So many years have a bar, the latest ones.
const YEARS = 24;
//: So many communities have a row of their own in the legend.
const GROUPS = 12;

/** The drawing of a class for the page, in the class's colour. */
export function glyph(app, cls, planned = false) {
  const { shape } = app.graph.classOf.get(cls);
  return svg(SHAPES[shape], { class: planned ? "glyph planned" : "glyph", "data-cls": cls });
}

export class Legend {
  constructor(app, root) {
    this.app = app;
    this.root = root;
    this.counts = count(app.graph);
    app.store.subscribe((_, changed) => {
      if (changed.has("data")) this.counts = count(app.graph);
      if (["filter", "lang", "data", "colour", "theme"].some((key) => changed.has(key))) this.draw();
    });
    this.draw();
  }

  draw() {
    const { app } = this;
    const { t } = app;
    const { filter } = app.store.state;
    const active = document.activeElement?.dataset?.focus;
    fill(
      this.root,
      h("header", { class: "panel-head" },
        h("h2", {}, t("legend")),
        h("button", { type: "button", class: "text-button", "data-focus": "reset", disabled: !isFiltered(filter), onclick: () => app.store.filter(NO_FILTER) }, t("reset")),
        h("button", { type: "button", class: "icon-button panel-close", "aria-label": t("close"), onclick: () => app.panel(false) }, icon("close")),
      ),
      this.#counted(),
      this.#chips(filter),
      this.#group("classes", app.graph.classes.filter((c) => this.counts.classes.has(c.class)).map((c) => ({
        id: c.class, name: app.className(c.class), count: this.counts.classes.get(c.class), mark: glyph(app, c.class),
      }))),
      this.#group("predicates", app.graph.predicates.filter((p) => this.counts.predicates.has(p.predicate)).map((p) => ({
        id: p.predicate, name: app.predicateName(p.predicate), count: this.counts.predicates.get(p.predicate),
        mark: h("span", { class: p.zh_backwards ? (p.symmetric ? "line both" : "line") : "line fact", "aria-hidden": "true" }),
      }))),
      this.#communities(),
      this.#more(filter),
    );
    if (active) this.root.querySelector(`[data-focus="${CSS.escape(active)}"]`)?.focus();
  }

  /** How much of what the page holds the filter lets through; said aloud when it changes. */
  #counted() {
    const { graph, shown, t } = this.app;
    const of = (map, all) => `${map.toLocaleString("en")} / ${all.toLocaleString("en")}`;
    let [entities, relations, all] = [0, 0, 0];
    for (const on of shown.entities) entities += on;
    for (const statement of graph.statements) {
      if (!graph.isRelation(statement)) continue;
      all += 1;
      relations += shown.statements[statement.index];
    }
    return h("p", { class: "counted", role: "status" },
      h("span", {}, `${t("countEntities")} ${of(entities, graph.entities.length)}`), h("span", {}, `${t("countRelations")} ${of(relations, all)}`));
  }

  #chips(filter) {
    const { app } = this;
    const name = (i) => app.graph.entities[i].name;
    const chip = (text, clear) =>
      h("div", { class: "chip" }, h("bdi", {}, text), h("button", { type: "button", "aria-label": app.t("close"), onclick: clear }, icon("close")));
    return [
      filter.focus && chip(`${app.t("focusOf")} · ${name(filter.focus.entity)} · ${app.n(filter.focus.hops, "hops")}`, () => app.store.filter({ focus: null })),
      filter.path && chip(`${app.t("pathBetween")} · ${name(filter.path.from)} → ${name(filter.path.to)}`, () => app.store.filter({ path: null })),
    ];
  }

  #group(key, rows) {
    const { app } = this;
    const { t } = app;
    const hidden = new Set(app.store.state.filter[key]);
    const set = (ids) => app.store.filter({ [key]: ids });
    return h("section", { class: "legend-group", "aria-label": t(key) },
      h("div", { class: "group-head" },
        h("h3", {}, t(key)),
        h("button", { type: "button", class: "text-button", "data-focus": `${key}-all`, disabled: !hidden.size, onclick: () => set([]) }, t("all")),
      ),
      this.#rows(key, rows),
    );
  }

  /** Switches with what they stand for, how many there are, and a button that hides all others of ``ids``. */
  #rows(key, rows, ids = rows.map((r) => r.id)) {
    const { app } = this;
    const { t } = app;
    const hidden = new Set(app.store.state.filter[key]);
    const set = (chosen) => app.store.filter({ [key]: chosen });
    return h("ul", {}, rows.map((row) => {
        const on = !hidden.has(row.id);
        return h("li", {},
          h("button", {
            type: "button", class: "toggle", "aria-pressed": String(on), "data-focus": row.id, "data-id": row.id,
            onclick: () => set(on ? [...hidden, row.id].sort() : [...hidden].filter((id) => id !== row.id)),
          }, row.mark, h("span", { class: "name" }, words(row.name)), h("span", { class: "count" }, row.count.toLocaleString("en"))),
          h("button", {
            type: "button", class: "only", "data-focus": `${row.id}-only`, "aria-label": `${t("only")} ${row.name}`,
            onclick: () => set(ids.filter((id) => id !== row.id).sort()),
          }, t("only")),
        );
      }));
  }

  /** A bar for each year that statements speak of; one shows that year alone. */
  #years({ from, to }) {
    const { t, store } = this.app;
    const { years } = this.counts;
    if (years.length < 2) return null;
    const most = Math.max(...years.map(([, count]) => count));
    return h("ul", { class: "years" }, years.map(([year, count]) => {
      const alone = from === year && to === year;
      const inside = (!from || year >= from) && (!to || year <= to);
      const label = `${year} · ${count.toLocaleString("en")} ${t("rows")}`;
      return h("li", {}, h("button", {
        type: "button", class: inside ? "bar" : "bar out", "aria-pressed": String(alone), "aria-label": label, title: label, "data-focus": `year-${year}`,
        onclick: () => store.filter(alone ? { from: "", to: "" } : { from: year, to: year }),
      }, svg(`M-5 12V${12 - Math.max(2, Math.round((24 * count) / most))}H5V12Z`, { class: "bar-shape", preserveAspectRatio: "none" })));
    }));
  }

  /** What the colours say, and where they say communities, which these are: named by their most linked entity. */
  #communities() {
    const { app } = this;
    const { t, graph, store } = app;
    if (graph.communities.size < 2) return null;
    const on = store.state.colour === "community";
    const dark = document.documentElement.dataset.theme === "dark";
    const dot = (key) => svg(SHAPES.circle, { class: "glyph tint", fill: tint(key, dark) });
    return h("section", { class: "legend-group", "aria-label": t("communities") },
      h("div", { class: "group-head" }, h("h3", {}, t("communities")),
        h("button", { type: "button", class: "text-button", "data-focus": "colour", onclick: () => this.#colour(!on) }, t(on ? "colourClass" : "colourCommunity"))),
      on && this.#rows("communities", [...graph.communities].slice(0, GROUPS).map(([key, members]) => ({
        id: key, name: members[0].name, count: members.length, mark: dot(key),
      })), [...graph.communities.keys()]));
  }

  /** Colours of classes hide no community: its switches would be out of sight. */
  #colour(community) {
    const { store } = this.app;
    store.set({ colour: community ? "community" : "class", filter: { ...store.state.filter, communities: [] } });
  }

  #more(filter) {
    const { app } = this;
    const { t, store, graph } = app;
    const select = (label, focus, value, options, onchange) =>
      h("label", { class: "field" }, h("span", {}, t(label)),
        h("select", { "data-focus": focus, onchange: (e) => onchange(e.target.value) },
          options.map(([id, text]) => h("option", { value: id, selected: id === value }, text))));
    const year = (key, label) =>
      h("input", { type: "text", inputmode: "numeric", pattern: "\\d{4}", maxlength: "4", placeholder: "YYYY", "aria-label": t(label), "data-focus": key, value: filter[key],
        onchange: (e) => store.filter({ [key]: /^\d{4}$/.test(e.target.value) ? e.target.value : "" }) });
    return h("section", { class: "legend-group fields" },
      select("status", "status", filter.status, ["all", "asserted", "planned"].map((id) => [id, t(id === "all" ? "anyStatus" : id)]), (status) => store.filter({ status })),
      select("review", "review", filter.review, ["all", "open", "done", "split"].map((id) => [id, t(id === "all" ? "anyStatus" : id)]), (review) => store.filter({ review })),
      graph.documents.length > 1 && select("document", "documents", String(filter.documents[0] ?? ""),
        [["", t("anyDocument")], ...graph.documents.map((d) => [String(d.index), graph.title(d)])],
        (value) => store.filter({ documents: value === "" ? [] : [Number(value)] })),
      h("label", { class: "check" }, h("input", { type: "checkbox", checked: filter.linked, "data-focus": "linked", onchange: (e) => store.filter({ linked: e.target.checked }) }), t("linked")),
      h("label", { class: "field" }, h("span", {}, `${t("confidence")} ${filter.confidence.toFixed(2)} ${graph.bandFrom(filter.confidence)?.[app.lang] ?? ""}`),
        h("input", { type: "range", min: "0", max: "1", step: "0.05", value: String(filter.confidence), "data-focus": "confidence",
          onchange: (e) => store.filter({ confidence: Number(e.target.value) }) })),
      h("div", { class: "field", role: "group", "aria-label": t("period") }, h("span", {}, t("period")),
        this.#years(filter),
        h("span", { class: "pair" }, year("from", "fromYear"), "–", year("to", "toYear"))),
    );
  }
}

function count(graph) {
  const { totals } = graph.data;
  const told = new Map();
  for (const statement of graph.statements) {
    for (const year of new Set(years(graph, statement))) if (/^\d{4}$/.test(year)) told.set(year, (told.get(year) ?? 0) + 1);
  }
  const bars = [...told].sort(([a], [b]) => (a < b ? -1 : 1)).slice(-YEARS);
  if (totals) return { classes: new Map(Object.entries(totals.classes)), predicates: new Map(Object.entries(totals.predicates)), years: bars };
  const classes = new Map();
  const predicates = new Map();
  for (const { cls } of graph.entities) classes.set(cls, (classes.get(cls) ?? 0) + 1);
  for (const { predicate } of graph.statements) predicates.set(predicate, (predicates.get(predicate) ?? 0) + 1);
  return { classes, predicates, years: bars };
}
