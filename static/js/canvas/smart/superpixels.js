import { h } from "../../lib/dom.js";
import { pixelsOf } from "../mask/picture_pixels.js";
import { reduced } from "./reduced.js";

const MOST = 1_200_000; // pixels of the picture that are parted
const EDGE = [255, 255, 255, 130];
const CHOSEN = 110; // of 255: how much of its colour a chosen piece is

/** The superpixels of the image at hand: parted by a worker, their outlines and what is chosen of them shown above the picture. */
export class Superpixels {
  /** Set by `part`: numbers of the pieces, row by row. */
  labels = /** @type {Int32Array|null} */ (null);
  width = 0;
  height = 0;
  #address;
  #worker = /** @type {Worker|null} */ (null);
  #canvas = h("canvas", { class: "superpixels", "aria-hidden": "true", hidden: true });
  #view = { scale: 1, x: 0, y: 0 };
  #item = /** @type {any} */ (null);
  #turn = 0;
  #waiting = new Map();

  /** @param {HTMLElement} element the stage's @param {string} address of the worker's script */
  constructor(element, address) {
    this.#address = address;
    element.append(this.#canvas);
  }

  /** Part an image; the newest asking counts alone. @param {any} item @param {number} side of a piece, in pixels of the image @returns {Promise<void>} */
  async part(item, side) {
    this.hide();
    const turn = (this.#turn += 1);
    const pixels = await pixelsOf(item);
    if (turn !== this.#turn) return;
    const picture = reduced(pixels, Math.ceil(Math.sqrt((pixels.width * pixels.height) / MOST)));
    const { width, height, data } = picture;
    const labels = await this.#asked(turn, { width, height, data }, Math.max((side * width) / item.width, 4));
    if (turn !== this.#turn) return;
    Object.assign(this, { labels, width, height });
    this.#item = item;
    this.#draw(new Set());
  }

  hide() {
    this.#turn += 1;
    this.labels = null;
    this.#item = null;
    this.#canvas.hidden = true;
  }

  /** The piece at a place of the image; -1 for none. */
  at({ x, y }) {
    if (!this.labels || x < 0 || y < 0 || x >= this.#item.width || y >= this.#item.height) return -1;
    const column = Math.floor((x * this.width) / this.#item.width), row = Math.floor((y * this.height) / this.#item.height);
    return this.labels[row * this.width + column];
  }

  /** @param {Set<number>} chosen pieces that are shown in a colour @param {string} [color] as #rrggbb */
  show(chosen, color) {
    if (this.labels) this.#draw(chosen, color);
  }

  /** @param {Set<number>} chosen @returns {Uint8Array} one a pixel of the picture that was parted */
  bits(chosen) {
    return Uint8Array.from(/** @type {Int32Array} */ (this.labels), (label) => (chosen.has(label) ? 1 : 0));
  }

  look({ scale, x, y }) {
    this.#view = { scale, x, y };
    this.#place();
  }

  #asked(turn, picture, side) {
    if (!this.#worker) {
      this.#worker = new Worker(this.#address, { type: "module" });
      this.#worker.onmessage = ({ data }) => {
        this.#waiting.get(data.turn)?.resolve(data.labels);
        this.#waiting.delete(data.turn);
      };
      this.#worker.onerror = () => this.#failed();
    }
    return new Promise((resolve, reject) => {
      this.#waiting.set(turn, { resolve, reject });
      this.#worker?.postMessage({ turn, picture, side });
    });
  }

  /** The next asking begins with another worker. */
  #failed() {
    this.#worker?.terminate();
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(new Error(gettext("The picture could not be parted into pieces. Try it again.")));
    this.#waiting.clear();
  }

  #draw(chosen, color = "#ffffff") {
    const { width, height } = this;
    const labels = /** @type {Int32Array} */ (this.labels);
    const drawn = new ImageData(width, height);
    const words = new Uint32Array(drawn.data.buffer);
    const edge = word(...EDGE);
    const filled = word(...[1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16)), CHOSEN);
    for (let place = 0, y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1, place += 1) {
        const label = labels[place];
        if ((x < width - 1 && labels[place + 1] !== label) || (y < height - 1 && labels[place + width] !== label)) words[place] = edge;
        else if (chosen.has(label)) words[place] = filled;
      }
    }
    Object.assign(this.#canvas, { width, height });
    this.#canvas.getContext("2d")?.putImageData(drawn, 0, 0);
    this.#canvas.hidden = false;
    this.#place();
  }

  #place() {
    if (!this.#item) return;
    const { scale, x, y } = this.#view;
    this.#canvas.style.setProperty("transform", `translate(${x}px, ${y}px) scale(${(scale * this.#item.width) / this.width}, ${(scale * this.#item.height) / this.height})`);
  }
}

/** A colour as it lies in memory, the lowest byte first. */
function word(red, green, blue, alpha) {
  return ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
