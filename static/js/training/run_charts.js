import { chartCard, LineChart, significant } from "../charts/line_chart.js";
import { $, on, write } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { bestEpoch, isShare, metricNames } from "./run_figures.js";
import { aligned, finest, marked, overEpochs, overSteps } from "./run_series.js";
import { metricName, metricText } from "./run_words.js";

/** The curves of a run: every metric on train and validation images, learning rate and speed. */
export class RunCharts {
  #store;
  #place;
  #slider;
  #none;
  #metrics = new Map();
  #rate;
  #speed;

  /** @param {HTMLElement} element @param {import("./run_store.js").RunStore} store */
  constructor(element, store) {
    this.#store = store;
    this.#place = $("[data-charts]", element);
    this.#slider = $("[data-smoothing]", element);
    this.#none = $("[data-no-curves]", element);
    on(this.#slider, "input", () => this.#show());
    this.#rate = this.#single(gettext("Learning rate"), "--chart-3", significant);
    this.#speed = this.#single(gettext("Images a second"), "--chart-4", (value) => number(value, { maximumFractionDigits: 1 }), { min: 0 });
    store.observe(["epochs", "steps", "run"], () => this.#show());
  }

  get #weight() {
    return Number(this.#slider.value);
  }

  #show() {
    const { epochs, steps } = this.#store;
    $("output", this.#slider.parentElement).textContent = number(this.#weight, { minimumFractionDigits: 2 });
    const names = metricNames([...epochs, ...steps.slice(-1)]);
    this.#none.hidden = names.length > 0;
    write(this.#none, this.#store.ended ? gettext("It ended before its first step.") : gettext("The curves begin with the first step."));
    for (const { card } of [this.#rate, this.#speed]) card.hidden = !names.length;
    for (const name of names) this.#showMetric(name, epochs, steps);
    this.#rate.setData(aligned([finest(epochs, steps, "learning_rate")]));
    this.#speed.setData(aligned([finest(epochs, steps, "images_per_second", this.#weight)]));
  }

  #showMetric(name, epochs, steps) {
    if (!this.#metrics.has(name)) this.#metrics.set(name, this.#pair(name));
    const { chart, drawn } = this.#metrics.get(name);
    const lines = [
      { label: gettext("Each step"), color: "--chart-1", faint: true, ...overSteps(steps, name) },
      { label: gettext("Train"), color: "--chart-1", ...overEpochs(epochs, name, this.#weight) },
      { label: gettext("Validation"), color: "--chart-2", ...overEpochs(epochs, `val_${name}`, this.#weight) },
      { label: gettext("Best"), color: "--chart-3", mark: true, ...marked(bestEpoch(epochs), `val_${name}`) },
    ].filter(({ y }) => y.some((value) => value != null));
    const labels = lines.map(({ label }) => label).join();
    if (labels !== drawn) {
      chart.setLines(lines); // only those that have something to show
      this.#metrics.set(name, { chart, drawn: labels });
    }
    chart.setData(aligned(lines));
  }

  #pair(name) {
    const { body, card } = chartCard(metricName(name));
    this.#place.insertBefore(card, this.#rate.card);
    const chart = new LineChart(body, [], {
      x: gettext("Epoch"),
      format: (value) => metricText(name, value),
      summary: interpolate(gettext("%s by epoch, on train and validation images"), [metricName(name)]),
      ...(isShare(name) ? { min: 0, max: 1 } : {}),
    });
    return { chart, drawn: "" };
  }

  /** A chart of one line. */
  #single(title, color, format, bounds = {}) {
    const { body, card } = chartCard(title);
    this.#place.append(card);
    const chart = new LineChart(body, [{ label: title, color }], { x: gettext("Epoch"), format, summary: interpolate(gettext("%s by epoch"), [title]), height: 140, ...bounds });
    return { card, setData: (data) => chart.setData(data) };
  }
}
