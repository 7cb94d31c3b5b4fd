import { boxBetween, dragged } from "./pressed.js";

const GEOMETRIES = {
  box: (box) => ({ box }),
  ellipse: ([left, top, width, height]) => ({ center: [left + width / 2, top + height / 2], radii: [width / 2, height / 2], angle: 0 }),
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
    if (pressed && dragged(this.#from, at)) this.#dragged = true;
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

  #between(at) {
    return GEOMETRIES[this.name](boxBetween(this.#from, at));
  }
}
