import { distanceToPiece } from "../kinds/points.js";
import { eachSpan } from "./runs.js";
import { Spans } from "./spans.js";

const SET = 1, RIGHT = 2, BELOW = 4; // of a pixel: it is set; the line runs between it and the one at its right, or below
// A line through the very middles of pixels would be on neither side of them.
const NUDGE = [0.00137, 0.00061];

/**
 * The two masks that a line makes of one: what lies at its one side, and the rest. A part that the line ends in stays whole.
 * @param {import("./runs.js").Mask} mask @param {number[][]} line points in pixels of the image
 * @returns {import("./runs.js").Mask[]|null} null where the line parts nothing
 */
export function cutMask(mask, line) {
  const field = new Field(mask);
  const points = line.map(([x, y]) => [x - field.left + NUDGE[0], y - field.top + NUDGE[1]]);
  const parts = field.parts(field.cut(points));
  const cut = parts.filter(({ sides }) => sides.size);
  if (cut.length && cut.every(({ sides }) => sides.size === 2)) return null;
  const first = parts.map(({ sides, middle }) => (sides.size ? sides.size === 1 && sides.has(1) : sideOf(points, middle) > 0));
  if (!first.includes(true) || !first.includes(false)) return null;
  return [true, false].map((wanted) => field.mask((part) => first[part] === wanted));
}

/** The set pixels of a mask, in the box around them. */
class Field {
  left = Infinity;
  top = Infinity;
  #width;
  #height;
  #size;
  #cells;
  #names; // of the part that a cell is of, from 1
  #waiting;

  constructor(mask) {
    let right = 0, bottom = 0;
    eachSpan(mask, (x, from, to) => {
      this.left = Math.min(this.left, x);
      this.top = Math.min(this.top, from);
      right = Math.max(right, x + 1);
      bottom = Math.max(bottom, to);
    });
    this.#size = mask.size;
    this.#width = right - this.left;
    this.#height = bottom - this.top;
    this.#cells = new Uint8Array(this.#width * this.#height);
    this.#names = new Int32Array(this.#cells.length);
    this.#waiting = new Int32Array(this.#cells.length);
    eachSpan(mask, (x, from, to) => {
      for (let y = from; y < to; y += 1) this.#cells[(y - this.top) * this.#width + x - this.left] = SET;
    });
  }

  /** Mark where the line runs between two pixels. @returns {Map<number, number>} the side, 1 or -1, of those beside it */
  cut(points) {
    const sides = new Map();
    const part = (cell, next, flag, side) => {
      if (!this.#cells[cell] || !this.#cells[next]) return;
      this.#cells[cell] |= flag;
      sides.set(cell, side);
      sides.set(next, -side);
    };
    for (const [index, b] of points.slice(1).entries()) {
      const a = points[index];
      crossed(a, b, 1, this.#height, this.#width, (y, x) => part(y * this.#width + x, y * this.#width + x + 1, RIGHT, Math.sign(b[1] - a[1])));
      crossed(a, b, 0, this.#width, this.#height, (x, y) => part(y * this.#width + x, (y + 1) * this.#width + x, BELOW, Math.sign(a[0] - b[0])));
    }
    return sides;
  }

  /** What hangs together by the sides of pixels, not across the line, and at which sides of it that is. @param {Map<number, number>} sides */
  parts(sides) {
    const parts = [];
    for (let first = 0; first < this.#cells.length; first += 1) {
      if (!this.#cells[first] || this.#names[first]) continue;
      parts.push({ sides: new Set(), middle: [(first % this.#width) + 0.5, Math.floor(first / this.#width) + 0.5] });
      this.#spread(first, parts.length);
    }
    for (const [cell, side] of sides) parts[this.#names[cell] - 1].sides.add(side);
    return parts;
  }

  #spread(first, name) {
    const cells = this.#cells, names = this.#names, waiting = this.#waiting, width = this.#width;
    let count = 0;
    const reach = (cell) => {
      if (!cells[cell] || names[cell]) return;
      names[cell] = name;
      waiting[count] = cell;
      count += 1;
    };
    reach(first);
    while (count) {
      const cell = waiting[(count -= 1)], x = cell % width;
      if (x + 1 < width && !(cells[cell] & RIGHT)) reach(cell + 1);
      if (x > 0 && !(cells[cell - 1] & RIGHT)) reach(cell - 1);
      if (cell + width < cells.length && !(cells[cell] & BELOW)) reach(cell + width);
      if (cell >= width && !(cells[cell - width] & BELOW)) reach(cell - width);
    }
  }

  /** @param {(part: number) => boolean} wanted */
  mask(wanted) {
    const spans = new Spans(this.#size);
    for (let x = 0; x < this.#width; x += 1) {
      for (let y = 0, from = -1; y <= this.#height; y += 1) {
        const name = y < this.#height ? this.#names[y * this.#width + x] : 0;
        const inside = name > 0 && wanted(name - 1);
        if (inside && from < 0) from = y;
        if (inside || from < 0) continue;
        spans.add(x + this.left, from + this.top, y + this.top);
        from = -1;
      }
    }
    return spans.mask;
  }
}

/** Between which two middles, of each row (along = 1) or column (along = 0), a straight line runs. */
function crossed(a, b, along, count, room, visit) {
  const low = Math.min(a[along], b[along]), high = Math.max(a[along], b[along]);
  for (let row = Math.max(Math.ceil(low - 0.5), 0); row < Math.min(Math.ceil(high - 0.5), count); row += 1) {
    const at = a[1 - along] + ((b[1 - along] - a[1 - along]) * (row + 0.5 - a[along])) / (b[along] - a[along]);
    const before = Math.floor(at - 0.5);
    if (before >= 0 && before + 1 < room) visit(row, before);
  }
}

/** Of the piece of the line that is nearest. @param {number[][]} points @param {number[]} place */
function sideOf(points, [x, y]) {
  let nearest = Infinity, side = 0;
  for (const [index, [bx, by]] of points.slice(1).entries()) {
    const [ax, ay] = points[index];
    const away = distanceToPiece(points[index], [bx, by], x, y);
    if (away < nearest) [nearest, side] = [away, Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax))];
  }
  return side;
}
