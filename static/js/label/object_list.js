import { $, h, on } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { icon } from "../lib/icon.js";

const ROW = 32; // CSS pixels, as in label_objects.css
const BEYOND = 6; // rows that are made above and below what is seen

const ICONS = { box: "square", rotated_box: "square", polygon: "pentagon", polyline: "spline", ellipse: "circle", keypoints: "dot", mask: "brush" };

/** The shapes of the image, one below the other; only rows that are seen exist, however many there are. */
export class ObjectList {
  #element;
  #scroller;
  #rows;
  #selection;
  #colorOf;
  #shapes = [];
  #classes = new Map();

  /**
   * @param {HTMLElement} element @param {import("../canvas/selection.js").Selection} selection
   * @param {{remove: (ids: Set<string>) => void, point: (id: string|null) => void, zoom: (id: string) => void, color: (id: string) => string|undefined}} verbs
   */
  constructor(element, selection, verbs) {
    this.#element = element;
    this.#scroller = $("[data-objects-scroller]", element);
    this.#rows = $("[data-objects-rows]", element);
    this.#selection = selection;
    this.#colorOf = verbs.color;
    on(this.#scroller, "scroll", () => this.#draw());
    on(this.#rows, "click", "[data-object]", (event, row) => {
      const id = row.dataset.object;
      if (event.target.closest("[data-remove]")) verbs.remove(new Set([id]));
      else if (event.shiftKey || event.ctrlKey || event.metaKey) selection.toggle(id);
      else selection.set([id]);
    });
    on(this.#rows, "dblclick", "[data-object]", (event, row) => event.target.closest("button") || verbs.zoom(row.dataset.object));
    on(this.#rows, "pointerover", "[data-object]", (_event, row) => verbs.point(row.dataset.object));
    on(this.#rows, "pointerleave", () => verbs.point(null));
    selection.observe(() => this.#selected());
    new ResizeObserver(() => this.#draw()).observe(this.#scroller);
  }

  /** @param {any[]} annotations @param {Map<number, any>} classes */
  show(annotations, classes) {
    this.#shapes = annotations.filter((each) => each.shape !== "tag").toReversed();
    this.#classes = classes;
    $("[data-objects-count]", this.#element).textContent = number(this.#shapes.length);
    $("[data-objects-none]", this.#element).hidden = this.#shapes.length > 0;
    this.#rows.style.setProperty("--rows", String(this.#shapes.length));
    this.#draw();
  }

  #draw() {
    const { scrollTop, clientHeight } = this.#scroller;
    const first = Math.max(0, Math.floor(scrollTop / ROW) - BEYOND);
    const last = Math.min(this.#shapes.length, Math.ceil((scrollTop + clientHeight) / ROW) + BEYOND);
    this.#rows.style.setProperty("--first", String(first));
    this.#rows.replaceChildren(...this.#shapes.slice(first, last).map((each) => this.#row(each)));
  }

  #row({ id, shape, class: label }) {
    const { name = "", color = "" } = this.#classes.get(label) ?? {};
    return h("li", { class: "label-object", dataset: { object: id }, "aria-selected": String(this.#selection.has(id)), role: "option", style: { "--chip-color": this.#colorOf(id) ?? color } }, [
      icon(ICONS[shape] ?? "shapes"),
      h("span", { class: "truncate", title: name }, name),
      this.#element.dataset.mayLabel !== undefined && h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", "data-remove": true, tabindex: "-1", "aria-label": interpolate(gettext("Delete this %s"), [name]) }, icon("trash-2")),
    ]);
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
