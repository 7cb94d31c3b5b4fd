import { api } from "../api/client.js";
import { h } from "../lib/dom.js";
import { duration } from "../lib/format.js";
import { bestEpoch } from "./run_figures.js";
import { secondsTaken, share } from "./run_status.js";
import { metricName, metricText } from "./run_words.js";

/** What a run that has ended has reached: the test accuracy, against always saying the most frequent class. */
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
    const { accuracy } = run.metrics.test;
    const best = bestEpoch(epochs);
    const taken = secondsTaken(run);
    const others = Object.entries(run.metrics.test).filter(([name]) => name !== "accuracy");
    this.#element.replaceChildren(
      h("div", { class: "run-headline" }, [
        h("div", { class: "stat run-accuracy" }, [h("strong", null, share(accuracy)), h("span", null, gettext("accuracy on the test images"))]),
        this.#baseline && h("p", { class: "run-baseline" }, against(accuracy, this.#baseline)),
        h("a", { class: "small", href: `/runs/${run.id}/metrics/` }, gettext("See where it is right and wrong")),
      ]),
      h("div", { class: "run-stats" }, [
        others.map(([name, value]) => stat(metricText(name, value), metricName(name))),
        run.metrics.validation && stat(share(run.metrics.validation.accuracy), gettext("Accuracy, validation")),
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
