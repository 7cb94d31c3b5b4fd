import { LineChart } from "../charts/line_chart.js";
import { api } from "../api/client.js";
import { $, fill, h } from "../lib/dom.js";
import { bytes, number, roughly } from "../lib/format.js";
import { icon } from "../lib/icon.js";

const PAUSE_MS = 250;

/** What a draft means: its learning rate drawn, and everything that was left open filled in. */
export class Plan extends EventTarget {
  #element;
  #body;
  #preset;
  #answers;
  #chart;
  #timer;
  #asking;

  /**
   * @param {HTMLElement} element
   * @param {{body: () => {spec: any, version: number}, preset: () => any, answers: Record<string, string>}} there `answers`: of each task
   */
  constructor(element, { body, preset, answers }) {
    super();
    this.#element = element;
    this.#body = body;
    this.#preset = preset;
    this.#answers = answers;
    this.#chart = new LineChart($("[data-schedule]", element), [{ label: gettext("Learning rate") }], { x: gettext("Epoch"), height: 150, summary: gettext("Learning rate over the epochs") });
    this.ask(0);
  }

  ask(pause = PAUSE_MS) {
    this.drop();
    this.#timer = setTimeout(() => this.#send(), pause);
  }

  /** What was asked is of no interest any more: something newer is about to be said. */
  drop() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
  }

  async #send() {
    this.#asking = new AbortController();
    try {
      const plan = await api.post("/api/runs/schedule/", this.#body(), { signal: this.#asking.signal });
      this.#show(plan);
      this.dispatchEvent(new CustomEvent("planned", { detail: { plan, problems: {} } }));
    } catch (error) {
      if (error.name === "AbortError") return;
      if (error.status === 400) this.dispatchEvent(new CustomEvent("planned", { detail: { plan: null, problems: problemsOf(error.fields) } }));
      $("[data-plan-error]", this.#element).textContent = error.status === 400 ? gettext("Some fields need another value.") : error.message;
    }
  }

  #show(plan) {
    $("[data-plan-error]", this.#element).textContent = "";
    this.#chart.setData([plan.steps.map((step) => step / plan.points_per_epoch), plan.learning_rates]);
    const { resolved } = plan;
    const preset = this.#preset();
    const peak = Math.max(...plan.learning_rates);
    $("[data-schedule]", this.#element).setAttribute("aria-label", interpolate(gettext("The learning rate over %s epochs, at most %s"), [plan.epochs, number(peak, { maximumSignificantDigits: 3 })]));
    $("[data-summary]", this.#element).replaceChildren(...[
      [gettext("Model"), preset?.title ?? resolved.preset],
      [gettext("Epochs"), resolved.freeze_epochs ? interpolate(gettext("%s, the first %s with the backbone frozen"), [plan.epochs, resolved.freeze_epochs]) : number(plan.epochs)],
      [gettext("Steps"), stepsText(plan)],
      [gettext("Input"), this.#answers[resolved.task] === "tags" ? `${plan.image_size} × ${plan.image_size} px` : interpolate(gettext("%s px, the longer edge"), [plan.image_size])],
      [gettext("Peak rate"), number(peak, { maximumSignificantDigits: 3 })],
      [gettext("Memory"), interpolate(gettext("up to %s"), [bytes(plan.memory_bytes)])],
      [gettext("Disk"), interpolate(gettext("about %s"), [bytes(plan.disk_bytes)])],
      [gettext("Time"), plan.seconds === null ? gettext("known once a run or a measurement was made") : interpolate(gettext("about %s, %s"), [roughly(plan.seconds), plan.judged_by])],
    ].flatMap(([name, value]) => [h("dt", null, name), h("dd", { class: "number" }, value)]));
    fill($("[data-unfit]", this.#element), plan.problems.map((text) => h("p", { class: "notice notice-warning" }, [icon("triangle-alert"), h("span", null, text)])));
  }
}

/** How many batches an epoch has, and how many of them make a step. */
function stepsText({ steps_per_epoch, batch_size, resolved }) {
  const batches = interpolate(gettext("%s × %s images an epoch"), [number(steps_per_epoch), batch_size]);
  const together = Math.min(resolved.gradient_accumulation, steps_per_epoch);
  return together > 1 ? interpolate(gettext("%s, a step every %s batches"), [batches, together]) : batches;
}

/** {"spec.learning_rate": ["…"]} -> {"learning_rate": "…"} @param {Record<string, any>} fields */
export function problemsOf(fields) {
  return Object.fromEntries(Object.entries(fields).map(([name, text]) => [name.replace(/^spec\./, ""), [text].flat(Infinity).join(" ")]));
}
