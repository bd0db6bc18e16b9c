// Finding an entity by its name, its other names and its pinyin.
import { fill, h, words } from "./dom.js";
import { glyph } from "./legend.js";
import { fold } from "./text.js";

const SHOWN = 30;

/** Entities that match, the best first: [{ entity, form, rank }]. */
export function find(graph, query) {
  const same = (text) => graph.simplify(fold(text));
  const wanted = same(query);
  if (!wanted) return [];
  const latin = /^[a-z0-9]+$/.test(wanted) && /[a-z]/.test(wanted) && wanted.length > 1;
  const found = [];
  for (const entity of graph.entities) {
    let best = null;
    [entity.name, ...entity.aliases].forEach((form, nth) => {
      entity.folded ??= [];
      const name = (entity.folded[nth] ??= same(form));
      let rank = rankOf(name, wanted);
      if (rank === null && latin) {
        const at = soundsAt(name, wanted, graph.readings);
        if (at >= 0) rank = at === 0 ? 4 : 5;
      }
      if (rank !== null && (!best || rank + (nth ? 0.5 : 0) < best.rank)) best = { entity, form, rank: rank + (nth ? 0.5 : 0) };
    });
    if (best) found.push(best);
  }
  return found.sort((a, b) => a.rank - b.rank || b.entity.degree - a.entity.degree || a.entity.index - b.entity.index);
}

function rankOf(name, wanted) {
  if (name === wanted) return 0;
  const at = name.indexOf(wanted);
  return at < 0 ? null : at === 0 ? 1 : 2;
}

/** Where a folded name can be read as these letters, or -1: initials, whole syllables, or both, the last one begun. */
export function soundsAt(name, letters, readings) {
  for (let start = 0; start < name.length; start++) if (sounds(name, start, letters, 0, readings)) return start;
  return -1;
}

function sounds(name, i, letters, at, readings) {
  if (at === letters.length) return true;
  if (i === name.length) return false;
  const said = readings.get(name[i]);
  if (!said) return name[i] === letters[at] && sounds(name, i + 1, letters, at + 1, readings);
  for (const syllable of said) {
    if (syllable[0] !== letters[at]) continue;
    if (syllable.startsWith(letters.slice(at))) return true;
    if (letters.startsWith(syllable, at) && sounds(name, i + 1, letters, at + syllable.length, readings)) return true;
    if (sounds(name, i + 1, letters, at + 1, readings)) return true;
  }
  return false;
}

export class Search {
  constructor(app, root) {
    this.app = app;
    this.active = -1;
    this.input = h("input", {
      type: "search", id: "search", role: "combobox", autocomplete: "off", spellcheck: "false",
      "aria-expanded": "false", "aria-controls": "found", "aria-autocomplete": "list",
      oninput: () => this.#look(),
      onkeydown: (event) => this.#key(event),
      onfocus: () => this.input.value && this.#look(),
      onblur: () => setTimeout(() => this.#close(), 150),
    });
    this.list = h("ul", { id: "found", role: "listbox", hidden: true });
    this.said = h("div", { class: "visually-hidden", role: "status", "aria-live": "polite" });
    root.append(this.input, this.list, this.said);
    app.store.subscribe((_, changed) => changed.has("lang") && this.named());
    this.named();
    addEventListener("keydown", (event) => {
      if (event.key === "/" && !/INPUT|SELECT|TEXTAREA/.test(document.activeElement?.tagName)) {
        event.preventDefault();
        this.input.focus();
      }
    });
  }

  named() {
    this.input.placeholder = this.app.t("search");
    this.input.setAttribute("aria-label", this.app.t("search"));
    this.list.setAttribute("aria-label", this.app.t("search"));
  }

  #look() {
    const { app } = this;
    const found = find(app.graph, this.input.value);
    this.found = found.slice(0, SHOWN);
    this.active = this.found.length ? 0 : -1;
    const none = this.input.value.trim() && !this.found.length;
    fill(this.list,
      this.found.map(({ entity, form }, i) =>
        h("li", { role: "option", id: `found-${i}`, "aria-selected": String(i === this.active), onmousedown: (e) => { e.preventDefault(); this.#choose(i); } },
          glyph(app, entity.cls, entity.planned),
          h("span", { class: "name" }, words(entity.name), form !== entity.name && h("small", {}, `${app.t("alias")} `, words(form))),
          h("small", { class: "count" }, app.className(entity.cls)))),
      none && h("li", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, app.t("noMatch")),
    );
    this.#open(this.found.length > 0 || Boolean(none));
    this.#lookFarther();
    this.said.textContent = this.input.value ? `${found.length} ${app.t("results")}` : "";
    this.#mark();
  }

  /** Where the page holds a part, the store is asked for the rest once the typing rests. */
  #lookFarther() {
    const { app } = this;
    const word = this.input.value;
    clearTimeout(this.waiting);
    if (!app.remote || !word.trim() || app.remote.sought.has(word.trim())) return;
    this.waiting = setTimeout(async () => {
      await app.ask((remote) => remote.find(word));
      if (this.input.value === word && document.activeElement === this.input) this.#look();
    }, 200);
  }

  #open(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  #close() {
    this.#open(false);
    this.input.removeAttribute("aria-activedescendant");
  }

  #mark() {
    [...this.list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === this.active)));
    if (this.active >= 0) {
      this.input.setAttribute("aria-activedescendant", `found-${this.active}`);
      this.list.children[this.active].scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.found?.length) {
      event.preventDefault();
      this.#open(true);
      this.active = (this.active + step + this.found.length) % this.found.length;
      this.#mark();
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.#choose(this.active);
    } else if (event.key === "Escape") {
      this.#close();
    }
  }

  #choose(index) {
    const { entity } = this.found[index];
    this.input.value = "";
    this.#close();
    this.app.select({ entity: entity.index }, { show: true, focus: true });
  }
}
