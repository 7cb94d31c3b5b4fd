import { kindOf } from "./kinds/index.js";
import { inkOn, textOf } from "./look.js";
import { HEIGHT, PAD, placeOf } from "./name_tags.js";
import { h } from "../lib/dom.js";

const MOST = 60; // names of what is selected; whoever selects more reads none of them

/** Names at what is pointed at and selected, above everything. */
export class NameLayer {
  #element = h("div", { class: "canvas-names", "aria-hidden": "true" });
  #layers = new Map();
  #shown = /** @type {{tag: HTMLElement, bounds: any}[]} */ ([]);
  #look = /** @type {any} */ ({ names: "off" });
  #view = { scale: 1, x: 0, y: 0 };

  /** @param {HTMLElement} element the stage */
  constructor(element) {
    element.append(this.#element);
  }

  set look(look) {
    this.#look = look;
    this.#draw();
  }

  /** @param {string} layer @param {any[]} shapes with their names */
  show(layer, shapes) {
    if (!shapes.length && !this.#layers.get(layer)?.length) return;
    this.#layers.set(layer, shapes);
    this.#draw();
  }

  /** @param {{scale: number, x: number, y: number}} view */
  place(view) {
    this.#view = { scale: view.scale, x: view.x, y: view.y };
    const { scale, x, y } = view;
    for (const { tag, bounds } of this.#shown) {
      const [left, top] = placeOf(bounds, scale);
      tag.style.setProperty("transform", `translate(${left + x}px, ${top + y}px)`);
    }
  }

  clear() {
    this.#layers.clear();
    this.#draw();
  }

  #draw() {
    const shapes = this.#look.names === "off" ? [] : [...this.#layers.values()].flat().slice(0, MOST);
    this.#shown = shapes.map((each) => {
      const kind = kindOf(each.shape), bounds = kind.bounds(each.geometry);
      return { bounds, tag: named(textOf({ ...each, kind, bounds }, this.#look), each.color) };
    });
    this.#element.replaceChildren(...this.#shown.map(({ tag }) => tag));
    this.place(this.#view);
  }
}

function named(text, color) {
  const style = { "--chip-color": color, "--ink": inkOn(color), "--height": `${HEIGHT}px`, "--pad": `${PAD}px` };
  return h("span", { class: "canvas-name", hidden: !text, style }, text);
}
