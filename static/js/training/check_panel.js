import { h, on } from "../lib/dom.js";
import { bytes, number, roughly } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { Trial } from "./trial.js";

const STAGES = {
  version: () => gettext("Version and labels"),
  images: () => gettext("Images"),
  model: () => gettext("Model and weights"),
  learning: () => gettext("Steps and validation"),
  checkpoint: () => gettext("Checkpoint"),
  result: () => gettext("Evaluation and model file"),
  prediction: () => gettext("Prediction with the file"),
};

/** A dry run of what the form says: its stages ticked off, then what the run will take. */
export class CheckPanel {
  #element;
  #trial;
  #outdated = false;

  /**
   * @param {HTMLElement} element
   * @param {HTMLElement} button
   * @param {import("./trial.js").Around} around
   * @param {EventTarget[]} chosen tell with "change" that something else would be trained now
   */
  constructor(element, button, around, chosen) {
    this.#element = element;
    this.#trial = new Trial("check", around);
    this.#trial.addEventListener("change", () => this.#show());
    on(button, "click", () => {
      this.#outdated = false;
      if (!this.#trial.goesOn) this.#trial.start();
    });
    for (const each of chosen) each.addEventListener("change", () => this.#grow());
  }

  #grow() {
    this.#outdated = true;
    if (this.#trial.row) this.#show();
  }

  #show() {
    const { row } = this.#trial;
    this.#element.hidden = row.status === "cancelled";
    this.#element.toggleAttribute("data-outdated", this.#outdated && !this.#trial.goesOn);
    this.#element.replaceChildren(
      h("div", { class: "row row-between" }, [h("h3", null, gettext("Check")), this.#side(row)]),
      h("ol", { class: "trial-stages" }, Object.keys(STAGES).map((name) => stage(name, row))),
      ...(row.status === "completed" ? [facts(row.outcome)] : []),
    );
  }

  #side(row) {
    if (row.status === "queued") return h("span", { class: "row" }, [h("span", { class: "hint" }, gettext("Waiting for a worker…")), this.#cancel()]);
    if (row.status === "running") return this.#cancel();
    return h("span", { class: "hint" }, this.#outdated ? gettext("Of earlier settings") : row.status === "failed" ? gettext("It would fail") : gettext("It would go well"));
  }

  #cancel() {
    return h("button", { class: "btn btn-small btn-ghost", type: "button", on: { click: () => this.#trial.cancel() } }, gettext("Cancel"));
  }
}

/** One line, with what it took, or that it is at it. */
function stage(name, { status, stages }) {
  const order = Object.keys(STAGES);
  const seconds = stages[name];
  const next = order.find((each) => stages[each] === undefined);
  const state = seconds !== undefined ? "done" : name !== next || status === "queued" ? "waiting" : status === "failed" ? "failed" : "now";
  const sign = { done: () => icon("check", gettext("done")), failed: () => icon("x", gettext("failed")), now: () => icon("loader-circle", gettext("going on")), waiting: () => icon("circle", gettext("waiting")) }[state]();
  return h("li", { dataset: { state } }, [sign, h("span", null, STAGES[name]()), seconds !== undefined && h("span", { class: "hint number" }, interpolate(gettext("%s s"), [number(seconds, { maximumFractionDigits: 1 })]))]);
}

/** What the run will take. */
function facts({ expected_seconds, memory_bytes, gpu_memory_bytes, disk_bytes, disk_free_bytes }) {
  const rows = [
    [gettext("Time"), interpolate(gettext("about %s, unless it stops early"), [roughly(expected_seconds)])],
    [gettext("Memory"), interpolate(gettext("up to %s in the check"), [bytes(memory_bytes)])],
    gpu_memory_bytes && [gettext("GPU memory"), bytes(gpu_memory_bytes)],
    [gettext("Disk"), interpolate(gettext("%s of %s free"), [bytes(disk_bytes), bytes(disk_free_bytes)])],
  ].filter(Boolean);
  return h("dl", { class: "facts" }, rows.flatMap(([name, value]) => [h("dt", null, name), h("dd", { class: "number" }, value)]));
}
