import { $, on } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { ObjectSearch } from "./object_search.js";
import { ObjectRow } from "./object_row.js";

const ROW = 32; // CSS pixels, as in label_objects.css
const BEYOND = 6; // rows that are made above and below what is seen

/** The shapes of the image, one below the other; only rows that are seen exist, however many there are, drawn at most once a frame. */
export class ObjectList {
  #element;
  #scroller;
  #rows;
  #made = /** @type {ObjectRow[]} */ ([]);
  #seen = { top: 0, height: 0 }; // kept: to ask for it while the page changes takes a layout
  #over = /** @type {HTMLElement|null} */ (null); // the row that is pointed at
  #waits = { frame: 0, look: false, reveal: false };
  #selection;
  #verbs;
  #search;
  #all = []; // newest first
  #shapes = []; // those of them that are looked for
  #classes = new Map();

  /**
   * @param {HTMLElement} element @param {import("../canvas/selection.js").Selection} selection
   * @param {{remove: (ids: Set<string>) => void, point: (id: string|null) => void, zoom: (id: string) => void, color: (id: string) => string|undefined, select: (ids: string[]) => void, arranging: import("./arranging.js").Arranging}} verbs
   */
  constructor(element, selection, verbs) {
    this.#element = element;
    this.#scroller = $("[data-objects-scroller]", element);
    this.#rows = $("[data-objects-rows]", element);
    this.#selection = selection;
    this.#verbs = verbs;
    this.#search = new ObjectSearch(element, {
      changed: () => this.#soon({ look: true }),
      select: () => verbs.select(this.#shapes.map((each) => each.id)),
    });
    on(this.#scroller, "keydown", (event) => this.#key(event));
    on(this.#scroller, "scroll", () => {
      this.#seen.top = this.#scroller.scrollTop;
      this.#soon();
    });
    on(this.#rows, "click", "[data-object]", (event, row) => {
      const id = row.dataset.object;
      event.target.closest("button")?.blur(); // it is another shape's, once this one is gone
      const { aside, family } = verbs.arranging;
      const kind = event.target.closest("[data-aside]")?.dataset.aside;
      if (kind) aside.toggle(kind, [id]);
      else if (event.target.closest("[data-remove]")) verbs.remove(new Set([id]));
      else if (aside.hidden.has(id)) return;
      else if (event.shiftKey || event.ctrlKey || event.metaKey) selection.toggle(id);
      else selection.set(event.altKey ? [id] : family(id));
    });
    on(this.#rows, "dblclick", "[data-object]", (event, row) => event.target.closest("button") || verbs.zoom(row.dataset.object));
    on(this.#rows, "pointerover", "[data-object]", (_event, row) => this.#point(row));
    on(this.#rows, "pointerleave", () => this.#point(null));
    selection.observe(() => this.#soon({ reveal: true }));
    new ResizeObserver(() => {
      this.#seen.height = this.#scroller.clientHeight;
      this.#soon();
    }).observe(this.#scroller);
  }

  /** @param {any[]} annotations @param {Map<number, any>} classes */
  show(annotations, classes) {
    this.#all = annotations.filter((each) => each.shape !== "tag").toReversed();
    this.#classes = classes;
    $("[data-objects-count]", this.#element).textContent = number(this.#all.length);
    $("[data-objects-none]", this.#element).hidden = this.#all.length > 0;
    const { aside } = this.#verbs.arranging;
    for (const kind of /** @type {const} */ (["hidden", "locked"])) {
      const button = $(`[data-all-aside="${kind}"]`, this.#element);
      button.setAttribute("aria-pressed", String(aside[kind].size > 0 && aside.all(kind, this.#all.map((each) => each.id))));
    }
    this.#soon({ look: true });
  }

  /** In the next frame. @param {{look?: boolean, reveal?: boolean}} [what] other shapes, or another selection */
  #soon(what) {
    Object.assign(this.#waits, what);
    this.#waits.frame ||= requestAnimationFrame(() => {
      const { look, reveal } = this.#waits;
      this.#waits = { frame: 0, look: false, reveal: false };
      if (look) this.#look();
      if (reveal) this.#reveal();
      this.#draw();
    });
  }

  /** What is looked for, by now. */
  #look() {
    this.#shapes = this.#search.found(this.#all, { classes: this.#classes, aside: this.#verbs.arranging.aside });
    this.#rows.style.setProperty("--rows", String(this.#shapes.length));
  }

  /** From shape to shape, past those that are hidden. */
  #key(event) {
    const page = Math.max(1, Math.floor(this.#seen.height / ROW) - 1);
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation(); // some of these are keys of the page as well
    const seen = this.#shapes.filter((each) => !this.#verbs.arranging.aside.hidden.has(each.id));
    const now = seen.findIndex((each) => each.id === this.#selection.only);
    const next = seen[Math.min(Math.max(now + step, 0), seen.length - 1)];
    if (next) this.#selection.set([next.id]);
  }

  #draw() {
    const { height } = this.#seen;
    const top = Math.min(this.#seen.top, Math.max(0, this.#shapes.length * ROW - height)); // a shorter list scrolls up
    const last = Math.min(this.#shapes.length, Math.ceil((top + height) / ROW) + BEYOND);
    const first = Math.min(Math.max(0, Math.floor(top / ROW) - BEYOND), last);
    this.#rows.style.setProperty("--first", String(first));
    const shown = this.#shapes.slice(first, last);
    while (this.#made.length > shown.length) this.#made.pop()?.element.remove();
    for (const [index, annotation] of shown.entries()) this.#show(this.#row(index), annotation);
    if (this.#over) this.#point(this.#over.isConnected ? this.#over : null); // it may show another shape
  }

  #point(row) {
    this.#over = row;
    this.#verbs.point(row && row.dataset.object);
  }

  #row(index) {
    if (!this.#made[index]) {
      this.#made[index] = new ObjectRow(this.#element.dataset.mayLabel !== undefined);
      this.#rows.append(this.#made[index].element);
    }
    return this.#made[index];
  }

  #show(row, annotation) {
    const { id } = annotation;
    const label = this.#classes.get(annotation.class) ?? { name: "", color: "" };
    const { aside } = this.#verbs.arranging;
    row.show(annotation, label.name, {
      place: this.#all.length - this.#all.indexOf(annotation), color: this.#verbs.color(id) ?? label.color,
      selected: this.#selection.has(id), hidden: aside.hidden.has(id), locked: aside.locked.has(id),
    });
  }

  /** The only shape that is selected comes into sight. */
  #reveal() {
    const place = this.#shapes.findIndex((each) => each.id === this.#selection.only);
    if (place < 0) return;
    const { top, height } = this.#seen;
    if (place * ROW < top) this.#seen.top = place * ROW;
    else if ((place + 1) * ROW > top + height) this.#seen.top = (place + 1) * ROW - height;
    if (this.#seen.top !== top) this.#scroller.scrollTop = this.#seen.top;
  }
}
