// Labels without overlap: each takes its place in a grid of screen pixels, the important ones first.

const CELL = 48;

export class Placer {
  #cells = new Map();

  /** Whether the box is free; then it is taken. */
  take(left, top, right, bottom) {
    if (this.hits(left, top, right, bottom)) return false;
    this.block(left, top, right, bottom);
    return true;
  }

  /** Take the box whether or not it is free. */
  block(left, top, right, bottom) {
    const box = [left, top, right, bottom];
    for (let x = Math.floor(left / CELL); x <= right / CELL; x++) {
      for (let y = Math.floor(top / CELL); y <= bottom / CELL; y++) {
        const key = x * 100003 + y;
        const cell = this.#cells.get(key);
        if (cell) cell.push(box);
        else this.#cells.set(key, [box]);
      }
    }
  }

  /** Whether the box overlaps one that is taken. */
  hits(left, top, right, bottom) {
    for (let x = Math.floor(left / CELL); x <= right / CELL; x++) {
      for (let y = Math.floor(top / CELL); y <= bottom / CELL; y++) {
        for (const [l, t, r, b] of this.#cells.get(x * 100003 + y) ?? []) {
          if (left < r && right > l && top < b && bottom > t) return true;
        }
      }
    }
    return false;
  }
}

/** Break a name into lines of about so many columns (a Chinese character counts two). */
export function wrap(name, columns, lines) {
  const result = [""];
  let used = 0;
  const text = name.replace(/\s+/gu, " ");
  const total = [...text].reduce((sum, c) => sum + width(c), 0);
  const fair = Math.min(columns, Math.max(8, Math.ceil(total / Math.ceil(total / columns)) + 1));
  for (const character of text) {
    const w = width(character);
    if (used + w > fair && !/^[，。、）》”’·]$/u.test(character)) {
      if (result.length === lines) {
        result[lines - 1] = [...result[lines - 1]].slice(0, -1).join("") + "…";
        break;
      }
      result.push("");
      used = 0;
    }
    result[result.length - 1] += character;
    used += w;
  }
  return result;
}

const width = (character) => (character.codePointAt(0) > 0x2e7f ? 2 : 1);

/** A name for one line of canvas: controls and direction overrides made visible. */
export function plain(name) {
  return name.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, "\u25a1");
}
