import { h } from "../../lib/dom.js";

const LEAST = 1, MOST = 500; // pixels of the image

/** The round tip of brush and eraser: its size, and the ring at the pointer that shows it. */
export class Tip {
  diameter = 24;
  #ring = h("div", { class: "brush-ring", hidden: true, "aria-hidden": "true" });
  #at = /** @type {any} */ (null);
  #observers = new Set();

  /** @param {HTMLElement} element */
  constructor(element) {
    element.append(this.#ring);
  }

  /** @param {number} diameter */
  set(diameter) {
    this.diameter = Math.min(Math.max(Math.round(diameter), LEAST), MOST);
    this.show(this.#at);
    for (const observer of this.#observers) observer();
  }

  /** A step larger or smaller. @param {1|-1} by */
  step(by) {
    const next = this.diameter * 1.2 ** by;
    this.set(by > 0 ? Math.max(next, this.diameter + 1) : Math.min(next, this.diameter - 1));
  }

  observe(observer) {
    this.#observers.add(observer);
  }

  /** @param {{screenX: number, screenY: number, scale: number}|null} at where the pointer is; null takes the ring away */
  show(at) {
    this.#at = at;
    this.#ring.hidden = !at;
    if (!at) return;
    this.#ring.style.setProperty("--size", `${this.diameter * at.scale}px`);
    this.#ring.style.setProperty("transform", `translate(${at.screenX}px, ${at.screenY}px) translate(-50%, -50%)`);
  }

  /** @param {{scale: number}} view that another scale shows it larger */
  look({ scale }) {
    if (this.#at) this.show({ ...this.#at, scale });
  }
}
