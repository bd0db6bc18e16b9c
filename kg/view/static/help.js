// The dialog that says what keys, clicks and touches do.
import { fill, h, iconButton } from "./dom.js";

/** Keys (or gestures) and the word for what they do. */
const ROWS = [
  [["/"], "keySearch"],
  [["←", "→", "↑", "↓"], "keyWalk"],
  [["Shift", "←"], "keyMove"],
  [["+", "−", "0"], "keyZoom"],
  [["E"], "keyExpand"],
  [["J", "K"], "keyStep"],
  [["Y", "N", "U"], "keyDecide"],
  [["Esc"], "keyClose"],
  [["?"], "keyHelp"],
];
const GESTURES = ["gestureClick", "gestureDouble", "gestureDrag", "gesturePinch"];

export class Help {
  constructor(app) {
    this.app = app;
    this.root = h("dialog", { id: "help", "aria-labelledby": "help-title" });
    document.body.append(this.root);
    // a click beside the box closes it
    this.root.addEventListener("click", (event) => event.target === this.root && this.root.close());
    this.root.addEventListener("close", () => this.from?.focus());
  }

  open() {
    const { t } = this.app;
    this.from = document.activeElement;
    fill(this.root, h("div", { class: "box" },
      h("header", {}, h("h2", { id: "help-title" }, t("keys")), iconButton("close", t("close"), () => this.root.close())),
      h("dl", {}, ROWS.map(([keys, key]) => h("div", {}, h("dt", {}, keys.map((k) => h("kbd", {}, k))), h("dd", {}, t(key))))),
      h("h3", {}, t("gestures")),
      h("ul", {}, GESTURES.map((key) => h("li", {}, t(key))))));
    this.root.showModal();
  }
}
