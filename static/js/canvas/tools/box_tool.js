const CLICK = 4; // CSS pixels

/** Draws a box: by dragging from corner to corner, or by a click at each. */
export class BoxTool {
  name = "box";
  cursor = "crosshair";
  crosshair = true;
  #stage;
  #from = null;
  #dragged = false;

  /** @param {import("../stage.js").Stage} stage */
  constructor(stage) {
    this.#stage = stage;
  }

  get busy() {
    return this.#from !== null;
  }

  down(at) {
    if (!this.#from) {
      this.#from = at;
      this.#dragged = false;
    } else this.#finish(at);
    return true;
  }

  move(at, pressed) {
    if (!this.#from) return;
    if (pressed && Math.hypot(at.screenX - this.#from.screenX, at.screenY - this.#from.screenY) > CLICK) this.#dragged = true;
    this.#stage.draft("box", this.#between(at));
  }

  up(at) {
    if (this.#from && this.#dragged) this.#finish(at);
  }

  cancel() {
    this.#from = null;
    this.#stage.draft(null);
  }

  #finish(at) {
    const geometry = this.#between(at);
    this.cancel();
    this.#stage.drawn("box", geometry);
  }

  #between({ x, y }) {
    const { x: fromX, y: fromY } = this.#from;
    return { box: [Math.min(fromX, x), Math.min(fromY, y), Math.abs(x - fromX), Math.abs(y - fromY)] };
  }
}
