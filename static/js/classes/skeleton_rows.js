import { $, $$, fill, h, on } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { partnerOf } from "../lib/skeleton_draft.js";
import { makeSortable } from "./sorting.js";

/** The points of a skeleton as a list: named, ordered, paired, deleted. */
export class SkeletonRows {
  element = h("ol", { class: "skeleton-rows", "aria-label": gettext("Points in their order") });
  #verbs;
  #draft = /** @type {any} */ (null);

  /** @param {{rename: (index: number, name: string) => void, pair: (index: number, partner: number|null) => void, remove: (index: number) => void, order: (order: number[]) => void, choose: (index: number) => void}} verbs */
  constructor(verbs) {
    this.#verbs = verbs;
    const place = (row) => Number(row.dataset.row);
    makeSortable(this.element, ".class-handle", () => verbs.order(this.#rows.map(place)));
    on(this.element, "keydown", ".class-handle", (event, handle) => this.#step(event, place(handle.closest("li"))));
    on(this.element, "input", ".skeleton-name", (_event, input) => verbs.rename(place(input.closest("li")), input.value));
    on(this.element, "change", "select", (_event, select) => verbs.pair(place(select.closest("li")), select.value ? Number(select.value) : null));
    on(this.element, "click", "[data-remove]", (_event, button) => verbs.remove(place(button.closest("li"))));
    on(this.element, "focusin", "li", (_event, row) => verbs.choose(place(row)));
  }

  get #rows() {
    return $$(":scope > li", this.element);
  }

  /** @param {any} draft */
  show(draft) {
    this.#draft = draft;
    fill(this.element, draft.points.map((point, index) => this.#row(point, index)));
  }

  /** Names have changed: what is typed stays. @param {any} draft */
  renamed(draft) {
    this.#draft = draft;
    for (const [index, row] of this.#rows.entries()) {
      $("select", row).replaceChildren(...this.#partners(index));
      $(".class-handle", row).setAttribute("aria-label", moves(draft.points[index].name));
    }
  }

  /** @param {number|null} index */
  choose(index) {
    for (const [place, row] of this.#rows.entries()) row.classList.toggle("chosen", place === index);
  }

  /** @param {number} index @param {string} [what] */
  focus(index, what = ".skeleton-name") {
    const target = $(what, this.#rows[Math.min(index, this.#rows.length - 1)] ?? this.element);
    target?.focus();
    if (target?.matches("input")) target.select();
  }

  /** @param {string} place as "3.name" @param {string} message */
  complain(place, message) {
    const row = this.#rows[Number.parseInt(place, 10)];
    row?.append(h("p", { class: "field-error" }, message));
    row?.scrollIntoView({ block: "nearest" });
    return Boolean(row);
  }

  #row({ name }, index) {
    return h("li", { class: "skeleton-row", dataset: { row: index } }, [
      h("button", { class: "btn btn-ghost btn-icon btn-small class-handle", type: "button", "aria-label": moves(name) }, icon("grip-vertical")),
      h("span", { class: "number muted" }, index + 1),
      h("input", { class: "input skeleton-name", value: name, maxlength: 60, autocomplete: "off", spellcheck: "false", "aria-label": interpolate(gettext("Name of point %s"), [index + 1]) }),
      h("select", { class: "select", "aria-label": interpolate(gettext("Left or right of point %s in a mirror"), [index + 1]), title: gettext("The point it is in a mirror") }, this.#partners(index)),
      h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", "data-remove": true, "aria-label": interpolate(gettext("Delete point %s"), [index + 1]) }, icon("trash-2")),
    ]);
  }

  #partners(index) {
    const partner = partnerOf(this.#draft, index);
    return [
      h("option", { value: "" }, gettext("No pair")),
      ...this.#draft.points.flatMap(({ name }, place) => (place === index ? [] : [h("option", { value: place, selected: place === partner }, `↔ ${name}`)])),
    ];
  }

  #step(event, index) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const order = [...this.#draft.points.keys()];
    if (order[index + step] === undefined) return;
    [order[index], order[index + step]] = [order[index + step], order[index]];
    this.#verbs.order(order);
    this.focus(index + step, ".class-handle");
  }
}

const moves = (name) => interpolate(gettext("Move “%s”"), [name]);
