import { box, rotatedBox } from "./box.js";
import { ellipse } from "./ellipse.js";
import { keypoints } from "./keypoints.js";
import { mask } from "./mask.js";
import { polygon } from "./polygon.js";
import { polyline } from "./polyline.js";

/**
 * Kinds of shapes: what the canvas has to know of each. Geometry is as API.md has it and never changed in place.
 *
 * `bounds`, `trace` (outline into a path), `distance` (of a point from the outline) and `covers` are for drawing and
 * finding; `move`, `handles`, `withHandle` and `inside` (clipped to the image) for editing, with `middle` and
 * `turnHandle` of those that can be turned, `withVertex` and `withoutVertex` of those that have vertices; `exists` is false of what has no extent;
 * `stops` is true of what is not cut off at the border of the image, so that it goes no further.
 */
const KINDS = { box, rotated_box: rotatedBox, polygon, polyline, keypoints, ellipse, mask };

/** @param {string} shape @returns {any} undefined for what has no place on the image: tags */
export const kindOf = (shape) => KINDS[shape];
