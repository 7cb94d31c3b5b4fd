import { between, boundsOf, distanceToPiece } from "./points.js";

/** @typedef {{points: number[][]}} Keypoints [x, y, visibility]: 0 not there, 1 hidden, 2 seen */

const FRAME = [[0, 0], [0.5, 0], [1, 0], [1, 0.5], [1, 1], [0.5, 1], [0, 1], [0, 0.5]];
const PAD = 0.15; // of the extent: handles of the frame beside those of the points
const LEAST = 0.02; // of what it was: a frame is never turned inside out

const there = ([, , visibility]) => visibility > 0;

/**
 * Points with a visibility as COCO has it; those of 0 have no place. Lines between them are of the class: a drawn shape
 * has them in `skeleton`. Handles are the points, null where one is not there, then those of the frame around them.
 */
class KeypointsKind {
  filled = false;
  dots = true;
  stops = true; // cut off, it would lack points

  bounds({ points }) {
    const placed = points.filter(there);
    return boundsOf(placed.length ? placed : points);
  }

  /** Dots and lines are drawn by themselves: they keep their size on screen. */
  trace() {}

  /** @param {Keypoints} geometry @param {number} x @param {number} y @param {any} [entry] the drawn shape, whose lines count as well */
  distance({ points }, x, y, entry) {
    let nearest = Infinity;
    for (const [px, py, visibility] of points) if (visibility) nearest = Math.min(nearest, Math.hypot(px - x, py - y));
    for (const [a, b] of linesOf(points, entry)) nearest = Math.min(nearest, distanceToPiece(a, b, x, y));
    return nearest;
  }

  covers() {
    return false;
  }

  move(geometry, dx, dy) {
    return changed(geometry, ([x, y]) => [x + dx, y + dy]);
  }

  handles(geometry) {
    const points = geometry.points.map((point) => (there(point) ? [point[0], point[1]] : null));
    return [...points, ...frameHandles(geometry)];
  }

  withHandle(geometry, index, [x, y]) {
    const { points } = geometry;
    if (index < points.length) return { ...geometry, points: points.with(index, [x, y, points[index][2] || 2]) };
    const [u, v] = FRAME[index - points.length];
    const [left, top, right, bottom] = frameOf(geometry);
    const across = stretched(u, left, right, x), down = stretched(v, top, bottom, y);
    return changed(geometry, ([px, py]) => [across(px), down(py)]);
  }

  inside(geometry, { width, height }) {
    return changed(geometry, ([x, y]) => [between(x, 0, width), between(y, 0, height)]);
  }

  exists({ points }) {
    return points.some(there);
  }
}

/** The lines of which both ends are there. @param {number[][]} points @param {any} [entry] @returns {number[][][]} */
export function linesOf(points, entry) {
  const lines = [];
  for (const [start, end] of entry?.skeleton?.edges ?? []) {
    if (points[start]?.[2] && points[end]?.[2]) lines.push([points[start], points[end]]);
  }
  return lines;
}

/** With all points that are there put elsewhere. @param {(point: number[]) => number[]} place */
function changed(geometry, place) {
  return { ...geometry, points: geometry.points.map((point) => (there(point) ? [...place(point), point[2]] : point)) };
}

function frameOf(geometry) {
  const [left, top, right, bottom] = keypoints.bounds(geometry);
  const dx = (right - left) * PAD, dy = (bottom - top) * PAD;
  return [left - dx, top - dy, right + dx, bottom + dy];
}

/** None around a single point: there is nothing to be made larger. */
function frameHandles(geometry) {
  const [left, top, right, bottom] = frameOf(geometry);
  if (left === right && top === bottom) return [];
  return FRAME.map(([u, v]) => [left + u * (right - left), top + v * (bottom - top)]);
}

/** What becomes of places on one axis, while the side at `share` is drawn to a place and the other one stays. */
function stretched(share, least, most, to) {
  const whole = most - least;
  if (share === 0.5 || !whole) return (place) => place;
  const fixed = share ? least : most;
  const factor = Math.max((share ? to - least : most - to) / whole, LEAST);
  return (place) => fixed + (place - fixed) * factor;
}

export const keypoints = new KeypointsKind();
