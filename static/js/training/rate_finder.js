import { LineChart } from "../charts/line_chart.js";
import { h, on } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { Trial } from "./trial.js";

/** The search for a learning rate, beside its field: the loss over the rates, and the proposed one at a click. */
export class RateFinder {
  #draft;
  #trial;
  #panel = h("div", { class: "rate-finder stack stack-tight", hidden: true, role: "status" });
  #button = h("button", { class: "btn btn-small", type: "button" }, [icon("search"), gettext("Find a rate")]);
  #box;

  /**
   * @param {HTMLElement} box of the field
   * @param {import("./trial.js").Around} around
   * @param {import("./spec_draft.js").SpecDraft} draft
   */
  constructor(box, around, draft) {
    this.#draft = draft;
    this.#box = box;
    this.#trial = new Trial("rate", around);
    box.append(h("p", null, this.#button), this.#panel);
    this.#trial.addEventListener("change", () => this.#show());
    on(this.#button, "click", () => this.#trial.goesOn || this.#trial.start());
  }

  #show() {
    const { row } = this.#trial;
    this.#panel.hidden = row.status === "cancelled" || row.status === "failed";
    this.#box.classList.toggle("spec-field-wide", !this.#panel.hidden);
    this.#panel.replaceChildren(...(row.status === "completed" ? this.#found(row.outcome) : this.#searching(row)));
    if (row.status === "completed") this.#draw(row.outcome);
  }

  #searching({ status, progress, message }) {
    return [
      h("div", { class: "row row-between" }, [
        h("span", { class: "hint" }, status === "queued" ? gettext("Waiting for a worker…") : message),
        h("button", { class: "btn btn-small btn-ghost", type: "button", on: { click: () => this.#trial.cancel() } }, gettext("Cancel")),
      ]),
      h("progress", { class: "progress", max: 1, ...(status === "queued" ? {} : { value: progress }), "aria-label": gettext("Search for a learning rate") }),
    ];
  }

  #found({ proposed, clear }) {
    if (proposed === null) return [h("p", { class: "hint" }, gettext("The loss was no number from the first step on: no rate can be told."))];
    const why = clear ? gettext("where the loss falls most steeply") : gettext("a tenth of where it is lowest, as it falls steeply nowhere");
    return [
      h("div", { dataset: { curve: "" } }),
      h("p", { class: "row" }, [
        h("span", null, interpolate(gettext("Proposed: %s, %s."), [shown(proposed), why])),
        h("button", { class: "btn btn-small btn-primary", type: "button", on: { click: () => this.#draft.set("learning_rate", proposed) } }, interpolate(gettext("Use %s"), [shown(proposed)])),
      ]),
    ];
  }

  #draw({ rates, losses, smoothed, proposed }) {
    const place = /** @type {HTMLElement|null} */ (this.#panel.querySelector("[data-curve]"));
    if (!place) return;
    const lowest = Math.min(...smoothed);
    const most = Math.max(...smoothed.slice(0, 10)) * 1.5 - lowest * 0.5; // the explosion at the end would flatten the rest
    const chosen = rates.reduce((best, rate, index) => (Math.abs(Math.log(rate / proposed)) < Math.abs(Math.log(rates[best] / proposed)) ? index : best), 0);
    const cut = (values) => values.map((value) => (value > most ? null : value));
    const chart = new LineChart(place, [
      { label: gettext("Each batch"), color: "--chart-1", faint: true },
      { label: gettext("Smoothed loss"), color: "--chart-1" },
      { label: gettext("Proposed"), color: "--chart-3", mark: true },
    ], { x: gettext("Learning rate"), height: 180, formatX: (power) => (10 ** power).toExponential(0), summary: interpolate(gettext("The loss over the learning rate; proposed is %s"), [shown(proposed)]) });
    chart.setData([rates.map(Math.log10), cut(losses), cut(smoothed), rates.map((_rate, index) => (index === chosen ? smoothed[index] : null))]);
  }
}

const shown = (rate) => (rate < 1e-3 ? rate.toExponential() : number(rate, { maximumSignificantDigits: 2 }));
