import { $, on } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { ObjectSearch } from "./object_search.js";
import { objectRow } from "./object_row.js";

const ROW = 32; // CSS pixels, as in label_objects.css
const BEYOND = 6; // rows that are made above and below what is seen

/** The shapes of the image, one below the other; only rows that are seen exist, however many there are. */
export class ObjectList {
  #element;
  #scroller;
  #rows;
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
      changed: () => this.#look(),
      select: () => verbs.select(this.#shapes.map((each) => each.id)),
    });
    on(this.#scroller, "scroll", () => this.#draw());
    on(this.#scroller, "keydown", (event) => this.#key(event));
    on(this.#rows, "click", "[data-object]", (event, row) => {
      const id = row.dataset.object;
      const { aside, family } = verbs.arranging;
      const kind = event.target.closest("[data-aside]")?.dataset.aside;
      if (kind) aside.toggle(kind, [id]);
      else if (event.target.closest("[data-remove]")) verbs.remove(new Set([id]));
      else if (aside.hidden.has(id)) return;
      else if (event.shiftKey || event.ctrlKey || event.metaKey) selection.toggle(id);
      else selection.set(event.altKey ? [id] : family(id));
    });
    on(this.#rows, "dblclick", "[data-object]", (event, row) => event.target.closest("button") || verbs.zoom(row.dataset.object));
    on(this.#rows, "pointerover", "[data-object]", (_event, row) => verbs.point(row.dataset.object));
    on(this.#rows, "pointerleave", () => verbs.point(null));
    selection.observe(() => this.#selected());
    new ResizeObserver(() => this.#draw()).observe(this.#scroller);
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
    this.#look();
  }

  /** What is looked for, by now. */
  #look() {
    this.#shapes = this.#search.found(this.#all, { classes: this.#classes, aside: this.#verbs.arranging.aside });
    this.#rows.style.setProperty("--rows", String(this.#shapes.length));
    this.#draw();
  }

  /** From shape to shape, past those that are hidden. */
  #key(event) {
    const page = Math.max(1, Math.floor(this.#scroller.clientHeight / ROW) - 1);
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
    const { scrollTop, clientHeight } = this.#scroller;
    const first = Math.max(0, Math.floor(scrollTop / ROW) - BEYOND);
    const last = Math.min(this.#shapes.length, Math.ceil((scrollTop + clientHeight) / ROW) + BEYOND);
    this.#rows.style.setProperty("--first", String(first));
    this.#rows.replaceChildren(...this.#shapes.slice(first, last).map((each) => this.#row(each)));
  }

  #row(annotation) {
    const { id } = annotation;
    const label = this.#classes.get(annotation.class) ?? { name: "", color: "" };
    const { aside } = this.#verbs.arranging;
    return objectRow(annotation, label.name, {
      color: this.#verbs.color(id) ?? label.color,
      selected: this.#selection.has(id), hidden: aside.hidden.has(id), locked: aside.locked.has(id),
      removable: this.#element.dataset.mayLabel !== undefined,
    });
  }

  #selected() {
    for (const row of this.#rows.children) row.setAttribute("aria-selected", String(this.#selection.has(row.dataset.object)));
    const place = this.#shapes.findIndex((each) => each.id === this.#selection.only);
    if (place < 0) return;
    const { scrollTop, clientHeight } = this.#scroller;
    if (place * ROW < scrollTop) this.#scroller.scrollTop = place * ROW;
    else if ((place + 1) * ROW > scrollTop + clientHeight) this.#scroller.scrollTop = (place + 1) * ROW - clientHeight;
  }
}
