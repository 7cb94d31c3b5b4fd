import { beyond, turned } from "./points.js";

/** @typedef {{center: [number, number], radii: [number, number], angle?: number}} Ellipse */

const HANDLES = [[0, -1], [1, 0], [0, 1], [-1, 0]];

class EllipseKind {
  filled = true;
  turns = true;

  middle({ center }) {
    return center;
  }

  turnHandle({ center: [x, y], radii, angle = 0 }, distance) {
    return turned([x, y - radii[1] - distance], [x, y], angle);
  }

  bounds({ center: [cx, cy], radii: [rx, ry], angle = 0 }) {
    const turn = (angle * Math.PI) / 180;
    const width = Math.hypot(rx * Math.cos(turn), ry * Math.sin(turn));
    const height = Math.hypot(rx * Math.sin(turn), ry * Math.cos(turn));
    return [cx - width, cy - height, cx + width, cy + height];
  }

  trace(path, { center: [cx, cy], radii: [rx, ry], angle = 0 }) {
    const turn = (angle * Math.PI) / 180;
    path.moveTo(cx + rx * Math.cos(turn), cy + rx * Math.sin(turn));
    path.ellipse(cx, cy, rx, ry, turn, 0, 2 * Math.PI);
  }

  /** Near the outline, along the ray from the centre: within a few pixels it is the distance. */
  distance({ center, radii: [rx, ry], angle = 0 }, x, y) {
    const [px, py] = turned([x, y], center, -angle);
    const dx = px - center[0], dy = py - center[1];
    const reach = Math.hypot(dx / rx, dy / ry);
    return reach ? Math.hypot(dx, dy) * Math.abs(1 - 1 / reach) : Math.min(rx, ry);
  }

  covers({ center, radii: [rx, ry], angle = 0 }, x, y) {
    const [px, py] = turned([x, y], center, -angle);
    return Math.hypot((px - center[0]) / rx, (py - center[1]) / ry) <= 1;
  }

  move(geometry, dx, dy) {
    const [cx, cy] = geometry.center;
    return { ...geometry, center: [cx + dx, cy + dy] };
  }

  handles({ center: [cx, cy], radii: [rx, ry], angle = 0 }) {
    return HANDLES.map(([u, v]) => turned([cx + u * rx, cy + v * ry], [cx, cy], angle));
  }

  withHandle(geometry, index, point) {
    const { center, radii: [rx, ry], angle = 0 } = geometry;
    const [px, py] = turned(point, center, -angle);
    const radii = HANDLES[index][0] ? [Math.abs(px - center[0]), ry] : [rx, Math.abs(py - center[1])];
    return { ...geometry, radii };
  }

  /** Kept as it is: cut off, it would be none. */
  inside(geometry, image) {
    return beyond(this.bounds(geometry), image) ? null : geometry;
  }

  exists({ radii: [rx, ry] }) {
    return rx > 0 && ry > 0;
  }
}

export const ellipse = new EllipseKind();
