import { kindOf } from "../canvas/kinds/index.js";
import { same, united, without } from "../canvas/mask/runs.js";
import { toast } from "../widgets/toast.js";
import { added, areaCut, asMasks, asPolygons, holesFilled, joinedUp, parted, simplified } from "./surgery.js";

/**
 * Painting and surgery on the shapes of the image at hand: each gesture becomes one change of its labels. What it makes
 * of the shapes is decided in `surgery`; here it is looked up what is meant, and said why something cannot be.
 */
export class Shaping {
  /** How many pixels simplifying may move an outline by. */
  tolerance = 1;
  #stage;
  #sitting;
  #classes;
  #chosen;

  /**
   * @param {import("../canvas/stage.js").Stage} stage @param {any} sitting @param {import("./classes.js").Classes} classes
   * @param {() => number|null} chosen the class of what is drawn next
   */
  constructor(stage, sitting, classes, chosen) {
    this.#stage = stage;
    this.#sitting = sitting;
    this.#classes = classes;
    this.#chosen = chosen;
  }

  /** What can be changed of what is selected. @returns {any[]} annotations */
  get selected() {
    const { selection } = this.#stage;
    if (!selection.size || !this.#sitting.ready) return [];
    return this.#sitting.labels.annotations.filter((each) => selection.has(each.id) && kindOf(each.shape)?.filled && !this.#sitting.locked(each.id));
  }

  /** Whether any shape is, also one that has no area. */
  get anySelected() {
    return this.#stage.selection.size > 0 && this.#sitting.ready;
  }

  /** The mask that the brush adds to: the selected one, where it is of the chosen class. */
  paints() {
    const [only, ...others] = this.selected;
    return !others.length && only?.shape === "mask" && only.class === this.#chosen() ? this.#entry(only.id) : null;
  }

  /** The mask that is erased from: the selected one, else what is pointed at. */
  erases(at) {
    const masks = this.selected.filter((each) => each.shape === "mask");
    if (masks.length === 1) return this.#entry(masks[0].id);
    const found = this.#sitting.ready && this.#stage.scene.at(at.x, at.y, 0, (each) => each.shape === "mask" && !each.dashed && !each.locked);
    if (!found) return void toast(gettext("Select the mask first that is to be erased from."), { seconds: 3 });
    this.#stage.selection.set([found.id]);
    return found;
  }

  /** @param {any} mask @param {string} [source] of a mask that is made of it */
  painted(mask, source = "manual") {
    if (!kindOf("mask").exists(mask)) return;
    const target = this.paints();
    const label = this.#chosen();
    if (target) this.#reshape(target, united(target.geometry, mask));
    else if (label === null) toast(gettext("There is no class for masks yet. Add one at the right first."), { kind: "error" });
    else this.#stage.selection.set(this.#sitting.draw([{ class: label, shape: "mask", geometry: mask, source }]));
  }

  erased(mask, id) {
    const target = this.#entry(id);
    if (target) this.#reshape(target, without(target.geometry, mask));
  }

  addArea = (rings) => this.#surgery((shapes, size) => added(shapes, rings, size), gettext("Select a mask or a polygon first that the area is added to."));

  cutArea = (rings) => this.#surgery((shapes, size) => areaCut(shapes, rings, size), gettext("Select a mask or a polygon first that the area is cut out of."));

  part = (line) => this.#surgery((shapes) => parted(shapes, line), gettext("Select a mask or a polygon first that is to be split."));

  toMask = () => this.#surgery((shapes, size) => asMasks(shapes, size), NOTHING());

  toPolygon = () => this.#surgery((shapes) => asPolygons(shapes, this.tolerance), NOTHING());

  simplify = () => this.#surgery((shapes, size) => simplified(shapes, this.tolerance, size), NOTHING());

  fillHoles = () => this.#surgery((shapes) => holesFilled(shapes), NOTHING());

  join = () => this.#surgery((shapes, size) => joinedUp(shapes, size), gettext("Select two or more shapes of one class that are to become one."));

  unreadable() {
    toast(gettext("The colours of this picture cannot be read just now. Try again."), { kind: "error" });
  }

  /** @param {(shapes: any[], size: [number, number]) => {edit?: any, problem?: string}} operation */
  #surgery(operation, nothing) {
    const { item, mayEdit } = this.#stage;
    if (!item || !mayEdit) return;
    const shapes = this.selected;
    if (!shapes.length) return this.#selectedLocked ? this.#sitting.onLocked() : void toast(nothing, { seconds: 3 });
    const { edit, problem } = operation(shapes, [item.height, item.width]);
    const reason = problem ?? this.#forbidden(edit, shapes);
    if (reason) return void toast(reason, { seconds: 5 });
    if (edit) this.#stage.selection.set(this.#sitting.revise(edit));
    return undefined;
  }

  get #selectedLocked() {
    return this.#stage.selection.size > 0 && [...this.#stage.selection.ids].every((id) => this.#sitting.locked(id));
  }

  /** Classes may be for some shapes only. */
  #forbidden({ reshaped = [], added: more = [] } = {}, shapes) {
    for (const { id, like, shape } of [...reshaped, ...more]) {
      const label = this.#classes.byId.get(shapes.find((each) => each.id === (id ?? like))?.class);
      if (shape && label?.shapes?.length && !label.shapes.includes(shape)) {
        const text = shape === "mask" ? gettext("The class “%s” is not for masks.") : gettext("The class “%s” is not for polygons.");
        return interpolate(text, [label.name]);
      }
    }
    return null;
  }

  /** What is empty afterwards is gone. */
  #reshape({ id, geometry: before }, geometry) {
    if (same(before, geometry)) return;
    this.#sitting.revise(kindOf("mask").exists(geometry) ? { reshaped: [{ id, shape: "mask", geometry }] } : { removed: [id] });
  }

  #entry(id) {
    return this.#stage.scene.get(id) ?? null;
  }
}

const NOTHING = () => gettext("Select a shape that has an area first.");
