import { h, on } from "../lib/dom.js";
import { drawn, fillMask } from "./shapes.js";
import { ViewBox } from "./view_box.js";

const CLICK_PIXELS = 4;
const ZOOM_SPEED = 0.0016;
const DISPLAY_PIXELS = 2048;
const BROWSER_FORMATS = new Set(["JPEG", "PNG", "WEBP", "GIF"]);

/** The large image with its shapes: wheel zooms at the cursor, dragging pans, a click zooms in and out. */
export class Stage {
  #element;
  #frame;
  #view = new ViewBox();
  #item = null;
  #pointers = new Map();
  #moved = 0;

  constructor(element) {
    this.#element = element;
    this.#frame = h("div", { class: "label-frame" });
    element.append(this.#frame);
    new ResizeObserver(() => this.#resized()).observe(element);
    on(element, "wheel", (event) => this.#wheel(event), { passive: false });
    on(element, "pointerdown", (event) => this.#down(event));
    on(element, "pointermove", (event) => this.#move(event));
    on(element, "pointerup", (event) => this.#up(event));
    on(element, "pointercancel", (event) => this.#pointers.delete(event.pointerId));
  }

  /** @param {any} item @param {HTMLElement} picture */
  show(item, picture) {
    this.#item = item;
    this.#frame.replaceChildren(picture);
    this.#view.show(item);
    this.#place();
  }

  /** Draw shapes over the picture, once it is shown. @param {any} item @param {any[]} annotations @param {any[]} suggestions @param {Map<number, any>} classes */
  draw(item, annotations, suggestions, classes) {
    if (item !== this.#item) return;
    for (const old of this.#frame.querySelectorAll("svg, canvas")) old.remove();
    const masks = annotations.filter((each) => each.shape === "mask");
    if (masks.length) this.#frame.append(this.#maskCanvas(masks, classes));
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", `0 0 ${this.#item.width} ${this.#item.height}`);
    svg.setAttribute("aria-hidden", "true");
    for (const [list, kind] of /** @type {[any[], string][]} */ ([[annotations, "shape"], [suggestions, "shape suggested"]])) {
      for (const each of list) {
        const shape = drawn(each);
        if (!shape) continue;
        shape.classList.add(...kind.split(" "));
        shape.style.setProperty("--chip-color", classes.get(each.class)?.color ?? "");
        svg.append(shape);
      }
    }
    if (svg.childElementCount) this.#frame.append(svg);
  }

  toggleZoom(at = this.#middle()) {
    this.#view.toggle(at);
    this.#place();
  }

  zoom(factor) {
    this.#view.zoom(factor, this.#middle());
    this.#place();
  }

  fit() {
    this.#view.fit();
    this.#place();
  }

  /** Shows no image: not one while the page is at another. */
  clear() {
    this.#item = null;
    this.#frame.replaceChildren();
  }

  #maskCanvas(masks, classes) {
    const canvas = h("canvas", { width: this.#item.width, height: this.#item.height });
    const context = /** @type {any} */ (canvas).getContext("2d");
    const pixels = context.createImageData(this.#item.width, this.#item.height);
    for (const mask of masks) {
      const color = parseInt((classes.get(mask.class)?.color ?? "#888888").slice(1), 16);
      fillMask(pixels.data, mask.geometry, [color >> 16, (color >> 8) & 255, color & 255, 110]);
    }
    context.putImageData(pixels, 0, 0);
    return canvas;
  }

  #place() {
    const { scale, x, y, fitted } = this.#view;
    const { width = 1, height = 1 } = this.#item ?? {};
    for (const [name, value] of Object.entries({ w: width * scale, h: height * scale, x, y })) this.#frame.style.setProperty(`--${name}`, `${value}px`);
    this.#frame.classList.toggle("pixels", scale >= 6 && !fitted);
    this.#element.classList.toggle("zoomed", !fitted);
    if (scale * Math.max(width, height) > DISPLAY_PIXELS) this.#sharpen();
  }

  /** Beyond the display size the original itself is shown, where browsers can. */
  #sharpen() {
    const picture = this.#frame.querySelector("img");
    if (!picture || picture.dataset.sharp || Math.max(this.#item.width, this.#item.height) <= DISPLAY_PIXELS) return;
    if (!BROWSER_FORMATS.has(this.#item.format)) return;
    picture.dataset.sharp = "yes";
    const original = new Image();
    original.src = this.#item.file;
    original.decode().then(() => (picture.src = original.src), () => {});
  }

  #resized() {
    this.#view.resize({ width: this.#element.clientWidth, height: this.#element.clientHeight });
    this.#place();
  }

  #wheel(event) {
    if (!this.#item) return;
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : 1;
    this.#view.zoom(Math.exp(-event.deltaY * lines * ZOOM_SPEED), this.#at(event));
    this.#place();
  }

  #down(event) {
    if (event.button !== 0 || event.target.closest("button, a")) return;
    this.#element.setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, event);
    this.#moved = this.#pointers.size > 1 ? CLICK_PIXELS : 0;
  }

  #move(event) {
    const before = this.#pointers.get(event.pointerId);
    if (!before) return;
    const other = [...this.#pointers.values()].find((each) => each.pointerId !== event.pointerId);
    if (other) this.#view.zoom(distance(event, other) / (distance(before, other) || 1), this.#at(other));
    this.#moved += Math.abs(event.clientX - before.clientX) + Math.abs(event.clientY - before.clientY);
    if (this.#moved > CLICK_PIXELS) this.#view.pan(event.clientX - before.clientX, event.clientY - before.clientY);
    this.#pointers.set(event.pointerId, event);
    this.#place();
  }

  #up(event) {
    if (!this.#pointers.delete(event.pointerId)) return;
    if (this.#moved <= CLICK_PIXELS && event.pointerType === "mouse") this.toggleZoom(this.#at(event));
  }

  #at({ clientX, clientY }) {
    const { left, top } = this.#element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  #middle() {
    return { x: this.#element.clientWidth / 2, y: this.#element.clientHeight / 2 };
  }
}

function distance(a, b) {
  return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
}
