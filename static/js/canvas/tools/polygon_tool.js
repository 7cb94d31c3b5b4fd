const CLOSE = 10; // CSS pixels from the first point
const FREEHAND = 6; // CSS pixels between points while Shift is held

/**
 * Draws a polygon or a polyline point by point; with Shift the line follows the pointer. Points go onto a neighbour that
 * is near, and along its border from one of its vertices to the next that is clicked.
 */
export class PolygonTool {
  cursor = "crosshair";
  crosshair = true;
  altered = true; // a click with Alt is its own: it snaps to nothing
  #stage;
  #closed;
  #snapping;
  #points = [];
  #steps = []; // how many points each click has added
  #last = null;
  #held = /** @type {import("../snapping.js").Snap|null} */ (null); // what of a neighbour the last point lies on

  /** @param {import("../stage.js").Stage} stage @param {"polygon"|"polyline"} name @param {import("../snapping.js").Snapping|null} [snapping] */
  constructor(stage, name, snapping = null) {
    this.#stage = stage;
    this.#snapping = snapping;
    this.name = name;
    this.#closed = name === "polygon";
  }

  get busy() {
    return this.#points.length > 0;
  }

  down(at) {
    if (at.button === 2) this.back();
    else if (at.again || this.#closes(at)) this.finish();
    else this.#add(at);
    this.#show(at);
    return true;
  }

  move(at) {
    if (!this.busy) return void (at.shift || this.#snapping?.at(at));
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
    this.#steps = [];
    this.#last = this.#held = null;
    this.#snapping?.clear();
    this.#stage.draft(null);
  }

  /** What the last click has added is gone. */
  back() {
    this.#points.splice(-(this.#steps.pop() ?? 1));
    this.#held = null;
    if (!this.busy) this.cancel();
    else this.#stage.draft(this.name, this.#geometry(this.#points));
  }

  left() {
    this.#snapping?.clear();
  }

  #add(at) {
    if (!this.busy) this.#stage.selection.clear(); // to take a point back once too often must not delete what was drawn before
    const snap = this.#snapAt(at);
    const more = [...(this.#snapping?.between(this.#held, snap) ?? []), snap?.point ?? [at.x, at.y]];
    this.#points.push(...more);
    this.#steps.push(more.length);
    this.#last = at;
    this.#held = snap;
  }

  /** Freehand goes where the pointer goes. */
  #snapAt(at) {
    return at.shift || this.#closes(at) ? null : (this.#snapping?.at(at) ?? null);
  }

  #closes(at) {
    const [first] = this.#points;
    return this.#closed && this.#points.length > 2 && Math.hypot(at.x - first[0], at.y - first[1]) * at.scale < (at.touch ? 2 * CLOSE : CLOSE);
  }

  #show(at) {
    if (!this.busy) return;
    const snap = this.#snapAt(at);
    if (!snap) this.#snapping?.clear();
    this.#stage.draft(this.name, this.#geometry([...this.#points, ...(this.#snapping?.between(this.#held, snap) ?? []), snap?.point ?? [at.x, at.y]]));
  }

  #geometry(points) {
    return this.#closed ? { rings: [points] } : { points };
  }
}

const apart = (a, b) => Math.hypot(a.screenX - b.screenX, a.screenY - b.screenY);
