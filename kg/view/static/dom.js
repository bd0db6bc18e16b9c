// Making elements. Text goes in as text nodes only: names come from documents and are never markup.

/** An element: attributes, ``on…`` listeners, children (elements, texts, null). */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(3).filter((c) => c !== null && c !== undefined && c !== false));
  return element;
}

/** Words from a document, their direction kept to themselves (bidi controls cannot leave it). */
export function words(text, attributes = {}) {
  return h("bdi", attributes, text);
}

/** Put these children, and nothing else, into the element. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(3).filter((c) => c !== null && c !== undefined && c !== false));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** A drawing of paths in a box of 24, for the eye only. */
export function svg(paths, attributes = {}) {
  const element = document.createElementNS(SVG, "svg");
  const all = { viewBox: "-12 -12 24 24", "aria-hidden": "true", focusable: "false", ...attributes };
  for (const [name, value] of Object.entries(all)) element.setAttribute(name, value);
  for (const d of [].concat(paths)) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    element.append(path);
  }
  return element;
}

const ICONS = {
  search: "M-2-9a7 7 0 1 0 .01 0M3.2 3.2L9 9",
  close: "M-6-6L6 6M6-6L-6 6",
  plus: "M-7 0H7M0-7V7",
  minus: "M-7 0H7",
  fit: "M-8-3V-8H-3M3-8H8V-3M8 3V8H3M-3 8H-8V3",
  sun: "M0-4a4 4 0 1 0 .01 0M0-10V-8M0 8V10M-10 0H-8M8 0H10M-7-7L-5.6-5.6M5.6 5.6L7 7M-7 7L-5.6 5.6M5.6-5.6L7-7",
  moon: "M2-9A9 9 0 1 0 9 3A7.2 7.2 0 0 1 2-9Z",
  filter: "M-9-7H9M-6 0H6M-3 7H3",
  more: "M-8-6H8M-8 0H8M-8 6H8",
  back: "M4-8L-4 0L4 8",
  document: "M-7-10H3L7-6V10H-7ZM-4-2H4M-4 3H4",
  up: "M-7 4L0-3L7 4",
  down: "M-7-4L0 3L7-4",
  check: "M-8 0L-3 6L8-6",
  question: "M-4-4a4 4 0 1 1 5.5 3.7C0 .4 0 1 0 3M0 7.5V8",
  undo: "M-8-3H3a5 5 0 0 1 0 10H-2M-8-3L-4-7M-8-3L-4 1",
  copy: "M-7-9H3V3H-7ZM-2 3V8H8V-4H3",
};

/** A line icon of the page. */
export function icon(name) {
  return svg(ICONS[name], { class: "icon" });
}

/** A button with an icon, its name said aloud and shown as a hint. */
export function iconButton(name, label, onclick, attributes = {}) {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...attributes }, icon(name));
}
