import { dragged } from "./pressed.js";

const NEAR = 8; // CSS pixels

/** Points at a place of the image, or at a shape, about which something is to be said. */
export class CommentTool {
  name = "comment";
  cursor = "crosshair";
  #stage;
  #from = /** @type {any} */ (null);

  /** @param {import("../stage.js").Stage} stage */
  constructor(stage) {
    this.#stage = stage;
  }

  get busy() {
    return this.#from !== null;
  }

  down(at) {
    if (at.button === 0) this.#from = at;
    return true;
  }

  move(at) {
    this.#stage.pointAt(this.#shapeAt(at));
  }

  up(at) {
    const from = this.#from;
    this.#from = null;
    if (!from || dragged(from, at)) return;
    this.#stage.commented([at.x, at.y], this.#shapeAt(at)?.id ?? null);
  }

  cancel() {
    this.#from = null;
    this.#stage.pointAt(null);
  }

  /** What is merely suggested may be gone in a moment. */
  #shapeAt(at) {
    return this.#stage.shapeAt(at, NEAR, (entry) => !entry.dashed);
  }
}
