import { $, h, on } from "../lib/dom.js";
import { number, percent } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { KeptChoices } from "./kept_choices.js";
import { proposer } from "./tool_names.js";

const SHOWN = 12;

/** What models propose for this image, best first; shapes also by class, all at once, and from a score on. */
export class SuggestionList {
  #element;
  #sitting;
  #kept;
  #stage;

  /** @param {HTMLElement} element @param {any} sitting @param {import("../canvas/stage.js").Stage} stage @param {{project: number, changed: () => void}} page */
  constructor(element, sitting, stage, { project, changed }) {
    this.#element = element;
    this.#sitting = sitting;
    this.#stage = stage;
    this.#kept = new KeptChoices(`labelapp-threshold-${project}`);
    on(element, "click", "[data-accept]", (_event, button) => sitting.accept(button.dataset.accept));
    on(element, "click", "[data-refuse]", (_event, button) => sitting.refuse(button.dataset.refuse));
    on(element, "click", "[data-accept-class]", (_event, button) => this.acceptAll(Number(button.dataset.acceptClass)));
    on(element, "click", "[data-refuse-all]", () => sitting.refuseAll(new Set(sitting.suggestions.map((each) => each.id))));
    on(element, "click", "[data-point]", (_event, button) => this.#select(button.dataset.point));
    on(element, "pointerover", "[data-suggestion]", (_event, row) => stage.pointAt(stage.scene.get(row.dataset.suggestion) ?? null));
    on($("ul", element), "pointerleave", () => stage.pointAt(null));
    const slider = $("[data-threshold]", element);
    if (!slider) return;
    slider.value = String((sitting.threshold = Number(this.#kept.read() ?? 0)));
    on(slider, "input", () => {
      sitting.threshold = Number(slider.value);
      this.#kept.keep(sitting.threshold);
      changed();
    });
  }

  /** Shapes that are asked, in one change. @param {number} [label] of this class alone */
  acceptAll(label) {
    const seen = (each) => each.shape === "tag" || this.#stage.scene.get(each.id); // some may be hidden
    const wanted = this.#sitting.suggestions.filter((each) => (label === undefined || each.class === label) && seen(each));
    return this.#sitting.acceptAll(new Set(wanted.map((each) => each.id)));
  }

  /** @param {Map<number, any>} classes */
  show(classes) {
    const { suggestions, open } = this.#sitting;
    this.#element.hidden = !open.length;
    if (!open.length) return;
    $("[data-suggestions-count]", this.#element).textContent = suggestions.length < open.length ? interpolate(gettext("%(shown)s of %(all)s"), { shown: number(suggestions.length), all: number(open.length) }, true) : number(open.length);
    $("ul", this.#element).replaceChildren(...suggestions.slice(0, SHOWN).map((each, index) => row(each, classes.get(each.class), index === 0)));
    const more = $("[data-suggestions-more]", this.#element);
    more.hidden = suggestions.length <= SHOWN;
    more.textContent = interpolate(ngettext("and %s more on the image", "and %s more on the image", suggestions.length - SHOWN), [number(suggestions.length - SHOWN)]);
    const slider = $("[data-threshold-shown]", this.#element);
    if (slider) this.#showAtOnce(slider, suggestions.filter((each) => each.shape !== "tag"), classes);
  }

  #showAtOnce(shown, shapes, classes) {
    shown.textContent = percent(this.#sitting.threshold);
    const counts = new Map();
    for (const each of shapes) counts.set(each.class, (counts.get(each.class) ?? 0) + 1);
    const button = ([label, count]) => {
      const { name = "?", color = "" } = classes.get(label) ?? {};
      return h("button", { class: "chip label-accept-class", type: "button", style: { "--chip-color": color }, dataset: { acceptClass: String(label) }, title: interpolate(gettext("Accept all of %s"), [name]) }, [h("span", { class: "truncate" }, name), h("span", { class: "number" }, number(count)), icon("check")]);
    };
    $("[data-suggestion-classes]", this.#element).replaceChildren(...[...counts].map(button));
    $("[data-accept-all]", this.#element).disabled = !shapes.length;
    $("[data-refuse-all]", this.#element).disabled = !this.#sitting.suggestions.length;
  }

  #select(id) {
    if (!this.#stage.scene.get(id)) return;
    this.#stage.selection.set([id]);
    this.#stage.zoomTo([id]);
  }
}

function originOf({ model, tool, uncertainty }) {
  if (model === null) return interpolate(gettext("Found by a tool: %s"), [proposer({ model, tool })]);
  return interpolate(gettext("Proposed by model %(model)s; uncertainty %(doubt)s"), { model, doubt: percent(uncertainty) }, true);
}

function row(suggestion, label, first) {
  const { id, score, shape } = suggestion;
  const name = label?.name ?? "?";
  const origin = originOf(suggestion);
  return h("li", { class: "label-suggestion", style: { "--chip-color": label?.color ?? "" }, title: origin, dataset: { suggestion: id } }, [
    h("span", { class: "label-suggestion-name" }, name),
    h("span", { class: "muted number small" }, [percent(score), h("span", { class: "label-suggestion-model" }, proposer(suggestion))]),
    shape !== "tag" && h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", dataset: { point: id }, "aria-label": interpolate(gettext("Show %s"), [name]) }, icon("scan-search")),
    h("button", { class: "btn btn-small", type: "button", dataset: { accept: id }, "aria-label": interpolate(gettext("Accept %s"), [name]) }, [icon("check"), first && h("kbd", { class: "kbd" }, "↵")]),
    h("button", { class: "btn btn-ghost btn-small", type: "button", dataset: { refuse: id }, "aria-label": interpolate(gettext("Refuse %s"), [name]) }, [icon("x"), first && h("kbd", { class: "kbd" }, "X")]),
  ]);
}
