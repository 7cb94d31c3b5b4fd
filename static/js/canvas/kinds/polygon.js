import { clipped } from "./clipped.js";
import { boundsOf, distanceToLine, holds, leastAt, moved, traceLine, withPoint } from "./points.js";

/** @typedef {{rings: number[][][]}} Polygon the first ring is the outside, the others are holes */

/** Handles are the vertices of all rings, one ring after the other. */
class PolygonKind {
  filled = true;

  bounds({ rings }) {
    return boundsOf(rings[0]);
  }

  trace(path, { rings }) {
    for (const ring of rings) traceLine(path, ring, true);
  }

  distance({ rings }, x, y) {
    return Math.min(...rings.map((ring) => distanceToLine(ring, x, y, true)));
  }

  covers({ rings }, x, y) {
    return holds(rings, x, y);
  }

  move(geometry, dx, dy) {
    return { ...geometry, rings: geometry.rings.map((ring) => moved(ring, dx, dy)) };
  }

  handles({ rings }) {
    return rings.flat();
  }

  withHandle(geometry, index, point) {
    return changed(geometry, index, (ring, place) => ring.with(place, point));
  }

  /** One vertex more, on the nearest edge. */
  withVertex(geometry, point) {
    const distances = geometry.rings.map((ring) => distanceToLine(ring, point[0], point[1], true));
    const nearest = leastAt(distances);
    return { ...geometry, rings: geometry.rings.with(nearest, withPoint(geometry.rings[nearest], point, true)) };
  }

  /** One vertex less; a triangle keeps its own. */
  withoutVertex(geometry, index) {
    return changed(geometry, index, (ring, place) => (ring.length > 3 ? ring.toSpliced(place, 1) : ring));
  }

  /** Holes of which nothing is left are gone. */
  inside(geometry, image) {
    const [outer, ...holes] = geometry.rings.map((ring) => clipped(ring, image));
    return { ...geometry, rings: [outer, ...holes.filter((ring) => ring.length)] };
  }

  /** Whether it has an area the server says: what a person has drawn does not go without a word. */
  exists({ rings }) {
    return new Set(rings[0].map(String)).size > 2;
  }
}

/** With one ring changed, that of a vertex. @param {(ring: number[][], place: number) => number[][]} change */
function changed(geometry, index, change) {
  let place = index;
  const rings = geometry.rings.map((ring) => {
    const here = place;
    place -= ring.length;
    return here >= 0 && here < ring.length ? change(ring, here) : ring;
  });
  return { ...geometry, rings };
}

export const polygon = new PolygonKind();
