import { kindOf } from "../kinds/index.js";

const NEAR = 8; // CSS pixels
const CLICK = 3;

/** Points at shapes, selects and moves them, and draws their handles elsewhere. */
export class SelectTool {
  name = "select";
  cursor = "default";
  #stage;
  #gesture = null;

  /** @param {import("../stage.js").Stage} stage */
  constructor(stage) {
    this.#stage = stage;
  }

  get busy() {
    return this.#gesture !== null;
  }

  /** @returns {boolean} false where there is nothing: then the image is dragged */
  down(at) {
    const { selection } = this.#stage;
    const handle = this.#handleAt(at);
    if (handle !== null) {
      this.#begin(at, [selection.only], (entry, to) => entry.kind.withHandle(entry.geometry, handle, [to.x, to.y]));
      return true;
    }
    const entry = this.#stage.shapeAt(at, NEAR);
    if (!entry) {
      if (!at.shift) selection.clear();
      return false;
    }
    // What is selected is dragged also where another one lies on it; that one is selected by a mere click.
    const held = this.#stage.shapeAt(at, NEAR, (each) => selection.has(each.id));
    if (at.shift) selection.toggle(entry.id);
    else if (!held) selection.set([entry.id]);
    const movable = this.#stage.mayEdit ? [...selection.ids].filter((id) => this.#stage.scene.get(id)?.kind.move) : [];
    this.#begin(at, movable, (each, to) => each.kind.move(each.geometry, to.x - at.x, to.y - at.y), held && !at.shift ? entry.id : null);
    return true;
  }

  move(at, pressed) {
    if (!pressed || !this.#gesture) return void this.#point(at);
    const { from, entries, changed } = this.#gesture;
    this.#gesture.moved ||= entries.length > 0 && Math.hypot(at.screenX - from.screenX, at.screenY - from.screenY) > CLICK;
    if (!this.#gesture.moved) return;
    this.#stage.lift(entries.map((each) => ({ ...each, geometry: changed(each, at) })));
  }

  up(at) {
    const gesture = this.#gesture;
    this.#gesture = null;
    if (gesture && !gesture.moved && gesture.clicked) this.#stage.selection.set([gesture.clicked]);
    if (!gesture?.moved) return;
    this.#stage.changed(gesture.entries.map((each) => ({ id: each.id, shape: each.shape, geometry: gesture.changed(each, at) })));
  }

  cancel() {
    if (this.#gesture) this.#stage.lift(null);
    this.#gesture = null;
    this.#stage.pointAt(null);
  }

  #begin(from, ids, changed, clicked = null) {
    this.#gesture = { from, changed, clicked, moved: false, entries: ids.map((id) => this.#stage.scene.get(id)) };
  }

  #point(at) {
    const handle = this.#handleAt(at);
    const entry = handle === null ? this.#stage.shapeAt(at, NEAR) : null;
    this.#stage.pointAt(entry);
    this.cursor = handle !== null ? "pointer" : entry ? "move" : "default";
  }

  #handleAt(at) {
    const entry = this.#stage.mayEdit && this.#stage.scene.get(this.#stage.selection.only);
    const handles = entry && kindOf(entry.shape).handles?.(entry.geometry);
    if (!handles) return null;
    const distances = handles.map(([x, y]) => Math.hypot(x - at.x, y - at.y) * at.scale);
    const nearest = distances.indexOf(Math.min(...distances));
    return distances[nearest] < NEAR ? nearest : null;
  }
}
