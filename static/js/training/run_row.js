import { sparkline } from "../charts/sparkline.js";
import { h } from "../lib/dom.js";
import { duration } from "../lib/format.js";
import { headlineOf } from "./model_figures.js";
import { bestValidation, course, headline } from "./run_figures.js";
import { ago, progressBar, secondsTaken, statusPill } from "./run_status.js";
import { metricName, metricText } from "./run_words.js";

const LEAST_FOR_A_LINE = 2;

/** A run as a row of the table; narrow screens show it as a card, where the cells say their names. */
export function runRow(run, { chosen, choose }) {
  return h("tr", { "aria-selected": String(chosen), dataset: { run: run.id } }, [
    h("td", { class: "run-check" }, h("label", { class: "run-check-label" }, h("input", { class: "checkbox", type: "checkbox", checked: chosen, "data-key": `check-${run.id}`, "aria-label": interpolate(gettext("Select %s"), [run.name]), on: { change: (event) => choose(run, event.target.checked) } }))),
    h("td", { class: "run-state" }, statusPill(run)),
    h("th", { class: "run-name", scope: "row" }, [
      h("span", { class: "run-title" }, [h("span", { class: "muted number run-number" }, `#${run.number}`), h("a", { href: `/runs/${run.id}/`, title: run.name, "data-key": `open-${run.id}` }, run.name)]),
      h("span", { class: "hint run-about" }, [run.preset, " · ", h("a", { href: `/versions/${run.version.id}/`, title: run.version.hash, "data-key": `version-${run.id}` }, `v${run.version.number}`)]),
      progressBar(run),
      note(run),
    ]),
    cell(gettext("Validation"), "number run-best", best(run)),
    cell(gettext("Test"), "number run-test", testText(run)),
    h("td", { class: "run-line" }, line(run)),
    cell(gettext("Took"), "number run-took", took(run)),
    h("td", { class: "run-who" }, [h("span", { class: "run-person" }, run.created_by), h("span", { class: "hint" }, ago(run.created_at))]),
  ]);
}

const cell = (name, kind, ...content) => h("td", { class: kind, dataset: { name } }, content);

function best(run) {
  const found = bestValidation(run);
  if (!found) return "–";
  const title = interpolate(gettext("%s on the validation images, epoch %s"), [metricName(found.name), found.epoch]);
  return h("span", { title }, [metricText(found.name, found.value), found.name === "val_loss" && h("span", { class: "hint" }, ` ${gettext("loss")}`)]);
}

function testText(run) {
  const found = headlineOf({ test: run.metrics.test });
  return found ? h("span", { title: interpolate(gettext("%s on the test images"), [metricName(found.name)]) }, metricText(found.name, found.value)) : "–";
}

function line(run) {
  const name = headline(run);
  const values = course(run.history, name);
  if (values.length < LEAST_FOR_A_LINE) return null;
  return sparkline(values, { label: interpolate(gettext("%s on the validation images, epoch by epoch"), [metricName(name)]) });
}

function took(run) {
  const seconds = secondsTaken(run);
  return seconds == null ? "–" : duration(seconds);
}

/** Why it failed, or what it waits for. */
function note(run) {
  if (run.status === "failed" && run.error?.message) return h("span", { class: "hint run-failure" }, run.error.message);
  if (run.message && ["queued", "preparing", "stopping", "lost"].includes(run.status)) return h("span", { class: "hint" }, run.message);
  return null;
}
