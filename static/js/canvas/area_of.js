import { kindOf } from "./kinds/index.js";
import { ringArea } from "./kinds/points.js";
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
