import { h } from "../lib/dom.js";
import { mapPicture } from "./class_map.js";
import { drawnShapes } from "./drawn_shapes.js";

const WRONG = "#e5484d";

/** Whether an answer has places: the others are said in words. */
export const hasPlaces = ({ truth, found }) => [...truth, ...found].some((each) => each.shape);

/** Whether it says the class of every pixel. */
export const isMap = ({ truth }) => truth[0]?.shape === "map";

/**
 * What is and what the model says, as a picture that lies over the image: labels dashed, what is said filled, in red
 * where it is wrong; or maps of pixels.
 * @param {{canvas: [number, number], truth: any[], found: any[]}} answer in pixels of its canvas
 * @param {(id: number) => {color?: string, skeleton?: any}|undefined} classOf @param {number} edge longest edge in CSS pixels
 * @param {import("./class_map.js").Way} [way] to look at maps
 * @returns {HTMLCanvasElement}
 */
export function drawnAnswer({ canvas: [width, height], truth, found }, classOf, edge, way = "both") {
  if (isMap({ truth })) return drawnMap(width, height, mapPicture(truth[0], found[0], classOf, way));
  const drawn = ({ class_id: id, shape, geometry }, more) => ({ shape, geometry, color: classOf(id)?.color || "#888888", skeleton: classOf(id)?.skeleton, ...more });
  return drawnShapes({ width, height }, [
    ...found.map((each) => drawn(each, each.kind === "right" ? {} : { color: WRONG })),
    ...truth.map((each) => drawn(each, { dashed: true })),
  ], edge, { line: 1.25 });
}

function drawnMap(width, height, picture) {
  const canvas = /** @type {HTMLCanvasElement} */ (h("canvas", { class: "drawn-shapes", width, height, "aria-hidden": "true" }));
  picture.then((pixels) => canvas.getContext("2d")?.putImageData(pixels, 0, 0));
  return canvas;
}
