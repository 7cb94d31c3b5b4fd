import { $, $$ } from "../lib/dom.js";

// What is said instead where the queue is of an assignment or a round.
const INSTEAD = { assignment: { finished: "assigned", "no-images": "none" }, round: { finished: "round", "no-images": "none" } };

/** What lies over the image where there is none, or none any more: one of the panels of the template, or none. */
export class Panels {
  #element;
  #of = Object.keys(INSTEAD).find((name) => new URLSearchParams(location.search).has(name));

  /** @param {HTMLElement} element the page */
  constructor(element) {
    this.#element = element;
  }

  /** @param {"no-images"|"none"|"no-picture"|"end"|"finished"|"assigned"|"round"|null} name */
  show(name) {
    if (this.#of) name = INSTEAD[this.#of][name] ?? name;
    for (const panel of $$("[data-panel]", this.#element)) panel.hidden = panel.dataset.panel !== name;
    this.#element.classList.toggle("label-empty", name === "no-images" || name === "none");
  }

  /** The queue's end: all is labelled, or there is more elsewhere. @param {{left: number, image: number|null}} unlabelled */
  end({ left, image }) {
    this.show(left > 0 ? "end" : "finished");
    $("[data-left]", this.#element).textContent = interpolate(ngettext("%s image is not labelled yet.", "%s images are not labelled yet.", left), [left]);
    $("[data-go-on]", this.#element).href = `?image=${image ?? ""}${this.#of ? `&${this.#of}=${new URLSearchParams(location.search).get(this.#of)}` : ""}`;
  }
}
