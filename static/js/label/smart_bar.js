import { $, $$, on } from "../lib/dom.js";
import { number } from "../lib/format.js";

/** The options of the smart tools in the row above the stage, and that an answer is on its way. */
export class SmartBar {
  #element;
  #smart;

  /** @param {HTMLElement} element @param {import("./smart_tools.js").SmartTools} smart */
  constructor(element, smart) {
    this.#element = element;
    this.#smart = smart;
    const { assistant, cutOut } = smart;
    on($("[data-as-polygon]", element), "change", ({ target }) => (assistant.polygons = target.checked));
    on(element, "click", "[data-strokes], [data-cutout]", (_event, button) => button.blur()); // the keys are the image's
    on(element, "change", "input[type=checkbox]", (_event, input) => input.blur());
    on(element, "click", "[data-strokes]", (_event, button) => {
      cutOut.mode = button.dataset.strokes;
      this.show();
    });
    on(element, "click", "[data-cutout]", (_event, button) => (button.dataset.cutout === "take" ? cutOut.finish() : cutOut.cancel()));
    on($("[data-as-line]", element), "change", ({ target }) => (smart.scissors.line = target.checked));
    on($("[data-piece-size]", element), "input", ({ target }) => smart.superpixels.resize(Number(target.value)));
    assistant.observe(() => this.show());
    this.show();
  }

  show() {
    const { assistant, cutOut, superpixels } = this.#smart;
    $("[data-piece-size]", this.#element).value = String(superpixels.side);
    $("[data-piece-size-shown]", this.#element).textContent = interpolate(gettext("%s px"), [number(superpixels.side)]);
    for (const part of $$("[data-while]", this.#element)) part.hidden = (part.dataset.while === "open") !== cutOut.open;
    for (const button of $$("[data-strokes]", this.#element)) button.setAttribute("aria-pressed", String(button.dataset.strokes === cutOut.mode));
    $("[data-looking]", this.#element).hidden = !assistant.asking;
  }
}
