import { BoxTool } from "./box_tool.js";
import { ExtremePointsTool } from "./extreme_points_tool.js";

/** Draws boxes in the way that somebody has chosen: by two corners, or by four extreme points. */
export class ChosenBoxTool {
  name = "box";
  cursor = "crosshair";
  crosshair = true;
  #ways;
  #by = "corners";

  /** @param {import("../stage.js").Stage} stage */
  constructor(stage) {
    this.#ways = { corners: new BoxTool(stage, "box"), extremes: new ExtremePointsTool(stage) };
  }

  get by() {
    return this.#by;
  }

  set by(way) {
    this.cancel();
    this.#by = way in this.#ways ? way : "corners";
  }

  get busy() {
    return this.#tool.busy;
  }

  get #tool() {
    return this.#ways[this.#by];
  }

  down(at) {
    return this.#tool.down(at);
  }

  move(at, pressed) {
    this.#tool.move(at, pressed);
  }

  up(at) {
    this.#tool.up(at);
  }

  back() {
    this.#tool.back();
  }

  cancel() {
    this.#tool.cancel();
  }
}
