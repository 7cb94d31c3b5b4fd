import { h } from "../lib/dom.js";
import { icon } from "../lib/icon.js";

/**
 * The runs that are compared: shown or hidden by a click, taken away, and others added.
 *
 * @param {{run: any, color: string, shown: boolean}[]} chosen
 * @param {any[]} others runs of the project that are not compared
 * @param {{toggle: (entry: any) => void, remove: (entry: any) => void, add: (run: any) => void}} verbs
 */
export function legend(chosen, others, verbs) {
  return h("ul", { class: "compare-legend", "aria-label": gettext("Compared runs") }, [
    chosen.map((entry) => item(entry, verbs)),
    others.length > 0 && h("li", null, adder(others, verbs.add)),
  ]);
}

function item(entry, { toggle, remove }) {
  const { run, color, shown } = entry;
  return h("li", { class: "compare-item", style: { "--key": `var(${color})` } }, [
    h("button", { class: "compare-toggle", type: "button", "aria-pressed": String(shown), title: shown ? gettext("Hide its curves") : gettext("Show its curves"), "data-key": `toggle-${run.id}`, on: { click: () => toggle(entry) } }, [
      h("span", { class: "compare-key", "aria-hidden": "true" }),
      h("span", { class: "muted number" }, `#${run.number}`),
      h("span", { class: "truncate" }, run.name),
    ]),
    h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", "aria-label": interpolate(gettext("Take %s away"), [run.name]), "data-key": `remove-${run.id}`, on: { click: () => remove(entry) } }, icon("x")),
  ]);
}

function adder(others, add) {
  const choose = (event) => {
    const run = others.find((each) => String(each.id) === event.target.value);
    if (run) add(run);
  };
  return h("select", { class: "select compare-add", "aria-label": gettext("Add a run"), "data-key": "add", on: { change: choose } }, [
    h("option", { value: "" }, gettext("Add a run…")),
    others.map((run) => h("option", { value: run.id }, `#${run.number} ${run.name}`)),
  ]);
}
