// The whole text of a document, its mentions marked, the sentence that was asked for in view.
import { fill, h, iconButton, words } from "./dom.js";

/** Cut start..end at mentions (outermost first) and at the asked span: [{ start, end, entity, asked }]. */
export function cut(start, end, mentions, asked) {
  const cuts = new Set([start, end]);
  const outer = [];
  let covered = start;
  for (const mention of [...mentions].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (mention.start < covered || mention.end > end) continue;
    outer.push(mention);
    covered = mention.end;
    cuts.add(mention.start).add(mention.end);
  }
  for (const at of asked ?? []) if (at > start && at < end) cuts.add(at);
  const points = [...cuts].sort((a, b) => a - b);
  let next = 0;
  return points.slice(1).map((to, i) => {
    const from = points[i];
    while (next < outer.length && outer[next].end <= from) next += 1;
    const mention = outer[next] && outer[next].start <= from ? outer[next] : null;
    return { start: from, end: to, entity: mention?.entity, asked: Boolean(asked && from >= asked[0] && to <= asked[1]) };
  });
}

export class Reader {
  constructor(app, root) {
    this.app = app;
    this.root = root;
    this.document = 0;
    this.about = undefined; // the entity whose places one came to see
    app.store.subscribe((state, changed) => {
      if (state.view !== "text") return;
      if (["view", "lang", "data"].some((key) => changed.has(key)) || state.selection?.document !== undefined) this.draw();
      else if (changed.has("selection")) this.#choose();
    });
    if (app.store.state.view === "text") this.draw();
  }

  draw() {
    const { app } = this;
    const { graph, t } = app;
    const { selection } = app.store.state;
    if (selection?.document !== undefined) {
      this.document = selection.document;
      this.span = selection.span;
    }
    const document = graph.documents[this.document];
    if (!document) return fill(this.root, h("p", { class: "soft pad" }, t("empty")));
    if (app.remote && document.text === null && this.asked !== document) {
      this.asked = document; // once: what fails is said and not tried for ever
      app.read(document.index);
    }
    fill(this.root,
      graph.documents.length > 1 && h("nav", { class: "documents", "aria-label": t("document") },
        h("ul", {}, graph.documents.map((d) => h("li", {}, h("button", { type: "button", "aria-current": d === document ? "true" : null, onclick: () => app.select({ document: d.index }) }, words(graph.title(d)), d.date && h("small", {}, d.date)))))),
      h("article", { class: "document", tabindex: "0", "aria-label": graph.title(document) },
        h("header", {}, h("h2", {}, words(graph.title(document))),
          h("p", { class: "soft" }, [document.date, document.source, document.id].filter(Boolean).map((x) => words(x)))),
        document.text === null ? (app.remote ? h("p", { class: "soft", role: "status" }, t("asking")) : this.#picker(document)) : this.#paragraphs(document)),
      (this.pager = h("div", { class: "pager", role: "group", hidden: true })));
    this.#choose();
    const asked = this.root.querySelector(".asked");
    if (asked) asked.scrollIntoView({ block: "center" });
    return this.root;
  }

  /** Where the texts stay beside the page: the reviewer chooses the files of documents/. */
  #picker(document) {
    const { app } = this;
    const { graph, t } = app;
    const said = h("p", { role: "status", class: "refused" });
    const read = async (event) => {
      const files = [...event.target.files].filter((file) => /\.txt$/i.test(file.name));
      const refused = [];
      let taken = 0;
      for (const file of files) {
        const fits = await this.#fits(file);
        taken += fits;
        if (!fits) refused.push(file.name);
      }
      event.target.value = "";
      if (taken) app.say(`${t("textsTaken")} ${taken}`);
      if (document.text !== null) return this.draw();
      const [name] = refused;
      said.textContent = name === undefined ? t("noTexts") : `${name} ${t("wrongText")}${refused.length > 1 ? ` (+${refused.length - 1})` : ""}`;
      return undefined;
    };
    const input = (key, more) => h("label", { class: "small" }, t(key), h("input", { type: "file", class: "visually-hidden", onchange: read, ...more }));
    return h("div", { class: "picker" },
      h("p", {}, t("textMissing"), " ", h("code", {}, `documents/${document.id}.txt`)),
      h("p", { class: "choices" }, input("chooseTexts", { multiple: true, accept: ".txt,text/plain" }), input("chooseFolder", { webkitdirectory: true, multiple: true })),
      said);
  }

  /** Whether a file is the text of one of the documents, by its digest and not by its name; then it is taken. */
  async #fits(file) {
    const { graph } = this.app;
    const text = await file.text();
    const digest = await graph.digest(text);
    const documents = graph.documents.filter((d) => d.sha256 === digest);
    for (const d of documents) if (d.text === null) graph.give(d, text);
    return documents.length > 0;
  }

  #paragraphs(document) {
    const { app } = this;
    const at = app.graph.offsets(document);
    const mentions = document.mentions.map((m) => ({ start: at(m.start), end: at(m.end), entity: m.entity })).sort((a, b) => a.start - b.start);
    const asked = this.span?.map(at);
    let start = 0;
    let next = 0;
    return document.text.split("\n").map((line) => {
      const end = start + line.length;
      const inside = [];
      while (next < mentions.length && mentions[next].start < end) inside.push(mentions[next++]);
      const parts = cut(start, end, inside, asked).map((part) => this.#part(document, part));
      start = end + 1;
      return h("p", {}, parts);
    });
  }

  #part(document, { start, end, entity, asked }) {
    const { app } = this;
    const text = document.text.slice(start, end);
    if (entity === undefined) return asked ? h("span", { class: "asked" }, text) : text;
    const { cls, name, planned } = app.graph.entities[entity];
    return h("a", {
      href: `#e=${encodeURIComponent(app.graph.entities[entity].iri)}`, class: asked ? "mention asked" : "mention", "data-cls": cls, "data-entity": entity, title: `${app.className(cls)} · ${name}${planned ? ` · ${app.t("planned")}` : ""}`,
      onclick: (event) => { event.preventDefault(); app.select({ entity }); },
    }, text);
  }

  /** Through the places of this text where the chosen entity is named. */
  #page(by) {
    const chosen = [...this.root.querySelectorAll(".mention.chosen")];
    if (!chosen.length) return;
    const now = chosen.indexOf(this.at);
    this.at = chosen[(now < 0 ? (by < 0 ? chosen.length - 1 : 0) : now + by + chosen.length) % chosen.length];
    for (const mention of chosen) mention.classList.toggle("current", mention === this.at);
    this.at.scrollIntoView({ block: "center" });
    this.pager.querySelector(".count").textContent = `${chosen.indexOf(this.at) + 1} / ${chosen.length}`;
  }

  get #entity() {
    const { selection } = this.app.store.state;
    return selection?.document === undefined ? selection?.entity : this.about;
  }

  #pages() {
    const { t, graph } = this.app;
    const chosen = this.root.querySelectorAll(".mention.chosen").length;
    if (!this.pager) return;
    this.pager.hidden = !chosen;
    this.pager.setAttribute("aria-label", t("mentionsOf"));
    if (!chosen) return;
    fill(this.pager, words(graph.entities[this.#entity].name), h("span", { class: "count" }, `${chosen}`),
      iconButton("up", t("previous"), () => this.#page(-1)), iconButton("down", t("next"), () => this.#page(1)));
  }

  #choose() {
    this.at = null;
    this.#mark();
    this.#pages();
  }

  #mark() {
    const entity = this.#entity;
    for (const mention of this.root.querySelectorAll(".mention.chosen")) mention.classList.remove("chosen", "current");
    if (entity === undefined) return;
    for (const mention of this.root.querySelectorAll(`[data-entity="${entity}"]`)) mention.classList.add("chosen");
  }
}
