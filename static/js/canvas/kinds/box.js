import { between, beyond, distanceToLine, traceLine, turned } from "./points.js";

/** @typedef {{box: [number, number, number, number], angle?: number}} Box left, top, width, height */

// Handles go round from the corner at the top left: corner, side, corner, ...
const HANDLES = [[0, 0], [0.5, 0], [1, 0], [1, 0.5], [1, 1], [0.5, 1], [0, 1], [0, 0.5]];

/** Boxes, and boxes that are turned about their centre. */
class BoxKind {
  filled = true;

  corners({ box: [x, y, width, height], angle = 0 }) {
    const plain = [[x, y], [x + width, y], [x + width, y + height], [x, y + height]];
    return angle ? plain.map((each) => turned(each, [x + width / 2, y + height / 2], angle)) : plain;
  }

  bounds(geometry) {
    const corners = this.corners(geometry);
    const xs = corners.map(([x]) => x), ys = corners.map(([, y]) => y);
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  }

  trace(path, geometry) {
    traceLine(path, this.corners(geometry), true);
  }

  distance(geometry, x, y) {
    return distanceToLine(this.corners(geometry), x, y, true);
  }

  covers({ box: [left, top, width, height], angle = 0 }, x, y) {
    const [px, py] = turned([x, y], [left + width / 2, top + height / 2], -angle);
    return px >= left && px <= left + width && py >= top && py <= top + height;
  }

  move(geometry, dx, dy) {
    const [x, y, width, height] = geometry.box;
    return { ...geometry, box: [x + dx, y + dy, width, height] };
  }

  handles({ box: [x, y, width, height], angle = 0 }) {
    const middle = [x + width / 2, y + height / 2];
    return HANDLES.map(([u, v]) => turned([x + u * width, y + v * height], middle, angle));
  }

  /** The middle, about which a shape is turned. */
  middle({ box: [x, y, width, height] }) {
    return [x + width / 2, y + height / 2];
  }

  /** Where somebody takes it to turn it: beyond its upper side. */
  turnHandle(geometry, distance) {
    const [x, y] = this.middle(geometry);
    return turned([x, y - geometry.box[3] / 2 - distance], [x, y], geometry.angle ?? 0);
  }

  /** The opposite corner or side stays where it is, also of a box that is turned. */
  withHandle(geometry, index, point) {
    const { box: [x, y, width, height], angle = 0 } = geometry;
    const middle = [x + width / 2, y + height / 2];
    const [px, py] = turned(point, middle, -angle);
    const [u, v] = HANDLES[index];
    const [left, right] = stretched(u, x, x + width, px);
    const [top, bottom] = stretched(v, y, y + height, py);
    const plain = [left, top, right - left, bottom - top];
    if (!angle) return { ...geometry, box: plain };
    const centre = turned([left + plain[2] / 2, top + plain[3] / 2], middle, angle);
    return { ...geometry, box: [centre[0] - plain[2] / 2, centre[1] - plain[3] / 2, plain[2], plain[3]] };
  }

  /** A turned one is kept as it is: cut off, it would be another shape. */
  inside(geometry, image) {
    if (geometry.angle) return beyond(this.bounds(geometry), image) ? null : geometry;
    const { width: w, height: h } = image;
    const [x, y, width, height] = geometry.box;
    const left = between(x, 0, w), top = between(y, 0, h);
    return { ...geometry, box: [left, top, between(x + width, 0, w) - left, between(y + height, 0, h) - top] };
  }

  exists({ box: [, , width, height] }) {
    return width > 0 && height > 0;
  }
}

/** One axis of a box while a handle is drawn to a place; past the other side the two change their parts. */
function stretched(share, least, most, to) {
  if (share === 0.5) return [least, most];
  const stays = share ? least : most;
  return [Math.min(stays, to), Math.max(stays, to)];
}

/** Boxes that can be turned; others stay upright. */
class RotatedBoxKind extends BoxKind {
  turns = true;
}

export const box = new BoxKind();
export const rotatedBox = new RotatedBoxKind();
