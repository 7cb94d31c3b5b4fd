import { distanceToPiece } from "../kinds/points.js";

/**
 * Fewer points: none that is left out lies further than the tolerance from the line that stays (Douglas and Peucker, 1973).
 * @param {number[][]} points @param {number} tolerance in pixels of the image
 */
export function simplifiedLine(points, tolerance) {
  const kept = new Uint8Array(points.length);
  kept[0] = kept[points.length - 1] = 1;
  const waiting = [[0, points.length - 1]];
  while (waiting.length) {
    const [first, last] = /** @type {number[]} */ (waiting.pop());
    let furthest = tolerance, found = -1;
    for (let index = first + 1; index < last; index += 1) {
      const away = distanceToPiece(points[first], points[last], points[index][0], points[index][1]);
      if (away > furthest) [furthest, found] = [away, index];
    }
    if (found < 0) continue;
    kept[found] = 1;
    waiting.push([first, found], [found, last]);
  }
  return points.filter((_point, index) => kept[index]);
}

/** A closed ring, cut open at two points that lie far apart; null where nothing of it would be left. */
export function simplifiedRing(ring, tolerance) {
  const away = ring.map(([x, y]) => Math.hypot(x - ring[0][0], y - ring[0][1]));
  const far = away.reduce((found, each, index) => (each > away[found] ? index : found), 0);
  const there = simplifiedLine(ring.slice(0, far + 1), tolerance);
  const back = simplifiedLine([...ring.slice(far), ring[0]], tolerance);
  const made = [...there, ...back.slice(1, -1)];
  return made.length > 2 ? made : null;
}

/** Outside and holes; a hole that is smaller than the tolerance is closed. @param {number[][][]} rings */
export function simplifiedRings([outer, ...holes], tolerance) {
  return [simplifiedRing(outer, tolerance) ?? outer, ...holes.map((each) => simplifiedRing(each, tolerance)).filter(Boolean)];
}
