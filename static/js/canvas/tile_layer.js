import { h } from "../lib/dom.js";
import { TileGrid } from "./tile_grid.js";
import { TileStore } from "./tile_store.js";

const AROUND = 0.5; // tiles of so much of the stage beyond its edges are fetched too

/**
 * A large picture as a mosaic of tiles that is drawn anew for each look: of the level that fits, and where one is not
 * here yet of what there is, down to the picture of the whole image. So there is never a gap.
 */
export class TileLayer {
  #canvas = /** @type {any} */ (h("canvas", { class: "tile-layer", "aria-hidden": "true", hidden: true }));
  #context = this.#canvas.getContext("2d");
  #address = "";
  #grid = /** @type {TileGrid|null} */ (null);
  #store;
  #whole = /** @type {any} */ (null);
  #image = { width: 1, height: 1 };
  #seen = /** @type {[any, boolean]|null} */ (null);
  #asked = "";
  #drawing = 0;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.#store = new TileStore((tile, signal) => this.#fetch(tile, signal), () => this.#soon());
    element.append(this.#canvas);
  }

  /** @param {any} item the image @param {{levels: number[][], tile: number}} pyramid @param {HTMLImageElement} whole a small picture of all of it */
  show(item, pyramid, whole) {
    this.clear();
    this.#address = `/api/images/${item.id}/tiles`;
    this.#grid = new TileGrid(pyramid);
    this.#image = item;
    this.#whole = whole;
    this.#canvas.hidden = false;
    if (this.#seen) this.look(...this.#seen);
  }

  clear() {
    this.#grid = null;
    this.#whole = null;
    this.#asked = "";
    this.#canvas.hidden = true;
    this.#store.clear();
  }

  get shown() {
    return this.#grid !== null;
  }

  /** @param {import("./view_box.js").ViewBox} view @param {boolean} pixels whether each is to be seen as a square */
  look(view, pixels) {
    this.#seen = [view, pixels];
    if (!this.#grid) return;
    const { scale } = view;
    const level = this.#grid.levelFor(scale * ratio());
    const { left, top, width, height } = view.seen;
    const wide = AROUND * width, high = AROUND * height;
    const tiles = this.#grid.within(level, { left: left - wide, top: top - high, width: width + 2 * wide, height: height + 2 * high });
    const asked = tiles.map((each) => `${each.column},${each.row}`).join() + level;
    if (asked !== this.#asked) {
      this.#asked = asked;
      this.#store.want(tiles);
    }
    this.#draw(view, level, pixels);
  }

  #draw(view, level, pixels) {
    const grid = /** @type {TileGrid} */ (this.#grid);
    const density = ratio();
    const width = Math.round(this.#canvas.clientWidth * density), height = Math.round(this.#canvas.clientHeight * density);
    if (this.#canvas.width !== width || this.#canvas.height !== height) Object.assign(this.#canvas, { width, height });
    const context = this.#context;
    context.clearRect(0, 0, width, height);
    context.imageSmoothingEnabled = !pixels;
    // Whole pixels of the screen, so that there is no seam between tiles.
    const x = (place) => Math.round((place * view.scale + view.x) * density), y = (place) => Math.round((place * view.scale + view.y) * density);
    for (const tile of grid.within(level, view.seen)) {
      const [left, top, right, bottom] = grid.boundsOf(tile);
      const place = [x(left), y(top), x(right) - x(left), y(bottom) - y(top)];
      const picture = this.#store.get(tile);
      if (picture) context.drawImage(picture, ...place);
      else this.#stopgap(tile, [left, top, right, bottom], place);
    }
  }

  /** What is coarser and here, where a tile is not. */
  #stopgap(tile, [left, top, right, bottom], place) {
    const grid = /** @type {TileGrid} */ (this.#grid);
    for (let up = 1; tile.level + up <= grid.last; up += 1) {
      const { above, x, y } = grid.above(tile, up);
      const picture = this.#store.get(above);
      const factor = 2 ** (tile.level + up);
      if (picture) return this.#context.drawImage(picture, x, y, (right - left) / factor, (bottom - top) / factor, ...place);
    }
    const { naturalWidth, naturalHeight } = this.#whole;
    const across = naturalWidth / this.#image.width, down = naturalHeight / this.#image.height;
    return this.#context.drawImage(this.#whole, left * across, top * down, (right - left) * across, (bottom - top) * down, ...place);
  }

  async #fetch({ level, column, row }, signal) {
    const response = await fetch(`${this.#address}/${level}/${column}/${row}/`, { signal });
    if (!response.ok) throw new Error(String(response.status));
    return createImageBitmap(await response.blob());
  }

  /** Tiles that come together are drawn together. */
  #soon() {
    this.#drawing ||= requestAnimationFrame(() => {
      this.#drawing = 0;
      if (this.#grid && this.#seen) this.look(...this.#seen);
    });
  }
}

function ratio() {
  return globalThis.devicePixelRatio || 1;
}
