import { number } from "../lib/format.js";

const SHOWN = 900;
const ROWS = 3; // of a list that is hardly longer than the page one sees where one is

/** Says beside the scroll bar, while one scrolls, which images of how many are in sight. */
export class PlaceMark {
  #hide = 0;

  /** @param {HTMLElement} element @param {{inSight: {first: number, last: number}}} grid @param {{length: number}} listing */
  constructor(element, grid, listing) {
    this.element = element;
    this.grid = grid;
    this.listing = listing;
    document.addEventListener("scroll", () => requestAnimationFrame(() => this.#show()), { passive: true });
  }

  #show() {
    const { first, last } = this.grid.inSight;
    const { length } = this.listing;
    if (length < ROWS * (last - first)) return;
    const places = [number(Math.min(first + 1, length)), number(length)];
    this.element.textContent = interpolate(gettext("%s of %s"), places);
    this.element.dataset.shown = "yes";
    this.element.style.setProperty("--place", String(first / Math.max(1, length - (last - first))));
    clearTimeout(this.#hide);
    this.#hide = setTimeout(() => delete this.element.dataset.shown, SHOWN);
  }
}
