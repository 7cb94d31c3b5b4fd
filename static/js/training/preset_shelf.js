import { $$, h, on } from "../lib/dom.js";
import { number } from "../lib/format.js";

const ORDERS = {
  shelf: { name: () => gettext("Recommended first"), value: () => 0 },
  parameters: { name: () => gettext("Smallest first"), value: (preset) => preset.parameters },
  gflops: { name: () => gettext("Cheapest first"), value: (preset) => preset.gflops },
};
const compact = (value) => number(value, { notation: "compact", maximumSignificantDigits: 3 });

/** The model shelf: one card per preset, chosen like radio buttons. */
export class PresetShelf {
  #element;
  #presets;
  #draft;
  #list;

  /**
   * @param {HTMLElement} element
   * @param {any[]} presets
   * @param {import("./spec_draft.js").SpecDraft} draft
   */
  constructor(element, presets, draft) {
    this.#element = element;
    this.#presets = presets;
    this.#draft = draft;
    this.#list = h("div", { class: "choices shelf", role: "radiogroup", "aria-label": gettext("Model") });
    const order = h("select", { class: "select", "aria-label": gettext("Order of the models") }, Object.entries(ORDERS).map(([key, { name }]) => h("option", { value: key }, name())));
    on(order, "change", () => this.#draw(order.value));
    on(this.#list, "change", (event) => draft.set("preset", event.target.value));
    draft.addEventListener("change", (event) => {
      const path = /** @type {CustomEvent} */ (event).detail;
      if (path === "task") {
        if (!this.preset?.tasks.includes(draft.get("task"))) draft.reset("preset");
        this.#draw(order.value);
      }
      else if (!path || path === "preset") this.#mark();
    });
    element.replaceChildren(h("div", { class: "card-head" }, [h("h2", null, gettext("Model")), order]), this.#list);
    this.#draw("shelf");
  }

  /** The preset that is chosen. */
  get preset() {
    return this.#presets.find((each) => each.name === this.#draft.get("preset"));
  }

  #draw(order) {
    const { value } = ORDERS[order];
    const fitting = this.#presets.filter((each) => each.tasks.includes(this.#draft.get("task")));
    this.#list.replaceChildren(...fitting.toSorted((a, b) => value(a) - value(b)).map((each) => this.#card(each)));
    this.#mark();
  }

  #card(preset) {
    return h("label", { class: "choice shelf-card", title: `${preset.description} ${preset.source} (${preset.licence})` }, [
      h("input", { type: "radio", name: "preset", value: preset.name }),
      h("strong", null, preset.title),
      h("span", { class: "hint shelf-use" }, preset.good_for),
      h("dl", { class: "shelf-facts" }, [
        fact(gettext("Parameters"), compact(preset.parameters)),
        fact(gettext("GFLOPs"), compact(preset.gflops)),
        fact(gettext("Input"), `${preset.input_size} px`),
      ]),
      h("span", { class: "row shelf-tags" }, [
        h("span", { class: "pill pill-plain" }, preset.weights.includes("imagenet") ? gettext("ImageNet weights") : gettext("from scratch")),
      ]),
    ]);
  }

  #mark() {
    for (const input of $$("input", this.#element)) input.checked = input.value === this.#draft.get("preset");
  }
}

const fact = (name, value) => h("div", null, [h("dt", null, name), h("dd", { class: "number" }, value)]);
