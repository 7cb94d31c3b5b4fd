import { difference, union } from "polyclip-ts";
import { footOn } from "./kinds/points.js";

const CUT = 0.004; // half the width of the gap that a cut makes before its banks are brought together

/** Booleans of polygons; each is the rings of one: outside first, then holes. Not for the worker, which has no import map. */

/** @param {any[]} polygons @returns {number[][][][]} as many as do not touch */
export const joined = ([first, ...others]) => opened(union(first, ...others));

/** @param {any} polygon @param {any} other @returns {number[][][][]} what is left of the first */
export const subtracted = (polygon, other) => opened(difference(polygon, other));

/**
 * The parts that a line makes of a polygon, sharing the edge where it ran.
 * @param {any} polygon @param {number[][]} line @returns {number[][][][]} one where the line does not go right across
 */
export function cut(polygon, line) {
  const slits = line.slice(1).map((to, index) => slit(line[index], to)).filter(Boolean);
  const parts = opened(difference(polygon, ...slits)).map((rings) => rings.map((ring) => banked(ring, line)).filter((ring) => ring.length > 2));
  return parts.filter((rings) => rings.length > 0);
}

/** A thin box around a straight line. @param {number[]} a @param {number[]} b @returns {any} */
function slit([ax, ay], [bx, by]) {
  const length = Math.hypot(bx - ax, by - ay);
  if (!length) return null;
  const [dx, dy] = [((bx - ax) / length) * CUT, ((by - ay) / length) * CUT];
  return [[[ax - dx - dy, ay - dy + dx], [bx + dx - dy, by + dy + dx], [bx + dx + dy, by + dy - dx], [ax - dx + dy, ay - dy - dx]]];
}

/** Points beside the line are brought onto it. */
function banked(ring, line) {
  const points = ring.map((point) => {
    for (const [index, to] of line.slice(1).entries()) {
      const foot = footOn(line[index], to, point[0], point[1]);
      if (Math.hypot(foot[0] - point[0], foot[1] - point[1]) < 2 * CUT) return foot;
    }
    return point;
  });
  return points.filter(([x, y], index) => Math.hypot(x - points.at(index - 1)[0], y - points.at(index - 1)[1]) > 2 * CUT);
}

/** As GeoJSON closes rings, ours do not. */
const opened = (polygons) => polygons.map((rings) => rings.map((ring) => ring.slice(0, -1)));
