import { api } from "../api/client.js";
import { h } from "../lib/dom.js";
import { duration } from "../lib/format.js";
import { headlineOf } from "./model_figures.js";
import { bestEpoch } from "./run_figures.js";
import { secondsTaken, share } from "./run_status.js";
import { metricName, metricText } from "./run_words.js";

/** What a run that has ended has reached: the figure it is known by, and where that is accuracy, what one reaches by always saying the most frequent class. */
export class RunResult {
  #element;
  #asked = 0;
  #baseline = null;

  /** @param {HTMLElement} element @param {import("./run_store.js").RunStore} store */
  constructor(element, store) {
    this.#element = element;
    store.observe(["run"], () => this.#show(store));
  }

  async #show(store) {
    const { run, ended } = store;
    const shown = ended && Boolean(run.metrics.test) && run.status !== "cancelled";
    this.#element.hidden = !shown;
    if (!shown) return;
    this.#draw(store);
    if (this.#asked === run.model || !run.model) return;
    this.#asked = run.model;
    try {
      this.#baseline = (await api.get(`/api/runs/${run.id}/metrics/`)).test?.baseline ?? null;
    } catch {
      return; // the figure stands without it; the metrics page says what is wrong
    }
    this.#draw(store);
  }

  #draw({ run, epochs }) {
    const { name, value } = headlineOf({ test: run.metrics.test }) ?? { name: "loss", value: null };
    const best = bestEpoch(epochs);
    const taken = secondsTaken(run);
    const others = Object.entries(run.metrics.test).filter(([each]) => each !== name);
    this.#element.replaceChildren(
      h("div", { class: "run-headline" }, [
        h("div", { class: "stat run-accuracy" }, [h("strong", null, metricText(name, value)), h("span", null, interpolate(gettext("%s on the test images"), [metricName(name)]))]),
        this.#baseline && name === "accuracy" && h("p", { class: "run-baseline" }, against(value, this.#baseline)),
        h("a", { class: "small", href: `/runs/${run.id}/metrics/` }, gettext("See where it is right and wrong")),
      ]),
      h("div", { class: "run-stats" }, [
        others.map(([each, figure]) => stat(metricText(each, figure), metricName(each))),
        run.metrics.validation && stat(metricText(name, run.metrics.validation[name]), interpolate(gettext("%s, validation"), [metricName(name)])),
        best && stat(interpolate(gettext("%s of %s"), [best.epoch, run.epoch]), gettext("Best epoch")),
        taken != null && stat(duration(Math.round(taken)), gettext("Time taken")),
      ]),
    );
  }
}

const stat = (text, title) => h("div", { class: "stat" }, [h("strong", null, text), h("span", null, title)]);

function against(accuracy, baseline) {
  const own = share(baseline.accuracy);
  const text = baseline.class
    ? interpolate(gettext("Always saying “%s” would be right for %s."), [baseline.class, own])
    : interpolate(gettext("Saying no class at all would reach %s."), [own]);
  return accuracy > baseline.accuracy ? text : [text, " ", h("strong", null, gettext("The model has not learned more than that."))];
}
