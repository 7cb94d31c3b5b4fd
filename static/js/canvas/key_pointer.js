import { h } from "../lib/dom.js";

const STEP = 8, FAR = 64, FINE = 1; // CSS pixels
const FASTER_AFTER = 10, FASTEST = 4; // repeats of a key that is held, and how many times as fast it becomes
const POINTER = { pointerId: 1, pointerType: "mouse", isPrimary: true, bubbles: true, cancelable: true };

/** A pointer that keys move: every tool gets from it what it gets from a mouse. */
export class KeyPointer {
  #element;
  #mark;
  #x = 0;
  #y = 0;
  #pressed = false;
  #key = ""; // that was pressed
  #repeats = 0;
  #says;

  /** @param {HTMLElement} element the stage @param {(x: number, y: number) => number[]} says the place of the image at a place of the stage */
  constructor(element, says) {
    this.#element = element;
    this.#says = says;
    this.#mark = h("div", { class: "key-pointer", hidden: true, role: "status" });
    element.append(this.#mark);
    for (const gone of ["blur", "pagehide"]) addEventListener(gone, () => this.release());
    document.addEventListener("keyup", (event) => {
      this.#repeats = 0;
      if (event.code === this.#key) this.release();
    });
  }

  get shown() {
    return !this.#mark.hidden;
  }

  show() {
    const { width, height } = this.#element.getBoundingClientRect();
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement) activeElement.blur(); // Space would work what has the focus
    if (!this.#x && !this.#y) [this.#x, this.#y] = [width / 2, height / 2];
    this.#mark.hidden = false;
    this.#go(0, 0);
  }

  hide() {
    this.release();
    this.#mark.hidden = true;
    this.#tell("pointerleave");
  }

  /** @param {number} dx @param {number} dy directions @param {"step"|"far"|"fine"} how */
  move(dx, dy, how = "step") {
    this.#repeats += 1;
    const faster = this.#repeats > FASTER_AFTER ? Math.min(FASTEST, this.#repeats / FASTER_AFTER) : 1;
    const by = { step: STEP * faster, far: FAR, fine: FINE }[how];
    this.#go(dx * by, dy * by);
  }

  /** Until the key is let go, whichever it is that somebody has chosen. @param {{code: string}} event */
  press({ code }) {
    if (this.#pressed) return;
    this.#pressed = true;
    this.#key = code;
    this.#tell("pointerdown");
  }

  release() {
    if (!this.#pressed) return;
    this.#pressed = false;
    this.#tell("pointerup");
  }

  #go(dx, dy) {
    const { width, height } = this.#element.getBoundingClientRect();
    this.#x = Math.min(Math.max(this.#x + dx, 0), width - 1);
    this.#y = Math.min(Math.max(this.#y + dy, 0), height - 1);
    this.#mark.style.translate = `${this.#x}px ${this.#y}px`;
    this.#mark.textContent = this.#says(this.#x, this.#y).map(Math.floor).join(", ");
    this.#tell("pointermove");
  }

  #tell(kind) {
    const { left, top } = this.#element.getBoundingClientRect();
    const place = { clientX: left + this.#x, clientY: top + this.#y };
    this.#element.dispatchEvent(new PointerEvent(kind, { ...POINTER, ...place, button: kind === "pointermove" ? -1 : 0, buttons: this.#pressed ? 1 : 0 }));
  }
}
