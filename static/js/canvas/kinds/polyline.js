import { between, boundsOf, distanceToLine, moved, traceLine, withPoint } from "./points.js";

/** @typedef {{points: number[][]}} Polyline */
class PolylineKind {
  filled = false;
  stops = true; // cut off, it might be several

  bounds({ points }) {
    return boundsOf(points);
  }

  trace(path, { points }) {
    traceLine(path, points, false);
  }

  distance({ points }, x, y) {
    return distanceToLine(points, x, y, false);
  }

  covers() {
    return false;
  }

  move(geometry, dx, dy) {
    return { ...geometry, points: moved(geometry.points, dx, dy) };
  }

  handles({ points }) {
    return points;
  }

  withHandle(geometry, index, [x, y]) {
    return { ...geometry, points: geometry.points.with(index, [x, y]) };
  }

  inside(geometry, { width, height }) {
    return { ...geometry, points: geometry.points.map(([x, y]) => [between(x, 0, width), between(y, 0, height)]) };
  }

  exists({ points }) {
    return new Set(points.map(String)).size > 1;
  }

  withVertex(geometry, point) {
    return { ...geometry, points: withPoint(geometry.points, point, false) };
  }

  withoutVertex(geometry, index) {
    return geometry.points.length > 2 ? { ...geometry, points: geometry.points.toSpliced(index, 1) } : geometry;
  }
}

export const polyline = new PolylineKind();
