import { $, h, on } from "../lib/dom.js";
import { icon } from "../lib/icon.js";

const FILTER_FROM = 20;

/** The classes at the right: a button each with colour, key and whether the image has it. */
export class ClassList {
  #list;
  #filter;
  #classes = [];
  #given = new Set();
  #pick;
  /** What stands beside a class. @type {(each: any) => HTMLElement|null} */
  beside = () => null;

  /** @param {HTMLElement} element @param {(label: number) => void} pick */
  constructor(element, pick) {
    this.#list = $("[data-class-buttons]", element);
    this.#filter = $("[data-class-filter]", element);
    this.#pick = pick;
    on(this.#list, "click", "[data-class]", (event, button) => {
      pick(Number(button.dataset.class));
      // A mouse click must not leave the focus here: Space and Enter belong to the image then.
      if (event.detail) button.blur();
    });
    on(this.#filter, "input", () => this.#draw());
    on(this.#filter, "keydown", (event) => this.#typed(event));
  }

  get element() {
    return this.#list;
  }

  /** @param {any[]} classes */
  set(classes) {
    this.#classes = classes;
    this.#filter.closest("label").hidden = classes.length <= FILTER_FROM;
    this.#draw();
  }

  /** @param {Set<number>} given classes that the image has */
  mark(given) {
    this.#given = given;
    for (const button of this.#list.children) {
      button.firstElementChild.setAttribute("aria-pressed", String(given.has(Number(button.firstElementChild.dataset.class))));
    }
  }

  /** Where there are few, the first of them. */
  focusFilter() {
    if (this.#filter.closest("label").hidden) return void ($("[aria-pressed=true]", this.#list) ?? $("[data-class]", this.#list))?.focus();
    this.#filter.focus();
    this.#filter.select();
    return undefined;
  }

  get #shown() {
    const words = this.#filter.value.toLowerCase().split(/\s+/);
    return this.#classes.filter((each) => words.every((word) => each.name.toLowerCase().includes(word)));
  }

  #typed(event) {
    if (event.key === "Enter" && this.#shown.length) {
      this.#pick(this.#shown[0].id);
      this.#filter.value = "";
      this.#draw();
      event.preventDefault();
    } else if (event.key === "Escape") this.#filter.blur();
  }

  #draw() {
    const focused = $("[data-class]:focus", this.#list)?.dataset.class;
    this.#list.replaceChildren(...this.#shown.map((each) =>
      h("li", null, h("button", { class: "label-class", type: "button", "aria-pressed": "false", dataset: { class: each.id }, style: { "--chip-color": each.color } }, [
        h("span", { class: "label-class-name" }, each.name),
        icon("check"),
        each.key && h("kbd", { class: "kbd" }, each.key.toUpperCase()),
      ]), this.beside(each)),
    ));
    this.mark(this.#given);
    if (focused) $(`[data-class="${focused}"]`, this.#list)?.focus();
  }
}
