import { placed } from "../canvas/inside.js";
import { Stage } from "../canvas/stage.js";
import { KeypointTool } from "../canvas/tools/keypoint_tool.js";
import { $ } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { toast } from "../widgets/toast.js";
import { Arranging } from "./arranging.js";
import { ClassVerbs } from "./class_verbs.js";
import { KeptChoices } from "./kept_choices.js";
import { KeyPointing } from "./key_pointing.js";
import { LineTools } from "./line_tools.js";
import { MaskTools } from "./mask_tools.js";
import { ObjectList } from "./object_list.js";
import { Pointing } from "./pointing.js";
import { PointList } from "./point_list.js";
import { ShapeBar } from "./shape_bar.js";
import { ShapeMenu } from "./shape_menu.js";
import { Shaping } from "./shaping.js";
import { regrouped } from "./standing.js";
import { SmartBar } from "./smart_bar.js";
import { SmartTools } from "./smart_tools.js";
import { Toolbox } from "./toolbox.js";

const PASTED_BESIDE = 12; // pixels of the image

/** Joins the stage, the tools, the list of objects and the classes: what somebody draws becomes a label. */
export class Drawing {
  #sitting;
  #classes;
  #classList;
  #objects;
  #chosen = /** @type {number|null} */ (null); // the class of what is drawn next
  #wished; // the one that was picked last, though the tool at hand may not be able to give it
  #kept;
  #onTool;
  #options;
  #shapeBar;
  #classVerbs = /** @type {ClassVerbs|null} */ (null);
  #points;
  #item = /** @type {any} */ (null); // the image at hand, also before its picture is there
  #copied = { image: /** @type {number|null} */ (null), shapes: /** @type {any[]} */ ([]) };

  /**
   * @param {HTMLElement} page
   * @param {{sitting: any, classes: import("./classes.js").Classes, classList: any, options: any, onTool: () => void, onComment: (place: number[], id: string|null) => void}} parts
   */
  constructor(page, { sitting, classes, classList, options, onTool, onComment }) {
    this.#kept = new KeptChoices(`label-class-${options.user}-${options.project}`);
    this.#wished = this.#kept.read();
    this.#sitting = sitting;
    this.#classes = classes;
    this.#classList = classList;
    this.#onTool = onTool;
    const element = $("[data-stage]", page);
    this.stage = new Stage(element, element.dataset.worker, {
      drawn: (shape, geometry) => this.#drawn(shape, geometry),
      changed: (edits) => sitting.reshape(edits),
      commented: onComment,
      failed: () => toast(gettext("Shapes cannot be drawn any more. Load the page again; what was changed is kept."), { kind: "error" }),
    });
    this.stage.mayEdit = options.may.label;
    this.arranging = new Arranging(this.stage, sitting, { options, chosen: () => this.#chosen, changed: () => this.#onTool() });
    const objects = $("[data-objects]", page);
    this.#objects = objects && new ObjectList(objects, this.stage.selection, {
      remove: (ids) => sitting.remove(ids),
      color: (id) => this.stage.scene.get(id)?.color,
      zoom: (id) => this.stage.zoomTo([id]),
      point: (id) => this.stage.pointAt(this.stage.scene.get(id) ?? null),
      select: (ids) => this.#selectFound(ids),
      arranging: this.arranging,
    });
    if (options.draws) {
      new ShapeMenu($("[data-shape-menu]", page), element);
      this.#classVerbs = new ClassVerbs(classList, this.arranging);
    }
    this.shaping = new Shaping(this.stage, sitting, classes, () => this.#classToDraw());
    this.maskTools = new MaskTools(element, this.stage, this.shaping);
    this.smart = new SmartTools(element, this.stage, { sitting, classes, chosen: () => this.#classToDraw(), shaping: this.shaping, tip: this.maskTools.tip });
    const bar = $("[data-shape-bar]", page);
    const lineTools = new LineTools(element, this.stage, bar);
    const skeleton = () => this.#classes.byId.get(this.#chosen)?.skeleton;
    const keypoints = new KeypointTool(this.stage, element, skeleton, (is) => bar && $("[data-hide-next]", bar).setAttribute("aria-pressed", String(is)));
    this.pointing = new Pointing(this.stage, element, classes, keypoints);
    const points = $("[data-points]", page);
    this.#points = points && new PointList(points, this.pointing, this.stage.selection.points, options.may.label);
    this.toolbox = new Toolbox($("[data-toolbox]", page), this.stage, { ...lineTools.byName, ...this.maskTools.byName, ...this.smart.byName, keypoints }, () => this.#changedTool());
    this.#shapeBar = bar && new ShapeBar(bar, this.maskTools, this.shaping);
    if (bar) new SmartBar(bar, this.smart);
    this.stage.selection.observe(() => this.#onTool());
    this.#options = options;
    this.keyPointing = new KeyPointing(element, this.stage);
  }

  /** Takes the tool of the project's kind in hand. */
  begin() {
    this.toolbox.begin(this.#options.kind, this.#options.may.label);
  }

  /** Classes that the tool at hand can give. */
  get usable() {
    return this.#classes.of(this.toolbox.shape);
  }

  /** Whether classes are of the whole image. */
  get tagging() {
    return this.toolbox.tagging;
  }

  /** Those of the labels whose attributes are shown. */
  described(annotations) {
    const { selection } = this.stage;
    return annotations.filter((each) => each.shape === "tag" || selection.has(each.id));
  }

  /** Whether a shape has been begun by points; says then what to do, since it would go with the image. */
  holdsOn() {
    const { tool } = this.stage;
    if (!tool?.busy || !tool.back) return false;
    toast(gettext("A shape is not finished yet. Finish it, or press Escape to give it up."), { seconds: 4 });
    return true;
  }

  /** A class was chosen: for what is selected, else for what is drawn next. */
  pick(label) {
    this.#wished = label;
    this.#kept.keep(label);
    this.#sitting.relabel(this.pointing.fitting(this.stage.selection.ids, label), label);
    this.mark();
  }

  show(item, annotations, suggestions, classes) {
    this.#item = item;
    this.arranging.aside.image = item.id;
    this.stage.draw(item, annotations, suggestions, classes, this.arranging.aside);
    this.#objects?.show(annotations, classes);
    this.#classVerbs?.show(annotations);
    this.#shapeBar?.show(this.toolbox.name);
    this.smart.show(this.toolbox.name);
    this.#points?.show();
  }

  /** Take away what is selected. @returns {boolean} whether anything was */
  remove() {
    const { ids } = this.stage.selection;
    if (!ids.size || !this.stage.mayEdit) return false;
    this.#sitting.remove(ids);
    return true;
  }

  /** Selected shapes that a model has suggested become labels. @returns {boolean} whether any was */
  accept() {
    return this.stage.selection.size > 0 && this.stage.mayEdit && this.#sitting.acceptAll(this.stage.selection);
  }

  selectAll() {
    this.toolbox.choose("select");
    this.stage.selection.set(this.stage.scene.ids().filter((id) => !this.stage.scene.get(id).locked));
  }

  #selectFound(ids) {
    this.toolbox.choose("select");
    this.arranging.select(ids);
  }

  /** Move what is selected by pixels of the image. */
  nudge(dx, dy) {
    const { ids } = this.stage.selection;
    if (ids.size && [...ids].every((id) => this.#sitting.locked(id))) this.#sitting.onLocked();
    else this.stage.nudge(dx, dy);
  }

  copy() {
    const { ids } = this.stage.selection;
    const shapes = ids.size && this.#sitting.ready ? this.#sitting.labels.annotations.filter((each) => ids.has(each.id)) : [];
    if (!shapes.length) return;
    this.#copied = { image: this.#sitting.image, shapes };
    toast(interpolate(ngettext("%s shape copied", "%s shapes copied", shapes.length), [number(shapes.length)]), { seconds: 2 });
  }

  /** Beside what was copied where it is the same image, in its place on another. */
  paste() {
    const beside = this.#copied.image === this.#sitting.image ? PASTED_BESIDE : 0;
    this.add(this.#copied.shapes, beside);
  }

  /** More shapes like these, which are selected then. @param {any[]} shapes @param {number} [by] pixels to the right and down */
  add(shapes, by = 0) {
    const fitting = shapes.filter((each) => each.shape !== "tag" && this.#classes.byId.has(each.class));
    const groups = regrouped(fitting, this.#sitting.ready ? this.#sitting.labels.annotations : []);
    const laid = placed(fitting, by, this.#item).map((each, place) => {
      const { class: label, attributes, occluded, z_order } = fitting[place];
      return { ...each, class: label, attributes, occluded, z_order, group: groups[place] };
    });
    const ids = this.#sitting.draw(laid.filter((each) => each.geometry));
    if (!ids.length) return void toast(gettext("There is no shape to be put here."), { seconds: 3 });
    this.toolbox.choose("select");
    this.stage.selection.set(ids);
    return undefined;
  }

  /** The list of classes says which ones are selected, or is drawn next. */
  mark() {
    const usable = this.usable;
    this.#chosen = (usable.find((each) => each.id === this.#wished) ?? usable[0])?.id ?? null;
    this.stage.color = this.#classes.byId.get(this.#chosen)?.color ?? "#888888";
    if (this.tagging) return;
    const selected = this.#sitting.ready ? this.#sitting.labels.annotations.filter((each) => this.stage.selection.has(each.id)) : [];
    this.#classList.mark(new Set(selected.length ? selected.map((each) => each.class) : this.#chosen === null ? [] : [this.#chosen]));
  }

  #classToDraw() {
    this.mark();
    return this.#chosen;
  }

  #changedTool() {
    this.#shapeBar?.show(this.toolbox.name); // also where there is no image
    this.#onTool();
    this.mark();
  }

  #drawn(shape, geometry) {
    this.mark();
    if (this.#chosen === null) return void toast(gettext("There is no class for this shape yet. Add one at the right first."), { kind: "error" });
    this.stage.selection.set(this.#sitting.draw([{ class: this.#chosen, shape, geometry }]));
    return undefined;
  }
}
