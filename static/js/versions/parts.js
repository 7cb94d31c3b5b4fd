import { h } from "../lib/dom.js";
import { number, percent } from "../lib/format.js";

/** The three parts of a version in their order, with the names that people read. */
export const PARTS = [
  { part: "train", name: () => gettext("Train") },
  { part: "validation", name: () => gettext("Validation") },
  { part: "test", name: () => gettext("Test") },
];

/** @param {Record<string, number>} counts */
export const sum = (counts) => PARTS.reduce((total, { part }) => total + (counts[part] ?? 0), 0);

/**
 * Counts of the parts as one bar.
 * @param {Record<string, number>} counts
 */
export function splitBar(counts) {
  const total = sum(counts) || 1;
  const label = PARTS.map(({ part, name }) => `${name()}: ${number(counts[part] ?? 0)}`).join(", ");
  return h("div", { class: "split-bar", role: "img", "aria-label": label, title: label }, PARTS.map(({ part }) =>
    h("span", { class: `part part-${part}`, style: { "--share": (counts[part] ?? 0) / total } }),
  ));
}

/** What the colours of the bars mean, with counts. */
export function splitLegend(counts) {
  const total = sum(counts) || 1;
  return h("ul", { class: "split-legend" }, PARTS.map(({ part, name }) =>
    h("li", null, [
      h("span", { class: `key part-${part}`, "aria-hidden": "true" }),
      name(),
      h("strong", { class: "number" }, number(counts[part] ?? 0)),
      h("span", { class: "muted number" }, percent((counts[part] ?? 0) / total)),
    ]),
  ));
}
