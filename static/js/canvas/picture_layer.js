import { h } from "../lib/dom.js";
import { DeepZoom } from "./deep_zoom.js";
import { PictureFilter } from "./picture_filter.js";

const DISPLAY_PIXELS = 2048; // longest side of what the server has made ready
const PIXELS_FROM = 2; // CSS pixels per pixel of the image: from here on each is a square
const SETTLED_MS = 120;
const BROWSER_FORMATS = new Set(["JPEG", "PNG", "WEBP", "GIF"]);

/** The picture beneath the shapes. */
export class PictureLayer {
  #frame = h("div", { class: "label-frame" });
  #filter;
  #deep;
  #item = /** @type {any} */ (null);
  #placed = false; // where it is first seen it has not moved
  #settled;

  constructor(element) {
    const pane = h("div", { class: "label-picture" }, [this.#frame]);
    element.append(pane);
    this.#filter = new PictureFilter(pane, element);
    this.#deep = new DeepZoom(pane, this.#frame, element);
  }

  show(item, picture) {
    this.#item = item;
    this.#placed = false;
    this.#frame.style.setProperty("--w", `${item.width}px`);
    this.#frame.style.setProperty("--h", `${item.height}px`);
    this.#frame.replaceChildren(picture);
    this.#deep.show(item, picture);
  }

  /** @param {any} values as in adjustments.js */
  adjust(values) {
    this.#filter.show(values);
  }

  clear() {
    this.#item = null;
    this.#deep.clear();
    this.#frame.replaceChildren();
  }

  /** @param {import("./view_box.js").ViewBox} view */
  look(view) {
    const { scale, x, y } = view;
    if (!this.#item) return;
    this.#frame.style.setProperty("transform", `translate(${x}px, ${y}px) scale(${scale})`);
    this.#frame.classList.toggle("pixels", scale >= PIXELS_FROM);
    this.#deep.look(view, scale >= PIXELS_FROM);
    if (this.#deep.takes) return;
    if (this.#placed) this.#moves();
    this.#placed = true;
    if (scale * Math.max(this.#item.width, this.#item.height) > DISPLAY_PIXELS) this.#sharpen();
  }

  /** As it is, and drawn anew when it rests. */
  #moves() {
    this.#frame.classList.add("moving");
    clearTimeout(this.#settled);
    this.#settled = setTimeout(() => this.#frame.classList.remove("moving"), SETTLED_MS);
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
}
