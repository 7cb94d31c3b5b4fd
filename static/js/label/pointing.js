import { expected, filledUp, mirrored, pointName, withVisibility } from "../canvas/skeleton.js";
import { PlaceTool } from "../canvas/tools/place_tool.js";
import { PointHint } from "../canvas/tools/point_hint.js";
import { toast } from "../widgets/toast.js";

/** What is done with single points of keypoints: seen, hidden, not there, left and right. Each is one change of the labels. */
export class Pointing {
  #stage;
  #classes;
  #tool;
  #hint;

  /** @param {import("../canvas/stage.js").Stage} stage @param {HTMLElement} element @param {import("./classes.js").Classes} classes @param {import("../canvas/tools/keypoint_tool.js").KeypointTool} tool */
  constructor(stage, element, classes, tool) {
    this.#stage = stage;
    this.#classes = classes;
    this.#tool = tool;
    this.#hint = new PointHint(element);
  }

  /** The one shape with points that is selected, with as many of them as its class has; or null. */
  get shape() {
    const entry = this.#stage.scene.get(this.#stage.selection.points.id);
    if (entry?.shape !== "keypoints") return null;
    const points = filledUp(entry.geometry.points, entry.skeleton?.points?.length ?? 0);
    return { ...entry, geometry: { ...entry.geometry, points } };
  }

  /** The point at hand is hidden, or seen again; of one that is just being drawn, the one before. */
  toggle() {
    if (this.#stage.tool === this.#tool && this.#tool.busy) return void this.#tool.toggle();
    const index = this.#atHand();
    if (index !== null) this.set(index, this.shape?.geometry.points[index][2] === 2 ? 1 : 2);
    return undefined;
  }

  /** The point at hand is not there. */
  absent() {
    if (this.#stage.tool === this.#tool) return void this.#tool.skip();
    const index = this.#atHand();
    if (index !== null) this.set(index, 0);
    return undefined;
  }

  /** Of what is drawn, the next point is a hidden one. */
  hideNext() {
    this.#tool.hideNext();
  }

  /** @param {number} index @param {number} visibility 0 not there, 1 hidden, 2 seen */
  set(index, visibility) {
    const { shape } = this;
    if (!this.#mayChange(shape)) return;
    this.#change(shape, withVisibility(shape.geometry, index, visibility, expected(shape.skeleton ?? null, shape.geometry, index)));
  }

  /** The point that is not there comes where the next click is. @param {number} index */
  place(index) {
    const { shape } = this;
    if (!this.#mayChange(shape) || shape.geometry.points[index][2]) return;
    const { id } = shape;
    this.#stage.tool?.cancel(); // another point may just be waiting for its click
    this.#stage.tool = new PlaceTool(this.#stage, this.#hint, pointName(shape.skeleton, index), (place, hidden) => {
      const now = this.shape;
      if (now?.id === id) this.#change(now, withVisibility(now.geometry, index, hidden ? 1 : 2, place));
    });
  }

  /** Left and right of what is selected change places. */
  mirror() {
    if (!this.#stage.mayEdit) return;
    const entries = [...this.#stage.selection.ids].map((id) => this.#stage.scene.get(id)).filter((each) => each?.shape === "keypoints" && !each.locked);
    if (!entries.length) return void toast(gettext("Select keypoints first whose left and right are to change places."), { seconds: 3 });
    this.#stage.changed(entries.map(({ id, shape, geometry, skeleton }) => ({ id, shape, geometry: mirrored(skeleton ?? null, geometry) })));
    return undefined;
  }

  /** Those of these shapes that a class can have; of keypoints, those with as many points. @param {Set<string>} ids @param {number} label */
  fitting(ids, label) {
    const { name, skeleton } = this.#classes.byId.get(label) ?? {};
    const count = skeleton?.points?.length;
    const misfits = count ? [...ids].filter((id) => this.#countOf(id, count) !== count) : [];
    if (!misfits.length) return ids;
    const text = ngettext("“%(name)s” has %(count)s point: keypoints with another number of them stay what they are.", "“%(name)s” has %(count)s points: keypoints with another number of them stay what they are.", count);
    toast(interpolate(text, { name, count }, true), { seconds: 5 });
    return new Set([...ids].filter((id) => !misfits.includes(id)));
  }

  #mayChange(shape) {
    return shape && !shape.locked && this.#stage.mayEdit;
  }

  #countOf(id, otherwise) {
    const entry = this.#stage.scene.get(id);
    return entry?.shape === "keypoints" ? entry.geometry.points.length : otherwise;
  }

  #atHand() {
    const index = this.#stage.selection.points.atHand;
    if (index === null || !this.shape) toast(gettext("Point at a point of the selected keypoints first, or choose one at the right."), { seconds: 3 });
    return this.shape ? index : null;
  }

  #change({ id, shape, geometry: before }, geometry) {
    if (!geometry.points.some(([, , visibility]) => visibility)) return void toast(gettext("One point has to be there. Delete the shape instead."), { seconds: 4 });
    if (geometry.points.some((point, index) => String(point) !== String(before.points[index]))) this.#stage.changed([{ id, shape, geometry }]);
    return undefined;
  }
}
