import { FIRST_LOOK } from "../canvas/look.js";
import { Raster } from "../canvas/raster.js";
import { Scene } from "../canvas/scene.js";
import { h } from "../lib/dom.js";

const LOOK = { ...FIRST_LOOK, fill: 12 };
const NOTHING = new Set();

/**
 * Shapes as a picture that lies over an image, of the image's proportions.
 * @param {{width: number, height: number}} image pixels of the image
 * @param {{shape: string, geometry: any, color: string, name?: string, dashed?: boolean, skeleton?: any}[]} shapes in its pixels
 * @param {number} edge longest edge of the picture, in CSS pixels
 * @param {any} [look] as in look.js, where it is another
 * @returns {HTMLCanvasElement}
 */
export function drawnShapes(image, shapes, edge, look = {}) {
  const ratio = globalThis.devicePixelRatio || 1;
  const scale = (edge * ratio) / Math.max(image.width, image.height);
  const [width, height] = [image.width, image.height].map((each) => Math.max(1, Math.round(each * scale)));
  const canvas = /** @type {HTMLCanvasElement} */ (h("canvas", { class: "drawn-shapes", width, height, "aria-hidden": "true" }));
  const scene = new Scene();
  scene.set(shapes.map((each, place) => ({ id: String(place), ...each })));
  const raster = new Raster(scene, NOTHING);
  raster.look = { ...LOOK, ...look };
  raster.show({ scale, ratio, left: 0, top: 0, width, height });
  raster.picture().then((picture) => canvas.getContext("bitmaprenderer")?.transferFromImageBitmap(picture));
  return canvas;
}
