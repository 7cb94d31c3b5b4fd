import { $$, h, on } from "../lib/dom.js";
import { bytes, number, percent } from "../lib/format.js";
import { icon } from "../lib/icon.js";

const compact = (value) => number(value, { notation: "compact", maximumSignificantDigits: 3 });

/** The model shelf: one card per preset, chosen like radio buttons; a dialog compares them. */
export class PresetShelf {
  #element;
  #presets;
  #draft;
  #list;

  /**
   * @param {HTMLElement} element
   * @param {any[]} presets
   * @param {import("./spec_draft.js").SpecDraft} draft
   * @param {() => void} compare opens the dialog
   */
  constructor(element, presets, draft, compare) {
    this.#element = element;
    this.#presets = presets;
    this.#draft = draft;
    this.#list = h("div", { class: "choices shelf", role: "radiogroup", "aria-label": gettext("Model") });
    on(this.#list, "change", (event) => draft.set("preset", event.target.value));
    draft.addEventListener("change", (event) => {
      const path = /** @type {CustomEvent} */ (event).detail;
      if (path === "task") {
        if (!this.preset?.tasks.includes(draft.get("task"))) draft.reset("preset");
        this.#draw();
      }
      else if (!path || path === "preset") this.#mark();
    });
    element.replaceChildren(h("div", { class: "card-head" }, [h("h2", null, gettext("Model")), h("button", { class: "btn btn-small", type: "button", on: { click: compare } }, [icon("chart-scatter"), gettext("Compare models")])]), this.#list);
    this.#draw();
  }

  /** The preset that is chosen. */
  get preset() {
    return this.#presets.find((each) => each.name === this.#draft.get("preset"));
  }

  #draw() {
    const fitting = this.#presets.filter((each) => each.tasks.includes(this.#draft.get("task")));
    this.#list.replaceChildren(...fitting.map((each) => this.#card(each)));
    this.#mark();
  }

  #card(preset) {
    const cost = preset.costs[this.#draft.get("task")];
    return h("label", { class: "choice shelf-card", title: `${preset.description} ${preset.source} (${preset.licence})` }, [
      h("input", { type: "radio", name: "preset", value: preset.name }),
      h("strong", null, preset.title),
      h("span", { class: "hint shelf-use" }, preset.good_for),
      h("dl", { class: "shelf-facts" }, [
        fact(gettext("Parameters"), compact(cost.parameters)),
        fact(gettext("GFLOPs"), compact(cost.gflops)),
        fact(gettext("Input"), `${cost.edge} px`),
        fact(gettext("Memory"), bytes(cost.memory_bytes)),
      ]),
      ...preset.scores.map((score) => h("span", { class: "hint", title: score.source }, `${score.on}: ${percent(score.value, 1)}`)),
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
