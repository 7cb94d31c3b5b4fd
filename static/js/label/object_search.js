import { $, on } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { queryOf } from "./object_query.js";

/** The field above the list of objects: what is looked for is listed alone, and Enter selects it. */
export class ObjectSearch {
  #input;
  #said;
  #query = queryOf("");

  /** @param {HTMLElement} element of the list @param {{changed: () => void, select: () => void}} parts */
  constructor(element, { changed, select }) {
    this.#input = $("[data-objects-search]", element);
    this.#said = $("[data-objects-found]", element);
    on(this.#input, "input", () => {
      this.#query = queryOf(this.#input.value);
      changed();
    });
    on(this.#input, "keydown", (event) => {
      if (event.key === "Enter") select();
      else if (event.key === "Escape" && this.#input.value) {
        this.#input.value = "";
        this.#query = queryOf("");
        changed();
      } else if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      this.#input.blur(); // the keys are the image's
    });
  }

  /** @param {any[]} shapes @param {{classes: Map<number, any>, aside: any}} known */
  found(shapes, known) {
    const asked = this.#input.value.trim();
    this.#said.hidden = !asked;
    if (!asked) return shapes;
    const found = shapes.filter((each) => this.#query.wanted(each, known));
    const { problem } = this.#query;
    this.#said.textContent = problem
      ? interpolate(gettext("“%s” is not understood: try class:car, area>500, source:auto, occluded:yes."), [problem])
      : interpolate(ngettext("%(count)s found; Enter selects it", "%(count)s found; Enter selects them", found.length), { count: number(found.length) }, true);
    return found;
  }
}
