/**
 * Masks as COCO run lengths: column by column, height first, and the first run counts pixels that are not set.
 *
 * @typedef {{size: [number, number], counts: number[]}} Mask
 */

/** @param {Mask} mask @param {(start: number, count: number) => void} visit places column by column */
export function eachRun({ counts }, visit) {
  let place = 0;
  for (let index = 0; index < counts.length; index += 1) {
    if (index % 2 && counts[index]) visit(place, counts[index]);
    place += counts[index];
  }
}

/** Runs cut at the ends of columns. @param {Mask} mask @param {(x: number, from: number, to: number) => void} visit */
export function eachSpan(mask, visit) {
  const [height] = mask.size;
  eachRun(mask, (start, count) => {
    let x = Math.floor(start / height), from = start - x * height, left = count;
    while (left > 0) {
      const to = Math.min(from + left, height);
      visit(x, from, to);
      left -= to - from;
      from = 0;
      x += 1;
    }
  });
}

export const exists = ({ counts }) => counts.some((count, index) => index % 2 === 1 && count > 0);

/** How many pixels are set. @param {Mask} mask */
export function areaOf(mask) {
  let area = 0;
  eachRun(mask, (_start, count) => (area += count));
  return area;
}

export const united = (a, b) => combined(a, b, (inA, inB) => inA || inB);
export const without = (a, b) => combined(a, b, (inA, inB) => inA && !inB);

/** @param {Mask} a @param {Mask} b of the same size */
export const same = (a, b) => a.counts.length === b.counts.length && a.counts.every((count, index) => count === b.counts[index]);

/** In one walk along both, whatever the size of the image. @param {Mask} a @param {Mask} b @param {(inA: boolean, inB: boolean) => boolean} keep @returns {Mask} */
function combined(a, b, keep) {
  const counts = [];
  let indexA = 0, indexB = 0, leftA = a.counts[0], leftB = b.counts[0], value = false, run = 0;
  for (let left = a.size[0] * a.size[1]; left > 0;) {
    while (!leftA) leftA = a.counts[(indexA += 1)];
    while (!leftB) leftB = b.counts[(indexB += 1)];
    const step = Math.min(leftA, leftB);
    if (keep(indexA % 2 === 1, indexB % 2 === 1) !== value) {
      counts.push(run);
      run = 0;
      value = !value;
    }
    run += step;
    left -= step;
    leftA -= step;
    leftB -= step;
  }
  counts.push(run);
  return { size: a.size, counts };
}
