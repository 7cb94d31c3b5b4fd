import { kindOf } from "../canvas/kinds/index.js";
import { turned } from "../canvas/kinds/points.js";

const ROUND = 96; // corners of an ellipse

/** The rings of a shape that has an area and is no mask: outside first, then holes. @param {{shape: string, geometry: any}} annotation @returns {number[][][]} */
export function ringsOf({ shape, geometry }) {
  if (shape === "polygon") return geometry.rings;
  if (shape === "ellipse") return [around(geometry)];
  return [kindOf(shape).corners(geometry)];
}

function around({ center, radii: [rx, ry], angle = 0 }) {
  return Array.from({ length: ROUND }, (_each, index) => {
    const turn = (2 * Math.PI * index) / ROUND;
    return turned([center[0] + rx * Math.cos(turn), center[1] + ry * Math.sin(turn)], center, angle);
  });
}
