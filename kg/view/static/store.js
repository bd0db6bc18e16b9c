// One state for the whole page; views subscribe and redraw what changed.
import { NO_FILTER } from "./filter.js";

export const START = Object.freeze({
  view: "picture", // picture, table, text
  selection: null, // { entity } | { statement } | { document, span }
  filter: NO_FILTER,
  lang: "zh",
  colour: "class", // or "community": what the colour of a node says
  sort: "", // column of the table; "-" before it: descending
  camera: null, // { x, y, scale } of the picture once it was moved; null is what the page chooses
  opened: [], // entities whose neighbours were brought into the picture
  theme: "auto",
});

export class Store {
  #listeners = [];

  constructor(state = START) {
    this.state = { ...state };
  }

  /** Call ``listener(state, changed, options)`` after each change; ``changed`` is a set of keys. */
  subscribe(listener) {
    this.#listeners.push(listener);
  }

  set(patch, options = {}) {
    const before = this.state;
    const changed = new Set(
      Object.keys(patch).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(patch[key])),
    );
    if (!changed.size && !options.force) return;
    this.state = { ...before, ...patch };
    for (const listener of this.#listeners) listener(this.state, changed, options);
  }

  filter(patch, options) {
    this.set({ filter: { ...this.state.filter, ...patch } }, options);
  }
}
