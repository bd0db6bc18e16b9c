// The drawer: what the graph says of the chosen entity or statement, each line with its evidence.
import { fill, h, icon, iconButton, words } from "./dom.js";
import { glyph } from "./legend.js";

export class Drawer {
  constructor(app, root) {
    this.app = app;
    this.root = root;
    app.store.subscribe((_, changed, options) => {
      if (changed.has("selection") || changed.has("lang") || changed.has("filter") || options.force) this.draw(changed.has("selection"), options);
    });
    this.draw(true, {});
  }

  draw(fresh, { focus } = {}) {
    const { selection } = this.app.store.state;
    const open = selection?.entity !== undefined || selection?.statement !== undefined;
    this.root.hidden = !open;
    document.body.classList.toggle("with-drawer", open);
    if (!open) return fill(this.root);
    const scrolled = fresh ? 0 : this.root.scrollTop;
    fill(this.root, selection.entity !== undefined ? this.#entity(this.app.graph.entities[selection.entity]) : this.#statement(this.app.graph.statements[selection.statement]));
    this.root.scrollTop = scrolled;
    if (focus) this.root.querySelector("h2").focus();
    return this.root;
  }

  #head(kind, title, ...below) {
    const { t } = this.app;
    return h("header", { class: "drawer-head" },
      h("div", { class: "kind" }, kind, iconButton("close", t("close"), () => this.app.select(null), { class: "icon-button close" })),
      h("h2", { tabindex: "-1" }, words(title)), below);
  }

  #entity(entity) {
    const { app } = this;
    const { t, graph } = app;
    const links = graph.links(entity);
    return [
      this.#head(
        [glyph(app, entity.cls, entity.planned), h("span", {}, app.className(entity.cls)), entity.planned && plan(app)],
        entity.name,
        entity.scope && h("p", { class: "soft" }, `${t("scopeOf")} `, words(entity.scope)),
        entity.aliases.length > 0 && h("p", { class: "aliases" }, h("span", { class: "soft" }, t("aliases")), entity.aliases.map((a) => words(a, { class: "alias" }))),
      ),
      entity.planned && h("p", { class: "note" }, t("planNote")),
      this.#actions(entity),
      entity.facts.length > 0 && this.#facts(entity),
      links.length > 0 && this.#relations(links),
      !entity.facts.length && !links.length && h("p", { class: "soft pad" }, t("none")),
      this.#mentions(entity),
    ];
  }

  #actions(entity) {
    const { app } = this;
    const { t, store } = app;
    const { focus, path } = store.state.filter;
    const hops = focus?.entity === entity.index ? focus.hops : 0;
    return h("div", { class: "actions" },
      h("span", { class: "stepper", role: "group", "aria-label": t("neighbourhood") },
        h("span", {}, t("neighbourhood")),
        [1, 2, 3].map((n) => h("button", {
          type: "button", class: "small", "aria-pressed": String(hops === n),
          onclick: () => { store.filter({ focus: hops === n ? null : { entity: entity.index, hops: n }, path: null }); app.picture?.fit(); },
        }, `${n} ${t("hops")}`))),
      h("button", { type: "button", class: "small", "aria-pressed": String(app.pathFrom === entity.index || path?.from === entity.index), onclick: () => app.startPath(entity.index) }, t("pathTo")),
    );
  }

  #facts(entity) {
    const { app } = this;
    const dated = (s) => s.object.date ?? s.object.observation?.time ?? "";
    const facts = [...entity.facts].sort((a, b) => (dated(a) < dated(b) ? -1 : dated(a) > dated(b) ? 1 : a.index - b.index));
    return h("section", {}, h("h3", {}, app.t("factsOf"), h("span", { class: "count" }, facts.length)),
      h("ul", { class: "statements" }, facts.map((statement) => this.#item(statement,
        [h("span", { class: "label" }, app.predicateName(statement.predicate)), words(app.graph.objectText(statement, app.lang), { class: "value" })]))));
  }

  #relations(links) {
    const { app } = this;
    const groups = new Map();
    for (const link of links) {
      const key = `${link.statement.predicate} ${link.forward}`;
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(link);
    }
    return h("section", {}, h("h3", {}, app.t("relationsOf"), h("span", { class: "count" }, links.length)),
      [...groups.values()].map((group) => h("div", { class: "relation-group" },
        h("h4", {}, app.predicateName(group[0].statement.predicate, !group[0].forward), group.length > 1 && h("span", { class: "count" }, group.length)),
        h("ul", { class: "statements" }, group.map(({ statement, other }) => this.#item(statement, [this.#link(other), role(app, statement)]))))));
  }

  #link(index) {
    const entity = this.app.graph.entities[index];
    return h("button", { type: "button", class: "entity-link", onclick: () => this.app.select({ entity: index }, { show: true, focus: true }) },
      glyph(this.app, entity.cls, entity.planned), words(entity.name));
  }

  /** One line and, folded under it, its evidence. */
  #item(statement, line) {
    const { app } = this;
    return h("li", {},
      h("div", { class: "line" }, line, statement.planned && plan(app)),
      h("details", {},
        h("summary", {}, h("span", {}, `${app.t("evidence")} · ${statement.evidence.length} ${app.t("sentences")}`), confidence(app, statement.confidence)),
        h("p", { class: "spoken" }, this.#sentence(statement)),
        statement.evidence.map((e) => this.#evidence(e))));
  }

  #sentence(statement) {
    return words(this.app.graph.sentence(statement, this.app.lang));
  }

  #statement(statement) {
    const { app } = this;
    const { t, graph } = app;
    const ends = graph.isRelation(statement)
      ? [this.#link(statement.subject), h("span", { class: "arrow" }, app.predicateName(statement.predicate)), this.#link(statement.object.entity)]
      : [this.#link(statement.subject), h("span", { class: "arrow" }, app.predicateName(statement.predicate)), words(graph.objectText(statement, app.lang), { class: "value" })];
    return [
      this.#head([h("span", {}, t("statement")), statement.planned && plan(app)], graph.sentence(statement, app.lang), h("div", { class: "triple" }, ends, role(app, statement))),
      h("section", {}, h("h3", {}, t("evidence"), h("span", { class: "count" }, statement.evidence.length), confidence(app, statement.confidence)),
        statement.evidence.map((e) => this.#evidence(e))),
    ];
  }

  #evidence(evidence) {
    const { app } = this;
    const { t, graph } = app;
    const document = graph.documents[evidence.document];
    const [start, end] = evidence.span;
    return h("figure", { class: "evidence" },
      h("blockquote", { lang: "zh", dir: "auto" }, graph.quote(evidence).map(({ text, mark }) => (mark ? h("mark", {}, text) : text))),
      h("figcaption", {},
        h("button", { type: "button", class: "text-button source", title: t("openText"), onclick: () => app.openText(document.index, evidence.span) }, icon("document"), words(graph.title(document))),
        h("span", {}, `${t("characters")} ${start}–${end}`),
        h("span", {}, `${t("rule")} `, h("code", {}, evidence.rule)),
        h("span", {}, `${t("confidenceShort")} ${evidence.confidence.toFixed(2)}`),
        h("span", {}, t(evidence.planned ? "planned" : "asserted")),
        evidence.role && h("span", {}, `${t("role")} `, words(evidence.role))));
  }

  #mentions(entity) {
    const { app } = this;
    const { t, graph } = app;
    if (!entity.mentions.length) return null;
    const byDocument = new Map();
    for (const mention of entity.mentions) {
      if (!byDocument.has(mention.document)) byDocument.set(mention.document, []);
      byDocument.get(mention.document).push(mention);
    }
    return h("section", {}, h("h3", {}, t("mentionsOf"), h("span", { class: "count" }, entity.mentions.length)),
      h("ul", { class: "mentions" }, [...byDocument].map(([index, mentions]) =>
        h("li", {},
          h("button", { type: "button", class: "text-button source", onclick: () => app.openText(index, [mentions[0].start, mentions[0].end]) }, icon("document"), words(graph.title(graph.documents[index]))),
          h("span", { class: "soft" }, `${mentions.length} ${t("times")}`)))));
  }
}

function plan(app) {
  return h("span", { class: "badge" }, app.t("planned"));
}

function role(app, statement) {
  const roles = [...new Set(statement.evidence.map((e) => e.role).filter(Boolean))];
  return roles.length > 0 && h("span", { class: "role" }, words(roles.join("、")));
}

function confidence(app, value) {
  return h("span", { class: "confidence", title: `${app.t("confidenceShort")} ${value.toFixed(2)}` },
    h("meter", { min: "0", max: "1", value: String(value), "aria-label": app.t("confidenceShort") }), value.toFixed(2));
}
