import { eachSpan } from "./runs.js";

/**
 * The exact outline of a mask, along the edges of its pixels: one part for all that hangs together by sides of pixels,
 * its outer ring clockwise on screen, its holes the other way round.
 *
 * It comes from the runs, never from single pixels. On each vertical line between two columns the corners of the
 * outline are found by comparing the two; from top to bottom every two of them are an edge, and so are, from left to
 * right, those that a side of a run joins.
 *
 * @param {import("./runs.js").Mask} mask
 * @returns {{outer: number[][], holes: number[][][]}[]}
 */
export function outlineOf(mask) {
  const corners = new Corners();
  let before = NONE, at = -1;
  for (const column of columnsOf(mask)) {
    if (column.x !== at) {
      corners.meet(at, before, NONE);
      before = NONE;
    }
    corners.meet(column.x, before, column);
    before = column;
    at = column.x + 1;
  }
  corners.meet(at, before, NONE);
  return corners.parts();
}

const NONE = { x: -1, sides: [], open: [], names: [] };

/** Each column that has anything: the rows where it begins and ends to be set, in turn. */
function* columnsOf(mask) {
  const columns = [];
  let column = /** @type {any} */ (null);
  eachSpan(mask, (x, from, to) => {
    if (column?.x !== x) columns.push((column = { x, sides: [], open: [], names: [] }));
    if (column.sides.at(-1) === from) column.sides[column.sides.length - 1] = to;
    else column.sides.push(from, to);
  });
  yield* columns;
}

class Corners {
  #xs = [];
  #ys = [];
  #level = []; // the corner at the other end of the horizontal edge
  #upright = []; // that of the vertical one
  #names = []; // the part that lies below and beside a corner at the top of an edge
  #outer = []; // whether that part lies at its right
  #parents = []; // parts that turn out to be one are joined

  /** Two neighbouring columns and the line between them, from the top down. */
  meet(x, left, right) {
    this.#name(left, right);
    let a = 0, b = 0, upper = -1;
    const put = (y, join) => {
      const corner = this.#xs.push(x) - 1;
      this.#ys.push(y);
      this.#level.push(-1);
      this.#upright.push(upper);
      const inRight = b % 2 === 1;
      this.#outer.push(inRight);
      this.#names.push(inRight ? right.names[(b - 1) >> 1] : a % 2 ? left.names[(a - 1) >> 1] : -1);
      if (upper >= 0) this.#upright[upper] = corner;
      upper = upper >= 0 ? -1 : corner;
      join(corner);
    };
    while (a < left.sides.length || b < right.sides.length) {
      const ya = left.sides[a] ?? Infinity, yb = right.sides[b] ?? Infinity, y = Math.min(ya, yb);
      const open = left.open[a], place = b;
      const closes = (corner) => {
        this.#level[corner] = open;
        this.#level[open] = corner;
      };
      const opens = (corner) => (right.open[place] = corner);
      if (ya === yb && a % 2 === b % 2) {
        right.open[b] = open; // goes on straight
        a += 1;
        b += 1;
      } else if (ya === yb) {
        // Pixels that touch by a corner only are apart: the two corners there belong to one pixel each.
        const [first, second] = a % 2 ? [closes, opens] : [opens, closes];
        if (a % 2) a += 1;
        else b += 1;
        put(y, first);
        if (first === closes) b += 1;
        else a += 1;
        put(y, second);
      } else {
        if (ya < yb) a += 1;
        else b += 1;
        put(y, ya < yb ? closes : opens);
      }
    }
  }

  /** Rings out of corners, holes with the part around them. */
  parts() {
    const seen = new Uint8Array(this.#xs.length);
    const parts = new Map();
    for (let first = 0; first < seen.length; first += 1) {
      if (seen[first]) continue;
      const ring = [];
      let level = this.#outer[first];
      for (let corner = first; !seen[corner]; level = !level) {
        seen[corner] = 1;
        ring.push([this.#xs[corner], this.#ys[corner]]);
        corner = level ? this.#level[corner] : this.#upright[corner];
      }
      const name = this.#root(this.#names[first]);
      if (!parts.has(name)) parts.set(name, { outer: [], holes: [] });
      if (this.#outer[first]) parts.get(name).outer = ring;
      else parts.get(name).holes.push(ring);
    }
    return [...parts.values()];
  }

  /** Each run of a column is of the part of the runs beside it. */
  #name(left, right) {
    let a = 0;
    for (let b = 0; b < right.sides.length; b += 2) {
      let name = -1;
      while (a < left.sides.length && left.sides[a + 1] <= right.sides[b]) a += 2;
      for (let each = a; each < left.sides.length && left.sides[each] < right.sides[b + 1]; each += 2) {
        const other = this.#root(left.names[each >> 1]);
        if (name >= 0) this.#parents[other] = name;
        else name = other;
      }
      right.names.push(name >= 0 ? name : this.#parents.push(this.#parents.length) - 1);
    }
  }

  #root(name) {
    while (this.#parents[name] !== name) name = this.#parents[name] = this.#parents[this.#parents[name]];
    return name;
  }
}
