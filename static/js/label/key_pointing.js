import { KeyPointer } from "../canvas/key_pointer.js";
import { shortcuts } from "../widgets/shortcuts.js";

/** Drawing without a pointer: while it is on, the arrow keys belong to a pointer on the image. */
export class KeyPointing {
  #pointer;
  #leave = () => {};

  /** @param {HTMLElement} element the stage @param {import("../canvas/stage.js").Stage} stage */
  constructor(element, stage) {
    this.#pointer = new KeyPointer(element, (x, y) => stage.looking.placeAt(x, y));
  }

  toggle() {
    if (this.#pointer.shown) this.#off();
    else this.#on();
  }

  #off() {
    this.#leave();
    this.#pointer.hide();
  }

  #on() {
    const pointer = this.#pointer;
    pointer.show();
    const key = (keys, name, label, run) => ({ keys, name, label, run });
    this.#leave = shortcuts.register(gettext("Drawing by keys"), [
      ...DIRECTIONS.flatMap(([arrow, dx, dy, label]) => [
        key(arrow, `pointer:${arrow}`, label(), () => pointer.move(dx, dy)),
        key(`mod+${arrow}`, `pointerFar:${arrow}`, interpolate(gettext("%s, far"), [label()]), () => pointer.move(dx, dy, "far")),
        key(`shift+${arrow}`, `pointerFine:${arrow}`, interpolate(gettext("%s, by one pixel"), [label()]), () => pointer.move(dx, dy, "fine")),
      ]),
      key("Space", "pointer:press", gettext("Click; held down, drag"), (event) => pointer.press(event)),
    ]);
  }
}

/** @type {[string, number, number, () => string][]} */
const DIRECTIONS = [
  ["ArrowLeft", -1, 0, () => gettext("The pointer to the left")], ["ArrowRight", 1, 0, () => gettext("The pointer to the right")],
  ["ArrowUp", 0, -1, () => gettext("The pointer up")], ["ArrowDown", 0, 1, () => gettext("The pointer down")],
];
