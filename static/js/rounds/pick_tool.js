import { dragged } from "../canvas/tools/pressed.js";

const NEAR = 8; // CSS pixels

/** A click takes a shape or leaves it; a drag moves the image. */
export class PickTool {
  name = "pick";
  cursor = "pointer";
  busy = false;
  #stage;
  #pick;
  #from = /** @type {any} */ (null);

  /** @param {import("../canvas/stage.js").Stage} stage @param {(id: string) => void} pick */
  constructor(stage, pick) {
    this.#stage = stage;
    this.#pick = pick;
  }

  /** @returns {boolean} whether the press is the tool's: beside shapes it moves the image */
  down(at) {
    this.#from = at.button === 0 && this.#shapeAt(at) ? at : null;
    return this.#from !== null;
  }

  move(at) {
    this.#stage.pointAt(this.#shapeAt(at) ?? null);
  }

  up(at) {
    const from = this.#from;
    this.#from = null;
    if (!from || dragged(from, at)) return;
    const shape = this.#shapeAt(at);
    if (shape) this.#pick(shape.id);
  }

  cancel() {
    this.#from = null;
    this.#stage.pointAt(null);
  }

  #shapeAt(at) {
    return this.#stage.shapeAt(at, NEAR);
  }
}
