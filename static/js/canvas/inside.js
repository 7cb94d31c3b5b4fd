import { kindOf } from "./kinds/index.js";
import { rounded } from "./rounded.js";

/** A shape's geometry cut off at the edges of an image; null where nothing of it lies inside. @param {string} shape @param {any} geometry @param {any} image */
export function inside(shape, geometry, image) {
  const kept = kindOf(shape).inside(geometry, image);
  return kept && kindOf(shape).exists(kept) ? rounded(kept) : null;
}

/**
 * Shapes as they would lie on an image, moved by so many pixels; their geometry is null where nothing of them would.
 * @param {any[]} shapes @param {number} by @param {any} image
 */
export function placed(shapes, by, image) {
  return shapes.map(({ shape, geometry }) => {
    const kind = kindOf(shape);
    return { shape, geometry: inside(shape, by && kind.move ? kind.move(geometry, by, by) : geometry, image) };
  });
}
