import { h } from "../lib/dom.js";
import { duration } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { finalMetrics } from "./compare_line_up.js";
import { bestEpoch } from "./run_figures.js";
import { secondsTaken, statusPill } from "./run_status.js";
import { metricName, metricText } from "./run_words.js";
import { valueText } from "./spec_words.js";

const SPLITS = { test: () => gettext("test"), validation: () => gettext("validation"), train: () => gettext("train") };

/** Final metrics, a column for each run; the best of a row is marked. @param {{run: any, color: string}[]} shown */
export function metricsTable(shown) {
  const runs = shown.map(({ run }) => run);
  const rows = finalMetrics(runs).map(({ split, name, values, best }) =>
    row(`${metricName(name)}, ${SPLITS[split]()}`, values.map((value, at) => h("td", { class: best[at] ? "number best" : "number" }, [
      best[at] && [icon("trophy", gettext("Best")), " "],
      metricText(name, value),
    ]))),
  );
  return table(gettext("Final metrics"), shown, [
    row(gettext("Status"), runs.map((run) => h("td", { class: "number" }, statusPill(run)))),
    ...rows,
    row(gettext("Best epoch"), runs.map((run) => h("td", { class: "number" }, epochText(run)))),
    row(gettext("Time taken"), runs.map((run) => h("td", { class: "number" }, timeText(run)))),
    row(gettext("Version"), runs.map((run) => h("td", { class: "number" }, h("a", { href: `/versions/${run.version.id}/` }, `v${run.version.number}`)))),
  ]);
}

/** @param {{run: any, color: string}[]} shown @param {{title: string, values: any[], differs: boolean}[]} rows */
export function settingsTable(shown, rows) {
  return table(gettext("Settings"), shown, rows.map(({ title, values, differs }) =>
    row(title, values.map((value) => h("td", { class: "number" }, valueText(value))), differs ? "differs" : ""),
  ));
}

function table(caption, shown, rows) {
  return h("div", { class: "table-scroll" }, h("table", { class: "table compare-table" }, [
    h("caption", { class: "visually-hidden" }, caption),
    h("thead", null, h("tr", null, [
      h("td"),
      shown.map(({ run, color }) => h("th", { class: "number", scope: "col" }, h("a", { class: "compare-head", href: `/runs/${run.id}/`, title: run.name }, [
        h("span", { class: "compare-key", style: { "--key": `var(${color})` }, "aria-hidden": "true" }),
        h("span", { class: "truncate" }, run.name),
      ]))),
    ])),
    h("tbody", null, rows),
  ]));
}

const row = (title, cells, kind = "") => h("tr", { class: kind }, [h("th", { scope: "row" }, title), cells]);

function epochText(run) {
  const best = bestEpoch(run.history);
  return best ? interpolate(gettext("%s of %s"), [best.epoch, run.epochs]) : "–";
}

function timeText(run) {
  const seconds = secondsTaken(run);
  return seconds == null ? "–" : duration(Math.round(seconds));
}
