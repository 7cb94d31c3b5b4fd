import { FIRST_LOOK, lookOf } from "../canvas/look.js";
import { $, on } from "../lib/dom.js";
import { number, percent } from "../lib/format.js";
import { Choices } from "./choices.js";
import { KeptChoices } from "./kept_choices.js";

const NAMES = ["hover", "always", "off"];

/** The popover *Appearance*: how shapes look, in every project. */
export class Appearing {
  #stage;
  #onColors;
  #choices;
  #legend;
  #kept = new KeptChoices("label-appearance");
  #look;

  /** @param {HTMLElement|null} element the popover; null where nothing is drawn @param {import("../canvas/stage.js").Stage} stage @param {() => void} onColors colours mean something else now */
  constructor(element, stage, onColors) {
    this.#stage = stage;
    this.#onColors = onColors;
    this.#look = lookOf(this.#kept.read());
    if (element) {
      this.#choices = new Choices(element, (name, value) => this.#set({ ...this.#look, [name]: value }));
      this.#legend = $("[data-source-colors]", element);
      on($("[data-reset]", element), "click", () => this.#set({ ...FIRST_LOOK }));
    }
    this.#show();
  }

  nextNames() {
    this.#set({ ...this.#look, names: NAMES[(NAMES.indexOf(this.#look.names) + 1) % NAMES.length] });
  }

  toggleOutlines() {
    this.#set({ ...this.#look, outlines: !this.#look.outlines });
  }

  #set(look) {
    const { colors } = this.#look;
    this.#look = lookOf(look);
    this.#kept.keep(this.#look);
    this.#show();
    if (colors !== this.#look.colors) this.#onColors();
  }

  #show() {
    const { fill, line, colors } = this.#look;
    this.#stage.appearance = this.#look;
    this.#choices?.show(this.#look, { fill: percent(fill / 100), line: interpolate(gettext("%s px"), [number(line)]) });
    if (this.#legend) this.#legend.hidden = colors !== "source";
  }
}
