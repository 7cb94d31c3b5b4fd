import { $, $$, fill, h, on } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { pointName } from "../canvas/skeleton.js";

const STATES = () => [[2, "eye", gettext("Seen")], [1, "eye-off", gettext("Hidden")], [0, "ban", gettext("Not there")]];

/** The points of the keypoints that are selected, one below the other: which are seen, hidden, not there. */
export class PointList {
  #element;
  #rows;
  #pointing;
  #choice;
  #shown = "";

  /** @param {HTMLElement} element @param {import("./pointing.js").Pointing} pointing @param {import("../canvas/point_choice.js").PointChoice} choice @param {boolean} mayEdit */
  constructor(element, pointing, choice, mayEdit) {
    this.#element = element;
    this.#rows = $("[data-point-rows]", element);
    this.#pointing = pointing;
    this.#choice = choice;
    this.#rows.inert = !mayEdit;
    const place = (row) => Number(row.dataset.point);
    on(this.#rows, "click", "[data-point]", (event, row) => {
      const state = event.target.closest("[data-visibility]");
      choice.choose(place(row));
      if (state) pointing.set(place(row), Number(state.dataset.visibility));
      else pointing.place(place(row));
      if (event.detail) event.target.closest("button")?.blur(); // the keys are the image's
    });
    on(this.#rows, "pointerover", "[data-point]", (_event, row) => choice.point(place(row)));
    on(this.#rows, "pointerleave", () => choice.point(null));
    choice.observe(() => this.#mark());
  }

  show() {
    const { shape } = this.#pointing;
    this.#element.hidden = !shape;
    if (!shape) return void (this.#shown = "");
    const { id, geometry: { points }, skeleton, color } = shape;
    const key = JSON.stringify([id, points.map((point) => point[2]), skeleton?.points, color]);
    if (key === this.#shown) return;
    const focused = /** @type {any} */ (this.#rows.contains(document.activeElement) ? document.activeElement : null);
    const [row, state] = [focused?.closest("[data-point]")?.dataset.point, focused?.dataset.visibility];
    this.#shown = key;
    $("[data-points-count]", this.#element).textContent = `${points.filter((point) => point[2]).length}/${points.length}`;
    this.#element.style.setProperty("--chip-color", color);
    fill(this.#rows, points.map((point, index) => this.#row(index, pointName(skeleton, index), point[2])));
    this.#mark();
    if (focused) $(`[data-point="${row}"] ${state ? `[data-visibility="${state}"]` : "button"}`, this.#rows)?.focus();
    return undefined;
  }

  #row(index, name, visibility) {
    return h("li", { class: "label-point", dataset: { point: index } }, [
      h("button", { class: "label-point-name truncate", type: "button", title: visibility ? name : interpolate(gettext("%s: click to place it"), [name]) }, [h("span", { class: "number" }, index + 1), name]),
      h("span", { class: "label-point-states", role: "group", "aria-label": name }, STATES().map(([state, picture, label]) =>
        h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", "aria-pressed": String(state === visibility), "aria-label": label, title: label, dataset: { visibility: state } }, icon(String(picture))))),
    ]);
  }

  #mark() {
    for (const row of $$("[data-point]", this.#rows)) {
      const at = Number(row.dataset.point);
      row.classList.toggle("at-hand", at === this.#choice.atHand);
      row.firstElementChild.setAttribute("aria-current", String(at === this.#choice.chosen));
    }
    const { chosen } = this.#choice;
    if (chosen !== null) $(`[data-point="${chosen}"]`, this.#rows)?.scrollIntoView({ block: "nearest" });
  }
}
