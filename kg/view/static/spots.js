// Free places of the picture for nodes that it did not start with. No DOM here.

//: Least distance of two nodes; also the side of a cell.
const APART = 60;

export class Spots {
  #cells = new Map();

  /** ``taken`` are the places that there are: { x, y }. */
  constructor(taken = []) {
    for (const place of taken) this.take(place);
  }

  take({ x, y }) {
    const key = `${Math.floor(x / APART)} ${Math.floor(y / APART)}`;
    if (this.#cells.has(key)) this.#cells.get(key).push([x, y]);
    else this.#cells.set(key, [[x, y]]);
  }

  /** The first free place of a spiral about a point; it is taken then. */
  near({ x, y }) {
    for (let turn = 1; ; turn++) {
      // the turn of a sunflower fills the plane evenly, flat because labels are wide
      const reach = 62 + 34 * Math.sqrt(turn);
      const spot = { x: x + reach * Math.cos(turn * 2.39996), y: y + 0.75 * reach * Math.sin(turn * 2.39996) };
      if (!this.#free(spot)) continue;
      this.take(spot);
      return spot;
    }
  }

  #free({ x, y }) {
    const [cx, cy] = [Math.floor(x / APART), Math.floor(y / APART)];
    for (let i = cx - 1; i <= cx + 1; i++) {
      for (let j = cy - 1; j <= cy + 1; j++) {
        for (const [ox, oy] of this.#cells.get(`${i} ${j}`) ?? []) if (Math.hypot(ox - x, oy - y) < APART) return false;
      }
    }
    return true;
  }
}
