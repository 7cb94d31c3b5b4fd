import { fill, h } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { KINDS } from "./answer_kinds.js";

/**
 * How many answers are wrong in which way; each leads to its images.
 * @param {HTMLElement} element @param {any} section of metrics.json @param {(kind: string, name: string) => void} open
 */
export function showFoundErrors(element, { errors, objects }, open) {
  const most = Math.max(1, ...Object.keys(KINDS).map((kind) => errors[kind]));
  fill(
    element,
    h("div", { class: "card-head" }, h("h2", null, gettext("What is wrong"))),
    h("p", { class: "hint" }, interpolate(gettext("%(right)s of %(objects)s labels were found in the right place and class."), { right: number(errors.right), objects: number(objects) }, true)),
    h("ul", { class: "error-kinds" }, Object.entries(KINDS).map(([kind, { name, about }]) => h("li", null, h("button", {
      class: "error-kind", type: "button", disabled: !errors[kind], title: about(), style: { "--share": errors[kind] / most }, on: { click: () => open(kind, name()) },
    }, [h("span", null, name()), h("span", { class: "hint truncate" }, about()), h("strong", { class: "number" }, number(errors[kind]))])))),
  );
}
