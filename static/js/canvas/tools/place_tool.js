import { PointHint } from "./point_hint.js";

/** In the hand for one click: the place of a point that was not there. Then the tool before is in the hand again. */
export class PlaceTool {
  name = "place";
  cursor = "crosshair";
  crosshair = true;
  busy = true;
  #stage;
  #hint;
  #before;
  #text;
  #placed;

  /** @param {import("../stage.js").Stage} stage @param {PointHint} hint @param {string} text what is placed @param {(place: number[], hidden: boolean) => void} placed */
  constructor(stage, hint, text, placed) {
    this.#stage = stage;
    this.#hint = hint;
    this.#before = stage.tool;
    this.#text = text;
    this.#placed = placed;
  }

  down(at) {
    if (at.button === 2) this.cancel();
    return true;
  }

  move(at) {
    this.#hint.show(at, this.#text);
  }

  up(at) {
    if (!this.busy) return;
    this.cancel();
    this.#placed([at.x, at.y], at.shift);
  }

  /** Two fingers move the image: the click is still to come. */
  pause() {}

  left() {
    this.#hint.show(null);
  }

  cancel() {
    if (!this.busy) return;
    this.busy = false;
    this.#hint.show(null);
    if (this.#stage.tool === this) this.#stage.tool = this.#before;
  }
}
