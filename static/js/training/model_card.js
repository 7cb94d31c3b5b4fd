import { $, h } from "../lib/dom.js";
import { bytes, duration, number } from "../lib/format.js";
import { metricName, metricText } from "./run_words.js";
import { valueText } from "./spec_words.js";

const SPLITS = /** @type {const} */ (["test", "validation", "train"]);

/** Fill the aside: figures by split, facts, classes. @param {HTMLElement} element @param {any} card */
export function showCard(element, card) {
  $("[data-figures]", element).replaceChildren(figures(card.metrics));
  $("[data-facts]", element).replaceChildren(...facts(card).filter(([, content]) => content).flatMap(([title, content]) => [h("dt", null, title), h("dd", null, content)]));
  $("[data-classes]", element).replaceChildren(...card.classes.map((each) => h("span", { class: "chip", style: { "--chip-color": each.color } }, each.name)));
}

function figures(metrics) {
  const names = { test: gettext("Test"), validation: gettext("Validation"), train: gettext("Train") };
  const splits = SPLITS.filter((split) => metrics[split]);
  const rows = [...new Set(splits.flatMap((split) => Object.keys(metrics[split])))];
  return h("table", { class: "table model-figures" }, [
    h("thead", null, h("tr", null, [h("td"), splits.map((split) => h("th", { class: "number", scope: "col" }, names[split]))])),
    h("tbody", null, rows.map((name) => h("tr", null, [
      h("th", { scope: "row" }, metricName(name)),
      splits.map((split) => h("td", { class: "number" }, metricText(name, metrics[split][name]))),
    ]))),
  ]);
}

/** What the model reads, width first. */
function size({ frame: [height, width] = [0, 0], image_size: edge }) {
  return width === height ? `${edge} px` : `${width} × ${height} px`;
}

function facts(card) {
  const { version } = card;
  return [
    [gettext("Preset"), card.preset],
    [gettext("Trained on"), [h("a", { href: `/versions/${version.id}/`, title: version.hash }, `v${version.number}`), " · ", h("code", { class: "muted" }, version.hash.slice(0, 12))]],
    [gettext("Run"), h("a", { href: `/runs/${card.run}/` }, interpolate(gettext("run %s"), [card.run]))],
    [gettext("Image size"), `${size(card)}, ${card.resize}`],
    [gettext("Parameters"), number(card.parameters)],
    [gettext("File"), bytes(card.file_size)],
    [gettext("Started from"), card.loaded],
    [gettext("Best epoch"), interpolate(gettext("%s of %s"), [card.best_epoch, card.epochs])],
    [gettext("Time taken"), duration(card.seconds)],
    ...Object.entries(card.settings).map(([name, value]) => [name.replaceAll("_", " "), valueText(value)]),
  ];
}
