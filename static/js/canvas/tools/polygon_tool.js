const CLOSE = 10; // CSS pixels from the first point
const FREEHAND = 6; // CSS pixels between points while Shift is held

/** Draws a polygon or a polyline point by point; with Shift the line follows the pointer. */
export class PolygonTool {
  cursor = "crosshair";
  crosshair = true;
  #stage;
  #closed;
  #points = [];
  #last = null;

  /** @param {import("../stage.js").Stage} stage @param {"polygon"|"polyline"} name */
  constructor(stage, name) {
    this.#stage = stage;
    this.name = name;
    this.#closed = name === "polygon";
  }

  get busy() {
    return this.#points.length > 0;
  }

  down(at) {
    if (at.button === 2) this.#back();
    else if (at.again || this.#closes(at)) this.finish();
    else this.#add(at);
    this.#show(at);
    return true;
  }

  move(at) {
    if (!this.busy) return;
    if (at.shift && apart(at, this.#last) > FREEHAND) this.#add(at);
    this.#show(at);
  }

  up() {}

  /** With the points there are. */
  finish() {
    const points = this.#points;
    this.cancel();
    if (points.length > (this.#closed ? 2 : 1)) this.#stage.drawn(this.name, this.#geometry(points));
  }

  cancel() {
    this.#points = [];
    this.#last = null;
    this.#stage.draft(null);
  }

  #add(at) {
    this.#points.push([at.x, at.y]);
    this.#last = at;
  }

  #back() {
    this.#points.pop();
    if (!this.busy) this.cancel();
  }

  #closes(at) {
    const [first] = this.#points;
    return this.#closed && this.#points.length > 2 && Math.hypot(at.x - first[0], at.y - first[1]) * at.scale < CLOSE;
  }

  #show({ x, y }) {
    if (this.busy) this.#stage.draft(this.name, this.#geometry([...this.#points, [x, y]]));
  }

  #geometry(points) {
    return this.#closed ? { rings: [points] } : { points };
  }
}

const apart = (a, b) => Math.hypot(a.screenX - b.screenX, a.screenY - b.screenY);
