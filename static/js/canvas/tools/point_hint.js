import { h } from "../../lib/dom.js";

/** What the next click gives, beside the pointer. */
export class PointHint {
  #element = h("div", { class: "point-hint", hidden: true, role: "status" });

  /** @param {HTMLElement} element the stage's */
  constructor(element) {
    element.append(this.#element);
  }

  /** @param {{screenX: number, screenY: number}|null} at where the pointer is; null takes it away @param {string} [text] */
  show(at, text = "") {
    this.#element.hidden = !at || !text;
    if (!at) return;
    if (this.#element.textContent !== text) this.#element.textContent = text; // it is read aloud
    this.#element.style.setProperty("transform", `translate(${at.screenX + 14}px, ${at.screenY + 14}px)`);
  }
}
