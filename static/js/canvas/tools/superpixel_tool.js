import { maskOf } from "../mask/flood.js";

const LEAST = 6, MOST = 120; // pixels of the image
const PAUSE_MS = 200;

/** Paints whole superpixels into a mask, or out of it with Shift: one stroke is one change. */
export class SuperpixelTool {
  name = "superpixels";
  gives = "mask";
  cursor = "crosshair";
  everyMove = true;
  /** Of a piece, in pixels of the image. */
  side = 24;
  #stage;
  #shaping;
  #assistant;
  #pieces;
  #chosen = /** @type {Set<number>|null} */ (null);
  #target = null; // the mask that is erased from
  #erases = false;
  #parted = /** @type {{item: any, side: number}} */ ({ item: null, side: 0 });
  #timer;
  #view = { scale: 1, x: 0, y: 0 };

  /**
   * @param {import("../stage.js").Stage} stage @param {import("../../label/shaping.js").Shaping} shaping
   * @param {import("../../label/assistant.js").Assistant} assistant @param {import("../smart/superpixels.js").Superpixels} pieces
   */
  constructor(stage, shaping, assistant, pieces) {
    this.#stage = stage;
    this.#shaping = shaping;
    this.#assistant = assistant;
    this.#pieces = pieces;
  }

  get busy() {
    return this.#chosen !== null;
  }

  /** In somebody's hand, and the image that it is over. */
  begin() {
    const { item } = this.#stage;
    if (!item) this.end();
    else if (item !== this.#parted.item || this.side !== this.#parted.side) this.#part(item);
  }

  /** In nobody's hand. */
  end() {
    clearTimeout(this.#timer);
    this.#parted = { item: null, side: 0 };
    this.#pieces.hide();
  }

  /** @param {number} side @param {boolean} [soon] more is to come: a slider is being moved */
  resize(side, soon = true) {
    this.side = Math.min(Math.max(Math.round(side), LEAST), MOST);
    this.#assistant.tell();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#stage.tool === this && this.begin(), soon ? PAUSE_MS : 0);
  }

  step(by) {
    this.resize(this.side * 1.25 ** by + by);
  }

  down(at) {
    if (at.button !== 0 || !this.#pieces.labels) return true;
    this.#erases = at.shift;
    this.#target = at.shift ? this.#shaping.erases(at) : null;
    if (at.shift && !this.#target) return true;
    this.#chosen = new Set();
    this.#choose(at);
    return true;
  }

  move(at, pressed) {
    if (pressed && this.#chosen) this.#choose(at);
  }

  up() {
    const chosen = this.#chosen;
    this.#chosen = null;
    if (!chosen?.size || !this.#pieces.labels) return;
    const { width, height } = this.#stage.item;
    const mask = maskOf(this.#pieces.bits(chosen), this.#pieces.width, [height, width]);
    if (this.#erases) this.#shaping.erased(mask, /** @type {any} */ (this.#target).id);
    else this.#shaping.painted(mask, "semi-auto");
    this.#pieces.show(new Set());
  }

  cancel() {
    this.#chosen = null;
    this.#pieces.show(new Set());
  }

  look(view) {
    this.#view = view;
    this.#pieces.look(view);
  }

  #choose(at) {
    const piece = this.#pieces.at(at);
    if (piece < 0 || this.#chosen?.has(piece)) return;
    this.#chosen?.add(piece);
    this.#pieces.show(/** @type {Set<number>} */ (this.#chosen), this.#erases ? "#ef4444" : this.#stage.color);
  }

  async #part(item) {
    this.#parted = { item, side: this.side };
    this.#pieces.look(this.#view);
    const failed = await this.#assistant.during(async () => void (await this.#pieces.part(item, this.side)));
    if (failed === null && this.#parted.item === item) this.#parted = { item: null, side: 0 };
  }
}
