import { $, $$, on } from "../lib/dom.js";

const OF_CONTROLS = /^(Arrow|Page|Home$|End$|Escape$|Enter$| $)/;

/**
 * A popover of controls, each named after what it chooses: `data-choice="gamma"`. Keys that work them do nothing else
 * on the page meanwhile.
 */
export class Choices {
  #element;
  #controls;
  #shown;

  /**
   * @param {HTMLElement} element @param {(name: string, value: any) => void} chosen
   * @param {{show?: Record<string, (value: any) => any>, read?: Record<string, (given: any) => any>}} [words] how a value stands in its control, and back
   */
  constructor(element, chosen, { show = {}, read = {} } = {}) {
    this.#element = element;
    this.#shown = show;
    this.#controls = $$("[data-choice]", element);
    on(element, "input", "[data-choice]", (_event, control) => {
      const name = control.dataset.choice;
      const given = control.type === "checkbox" ? control.checked : control.type === "range" ? Number(control.value) : control.value;
      chosen(name, read[name] ? read[name](given) : given);
    });
    on(element, "keydown", (event) => OF_CONTROLS.test(event.key) && event.stopPropagation());
  }

  /** @param {Record<string, any>} values @param {Record<string, string>} [texts] what is written beside a slider */
  show(values, texts = {}) {
    for (const control of this.#controls) {
      const name = control.dataset.choice;
      const value = this.#shown[name] ? this.#shown[name](values[name]) : values[name];
      if (control.type === "checkbox") control.checked = value;
      else control.value = String(value);
      const output = $(`[data-shown="${name}"]`, this.#element);
      if (output) output.textContent = texts[name] ?? String(value);
    }
  }

  toggle() {
    this.#element.togglePopover();
  }
}
