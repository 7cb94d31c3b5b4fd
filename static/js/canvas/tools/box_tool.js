const CLICK = 4; // CSS pixels

const GEOMETRIES = {
  box: (left, top, width, height) => ({ box: [left, top, width, height] }),
  ellipse: (left, top, width, height) => ({ center: [left + width / 2, top + height / 2], radii: [width / 2, height / 2], angle: 0 }),
};

/** Draws a box, or an ellipse in one: by dragging from corner to corner, or by a click at each. */
export class BoxTool {
  cursor = "crosshair";
  crosshair = true;
  #stage;
  #from = null;
  #dragged = false;

  /** @param {import("../stage.js").Stage} stage @param {"box"|"ellipse"} name */
  constructor(stage, name) {
    this.#stage = stage;
    this.name = name;
  }

  get busy() {
    return this.#from !== null;
  }

  down(at) {
    if (at.button === 2) this.back();
    else if (!this.#from) {
      this.#from = at;
      this.#dragged = false;
    } else this.#finish(at);
    return true;
  }

  move(at, pressed) {
    if (!this.#from) return;
    if (pressed && Math.hypot(at.screenX - this.#from.screenX, at.screenY - this.#from.screenY) > CLICK) this.#dragged = true;
    this.#stage.draft(this.name, this.#between(at));
  }

  up(at) {
    if (this.#from && this.#dragged) this.#finish(at);
  }

  back() {
    this.cancel();
  }

  cancel() {
    this.#from = null;
    this.#stage.draft(null);
  }

  #finish(at) {
    const geometry = this.#between(at);
    this.cancel();
    this.#stage.drawn(this.name, geometry);
  }

  #between({ x, y }) {
    const { x: fromX, y: fromY } = this.#from;
    return GEOMETRIES[this.name](Math.min(fromX, x), Math.min(fromY, y), Math.abs(x - fromX), Math.abs(y - fromY));
  }
}
