/** Where somebody looks, as keys and buttons move it; the pointer does so by itself. */
export class Looking {
  #view;
  #onLook;
  #observers = /** @type {((view: import("./view_box.js").ViewBox) => void)[]} */ ([]);

  /** @param {import("./view_box.js").ViewBox} view @param {() => void} onLook the view is another one */
  constructor(view, onLook) {
    this.#view = view;
    this.#onLook = onLook;
  }

  /** @param {(view: import("./view_box.js").ViewBox) => void} observer told in the frame in which another part of the image is shown */
  observe(observer) {
    this.#observers.push(observer);
  }

  tell() {
    for (const observer of this.#observers) observer(this.#view);
  }

  toggle(at = this.#middle) {
    this.#view.toggle(at);
    this.#onLook();
  }

  zoom(factor) {
    this.#view.zoom(factor, this.#middle);
    this.#onLook();
  }

  fit() {
    this.#view.fit();
    this.#onLook();
  }

  actualSize() {
    this.#view.actual(this.#middle);
    this.#onLook();
  }

  /** To what lies within these bounds, together. @param {number[][]} all @returns {boolean} whether there was any */
  to(all) {
    if (!all.length) return false;
    const end = (side, of) => all.map((bounds) => bounds[side]).reduce((a, b) => of(a, b));
    this.#view.zoomTo([end(0, Math.min), end(1, Math.min), end(2, Math.max), end(3, Math.max)]);
    this.#onLook();
    return true;
  }

  /** A place of the image: to the middle, unless it is seen. @param {number[]} place */
  reveal([x, y]) {
    const { width, height } = this.#view.stage;
    const [left, top] = [x * this.#view.scale + this.#view.x, y * this.#view.scale + this.#view.y];
    if (left >= 0 && top >= 0 && left <= width && top <= height) return;
    this.#view.pan(width / 2 - left, height / 2 - top);
    this.#onLook();
  }

  /** The place of the image at a place of the stage. */
  placeAt(x, y) {
    return [(x - this.#view.x) / this.#view.scale, (y - this.#view.y) / this.#view.scale];
  }

  get #middle() {
    const { width, height } = this.#view.stage;
    return { x: width / 2, y: height / 2 };
  }
}
