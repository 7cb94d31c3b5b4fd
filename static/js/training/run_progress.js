import { h } from "../lib/dom.js";
import { duration, number, percent, roughly } from "../lib/format.js";
import { secondsTaken, unfinished } from "./run_status.js";

const TICK_MS = 1000;

/** How far an unfinished run is: epoch, step in the epoch, time left, and what is being done. */
export class RunProgress {
  #element;
  #store;
  #timer;
  #bar = h("progress", { class: "progress", max: 1, "aria-label": gettext("Progress of the run") });
  #values = {};
  #message = h("p", { class: "hint", role: "status" });

  /** @param {HTMLElement} element @param {import("./run_store.js").RunStore} store */
  constructor(element, store) {
    this.#element = element;
    this.#store = store;
    element.append(h("div", { class: "run-stats" }, [
      this.#stat("epoch", gettext("Epoch")),
      this.#stat("step", gettext("Step in the epoch")),
      this.#stat("left", gettext("Time left")),
      this.#stat("taken", gettext("Time taken")),
      this.#stat("speed", gettext("Images a second")),
    ]), this.#bar, this.#message);
    store.observe(["run", "steps", "epochs"], () => this.#show());
  }

  #stat(name, title) {
    this.#values[name] = h("strong", null, "–");
    return h("div", { class: "stat" }, [this.#values[name], h("span", null, title)]);
  }

  #show() {
    const { run, stage, step, progress, secondsLeft } = this.#store;
    const shown = unfinished(run) && run.status !== "queued";
    this.#element.hidden = !shown;
    clearTimeout(this.#timer);
    if (!shown) return;
    const counted = Math.min(run.epochs, step?.epoch ?? run.epoch);
    this.#set("epoch", run.epochs ? interpolate(gettext("%s of %s"), [number(counted), number(run.epochs)]) : "–");
    this.#set("step", step ? interpolate(gettext("%s of %s"), [number(step.step), number(step.steps)]) : "–");
    this.#set("left", secondsLeft ? roughly(secondsLeft) : "–");
    const taken = secondsTaken(run);
    this.#set("taken", taken == null ? "–" : duration(Math.round(taken)));
    const speed = step?.images_per_second ?? this.#store.steps.at(-1)?.images_per_second;
    this.#set("speed", speed ? number(speed, { maximumFractionDigits: speed < 10 ? 1 : 0 }) : "–");
    this.#bar.value = run.status === "preparing" && stage.progress != null ? stage.progress : progress;
    this.#message.textContent = run.message || percent(progress);
    this.#timer = setTimeout(() => this.#show(), TICK_MS);
  }

  #set(name, text) {
    if (this.#values[name].textContent !== text) this.#values[name].textContent = text;
  }
}
