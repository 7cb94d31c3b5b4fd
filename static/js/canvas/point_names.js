import { h } from "../lib/dom.js";
import { kindOf } from "./kinds/index.js";
import { pointName } from "./skeleton.js";

const ROOM = 160; // CSS pixels: what is smaller shows the name of the point at hand alone
const WIDE = 52, HIGH = 13; // of two names that lie on each other the first is shown
const MOST_SHAPES = 4; // of more nobody reads the points

/** Names beside the points of what is selected, pointed at or being drawn. */
export class PointNames {
  #element = h("div", { class: "canvas-names", "aria-hidden": "true" });
  #layers = new Map();
  #view = { scale: 1, x: 0, y: 0 };
  #shown = /** @type {{tag: HTMLElement, x: number, y: number, size: number, index: number, layer: string}[]} */ ([]);
  #wanted = true;
  #atHand = /** @type {number|null} */ (null);

  /** @param {HTMLElement} element the stage */
  constructor(element) {
    element.append(this.#element);
  }

  /** @param {any} look as in look.js */
  set look(look) {
    this.#wanted = look.names !== "off";
    this.place(this.#view);
  }

  /** @param {number|null} index of the selected shape's point that is at hand */
  set atHand(index) {
    this.#atHand = index;
    this.place(this.#view);
  }

  /** @param {string} layer @param {any[]} shapes */
  show(layer, shapes) {
    const named = shapes.length > MOST_SHAPES ? [] : shapes.filter((each) => each.shape === "keypoints" && each.skeleton?.points);
    if (!named.length && !this.#layers.get(layer)?.length) return;
    this.#layers.set(layer, named);
    this.#shown = [...this.#layers].flatMap(([name, list]) => list.flatMap((each) => tags(name, each)));
    this.#element.replaceChildren(...this.#shown.map(({ tag }) => tag));
    this.place(this.#view);
  }

  /** @param {{scale: number, x: number, y: number}} view */
  place(view) {
    this.#view = { scale: view.scale, x: view.x, y: view.y };
    const taken = /** @type {number[][]} */ ([]);
    for (const { tag, x, y, size, index, layer } of this.#shown) {
      const atHand = layer === "selected" && index === this.#atHand;
      const [left, top] = [x * view.scale, y * view.scale];
      const room = this.#wanted && size * view.scale > ROOM && !taken.some((each) => Math.abs(each[0] - left) < WIDE && Math.abs(each[1] - top) < HIGH);
      tag.hidden = !atHand && !room;
      if (room) taken.push([left, top]);
      tag.classList.toggle("at-hand", atHand);
      if (!tag.hidden) tag.style.setProperty("transform", `translate(${x * view.scale + view.x + 7}px, ${y * view.scale + view.y - 7}px)`);
    }
  }

  clear() {
    this.#layers.clear();
    this.#shown = [];
    this.#element.replaceChildren();
  }
}

function tags(layer, { shape, geometry, skeleton }) {
  const [left, top, right, bottom] = kindOf(shape).bounds(geometry);
  const size = Math.max(right - left, bottom - top);
  return geometry.points.flatMap(([x, y, visibility], index) => (visibility ? [{ layer, index, x, y, size, tag: h("span", { class: "canvas-point-name" }, pointName(skeleton, index)) }] : []));
}
