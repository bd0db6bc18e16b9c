// The whole text of a document, its mentions marked, the sentence that was asked for in view.
import { fill, h, words } from "./dom.js";

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
    app.store.subscribe((state, changed) => {
      if (state.view !== "text") return;
      if (changed.has("view") || changed.has("lang") || state.selection?.document !== undefined) this.draw();
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
    fill(this.root,
      graph.documents.length > 1 && h("nav", { class: "documents", "aria-label": t("document") },
        h("ul", {}, graph.documents.map((d) => h("li", {}, h("button", { type: "button", "aria-current": d === document ? "true" : null, onclick: () => app.select({ document: d.index }) }, words(graph.title(d)), d.date && h("small", {}, d.date)))))),
      h("article", { class: "document", tabindex: "0", "aria-label": graph.title(document) },
        h("header", {}, h("h2", {}, words(graph.title(document))),
          h("p", { class: "soft" }, [document.date, document.source, document.id].filter(Boolean).map((x) => words(x)))),
        document.text === null ? this.#picker(document) : this.#paragraphs(document)));
    this.#choose();
    const asked = this.root.querySelector(".asked");
    if (asked) asked.scrollIntoView({ block: "center" });
    return this.root;
  }

  /** Where the texts stay beside the page: the reviewer chooses the files of documents/. */
  #picker(document) {
    const { app } = this;
    const { graph, t } = app;
    const read = async (event) => {
      let taken = 0;
      for (const file of event.target.files) {
        const path = (file.webkitRelativePath || file.name).replace(/\.txt$/, "");
        const wanted = graph.documents.filter((d) => d.text === null && (path === d.id || path.endsWith(`/${d.id}`) || d.id.endsWith(file.name.replace(/\.txt$/, ""))));
        for (const d of wanted) if (await graph.take(d, await file.text())) taken += 1;
      }
      app.say(`${t("textsTaken")} ${taken}`);
      this.draw();
    };
    return h("div", { class: "picker" },
      h("p", {}, t("textMissing"), " ", h("code", {}, `documents/${document.id}.txt`)),
      h("label", { class: "small" }, t("chooseTexts"), h("input", { type: "file", multiple: true, accept: ".txt,text/plain", class: "visually-hidden", onchange: read })));
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

  #choose() {
    const { selection } = this.app.store.state;
    for (const mention of this.root.querySelectorAll(".mention.chosen")) mention.classList.remove("chosen");
    if (selection?.entity === undefined) return;
    for (const mention of this.root.querySelectorAll(`[data-entity="${selection.entity}"]`)) mention.classList.add("chosen");
  }
}
