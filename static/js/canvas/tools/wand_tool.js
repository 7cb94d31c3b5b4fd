import { flood, maskOf } from "../mask/flood.js";
import { pixelsOf } from "../mask/picture_pixels.js";

const MOST = 128;

/** How far a colour may be from that of the place that was clicked. */
export class Tolerance {
  value = 24;
  #observers = new Set();

  set(value) {
    this.value = Math.min(Math.max(Math.round(value), 0), MOST);
    for (const observer of this.#observers) observer();
  }

  step(by) {
    this.set(this.value + 4 * by);
  }

  observe(observer) {
    this.#observers.add(observer);
  }
}

/** Takes all that is of nearly one colour around a click; with Shift it is taken away from the mask. */
export class WandTool {
  name = "wand";
  gives = "mask";
  cursor = "crosshair";
  busy = false;
  #stage;
  #shaping;
  #tolerance;

  /** @param {import("../stage.js").Stage} stage @param {any} shaping @param {Tolerance} tolerance */
  constructor(stage, shaping, tolerance) {
    this.#stage = stage;
    this.#shaping = shaping;
    this.#tolerance = tolerance;
  }

  down(at) {
    const { item } = this.#stage;
    if (at.button === 0 && item && at.x >= 0 && at.y >= 0 && at.x < item.width && at.y < item.height) this.#take(item, at);
    return true;
  }

  move() {}

  up() {}

  cancel() {}

  async #take(item, { x, y, shift }) {
    const picture = await pixelsOf(item).catch(() => null);
    if (item !== this.#stage.item) return;
    if (!picture) return void this.#shaping.unreadable();
    const column = Math.floor((x * picture.width) / item.width), row = Math.floor((y * picture.height) / item.height);
    const bits = flood(picture, column, row, this.#tolerance.value);
    const mask = maskOf(bits, picture.width, [item.height, item.width]);
    if (!shift) return void this.#shaping.painted(mask);
    const target = this.#shaping.erases({ x, y });
    if (target) this.#shaping.erased(mask, target.id);
    return undefined;
  }
}
