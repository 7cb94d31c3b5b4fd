import { movedWithin } from "../inside.js";
import { kindOf } from "../kinds/index.js";
import { between, leastAt } from "../kinds/points.js";
import { TURN_DISTANCE } from "../overlay.js";
import { boxBetween, dragged } from "./pressed.js";

const NEAR = 8; // CSS pixels
const FINGER = 20; // the same for a finger, which hides what is below it
const PART = 0.25; // of a shape's sides: the rest is there to move it by
const STEP = 15; // degrees, with Shift

/**
 * Points at shapes, selects and moves them, and draws their handles elsewhere; with Shift, all in a rectangle. One of a
 * group stands for all of it, but for Alt or a double click. Locked ones are passed over.
 */
export class SelectTool {
  name = "select";
  cursor = "default";
  altered = true; // a click with Alt is its own
  #stage;
  #snapping;
  #gesture = null;
  #band = null; // where a rectangle begins

  /** @param {import("../stage.js").Stage} stage @param {import("../snapping.js").Snapping} snapping for vertices */
  constructor(stage, snapping) {
    this.#stage = stage;
    this.#snapping = snapping;
  }

  get busy() {
    return this.#gesture !== null || this.#band !== null;
  }

  /** @returns {boolean} false where there is nothing: then the image is dragged */
  down(at) {
    const { selection } = this.#stage;
    const handle = this.#handleAt(at);
    if (at.again && this.#otherVertices(at, handle)) return true;
    if (handle !== null) {
      this.#stage.selection.points.choose(this.#pointOf(handle));
      this.#begin(at, [selection.only], (entry, to) => entry.kind.withHandle(entry.geometry, handle, entry.kind.withVertex ? this.#vertexAt(to, entry.id) : [to.x, to.y]));
      return true;
    }
    if (this.#turnsAt(at)) {
      this.#begin(at, [selection.only], turnedTo);
      return true;
    }
    const entry = this.#stage.shapeAt(at, NEAR);
    if (!entry) {
      if (!at.shift) selection.clear();
      else this.#band = at;
      return at.shift;
    }
    // What is selected is dragged also where another one lies on it; that one is selected by a mere click.
    const held = this.#stage.shapeAt(at, NEAR, (each) => selection.has(each.id) && !each.locked);
    const alone = at.alt || at.again;
    const meant = alone ? [entry.id] : this.#stage.scene.family(entry);
    if (at.shift) selection.toggle(...meant);
    else if (!held || alone) selection.set(meant);
    const movable = this.#stage.mayEdit ? [...selection.ids].filter((id) => movableIn(this.#stage.scene.get(id))) : [];
    this.#begin(at, movable, (each, to) => movedWithin(each.kind, each.geometry, to.x - at.x, to.y - at.y, this.#stage.item), held && !at.shift ? meant : null);
    return true;
  }

  move(at, pressed) {
    if (this.#band) return void this.#stage.draft("box", { box: boxBetween(this.#band, at) });
    if (!pressed || !this.#gesture) return void this.#point(at);
    const { from, entries, changed } = this.#gesture;
    this.#gesture.moved ||= entries.length > 0 && dragged(from, at);
    if (!this.#gesture.moved) return;
    this.#stage.lift(entries.map((each) => ({ ...each, geometry: changed(each, at) })));
  }

  up(at) {
    if (this.#band) return void this.#selectWithin(at);
    const gesture = this.#gesture;
    this.#gesture = null;
    if (gesture && !gesture.moved && gesture.clicked) this.#stage.selection.set(gesture.clicked);
    if (!gesture?.moved) return;
    this.#stage.changed(gesture.entries.map((each) => ({ id: each.id, shape: each.shape, geometry: gesture.changed(each, at) })));
    this.#snapping.clear();
  }

  cancel() {
    this.#band = null;
    this.#snapping.clear();
    this.#stage.draft(null);
    if (this.#gesture) this.#stage.lift(null);
    this.#gesture = null;
    this.#stage.pointAt(null);
  }

  /** What can be done with the shape that somebody asks about; the event is passed on from there. @returns {boolean} whether there is one */
  menu(at, event) {
    const entry = this.#stage.shapeAt(at, NEAR);
    if (!entry) return false;
    const { selection } = this.#stage;
    if (!selection.has(entry.id)) selection.set(at.alt ? [entry.id] : this.#stage.scene.family(entry));
    event.target.dispatchEvent(new CustomEvent("shape-menu", { bubbles: true, detail: { x: event.clientX, y: event.clientY, held: event.type === "pointerdown" ? event.pointerId : null } }));
    return true;
  }

  /** The one that is selected, where it can be changed. */
  get #only() {
    const entry = this.#stage.mayEdit && this.#stage.scene.get(this.#stage.selection.only);
    return entry && !entry.locked ? entry : null;
  }

  #begin(from, ids, changed, clicked = null) {
    this.#gesture = { from, changed, clicked, moved: false, entries: ids.map((id) => this.#stage.scene.get(id)) };
  }

  /** Those that touch the rectangle are selected beside those that were. */
  #selectWithin(at) {
    const [left, top, width, height] = boxBetween(this.#band, at);
    this.cancel();
    const ids = [];
    this.#stage.scene.within([left, top, left + width, top + height], (entry) => entry.locked || ids.push(entry.id));
    this.#stage.selection.set([...this.#stage.selection.ids, ...ids]);
  }

  #point(at) {
    const handle = this.#handleAt(at) ?? (this.#turnsAt(at) ? -1 : null);
    const entry = handle === null ? this.#stage.shapeAt(at, NEAR) : null;
    this.#stage.selection.points.point(this.#pointOf(handle));
    this.#stage.pointAt(entry);
    this.cursor = handle !== null ? "pointer" : entry ? "move" : "default";
  }

  /** A vertex stays on the image, so that it is still one when it is let go. */
  #vertexAt(at, id) {
    const [x, y] = this.#snapping.point(at, id);
    const { width, height } = this.#stage.item;
    return [between(x, 0, width), between(y, 0, height)];
  }

  /** A double click takes a vertex away, or makes one on an edge. */
  #otherVertices(at, handle) {
    const { kind, geometry, id, shape } = this.#only ?? {};
    if (!kind?.withVertex || (handle === null && kind.distance(geometry, at.x, at.y) * at.scale > NEAR)) return false;
    const changed = handle === null ? kind.withVertex(geometry, [at.x, at.y]) : kind.withoutVertex(geometry, handle);
    this.#stage.changed([{ id, shape, geometry: changed }]);
    return true;
  }

  #turnsAt(at) {
    const entry = this.#only;
    if (!entry?.kind.turns) return false;
    const [x, y] = entry.kind.turnHandle(entry.geometry, TURN_DISTANCE / at.scale);
    return Math.hypot(x - at.x, y - at.y) * at.scale < (at.touch ? FINGER : NEAR);
  }

  #handleAt(at) {
    const entry = this.#only;
    const handles = entry && kindOf(entry.shape).handles?.(entry.geometry);
    if (!handles) return null;
    const distances = handles.map((each) => (each ? Math.hypot(each[0] - at.x, each[1] - at.y) * at.scale : Infinity));
    const nearest = leastAt(distances);
    return distances[nearest] < reach(at, entry) ? nearest : null;
  }

  /** Which of the selected keypoints a handle is, if it is one. */
  #pointOf(handle) {
    const { kind, geometry } = this.#only || {};
    return kind?.dots && handle !== null && handle >= 0 && handle < geometry.points.length ? handle : null;
  }
}

/** How far from a handle still is at it, in CSS pixels. */
function reach(at, { kind, geometry }) {
  if (!at.touch) return NEAR;
  const [left, top, right, bottom] = kind.bounds(geometry);
  return between(PART * at.scale * Math.min(right - left, bottom - top), NEAR, FINGER);
}

const movableIn = (entry) => Boolean(entry?.kind.move && !entry.locked);

/** Turned so that its upper side looks to where the pointer is; with Shift in steps. */
function turnedTo({ kind, geometry }, to) {
  const [x, y] = kind.middle(geometry);
  const angle = (Math.atan2(to.x - x, y - to.y) * 180) / Math.PI;
  return { ...geometry, angle: to.shift ? Math.round(angle / STEP) * STEP : angle };
}
