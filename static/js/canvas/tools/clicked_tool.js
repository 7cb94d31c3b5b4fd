/** A tool that gathers clicks until it has enough of them for a shape. */
export class ClickedTool {
  cursor = "crosshair";
  crosshair = true;
  points = /** @type {any[]} */ ([]); // x and y each
  stage;

  /** @param {import("../stage.js").Stage} stage */
  constructor(stage) {
    this.stage = stage;
  }

  get busy() {
    return this.points.length > 0;
  }

  up() {}

  cancel() {
    this.points = [];
    this.stage.draft(null);
  }
}
