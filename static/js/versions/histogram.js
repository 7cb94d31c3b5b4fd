import { h } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { PARTS } from "./parts.js";

/**
 * Bars over ranges, each stacked by part; empty ranges at both ends are left out.
 * @param {{title: string, unit?: string, histogram: {edges: number[]} & Record<string, number[]>}} options
 */
export function histogramView({ title, unit = "", histogram }) {
  const totals = histogram.edges.map((_edge, index) => PARTS.reduce((total, { part }) => total + histogram[part][index], 0));
  const first = totals.findIndex(Boolean);
  if (first < 0) return null;
  const last = totals.findLastIndex(Boolean);
  const most = Math.max(...totals);
  const bars = totals.slice(first, last + 1).map((total, offset) => bar(histogram, first + offset, total, most));
  return h("figure", { class: "histogram card" }, [
    h("figcaption", null, [h("h3", null, title), unit && h("span", { class: "hint" }, unit)]),
    h("ol", { class: "bars" }, bars),
  ]);
}

function bar(histogram, index, total, most) {
  const { edges } = histogram;
  const label = range(edges, index);
  return h("li", { class: "bar", title: `${label}: ${number(total)}` }, [
    h("span", { class: "bar-count number" }, total ? number(total) : ""),
    h("span", { class: "bar-stack", style: { "--height": total / most } }, PARTS.map(({ part }) =>
      h("span", { class: `part part-${part}`, style: { "--share": total ? histogram[part][index] / total : 0 } }),
    )),
    h("span", { class: "bar-label number" }, label),
  ]);
}

function range(edges, index) {
  const low = edges[index];
  const next = edges[index + 1];
  if (next === undefined) return `≥ ${number(low)}`;
  return next - low === 1 ? number(low) : `${number(low)}–${number(next - 1)}`;
}
