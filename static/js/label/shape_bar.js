import { $, $$, on } from "../lib/dom.js";
import { number } from "../lib/format.js";

const CURVE = 1.0641; // the slider's steps are finer where the tip is small: 100 of them reach 500 pixels

/** The row above the stage: how brush and wand are set, and what can be done with the shapes that are selected. */
export class ShapeBar {
  #element;
  #tools;
  #shaping;

  /** @param {HTMLElement} element @param {import("./mask_tools.js").MaskTools} tools @param {import("./shaping.js").Shaping} shaping */
  constructor(element, tools, shaping) {
    this.#element = element;
    this.#tools = tools;
    this.#shaping = shaping;
    on($("[data-tip]", element), "input", ({ target }) => tools.tip.set(CURVE ** Number(target.value)));
    on($("[data-tolerance]", element), "input", ({ target }) => tools.tolerance.set(Number(target.value)));
    on($("[data-simplify-by]", element), "input", ({ target }) => (shaping.tolerance = Math.max(Number(target.value) || 0, 0)));
    on(element, "change", "input[type=range]", (_event, slider) => slider.blur());
    tools.tip.observe(() => this.#values());
    tools.tolerance.observe(() => this.#values());
    this.#values();
  }

  /** @param {string} tool in hand */
  show(tool) {
    const shapes = this.#shaping.selected;
    const has = { any: this.#shaping.anySelected, shapes: shapes.length > 0, one: shapes.length === 1, several: shapes.length > 1, others: shapes.some((each) => each.shape !== "mask"), masks: shapes.some((each) => each.shape !== "polygon") };
    for (const part of $$("[data-of-tool]", this.#element)) part.hidden = !part.dataset.ofTool.split(" ").includes(tool);
    for (const part of $$("[data-of-shapes]", this.#element)) part.hidden = !has[part.dataset.ofShapes];
  }

  #values() {
    const { tip, tolerance } = this.#tools;
    $("[data-tip]", this.#element).value = String(Math.log(tip.diameter) / Math.log(CURVE));
    $("[data-tip-value]", this.#element).textContent = interpolate(gettext("%s px"), [number(tip.diameter)]);
    $("[data-tolerance]", this.#element).value = String(tolerance.value);
    $("[data-tolerance-value]", this.#element).textContent = number(tolerance.value);
  }
}
