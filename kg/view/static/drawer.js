// The drawer: what the graph says of the chosen entity or statement, each line with its evidence.
import { VERDICTS } from "./decide.js";
import { fill, h, icon, iconButton, words } from "./dom.js";
import { glyph } from "./legend.js";
import { rejectedOf, reviewed } from "./reviewed.js";
import { citation, confidenceText, sparqlOf, turtle, turtleOf } from "./output.js";
import { date } from "./text.js";
import { events } from "./timeline.js";

//: Lines of a list that are drawn before one asks for more.
const LINES = 60;
//: The farthest neighbourhood.
const HOPS = 6;

export class Drawer {
  constructor(app, root) {
    this.app = app;
    this.root = root;
    app.store.subscribe((_, changed, options) => {
      if (changed.has("selection") || changed.has("lang") || changed.has("filter") || changed.has("data") || options.force) this.draw(changed.has("selection"), options);
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
    const unfolded = fresh ? [] : [...this.root.querySelectorAll("details[open]")].map((d) => d.dataset.statement);
    const active = this.root.contains(document.activeElement) && !fresh ? document.activeElement.dataset.focus : "";
    fill(this.root, selection.entity !== undefined ? this.#entity(this.app.graph.entities[selection.entity]) : this.#statement(this.app.graph.statements[selection.statement]));
    for (const id of unfolded) {
      const details = this.root.querySelector(`details[data-statement="${id}"]`);
      details?.unfold?.();
      details?.setAttribute("open", "");
    }
    if (active) this.root.querySelector(`[data-focus="${CSS.escape(active)}"]`)?.focus();
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
      this.#timeline(entity),
      links.length > 0 && this.#relations(links),
      this.#rest(entity),
      !entity.facts.length && !links.length && !graph.away(entity) && h("p", { class: "soft pad" }, t("none")),
      this.#mentions(entity),
      rejectedOf(this.app, entity, { evidence: (e) => this.#evidence(e), decide: (s) => this.#decide(s) }),
      this.#decideEntity(entity),
      this.#copies({ entity: entity.index }),
    ];
  }

  #actions(entity) {
    const { app } = this;
    const { t, store } = app;
    const { focus, path } = store.state.filter;
    const hops = focus?.entity === entity.index ? focus.hops : 0;
    const absent = app.picture ? app.picture.absent(entity.index).size + app.graph.away(entity) : 0;
    const step = (n, label, says) => h("button", {
      type: "button", class: "small", "aria-pressed": n === 0 ? null : String(hops === n), "aria-label": says ?? null, "data-focus": `hops-${label}`,
      onclick: () => app.near(entity.index, hops === n ? 0 : n),
    }, label);
    return h("div", { class: "actions" },
      h("span", { class: "stepper", role: "group", "aria-label": t("neighbourhood") },
        h("span", {}, t("neighbourhood")),
        [1, 2, 3].map((n) => step(n, app.n(n, "hops"))),
        hops > 3 && step(hops, app.n(hops, "hops")),
        hops >= 3 && hops < HOPS && step(hops + 1, "+", t("farther"))),
      absent > 0 && h("button", { type: "button", class: "small", "data-focus": "expand", onclick: () => app.expand(entity.index) }, `${t("expand")} +${absent.toLocaleString("en")}`),
      h("button", { type: "button", class: "small", "aria-pressed": String((app.pending?.kind === "path" && app.pending.from === entity.index) || path?.from === entity.index), onclick: () => app.wait("path", entity.index) }, t("pathTo")),
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

  /** What happened when: own dates and figures, and dated entities that this one is linked with. */
  #timeline(entity) {
    const { app } = this;
    const dated = events(app.graph, entity);
    if (!dated.length) return null;
    return h("section", {}, h("h3", {}, app.t("timeline"), h("span", { class: "count" }, dated.length)),
      h("ol", { class: "timeline" }, dated.slice(0, LINES).map(({ when, statement, through }) => h("li", {},
        h("span", { class: "when" }, h("time", { datetime: when.includes("/") ? null : when }, date(when, app.lang)), statement.predicate !== "date" && h("span", {}, ` · ${app.predicateName(statement.predicate)}`)),
        h("button", { type: "button", class: "event", onclick: () => app.select({ statement: (through ?? statement).index }, { focus: true }) }, this.#sentence(through ?? statement))))));
  }

  /** Statements that are in the store only. */
  #rest(entity) {
    const { app } = this;
    const { t } = app;
    if (!app.remote || entity.complete) return null;
    if (app.asking) return h("p", { class: "soft pad", role: "status" }, t("asking"));
    const away = app.graph.away(entity);
    return h("p", { class: "pad" }, h("button", { type: "button", class: "small", "data-focus": "rest", onclick: () => app.complete(entity.index) }, `${t("fetchRest")}${away ? ` (${away.toLocaleString("en")})` : ""}`));
  }

  #relations(links) {
    const { app } = this;
    const groups = new Map();
    for (const link of links) {
      const { symmetric } = app.graph.predicateOf.get(link.statement.predicate);
      const key = `${link.statement.predicate} ${link.forward || symmetric}`;
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(link);
    }
    return h("section", {}, h("h3", {}, app.t("relationsOf"), h("span", { class: "count" }, links.length)),
      [...groups.values()].map((group) => h("div", { class: "relation-group" },
        h("h4", {}, app.predicateName(group[0].statement.predicate, !group[0].forward), group.length > 1 && h("span", { class: "count" }, group.length)),
        this.#lines(group.map(({ statement, other }) => () => this.#item(statement, [this.#spoken(statement, other), role(app, statement)]))))));
  }

  /** A list of which the first lines are drawn, and the others when they are asked for. */
  #lines(makers) {
    const list = h("ul", { class: "statements" }, makers.slice(0, LINES).map((make) => make()));
    if (makers.length > LINES) {
      const more = h("li", {}, h("button", { type: "button", class: "text-button", onclick: () => { more.remove(); list.append(...makers.slice(LINES).map((make) => make())); } }, `${this.app.t("more")} (${(makers.length - LINES).toLocaleString("en")})`));
      list.append(more);
    }
    return list;
  }

  /** The statement as a sentence, the other entity in it a link. */
  #spoken(statement, other) {
    const { graph, lang } = this.app;
    return h("p", { class: "sentence" }, graph.phrase(statement, lang).map(({ text, entity }) =>
      entity === undefined ? h("span", { class: "soft" }, text) : entity === other ? this.#link(entity) : words(text, { class: "self" })));
  }

  #link(index) {
    const entity = this.app.graph.entities[index];
    return h("button", { type: "button", class: "entity-link", onclick: () => this.app.select({ entity: index }, { show: true, focus: true }) },
      glyph(this.app, entity.cls, entity.planned), words(entity.name));
  }

  /** One line and, folded under it, its evidence. */
  #item(statement, line) {
    const { app } = this;
    const summary = h("summary", {}, h("span", {}, `${app.t("evidence")} · ${app.n(statement.evidence.length, "sentences")}`), this.#verdict(statement), confidence(app, statement.confidence));
    const details = h("details", { "data-statement": statement.index }, summary);
    // a hub has hundreds of lines: what is folded away is made when it is unfolded
    details.unfold = () => {
      if (details.childElementCount > 1) return;
      details.append(
        h("p", { class: "spoken" }, h("button", { type: "button", class: "text-button", onclick: () => app.select({ statement: statement.index }, { focus: true }) }, this.#sentence(statement))),
        ...statement.evidence.map((e) => this.#evidence(e)),
        this.#decide(statement));
    };
    summary.addEventListener("click", details.unfold);
    return h("li", {}, h("div", { class: "line" }, line, statement.planned && plan(app)), details);
  }

  #verdict(statement) {
    const verdict = this.app.decisions.verdictOf(statement);
    return verdict && h("span", { class: `verdict ${verdict}` }, this.app.t(verdict));
  }

  /** Right, wrong or unsure, and why. */
  #decide(statement) {
    const { app } = this;
    const { t, decisions } = app;
    const decision = decisions.of(statement);
    const icons = { right: "check", wrong: "close", unsure: "question" };
    return h("div", { class: "decide", role: "group", "aria-label": t("review") },
      VERDICTS.map((verdict) => {
        const on = decision?.verdict === verdict;
        return h("button", {
          type: "button", class: `small ${verdict}`, "aria-pressed": String(on), "data-focus": `${verdict}-${statement.index}`,
          onclick: () => decisions.decide(statement, on ? null : verdict),
        }, icon(icons[verdict]), t(verdict));
      }),
      decision && h("input", {
        type: "text", value: decision.reason, placeholder: t("reason"), "aria-label": t("reason"), "data-focus": `reason-${statement.index}`,
        onchange: (e) => decisions.decide(statement, decision.verdict, e.target.value.trim()),
      }),
      reviewed(app, statement),
      decisions.ofOthers(statement).map(([name, d]) => h("p", { class: "other" }, words(name || t("anonymous")), " ", h("span", { class: `verdict ${d.verdict}` }, t(d.verdict)), d.reason && words(` · ${d.reason}`))));
  }

  /** Rename, reclass, the same as or not the same as another. */
  #decideEntity(entity) {
    const { app } = this;
    const { t, decisions, graph } = app;
    const waits = (kind) => app.pending?.kind === kind && app.pending.from === entity.index;
    const second = (kind) => h("button", { type: "button", class: "small", "data-focus": kind, "aria-pressed": String(waits(kind)), onclick: () => app.wait(kind, entity.index) }, t(kind));
    return h("details", { class: "entity-review", "data-statement": `e${entity.index}` },
      h("summary", {}, h("span", {}, t("reviewEntity")), h("span", { class: "count" }, decisions.ofEntity(entity).length + (entity.reviews ?? []).length || "")),
      reviewed(app, entity),
      h("label", { class: "field" }, h("span", {}, t("rename")), h("input", { type: "text", "data-focus": "rename", placeholder: entity.name, onchange: (e) => decisions.decideEntity(entity, "rename", e.target.value.trim(), "") })),
      h("label", { class: "field" }, h("span", {}, t("class")), h("select", { "data-focus": "class", onchange: (e) => decisions.decideEntity(entity, "class", e.target.value, "") },
        h("option", { value: "" }, app.className(entity.cls)), graph.classes.filter((c) => c.class !== entity.cls).map((c) => h("option", { value: c.class }, app.className(c.class))))),
      h("div", { class: "decide" }, second("sameAs"), second("notSameAs")),
      h("ul", { class: "decided" }, decisions.ofEntity(entity).map((d) => h("li", {},
        h("span", {}, `${t(d.kind)} · `, words(d.kind === "class" ? app.className(d.value) : d.said || d.value)),
        iconButton("close", t("takeBack"), () => decisions.takeBack(d))))));
  }

  #copies(selection) {
    const { app } = this;
    const { graph, t } = app;
    const statement = graph.statements[selection.statement];
    const entity = graph.entities[selection.entity];
    const copy = (key, text) => h("button", { type: "button", class: "text-button", onclick: () => app.copy(text()) }, t(key));
    return h("section", { class: "copies" }, h("span", { class: "soft" }, t("copy")),
      copy("copyIri", () => (entity ?? statement).iri),
      copy("copyTurtle", () => (entity ? turtle(graph, [entity], [...entity.out, ...entity.facts]) : turtleOf(graph, statement).join("\n"))),
      copy("copySparql", () => sparqlOf(graph, selection)),
      copy("copyCitation", () => (statement ? citation(app, [statement]) : citation(app, [...entity.out, ...entity.into, ...entity.facts]))));
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
        statement.evidence.map((e) => this.#evidence(e)),
        this.#decide(statement)),
      h("nav", { class: "steps", "aria-label": t("statement") },
        h("button", { type: "button", class: "small", "data-focus": "previous", onclick: () => app.step(-1) }, t("previous"), h("kbd", {}, "K")),
        h("button", { type: "button", class: "small", "data-focus": "next", onclick: () => app.step(1) }, t("next"), h("kbd", {}, "J"))),
      this.#copies({ statement: statement.index }),
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
        h("span", {}, `${t("confidenceShort")} ${confidenceText(app, evidence.confidence)}`),
        h("span", {}, t(evidence.planned ? "planned" : "asserted")),
        evidence.role && h("span", {}, `${t("role")} `, words(evidence.role))));
  }

  #mentions(entity) {
    const { app } = this;
    const { t, graph } = app;
    const byDocument = graph.places(entity);
    if (!byDocument.size) return null;
    const total = [...byDocument.values()].reduce((sum, places) => sum + places.length, 0);
    return h("section", {}, h("h3", {}, t("mentionsOf"), h("span", { class: "count" }, total)),
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
  return h("span", { class: "confidence", title: `${app.t("confidenceShort")} ${confidenceText(app, value)}` },
    h("meter", { min: "0", max: "1", value: String(value), "aria-label": app.t("confidenceShort") }), confidenceText(app, value));
}
