import { boundsOf } from "../kinds/points.js";
import { ClickedTool } from "./clicked_tool.js";

const POINTS = 4;

/** Draws a box by a click at each of its outermost points: top, left, bottom and right, in any order. */
export class ExtremePointsTool extends ClickedTool {
  name = "box";

  down(at) {
    if (at.button === 2) this.back();
    else this.points.push([at.x, at.y]);
    if (this.points.length === POINTS) this.#finish();
    else this.#show();
    return true;
  }

  move() {}

  /** One point less. */
  back() {
    this.points.pop();
    this.#show();
  }

  #show() {
    if (this.busy) this.stage.draft("keypoints", { points: this.points.map(([x, y]) => [x, y, 2]) });
    else this.stage.draft(null);
  }

  #finish() {
    const [left, top, right, bottom] = boundsOf(this.points);
    this.cancel();
    this.stage.drawn("box", { box: [left, top, right - left, bottom - top] });
  }
}
