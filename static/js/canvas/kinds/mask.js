import { outlineOf } from "../mask/outline.js";
import { eachRun, eachSpan, exists } from "../mask/runs.js";
import { Spans } from "../mask/spans.js";
import { traceLine } from "./points.js";

const RAGGED = 30_000; // runs: to fill so long an outline takes longer than to copy pixels
const starts = new WeakMap(); // of each run of a mask

/** Masks: pixels instead of an outline. They are changed by the brush, not by handles. */
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

  /** Along the edges of its pixels. */
  trace(path, geometry) {
    for (const { outer, holes } of outlineOf(geometry)) for (const ring of [outer, ...holes]) traceLine(path, ring, true);
  }

  /** Its outline is too long to be drawn as such: snow rather than a shape. */
  ragged({ counts }) {
    return counts.length > RAGGED;
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

  /** By whole pixels; what leaves the image is lost. */
  move(geometry, dx, dy) {
    const [x, y] = [Math.round(dx), Math.round(dy)];
    if (!x && !y) return geometry;
    const spans = new Spans(geometry.size);
    eachSpan(geometry, (column, from, to) => spans.add(column + x, from + y, to + y));
    return spans.mask;
  }

  /** A mask is of one size of image, and of no other. */
  inside(geometry, { width, height }) {
    return geometry.size[0] === height && geometry.size[1] === width ? geometry : null;
  }

  exists(geometry) {
    return exists(geometry);
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

export const mask = new MaskKind();
