import { on } from "../lib/dom.js";

const EDGE = 4; // CSS pixels that stay free at the edges of the window

/** What can be done with the shapes that are selected: at the button in the row above them, and where somebody asks on the image. */
export class ShapeMenu {
  #menu;
  #place = /** @type {{x: number, y: number}|null} */ (null);

  /** @param {HTMLElement} menu @param {HTMLElement} stage */
  constructor(menu, stage) {
    this.#menu = menu;
    on(stage, "shape-menu", ({ detail }) => {
      this.#show(detail);
      if (detail.held !== null) this.#stay(detail);
    });
    // After the menu was put at its button, as all menus are.
    on(menu, "toggle", ({ newState }) => newState === "open" && this.#put());
  }

  /** Browsers close it when the finger is lifted that still rests on the image. */
  #stay(place) {
    const lifted = new AbortController();
    const again = ({ pointerId }) => {
      if (pointerId !== place.held) return;
      lifted.abort();
      setTimeout(() => this.#show(place));
    };
    for (const event of ["pointerup", "pointercancel"]) on(document, event, again, { signal: lifted.signal });
  }

  #show(place) {
    this.#place = place;
    if (this.#menu.matches(":popover-open")) this.#put();
    else this.#menu.showPopover();
  }

  #put() {
    if (!this.#place) return;
    const { x, y } = this.#place;
    const { width, height } = this.#menu.getBoundingClientRect();
    this.#menu.style.setProperty("left", `${Math.max(EDGE, Math.min(x, innerWidth - width - EDGE))}px`);
    this.#menu.style.setProperty("top", `${Math.max(EDGE, Math.min(y, innerHeight - height - EDGE))}px`);
    this.#place = null;
  }
}
