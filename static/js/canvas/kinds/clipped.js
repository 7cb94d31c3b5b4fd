import { ringArea } from "./points.js";

/**
 * The part of a ring that lies inside an image, as the server cuts it (Sutherland and Hodgman, 1974); empty where nothing is left.
 * @param {number[][]} ring @param {{width: number, height: number}} image
 */
export function clipped(ring, { width, height }) {
  if (ring.every(([x, y]) => x >= 0 && y >= 0 && x <= width && y <= height)) return ring;
  /** @type {[0|1, number, 1|-1][]} */
  const sides = [[0, 0, 1], [0, width, -1], [1, 0, 1], [1, height, -1]];
  const cut = sides.reduce((kept, side) => cutAt(kept, ...side), ring);
  const points = cut.filter(([x, y], index) => x !== cut.at(index - 1)?.[0] || y !== cut.at(index - 1)?.[1]); // corners come twice
  return ringArea(points) > 0 ? points : [];
}

/** @param {number[][]} ring @param {0|1} axis @param {number} border @param {1|-1} sign of what lies inside of it */
function cutAt(ring, axis, border, sign) {
  const within = (point) => sign * (point[axis] - border) >= 0;
  return ring.flatMap((end, index) => {
    const start = /** @type {number[]} */ (ring.at(index - 1));
    const crossing = within(start) === within(end) ? [] : [crossed(start, end, axis, border)];
    return within(end) ? [...crossing, end] : crossing;
  });
}

function crossed(start, end, axis, border) {
  const share = (border - start[axis]) / (end[axis] - start[axis]);
  return start.map((each, place) => each + share * (end[place] - each)).with(axis, border);
}
