import { inside, movedWithin } from "./inside.js";
import { FIRST_LOOK } from "./look.js";
import { Looking } from "./looking.js";
import { Minimap } from "./minimap.js";
import { Overlay } from "./overlay.js";
import { PictureLayer } from "./picture_layer.js";
import { Pointers } from "./pointers.js";
import { rounded } from "./rounded.js";
import { Scene } from "./scene.js";
import { Selection } from "./selection.js";
import { ShapeLayer } from "./shape_layer.js";
import { shapesOf } from "./shapes_of.js";
import { ViewBox } from "./view_box.js";

/** The large image with its shapes, and the tool in somebody's hand. */
export class Stage {
  scene = new Scene();
  selection = new Selection();
  mayEdit = false;
  color = "#888888"; // of what is being drawn
  #element;
  #view = new ViewBox();
  #picture;
  #layer;
  #overlay;
  #edits;
  #item = null;
  #shown = new Map(); // what the scene was made of
  #tool = /** @type {any} */ (null);
  #lifted = /** @type {string[]} */ ([]);
  #looks = 0;
  #minimap;
  #appearance = /** @type {any} */ (FIRST_LOOK);
  #given = /** @type {[any, any[], any[], Map<number, any>, any]|null} */ (null); // what was drawn last

  /**
   * @param {HTMLElement} element @param {string} worker address of the script that draws
   * @param {{drawn: (shape: string, geometry: any) => void, changed: (edits: {id: string, geometry: any}[]) => void, commented: (place: number[], id: string|null) => void, failed?: () => void}} edits what somebody has done
   */
  constructor(element, worker, edits) {
    this.#element = element;
    this.#edits = edits;
    this.#picture = new PictureLayer(element);
    this.#layer = new ShapeLayer(element, worker, edits.failed);
    this.#overlay = new Overlay(element, this.selection.points);
    new Pointers(element, this.#view, {
      tool: () => this.#item && this.#tool, // nothing is drawn where there is no image
      onLook: () => this.#look(),
      onTap: (at) => this.#tool?.name === "select" || this.looking.toggle(at),
      onPoint: (at) => this.#pointed(at),
    });
    this.looking = new Looking(this.#view, () => this.#look());
    this.#minimap = new Minimap(element, this.#view, () => this.#look());
    this.selection.observe(() => {
      this.#overlay.show("hover", []); // what was just pointed at is no longer to be filled twice
      this.#showSelected();
    });
    new ResizeObserver(() => {
      this.#view.resize({ width: element.clientWidth, height: element.clientHeight });
      this.#overlay.cross(null); // it was as large as the stage before
      this.#look();
    }).observe(element);
  }

  /** The image that is shown, or null. */
  get item() {
    return this.#item;
  }

  get tool() {
    return this.#tool;
  }

  /** @param {any} tool or null: then a click zooms */
  set tool(tool) {
    this.#tool?.cancel();
    this.#tool = tool;
    this.#overlay.cross(null);
    this.pointAt(null);
    this.#cursor();
    this.#look(); // the tool may have been put away while somebody zoomed
  }

  /** @param {any} item @param {HTMLElement} picture */
  show(item, picture) {
    this.#item = item;
    this.#tool?.cancel();
    this.#begin([]);
    this.#picture.show(item, picture);
    this.#minimap.show(item);
    this.#view.show(item);
    this.#look();
  }

  /** Shows no image: not one while the page is at another. */
  clear() {
    this.#tool?.cancel();
    this.#item = null;
    this.#picture.clear();
    this.#minimap.show(null);
    this.#begin([]);
  }

  /** Shapes over the picture, once it is shown. @param {any} item @param {any[]} annotations @param {any[]} suggestions @param {Map<number, any>} classes @param {any} [aside] as in shapes_of.js */
  draw(item, annotations, suggestions, classes, aside) {
    if (item !== this.#item) return void this.#tool?.cancel(); // what is in hand was meant for the image before
    this.#given = [item, annotations, suggestions, classes, aside];
    const { shapes, changed, gone } = shapesOf(this.#shown, annotations, suggestions, classes, this.#appearance.colors, aside);
    this.#shown = shapes;
    if (!changed.length && !gone.length) return this.#tool?.busy ? undefined : this.#putDown();
    this.scene.set(changed);
    this.scene.drop(gone);
    this.selection.keep((id) => Boolean(this.scene.get(id)));
    if (!this.#tool?.busy) this.#lifted = []; // what somebody has in hand stays there
    this.#layer.change({ set: changed, drop: gone, hidden: this.#lifted });
    this.#showSelected();
    return undefined;
  }

  /** The shape that somebody points at. @param {any} at @param {number} tolerance in CSS pixels @param {(entry: any) => boolean} [wanted] */
  shapeAt({ x, y, scale }, tolerance, wanted) {
    return this.scene.at(x, y, tolerance / scale, wanted);
  }

  pointAt(entry) {
    this.#overlay.show("hover", entry && !this.selection.has(entry.id) ? [entry] : []);
    this.#cursor();
  }

  /** What is being drawn, or null. */
  draft(shape, geometry, more = {}) {
    this.#overlay.show("draft", shape ? [{ shape, geometry, color: this.color, ...more }] : []);
    this.#cursor();
  }

  /** Something has been drawn; what lies outside the image is cut off. */
  drawn(shape, geometry) {
    const kept = inside(shape, geometry, this.#item);
    if (kept) this.#edits.drawn(shape, kept);
  }

  /** Somebody wants to say something about a place, and the shape there. @param {number[]} place @param {string|null} id */
  commented([x, y], id) {
    const { width, height } = this.#item ?? { width: -1, height: -1 };
    if (x >= 0 && y >= 0 && x <= width && y <= height) this.#edits.commented(rounded([x, y]), id);
  }

  /** Shapes follow the pointer: they are drawn above the others meanwhile. @param {any[]|null} entries null puts them back */
  lift(entries) {
    if (!entries) return this.#putDown();
    const ids = entries.map((each) => each.id);
    if (ids.join() !== this.#lifted.join()) this.#layer.change({ hidden: (this.#lifted = ids) });
    this.#overlay.show("selected", entries);
    this.#overlay.handle(entries.length === 1 ? entries[0] : null);
    return undefined;
  }

  /** Shapes are not seen while a tool shows them in its own way; `lift(null)` brings them back. @param {string[]} ids */
  veil(ids) {
    this.#layer.change({ hidden: (this.#lifted = ids) });
    for (const each of ["selected", "hover"]) this.#overlay.show(each, []);
    this.#overlay.handle(null);
  }

  /** When all that was changed until now is seen. */
  drawnAnew() {
    return this.#layer.drawn();
  }

  /** What was lifted has another place or form now. */
  changed(edits) {
    const real = edits.map(({ id, shape, geometry }) => ({ id, geometry: inside(shape, geometry, this.#item) })).filter((each) => each.geometry);
    if (real.length) this.#edits.changed(real);
    if (this.#lifted.length) this.#putDown(); // also what somebody else has deleted meanwhile
  }

  /** Move what is selected by pixels of the image. */
  nudge(dx, dy) {
    const movable = [...this.selection.ids].map((id) => this.scene.get(id)).filter((each) => each?.kind.move && !each.locked);
    this.changed(movable.map(({ id, shape, kind, geometry }) => ({ id, shape, geometry: movedWithin(kind, geometry, dx, dy, this.#item) })));
  }

  /** To shapes, or to what is selected. @returns {boolean} whether there was any */
  zoomTo(ids = [...this.selection.ids]) {
    return this.looking.to(ids.map((id) => this.scene.get(id)?.bounds).filter(Boolean));
  }

  /** How the picture is shown. @param {any} values as in adjustments.js */
  adjust(values) {
    this.#picture.adjust(values);
  }

  /** How shapes look. @param {any} appearance as in look.js */
  set appearance(appearance) {
    this.#appearance = appearance;
    this.#overlay.appearance = appearance;
    this.#layer.change({ look: appearance });
    this.#minimap.wanted = appearance.minimap;
    this.#overlay.cross(null);
    if (this.#given) this.draw(...this.#given);
    this.#look();
  }

  #begin(shapes) {
    this.#given = null;
    this.#shown = new Map();
    this.#lifted = [];
    this.scene.drop(this.scene.ids());
    this.selection.clear();
    this.#overlay.clear();
    this.#layer.show(this.#item ?? { width: 1, height: 1 }, shapes);
  }

  #putDown() {
    if (this.#lifted.length) this.#layer.change({ hidden: (this.#lifted = []) });
    this.#showSelected();
  }

  #showSelected() {
    if (this.#lifted.length) return;
    const entries = [...this.selection.ids].map((id) => this.scene.get(id)).filter(Boolean);
    this.#overlay.show("selected", entries);
    this.#overlay.handle(this.mayEdit && entries.length === 1 && !entries[0].locked ? entries[0] : null);
  }

  #pointed(at) {
    if (!at) this.#tool?.left?.();
    if (this.#appearance.crosshair) this.#overlay.cross(at && this.#tool?.crosshair ? { x: at.screenX, y: at.screenY } : null, this.#view.stage);
    this.#cursor();
  }

  #cursor() {
    this.#element.dataset.cursor = this.#tool?.cursor ?? "";
  }

  /** At most once a frame. */
  #look() {
    if (this.#looks) return;
    this.#looks = requestAnimationFrame(() => {
      this.#looks = 0;
      this.#element.classList.toggle("zoomed", !this.#view.fitted);
      this.#picture.look(this.#view);
      this.#layer.look(this.#view, this.#view.stage);
      this.#overlay.look(this.#view);
      this.#minimap.look();
      this.looking.tell();
      this.#tool?.look?.(this.#view);
    });
  }
}
