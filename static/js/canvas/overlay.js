import { put } from "../lib/dom.js";
import { kindOf } from "./kinds/index.js";
import { linesOf } from "./kinds/keypoints.js";
import { NameLayer } from "./name_layer.js";
import { PointNames } from "./point_names.js";
import { outline, svg } from "./svg_path.js";

const MOST_HANDLES = 400;
const NAMED = new Set(["hover", "selected", "draft"]);
// What is at hand is filled so much more than the others, in percent.
const FILL_MORE = { shape: 0, hover: 8, selected: 8 };
/** How far from a shape the handle is by which it is turned, in CSS pixels. */
export const TURN_DISTANCE = 24;

/** What is at hand, above all shapes: what is pointed at, selected or just being drawn, with its handles. */
export class Overlay {
  #svg = svg("svg", { class: "canvas-overlay", "aria-hidden": "true" });
  #shapes = svg("g");
  #handles = svg("g", { class: "canvas-handles" });
  #turn = svg("circle", { class: "canvas-turn", r: 5, visibility: "hidden" });
  #cross = [svg("path", { class: "canvas-cross canvas-cross-edge" }), svg("path", { class: "canvas-cross" })];
  #layers = new Map(); // name -> {shape, geometry, color}[]
  #view = { scale: 1, x: 0, y: 0 };
  #handled = null;
  #point = /** @type {number|null} */ (null);
  #names;
  #points;

  /** @param {HTMLElement} element @param {import("./point_choice.js").PointChoice} points */
  constructor(element, points) {
    this.#svg.append(...this.#cross, this.#shapes, this.#handles, this.#turn);
    element.append(this.#svg);
    this.#points = new PointNames(element);
    points.observe(({ atHand }) => this.#showPoint(atHand));
    this.#names = new NameLayer(element);
  }

  /**
   * Shapes that are shown as one of "hover", "selected" or "draft".
   * @param {string} name @param {{shape: string, geometry: any, color: string}[]} shapes
   */
  show(name, shapes) {
    if (!shapes.length && !this.#layers.get(name)?.length) return;
    this.#layers.set(name, shapes);
    if (NAMED.has(name)) for (const names of [this.#names, this.#points]) names.show(name, shapes);
    const drawn = [...this.#layers].flatMap(([layer, list]) => list.map((each) => element(layer, each, this.#view.scale)));
    this.#shapes.replaceChildren(...drawn);
  }

  /** @param {any} look as in look.js */
  set appearance(look) {
    for (const [name, more] of Object.entries(FILL_MORE)) this.#svg.style.setProperty(`--${name}-fill`, `${look.outlines ? 0 : look.fill + more}%`);
    this.#svg.style.setProperty("--line", `${look.line}px`);
    this.#names.look = this.#points.look = look;
  }

  /** @param {number|null} index the point of the selected shape that is at hand */
  #showPoint(index) {
    this.#point = index;
    this.#points.atHand = index;
    this.#drawHandles();
  }

  /** The shape whose handles are shown, or null. */
  handle(shape) {
    this.#handled = shape;
    this.#drawHandles();
  }

  /** Lines through a place of the stage, or none. */
  cross(at, { width, height } = { width: 0, height: 0 }) {
    for (const line of this.#cross) put(line, "d", at ? `M0 ${at.y}H${width}M${at.x} 0V${height}` : "");
  }

  look(view) {
    const zoomed = view.scale !== this.#view.scale;
    this.#view = { scale: view.scale, x: view.x, y: view.y };
    this.#shapes.setAttribute("transform", `translate(${view.x} ${view.y}) scale(${view.scale})`);
    this.#names.place(view);
    this.#points.place(view);
    if (zoomed) for (const dot of this.#shapes.querySelectorAll("circle")) dot.setAttribute("r", String(5 / view.scale));
    this.#drawHandles();
  }

  clear() {
    this.#layers.clear();
    this.#shapes.replaceChildren();
    this.#names.clear();
    this.#points.clear();
    this.handle(null);
    this.cross(null);
  }

  #drawHandles() {
    const points = this.#handled ? (kindOf(this.#handled.shape).handles?.(this.#handled.geometry) ?? []) : [];
    const { scale, x, y } = this.#view;
    while (this.#handles.childElementCount > Math.min(points.length, MOST_HANDLES)) this.#handles.lastChild.remove();
    const dots = this.#handled?.geometry.points && kindOf(this.#handled.shape).dots ? this.#handled.geometry.points.length : 0;
    for (const [index, place] of points.slice(0, MOST_HANDLES).entries()) {
      const handle = this.#handles.children[index] ?? this.#handles.appendChild(svg("rect", { width: 8, height: 8 }));
      const hidden = index < dots && this.#handled.geometry.points[index][2] === 1;
      handle.setAttribute("class", index >= dots ? "" : `of-point${hidden ? " of-hidden" : ""}${index === this.#point ? " at-hand" : ""}`);
      handle.setAttribute("visibility", place ? "visible" : "hidden");
      if (!place) continue;
      const [px, py] = place;
      handle.setAttribute("x", String(px * scale + x - 4));
      handle.setAttribute("y", String(py * scale + y - 4));
    }
    this.#drawTurn();
    for (const each of [this.#handles, this.#turn]) each.style.setProperty("--chip-color", this.#handled?.color ?? "");
  }

  #drawTurn() {
    const kind = this.#handled && kindOf(this.#handled.shape);
    this.#turn.setAttribute("visibility", kind?.turns ? "visible" : "hidden");
    if (!kind?.turns) return;
    const { scale, x, y } = this.#view;
    const [cx, cy] = kind.turnHandle(this.#handled.geometry, TURN_DISTANCE / scale);
    this.#turn.setAttribute("cx", String(cx * scale + x));
    this.#turn.setAttribute("cy", String(cy * scale + y));
  }
}

function element(layer, { shape, geometry, color, dashed, occluded, skeleton }, scale) {
  const kind = kindOf(shape);
  const group = svg("g", { class: `canvas-shape canvas-${layer}${kind.filled ? "" : " line"}${dashed ? " suggested" : occluded ? " occluded" : ""}` });
  group.style.setProperty("--chip-color", color);
  if (kind.dots) {
    for (const [[ax, ay], [bx, by]] of linesOf(geometry.points, { skeleton })) group.append(svg("path", { d: `M${ax} ${ay}L${bx} ${by}` }));
    for (const [cx, cy, visibility] of geometry.points) if (visibility) group.append(svg("circle", { cx, cy, r: 5 / scale, class: visibility === 1 ? "hidden-dot" : "" }));
  } else if (kind.ragged?.(geometry)) {
    const [left, top, right, bottom] = kind.bounds(geometry);
    group.append(svg("rect", { x: left, y: top, width: right - left, height: bottom - top }));
  } else group.append(svg("path", { d: outline(kind, geometry), "fill-rule": "evenodd" }));
  return group;
}
