/** @typedef {{size: [number, number], counts: number[]}} Mask COCO run lengths, column by column, height first */

const starts = new WeakMap(); // of each run of a mask

/** Masks: pixels instead of an outline. They are moved and changed by the brush, not by handles. */
class MaskKind {
  filled = true;
  pixels = true;

  bounds(geometry) {
    const [height] = geometry.size;
    let left = Infinity, top = Infinity, right = 0, bottom = 0;
    eachRun(geometry, (start, count) => {
      const from = Math.floor(start / height), to = Math.floor((start + count - 1) / height);
      left = Math.min(left, from);
      right = Math.max(right, to + 1);
      top = Math.min(top, from === to ? start % height : 0);
      bottom = Math.max(bottom, from === to ? (start % height) + count : height);
    });
    return left === Infinity ? [0, 0, 0, 0] : [left, top, right, bottom];
  }

  /** Inside or not: an outline would have to be traced first. */
  distance(geometry, x, y) {
    return this.covers(geometry, x, y) ? 0 : Infinity;
  }

  covers(geometry, x, y) {
    const [height, width] = geometry.size;
    if (x < 0 || y < 0 || x >= width || y >= height) return false;
    const place = Math.floor(x) * height + Math.floor(y);
    const runs = startsOf(geometry);
    let low = 0, high = runs.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (runs[middle] <= place) low = middle;
      else high = middle;
    }
    return low % 2 === 1;
  }

  /** A mask is of one size of image, and of no other. */
  inside(geometry, { width, height }) {
    return geometry.size[0] === height && geometry.size[1] === width ? geometry : null;
  }

  exists({ counts }) {
    return counts.length > 1;
  }
}

function startsOf(geometry) {
  let found = starts.get(geometry);
  if (!found) {
    let place = 0;
    found = geometry.counts.map((count) => (place += count) - count);
    starts.set(geometry, found);
  }
  return found;
}

/** @param {Mask} mask @param {(start: number, count: number) => void} visit places column by column */
export function eachRun({ counts }, visit) {
  let place = 0;
  for (const [index, count] of counts.entries()) {
    if (index % 2 && count) visit(place, count);
    place += count;
  }
}

export const mask = new MaskKind();
