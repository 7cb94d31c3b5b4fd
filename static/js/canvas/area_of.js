import { kindOf } from "./kinds/index.js";
import { areaOf as pixelsOf } from "./mask/runs.js";

/** How many pixels of the image a shape covers; 0 for what has no area. @param {{shape: string, geometry: any}} annotation @returns {number} */
export function areaOf({ shape, geometry }) {
  if (shape === "mask") return pixelsOf(geometry);
  if (shape === "ellipse") return Math.PI * geometry.radii[0] * geometry.radii[1];
  if (geometry.box) return geometry.box[2] * geometry.box[3];
  if (geometry.rings) return geometry.rings.reduce((sum, ring, place) => sum + (place ? -1 : 1) * ringArea(ring), 0);
  return 0;
}

/** @param {{shape: string, geometry: any}} annotation @returns {[number, number]} width and height of the box around it */
export function sizeOf({ shape, geometry }) {
  const [left, top, right, bottom] = kindOf(shape).bounds(geometry);
  return [right - left, bottom - top];
}

/** @param {number[][]} ring */
export function ringArea(ring) {
  let twice = 0;
  for (let index = 0, before = ring.length - 1; index < ring.length; before = index, index += 1) {
    twice += ring[before][0] * ring[index][1] - ring[index][0] * ring[before][1];
  }
  return Math.abs(twice) / 2;
}
