import { kindOf } from "./kinds/index.js";
import { between } from "./kinds/points.js";
import { rounded } from "./rounded.js";

/** A shape's geometry cut off at the edges of an image; null where nothing of it lies inside. @param {string} shape @param {any} geometry @param {any} image */
export function inside(shape, geometry, image) {
  const kept = kindOf(shape).inside(geometry, image);
  return kept && kindOf(shape).exists(kept) ? rounded(kept) : null;
}

/**
 * A geometry moved by so many pixels: what cannot be cut off at the border of an image stops there.
 * @param {any} kind @param {any} geometry @param {number} dx @param {number} dy @param {{width: number, height: number}} image
 */
export function movedWithin(kind, geometry, dx, dy, { width, height }) {
  if (!kind.stops) return kind.move(geometry, dx, dy);
  const [left, top, right, bottom] = kind.bounds(geometry);
  return kind.move(geometry, between(dx, -left, width - right), between(dy, -top, height - bottom));
}

/**
 * Shapes as they would lie on an image, moved by so many pixels; their geometry is null where nothing of them would.
 * @param {any[]} shapes @param {number} by @param {any} image
 */
export function placed(shapes, by, image) {
  return shapes.map(({ shape, geometry }) => {
    const kind = kindOf(shape);
    return { shape, geometry: inside(shape, kind.move ? movedWithin(kind, geometry, by, by, image) : geometry, image) };
  });
}
