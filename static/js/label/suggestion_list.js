import { $, h, on } from "../lib/dom.js";
import { percent } from "../lib/format.js";
import { icon } from "../lib/icon.js";

const SHOWN = 12;

/** What models propose for this image, best first. */
export class SuggestionList {
  #element;
  #list;

  /** @param {HTMLElement} element @param {{accept: (id: string) => void, refuse: (id: string) => void}} verbs */
  constructor(element, { accept, refuse }) {
    this.#element = element;
    this.#list = $("ul", element);
    on(element, "click", "[data-accept]", (_event, button) => accept(button.dataset.accept));
    on(element, "click", "[data-refuse]", (_event, button) => refuse(button.dataset.refuse));
  }

  /** @param {any[]} suggestions @param {Map<number, any>} classes */
  show(suggestions, classes) {
    this.#element.hidden = !suggestions.length;
    this.#list.replaceChildren(...suggestions.slice(0, SHOWN).map((each, index) => row(each, classes.get(each.class), index === 0)));
  }
}

function row({ id, score, uncertainty, model }, label, first) {
  const name = label?.name ?? "?";
  const origin = interpolate(gettext("Proposed by model %(model)s; uncertainty %(doubt)s"), { model, doubt: percent(uncertainty) }, true);
  return h("li", { class: "label-suggestion", style: { "--chip-color": label?.color ?? "" }, title: origin }, [
    h("span", { class: "label-suggestion-name" }, name),
    h("span", { class: "muted number small" }, [percent(score), h("span", { class: "label-suggestion-model" }, interpolate(gettext("model %s"), [model]))]),
    h("button", { class: "btn btn-small", type: "button", dataset: { accept: id }, "aria-label": interpolate(gettext("Accept %s"), [name]) }, [icon("check"), first && h("kbd", { class: "kbd" }, "↵")]),
    h("button", { class: "btn btn-ghost btn-small", type: "button", dataset: { refuse: id }, "aria-label": interpolate(gettext("Refuse %s"), [name]) }, [icon("x"), first && h("kbd", { class: "kbd" }, "Del")]),
  ]);
}
