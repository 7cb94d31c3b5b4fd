import { chartCard, LineChart } from "../charts/line_chart.js";
import { h } from "../lib/dom.js";
import { bytes, percent } from "../lib/format.js";
import { usageLines } from "./run_series.js";

/** How busy the worker is while it trains. */
export class RunUsage {
  #place;
  #store;
  #card = null;
  #chart = null;
  #labels = "";
  #text = h("span", { class: "hint number" });

  /** @param {HTMLElement} place @param {import("./run_store.js").RunStore} store */
  constructor(place, store) {
    this.#place = place;
    this.#store = store;
    store.observe(["usage"], () => this.#show());
  }

  #show() {
    const { usage } = this.#store;
    if (!usage.length) return;
    const { labels, data } = usageLines(usage, {
      cpu: gettext("CPU"),
      memory: gettext("Memory"),
      gpu: (at) => interpolate(gettext("GPU %s"), [at]),
      gpuMemory: (at) => interpolate(gettext("GPU %s memory"), [at]),
    });
    this.#prepare(labels);
    this.#chart.setData(data);
    this.#text.textContent = words(usage.at(-1));
  }

  /** The lines are known with the first figures: only then is it known which GPUs there are. */
  #prepare(labels) {
    if (labels.join() === this.#labels) return;
    this.#labels = labels.join();
    const lines = labels.map((label) => ({ label }));
    if (this.#chart) return this.#chart.setLines(lines);
    const { body, card } = chartCard(gettext("Worker"), this.#text);
    this.#card = card;
    this.#place.append(this.#card);
    this.#chart = new LineChart(body, lines, { x: gettext("Minutes"), height: 140, min: 0, max: 100, format: (value) => percent(value / 100), summary: gettext("How busy the worker's CPU, memory and GPUs are, by minute") });
  }
}

function words(last) {
  const parts = [interpolate(gettext("memory %s of %s"), [bytes(last.memory), bytes(last.memory_total)])];
  if (last.child_memory != null) parts.push(interpolate(gettext("training takes %s"), [bytes(last.child_memory)]));
  return parts.join(" · ");
}
