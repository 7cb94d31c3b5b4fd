import { h, on } from "../lib/dom.js";

const LARGEST = 150; // CSS pixels of the longer side
const SHARE = 0.22; // of the stage's width, where that is less

/** The whole picture small in a corner while only a part of it is seen, with a frame around that part; it moves the view. */
export class Minimap {
  #frame = h("div", { class: "minimap-frame" });
  #element = h("div", { class: "minimap", "aria-hidden": "true", hidden: true }, [this.#frame]);
  #view;
  #item = /** @type {any} */ (null);
  #laid = false; // as large as the image wants it
  #scale = 1; // CSS pixels here per pixel of the image
  wanted = true;

  /** @param {HTMLElement} element the stage @param {import("./view_box.js").ViewBox} view @param {() => void} onLook */
  constructor(element, view, onLook) {
    this.#view = view;
    element.append(this.#element);
    const move = (event) => {
      const { left, top } = this.#element.getBoundingClientRect();
      this.#view.centre((event.clientX - left) / this.#scale, (event.clientY - top) / this.#scale);
      onLook();
    };
    // Neither the tool at hand nor the stage may take these for their own.
    for (const each of ["pointerdown", "pointermove", "pointerup", "pointercancel"]) on(this.#element, each, (event) => event.stopPropagation());
    on(this.#element, "pointerdown", (event) => {
      event.preventDefault();
      this.#element.setPointerCapture(event.pointerId);
      move(event);
    });
    on(this.#element, "pointermove", (event) => this.#element.hasPointerCapture(event.pointerId) && move(event));
  }

  /** @param {any} item or null */
  show(item) {
    this.#item = item;
    this.#laid = false; // when it is first seen
    this.#element.hidden = true;
  }

  look() {
    const { left, top, width, height } = this.#view.seen;
    const part = this.#item && (width < this.#item.width - 1 || height < this.#item.height - 1);
    this.#element.hidden = !part || !this.wanted;
    if (this.#element.hidden) return;
    if (!this.#laid) this.#lay();
    const place = { left, top, width, height };
    for (const [name, value] of Object.entries(place)) this.#frame.style.setProperty(name, `${value * this.#scale}px`);
  }

  #lay() {
    const { width, height, thumbnail } = this.#item;
    this.#laid = true;
    this.#scale = Math.min(LARGEST, SHARE * this.#view.stage.width) / Math.max(width, height);
    const { style } = this.#element;
    style.setProperty("background-image", `url("${thumbnail}")`);
    style.setProperty("--w", `${width * this.#scale}px`);
    style.setProperty("--h", `${height * this.#scale}px`);
  }
}
