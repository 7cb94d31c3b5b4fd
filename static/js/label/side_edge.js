import { on } from "../lib/dom.js";
import { KeptChoices } from "./kept_choices.js";

const LEAST = 192;
const STEP = 16;

/** The edge of the right bar: dragged, or moved by the arrow keys; a double click gives it back. The browser remembers it. */
export class SideEdge {
  #edge;
  #page;
  #kept = new KeptChoices("label-side-width");

  /** @param {HTMLElement} edge @param {HTMLElement} page */
  constructor(edge, page) {
    this.#edge = edge;
    this.#page = page;
    const kept = this.#kept.read();
    if (Number.isFinite(kept)) this.#set(kept);
    on(edge, "pointerdown", (event) => this.#drag(event));
    on(edge, "dblclick", () => this.#forget());
    on(edge, "keydown", (event) => this.#key(event));
    on(edge, "focus", () => this.#tell());
    this.#tell();
  }

  get #most() {
    return Math.max(LEAST, Math.round(this.#page.clientWidth / 2));
  }

  /** Which way is wider. */
  get #sign() {
    return getComputedStyle(this.#page).direction === "rtl" ? 1 : -1;
  }

  get #width() {
    return this.#edge.parentElement.offsetWidth;
  }

  #drag(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    const begin = { x: event.clientX, width: this.#width };
    this.#edge.setPointerCapture(event.pointerId);
    const ends = [
      on(this.#edge, "pointermove", ({ clientX }) => this.#set(begin.width + this.#sign * (clientX - begin.x))),
      on(this.#edge, "lostpointercapture", () => {
        for (const end of ends) end();
        if (this.#width !== begin.width) this.#kept.keep(this.#width);
      }),
    ];
  }

  #key(event) {
    const by = event.shiftKey ? 4 * STEP : STEP;
    const width = {
      ArrowLeft: this.#width - this.#sign * by, ArrowRight: this.#width + this.#sign * by, Home: LEAST, End: this.#most,
    }[event.key];
    if (width === undefined && event.key !== "Enter") return;
    event.preventDefault();
    if (width === undefined) return void this.#forget();
    this.#set(width);
    this.#kept.keep(this.#width);
    return undefined;
  }

  #set(width) {
    this.#page.style.setProperty("--side", `${Math.round(Math.min(Math.max(width, LEAST), this.#most))}px`);
    this.#tell();
  }

  #forget() {
    this.#page.style.removeProperty("--side");
    this.#kept.keep(null);
    this.#tell();
  }

  #tell() {
    for (const [name, value] of Object.entries({ min: LEAST, max: this.#most, now: this.#width })) this.#edge.setAttribute(`aria-value${name}`, String(value));
  }
}
