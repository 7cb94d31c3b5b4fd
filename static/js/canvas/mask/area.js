import { outlineOf } from "./outline.js";
import { Spans } from "./spans.js";

/**
 * The pixels whose middle lies inside rings, holes left out (even-odd). Areas that share an edge share no pixel.
 * @param {[number, number]} size height and width of the image @param {number[][][]} rings
 * @returns {import("./runs.js").Mask}
 */
export function areaMask(size, rings) {
  const spans = new Spans(size);
  addArea(spans, rings, size[1]);
  return spans.mask;
}

/** The mask with all that it encloses. @param {import("./runs.js").Mask} mask */
export function filled(mask) {
  const spans = new Spans(mask.size);
  for (const { outer } of outlineOf(mask)) addArea(spans, [outer], mask.size[1]);
  return spans.mask;
}

function addArea(spans, rings, width) {
  const crossings = new Map(); // of the middle of each column with the rings
  for (const ring of rings) {
    for (const [index, [bx, by]] of ring.entries()) {
      const [ax, ay] = ring.at(index - 1);
      const first = Math.max(Math.ceil(Math.min(ax, bx) - 0.5), 0), last = Math.min(Math.ceil(Math.max(ax, bx) - 0.5), width);
      for (let x = first; x < last; x += 1) {
        const y = ay + ((by - ay) * (x + 0.5 - ax)) / (bx - ax);
        if (crossings.has(x)) crossings.get(x).push(y);
        else crossings.set(x, [y]);
      }
    }
  }
  for (const [x, ys] of crossings) {
    ys.sort((a, b) => a - b);
    for (let index = 0; index + 1 < ys.length; index += 2) spans.add(x, Math.ceil(ys[index] - 0.5), Math.ceil(ys[index + 1] - 0.5));
  }
}
