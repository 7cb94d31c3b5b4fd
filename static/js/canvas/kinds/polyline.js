import { between, boundsOf, distanceToLine, moved, traceLine, withPoint } from "./points.js";

/** @typedef {{points: number[][]}} Polyline */
class PointsKind {
  filled = false;

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
    return points.map(([x, y]) => [x, y]);
  }

  withHandle(geometry, index, [x, y]) {
    const rest = geometry.points[index].slice(2);
    return { ...geometry, points: geometry.points.with(index, [x, y, ...rest]) };
  }

  inside(geometry, { width, height }) {
    return { ...geometry, points: geometry.points.map(([x, y, ...rest]) => [between(x, 0, width), between(y, 0, height), ...rest]) };
  }

  exists({ points }) {
    return new Set(points.map(String)).size > 1;
  }
}

/** Lines get and lose vertices; the points of a skeleton are as many as it has. */
class PolylineKind extends PointsKind {
  withVertex(geometry, point) {
    return { ...geometry, points: withPoint(geometry.points, point, false) };
  }

  withoutVertex(geometry, index) {
    return geometry.points.length > 2 ? { ...geometry, points: geometry.points.toSpliced(index, 1) } : geometry;
  }
}

/** Points with a visibility as COCO has it; those of 0 are not placed. */
class KeypointsKind extends PointsKind {
  dots = true;

  bounds({ points }) {
    const placed = points.filter(([, , visibility]) => visibility);
    return boundsOf(placed.length ? placed : points);
  }

  /** Dots are drawn by themselves: they keep their size on screen. */
  trace() {}

  distance({ points }, x, y) {
    return Math.min(...points.filter(([, , visibility]) => visibility).map(([px, py]) => Math.hypot(px - x, py - y)));
  }

  exists({ points }) {
    return points.some(([, , visibility]) => visibility);
  }
}

export const polyline = new PolylineKind();
export const keypoints = new KeypointsKind();
