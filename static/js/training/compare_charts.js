import { chartCard, LineChart, significant } from "../charts/line_chart.js";
import { isShare } from "./run_figures.js";
import { sharedMetrics } from "./compare_line_up.js";
import { aligned, finest, overEpochs } from "./run_series.js";
import { metricName, metricText } from "./run_words.js";

/** The curves of several runs over each other: a colour for each run, train dashed, validation solid. */
export class CompareCharts {
  #place;
  #charts = new Map();

  constructor(place) {
    this.#place = place;
  }

  /**
   * @param {{run: any, color: string}[]} shown
   * @param {{train: boolean, validation: boolean, weight: number}} choice
   */
  show(shown, choice) {
    const names = sharedMetrics(shown.map(({ run }) => run));
    for (const name of names) this.#draw(name, this.#metricLines(name, shown, choice));
    if (names.length) this.#draw("learning_rate", shown.map(({ run, color }) => ({ label: run.name, color, ...finest(run.history, [], "learning_rate") })));
    for (const [name, { card }] of this.#charts) card.hidden = !names.length || !(names.includes(name) || name === "learning_rate");
  }

  #metricLines(name, shown, { train, validation, weight }) {
    return shown.flatMap(({ run, color }) => [
      train && { label: interpolate(gettext("%s, train"), [run.name]), color, dash: true, ...overEpochs(run.history, name, weight) },
      validation && { label: run.name, color, ...overEpochs(run.history, `val_${name}`, weight) },
    ]).filter((line) => line && line.y.some((value) => value != null));
  }

  #draw(name, lines) {
    const chart = this.#chart(name);
    const key = lines.map(({ label, color }) => label + color).join("\n");
    if (key !== chart.key) chart.plot.setLines(lines);
    chart.key = key;
    chart.plot.setData(aligned(lines));
  }

  #chart(name) {
    if (!this.#charts.has(name)) {
      const rate = name === "learning_rate";
      const title = rate ? gettext("Learning rate") : metricName(name);
      const { body, card } = chartCard(title);
      const last = this.#charts.get("learning_rate")?.card;
      if (last) this.#place.insertBefore(card, last);
      else this.#place.append(card);
      const plot = new LineChart(body, [], {
        x: gettext("Epoch"),
        height: 240,
        format: rate ? significant : (value) => metricText(name, value),
        summary: interpolate(gettext("%s of the chosen runs, by epoch"), [title]),
        ...(!rate && isShare(name) ? { min: 0, max: 1 } : {}),
      });
      this.#charts.set(name, { card, plot, key: "" });
    }
    return this.#charts.get(name);
  }
}
