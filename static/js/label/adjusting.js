import { adjustmentsOf, isNeutral, NEUTRAL, nextChannel, stepped } from "../canvas/adjustments.js";
import { $, on } from "../lib/dom.js";
import { Choices } from "./choices.js";
import { KeptChoices } from "./kept_choices.js";

const WIDEST = 5; // gamma at the end of its slider; 1 is in the middle

/** The popover *Adjust*: how the picture is shown, for all images of the project. */
export class Adjusting {
  #stage;
  #choices;
  #kept;
  #button;
  #reset;
  #values;

  /** @param {HTMLElement} element the popover @param {import("../canvas/stage.js").Stage} stage @param {number} project */
  constructor(element, stage, project) {
    this.#stage = stage;
    this.#kept = new KeptChoices(`label-adjust-${project}`);
    this.#button = $(`[popovertarget="${element.id}"]`);
    this.#reset = $("[data-reset]", element);
    this.#choices = new Choices(element, (name, value) => this.#set({ ...this.#values, [name]: value }), {
      show: { gamma: (gamma) => Math.round((Math.log(gamma) / Math.log(WIDEST)) * 100) },
      read: { gamma: (place) => WIDEST ** (place / 100) },
    });
    on(this.#reset, "click", () => this.reset());
    this.#values = adjustmentsOf(this.#kept.read());
    this.#show();
  }

  toggle() {
    this.#choices.toggle();
  }

  /** @param {"brightness"|"contrast"|"gamma"} name @param {number} by steps */
  step(name, by) {
    this.#set(stepped(this.#values, name, by));
  }

  invert() {
    this.#set({ ...this.#values, invert: !this.#values.invert });
  }

  nextChannel() {
    this.#set(nextChannel(this.#values));
  }

  reset() {
    this.#set({ ...NEUTRAL });
  }

  #set(values) {
    this.#values = values;
    this.#kept.keep(values);
    this.#show();
  }

  #show() {
    const values = this.#values;
    this.#stage.adjust(values);
    this.#choices.show(values, { gamma: values.gamma.toFixed(2) });
    this.#reset.disabled = isNeutral(values);
    this.#button.classList.toggle("changed", !isNeutral(values)); // nobody shall forget that the picture looks otherwise
  }
}
