import { edgeCosts } from "./edge_costs.js";

const REACH = 220; // pixels of the picture at each side of the place from which a line is drawn
const STRAIGHT = 10, SLANTED = 14; // lengths of a step
const DEAREST = 64 * SLANTED + 1;
const STEPS = [[1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [1, -1], [-1, 1], [-1, -1]];

/**
 * The cheapest lines along edges from one place to all around it: intelligent scissors (Mortensen and Barrett, 1995).
 * Found once for a place, then any line is read off at once.
 */
export class Livewire {
  #part;
  #before;
  #scale;

  /**
   * @param {{width: number, height: number, data: Uint8ClampedArray}} picture RGBA; may be smaller than the image
   * @param {number[]} from a place in pixels of the image @param {{width: number, height: number}} image
   */
  constructor(picture, from, image) {
    this.#scale = [picture.width / image.width, picture.height / image.height];
    const [x, y] = this.#cell(from, picture);
    const left = Math.max(x - REACH, 0), top = Math.max(y - REACH, 0);
    this.#part = { left, top, width: Math.min(x + REACH + 1, picture.width) - left, height: Math.min(y + REACH + 1, picture.height) - top };
    this.#before = cheapest(edgeCosts(picture, this.#part), this.#part.width, this.#part.height, x - left, y - top);
  }

  /**
   * The line to a place, in pixels of the image, without the place that it begins at. What is farther away than lines
   * were looked for is reached straight from the border.
   * @param {number[]} to @returns {number[][]}
   */
  to([x, y]) {
    const { left, top, width, height } = this.#part;
    const column = Math.floor(x * this.#scale[0]) - left, row = Math.floor(y * this.#scale[1]) - top;
    const inside = column >= 0 && row >= 0 && column < width && row < height;
    let place = Math.min(Math.max(row, 0), height - 1) * width + Math.min(Math.max(column, 0), width - 1);
    const cells = [];
    for (; this.#before[place] >= 0; place = this.#before[place]) cells.push(place);
    const points = cells.reverse().map((each) => [((each % width) + left + 0.5) / this.#scale[0], (Math.floor(each / width) + top + 0.5) / this.#scale[1]]);
    if (inside) points.pop(); // the middle of the pixel: the place itself comes instead
    return [...points, [x, y]];
  }

  /** @param {number[]} place @param {{width: number, height: number}} picture */
  #cell([x, y], picture) {
    const column = Math.floor(x * this.#scale[0]), row = Math.floor(y * this.#scale[1]);
    return [Math.min(Math.max(column, 0), picture.width - 1), Math.min(Math.max(row, 0), picture.height - 1)];
  }
}

/**
 * Dijkstra's algorithm with a bucket for each cost: costs are small whole numbers, so that nothing has to be sorted.
 * @param {Uint8Array} costs of each pixel @param {number} width @param {number} height @param {number} x @param {number} y where it begins
 * @returns {Int32Array} for each pixel the one before it on its way; -1 for the first
 */
export function cheapest(costs, width, height, x, y) {
  const total = new Int32Array(costs.length).fill(0x7fffffff);
  const before = new Int32Array(costs.length).fill(-1);
  const done = new Uint8Array(costs.length);
  /** @type {number[][]} */
  const buckets = Array.from({ length: DEAREST }, () => []);
  const first = y * width + x;
  total[first] = 0;
  buckets[0].push(first);
  let waiting = 1;
  for (let cost = 0; waiting; cost += 1) {
    const bucket = buckets[cost % DEAREST];
    waiting -= bucket.length;
    for (const place of bucket) {
      if (done[place] || total[place] !== cost) continue;
      done[place] = 1;
      const row = Math.floor(place / width), column = place - row * width;
      for (let step = 0; step < STEPS.length; step += 1) {
        const [dx, dy] = STEPS[step];
        if (column + dx < 0 || row + dy < 0 || column + dx >= width || row + dy >= height) continue;
        const next = place + dy * width + dx;
        const sum = cost + costs[next] * (step < 4 ? STRAIGHT : SLANTED);
        if (done[next] || sum >= total[next]) continue;
        total[next] = sum;
        before[next] = place;
        buckets[sum % DEAREST].push(next);
        waiting += 1;
      }
    }
    bucket.length = 0;
  }
  return before;
}
