import { FIRST_LOOK } from "./look.js";
import { paintNames } from "./name_tags.js";
import { paint, reachOf } from "./painter.js";

const MOST_PIECES = 12; // so many changed places are painted one by one; more are painted as a whole

/**
 * A canvas that shows a part of the image's shapes and paints only what has changed: the strips that a move uncovers,
 * and the places of shapes that are others now.
 *
 * @typedef {{scale: number, ratio: number, left: number, top: number, width: number, height: number}} Frame in pixels
 *   of the screen: per pixel of the image; per CSS pixel; of the scaled image where the canvas begins; its size
 */
export class Raster {
  #scene;
  #hidden;
  #canvas = new OffscreenCanvas(1, 1);
  #context = /** @type {OffscreenCanvasRenderingContext2D} */ (this.#canvas.getContext("2d"));
  #frame = /** @type {Frame|null} */ (null);
  #look = /** @type {any} */ (FIRST_LOOK);

  /** @param {import("./scene.js").Scene} scene @param {Set<string>} hidden */
  constructor(scene, hidden) {
    this.#scene = scene;
    this.#hidden = hidden;
  }

  /** All is painted anew when shapes come to look different. */
  set look(look) {
    this.#look = look;
    if (this.#frame) this.#paint(0, 0, this.#frame.width, this.#frame.height);
  }

  get frame() {
    return this.#frame;
  }

  /** @param {Frame} frame */
  show(frame) {
    const before = this.#frame;
    this.#frame = frame;
    const { width, height } = frame;
    if (!before || before.scale !== frame.scale || before.width !== width || before.height !== height) {
      if (this.#canvas.width !== width || this.#canvas.height !== height) Object.assign(this.#canvas, { width, height });
      return this.#paint(0, 0, width, height);
    }
    const dx = before.left - frame.left, dy = before.top - frame.top;
    if (Math.abs(dx) >= width || Math.abs(dy) >= height) return this.#paint(0, 0, width, height);
    this.#context.setTransform(1, 0, 0, 1, 0, 0);
    this.#context.globalCompositeOperation = "copy";
    this.#context.drawImage(this.#canvas, dx, dy);
    this.#context.globalCompositeOperation = "source-over";
    if (dx) this.#paint(dx > 0 ? 0 : width + dx, 0, Math.abs(dx), height);
    if (dy) this.#paint(Math.max(dx, 0), dy > 0 ? 0 : height + dy, width - Math.abs(dx), Math.abs(dy));
    return undefined;
  }

  /** It shows nothing until it is told what. To empty the canvas as well would take as long as to paint it. */
  clear() {
    this.#frame = null;
  }

  /** @param {number[][]} places bounds in pixels of the image that look different now */
  renew(places) {
    if (!this.#frame) return;
    const { scale, ratio, left, top, width, height } = this.#frame;
    const reach = Math.ceil(reachOf(this.#look) * ratio);
    if (places.length > MOST_PIECES) return this.#paint(0, 0, width, height);
    for (const [l, t, r, b] of places) {
      const x = Math.max(Math.floor(l * scale - left - reach), 0), y = Math.max(Math.floor(t * scale - top - reach), 0);
      const right = Math.min(Math.ceil(r * scale - left + reach), width), bottom = Math.min(Math.ceil(b * scale - top + reach), height);
      if (right > x && bottom > y) this.#paint(x, y, right - x, bottom - y);
    }
  }

  /** @returns {Promise<ImageBitmap>} */
  picture() {
    return createImageBitmap(this.#canvas);
  }

  /** One rectangle of the canvas, from nothing. */
  #paint(x, y, width, height) {
    const { scale, ratio, left, top } = /** @type {Frame} */ (this.#frame);
    const context = this.#context;
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.beginPath();
    context.rect(x, y, width, height);
    context.clip();
    context.clearRect(x, y, width, height);
    context.setTransform(scale, 0, 0, scale, -left, -top);
    const bounds = [x + left, y + top, x + left + width, y + top + height].map((each) => each / scale);
    paint(context, this.#scene, bounds, scale / ratio, this.#hidden, this.#look);
    if (this.#look.names === "always") paintNames(context, this.#scene, bounds, /** @type {Frame} */ (this.#frame), this.#hidden, this.#look);
    context.restore();
  }
}
