/** Where somebody looks, as keys and buttons move it; the pointer does so by itself. */
export class Looking {
  #element;
  #view;
  #onLook;

  /** @param {HTMLElement} element the stage @param {import("./view_box.js").ViewBox} view @param {() => void} onLook the view is another one */
  constructor(element, view, onLook) {
    this.#element = element;
    this.#view = view;
    this.#onLook = onLook;
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

  get size() {
    return { width: this.#element.clientWidth, height: this.#element.clientHeight };
  }

  get #middle() {
    const { width, height } = this.size;
    return { x: width / 2, y: height / 2 };
  }
}
