import { between, boundsOf, distanceToLine, holds, moved, traceLine } from "./points.js";

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
    let place = index;
    const rings = geometry.rings.map((ring) => {
      const here = place;
      place -= ring.length;
      return here >= 0 && here < ring.length ? ring.with(here, point) : ring;
    });
    return { ...geometry, rings };
  }

  inside(geometry, { width, height }) {
    const kept = ([x, y]) => [between(x, 0, width), between(y, 0, height)];
    return { ...geometry, rings: geometry.rings.map((ring) => ring.map(kept)) };
  }

  exists({ rings }) {
    return new Set(rings[0].map(String)).size > 2;
  }
}

export const polygon = new PolygonKind();
