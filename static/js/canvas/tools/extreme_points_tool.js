import { boundsOf } from "../kinds/points.js";

const POINTS = 4;

/** Draws a box by a click at each of its outermost points: top, left, bottom and right, in any order. */
export class ExtremePointsTool {
  name = "box";
  cursor = "crosshair";
  crosshair = true;
  #stage;
  #points = [];

  /** @param {import("../stage.js").Stage} stage */
  constructor(stage) {
    this.#stage = stage;
  }

  get busy() {
    return this.#points.length > 0;
  }

  down(at) {
    if (at.button === 2) this.back();
    else this.#points.push([at.x, at.y]);
    if (this.#points.length === POINTS) this.#finish();
    else this.#show();
    return true;
  }

  move() {}

  up() {}

  /** One point less. */
  back() {
    this.#points.pop();
    this.#show();
  }

  cancel() {
    this.#points = [];
    this.#stage.draft(null);
  }

  #show() {
    if (this.busy) this.#stage.draft("keypoints", { points: this.#points.map(([x, y]) => [x, y, 2]) });
    else this.#stage.draft(null);
  }

  #finish() {
    const [left, top, right, bottom] = boundsOf(this.#points);
    this.cancel();
    this.#stage.drawn("box", { box: [left, top, right - left, bottom - top] });
  }
}
