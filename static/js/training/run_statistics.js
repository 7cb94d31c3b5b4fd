import { chartCard, LineChart, significant } from "../charts/line_chart.js";
import { $, h } from "../lib/dom.js";
import { percent } from "../lib/format.js";
import { icon } from "../lib/icon.js";

const FIGURES = {
  gradients: { title: () => gettext("Length of the gradients"), log: true },
  update: { title: () => gettext("Change of the weights by one step"), log: true, format: (value) => percent(value, value < 0.001 ? 3 : 1) },
  weights: { title: () => gettext("Length of the weights"), log: false },
};

/** Gradients, weights and steps of a run's groups of layers, by epoch; what is wrong with one is said in words. */
export class RunStatistics {
  #element;
  #charts;
  #groups = "";

  /** @param {HTMLElement} element @param {import("./run_store.js").RunStore} store */
  constructor(element, store) {
    this.#element = element;
    const place = $("[data-statistics-charts]", element);
    this.#charts = Object.entries(FIGURES).map(([name, { title, log, format = significant }]) => {
      const { body, card } = chartCard(title());
      place.append(card);
      return { name, log, chart: new LineChart(body, [], { x: gettext("Epoch"), height: 160, log, format, summary: interpolate(gettext("%s by epoch, for each group of layers"), [title()]) }) };
    });
    store.observe(["epochs"], ({ epochs }) => this.#show(epochs.filter((epoch) => epoch.statistics?.length)));
  }

  #show(epochs) {
    this.#element.hidden = !epochs.length;
    if (!epochs.length) return;
    const groups = [...new Set(epochs.flatMap(({ statistics }) => statistics.map(({ group }) => group)))].sort(byDepth);
    if (groups.join() !== this.#groups) for (const { chart } of this.#charts) chart.setLines(groups.map((group) => ({ label: groupName(group) })));
    this.#groups = groups.join();
    for (const { name, log, chart } of this.#charts) chart.setData([epochs.map(({ epoch }) => epoch), ...groups.map((group) => epochs.map((epoch) => value(epoch, group, name, log)))]);
    $("[data-verdicts]", this.#element).replaceChildren(...epochs.at(-1).statistics.filter(({ verdict }) => verdict).map(notice));
  }
}

/** Null leaves a gap: a logarithm has no zero. */
function value({ statistics }, group, name, log) {
  const found = statistics.find((each) => each.group === group)?.[name] ?? null;
  return log && found === 0 ? null : found;
}

function notice({ group, verdict, update }) {
  const text =
    verdict === "vanished"
      ? interpolate(gettext("%s: no gradient reaches it any more, so it has stopped learning. A lower learning rate or another start may help."), [groupName(group)])
      : interpolate(gettext("%s: one step changes it by %s of its weights. A lower learning rate, or gradient clipping, would help."), [groupName(group), update == null ? "∞" : percent(update)]);
  return h("li", { class: "notice notice-warning" }, [icon("triangle-alert"), text]);
}

/** "backbone/8" -> "Backbone, 1/8" */
function groupName(group) {
  const [part, stride] = group.split("/");
  if (part === "head") return gettext("Head");
  return stride ? interpolate(gettext("Backbone, 1/%s"), [stride]) : gettext("Backbone");
}

/** From the pixels to the answer. */
const byDepth = (one, other) => depth(one) - depth(other);
const depth = (group) => (group === "head" ? Infinity : Number(group.split("/")[1] ?? 1e6));
