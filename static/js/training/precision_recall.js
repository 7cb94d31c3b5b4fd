import { LineChart } from "../charts/line_chart.js";
import { h } from "../lib/dom.js";
import { percent } from "../lib/format.js";

const MOST_LINES = 6; // as many colours as there are

/**
 * Precision of each class over recall, at an overlap of 0.5.
 * @param {{class_id: number, precision: number[]}[]} curves @param {(id: number) => string} nameOf
 */
export function precisionRecall(curves, nameOf) {
  const shown = curves.filter(({ precision }) => precision.some(Boolean)).slice(0, MOST_LINES);
  const body = h("div");
  requestAnimationFrame(() => {
    const lines = shown.map(({ class_id: id }, place) => ({ label: nameOf(id), color: `--chart-${(place % 6) + 1}` }));
    const chart = new LineChart(body, lines, { x: gettext("Recall"), height: 220, min: 0, max: 1, format: (value) => percent(value), formatX: (value) => percent(value), summary: gettext("Precision over recall, a line for each class") });
    const points = shown[0]?.precision.length ?? 0;
    // Beyond the recall that a class reaches there is no precision.
    chart.setData([Array.from({ length: points }, (_, at) => at / (points - 1)), ...shown.map(({ precision }) => precision.map((each) => each || null))]);
  });
  const left = curves.length - shown.length;
  return h("section", { class: "card" }, [
    h("div", { class: "card-head" }, h("h2", null, gettext("Precision and recall"))),
    shown.length ? body : h("p", { class: "muted small" }, gettext("No answer is right at any score.")),
    left > 0 && shown.length > 0 && h("p", { class: "hint" }, interpolate(ngettext("%s class has no curve here.", "%s classes have no curve here.", left), [left])),
  ]);
}
