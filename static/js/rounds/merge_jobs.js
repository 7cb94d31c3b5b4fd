import { api } from "../api/client.js";
import { $, fill, h, on, write } from "../lib/dom.js";
import { number, percent } from "../lib/format.js";
import { progressBar, statusPill } from "../jobs/status.js";
import { once } from "../widgets/busy.js";
import { toast } from "../widgets/toast.js";

const PERIOD_MS = 1_500;

/** Merging all images on which people agree enough, as a job with a report. */
export class MergeJobs {
  #element;
  #options;
  #images;
  #done;
  #timer;
  #working = false;

  /** @param {HTMLElement} element @param {any} options @param {() => any[]} images of the round @param {() => void} done a job has ended */
  constructor(element, options, images, done) {
    this.#element = element;
    this.#options = options;
    this.#images = images;
    this.#done = done;
    const form = $("form", element);
    on(form, "input", () => this.#drawCount());
    on(form, "submit", (event) => {
      event.preventDefault();
      once($("[type=submit]", form), () => this.#start(form)).catch((error) => toast(error.message, { kind: "error" }));
    });
  }

  async load() {
    clearTimeout(this.#timer);
    const { results } = await api.get(`/api/rounds/${this.#options.round}/merges/`).catch(() => ({ results: [] }));
    const working = results.some((each) => ["queued", "running"].includes(each.status));
    if (this.#working && !working) this.#done();
    this.#working = working;
    if (working) this.#timer = setTimeout(() => this.load(), PERIOD_MS);
    this.#drawCount();
    fill($("[data-reports]", this.#element), results.slice(0, 3).map((each) => this.#report(each)));
  }

  #enough(least) {
    return this.#images().filter((each) => each.score !== null && each.score >= least && !each.merged_at).length;
  }

  #drawCount() {
    const form = $("form", this.#element);
    const least = Number(form.elements.least.value) / 100;
    const count = this.#enough(least);
    write($("[data-least]", form), percent(least));
    write($("[data-count]", form), interpolate(ngettext("%s image", "%s images", count), [number(count)]));
    $("[type=submit]", form).disabled = !count || this.#working;
  }

  async #start(form) {
    await api.post(`/api/rounds/${this.#options.round}/merges/`, { least: Number(form.elements.least.value) / 100, status: form.elements.status.value });
    this.#working = true;
    await this.load();
  }

  #report({ id, status, progress, seconds_left, merged, passed_over: left, left: rows, least, error }) {
    const job = { status, progress, seconds_left };
    return h("li", { dataset: { row: id } }, [
      h("span", { class: "row" }, [statusPill(job), h("span", null, interpolate(gettext("Agreement of at least %s: %s merged, %s left"), [percent(least), number(merged), number(left)]))]),
      progressBar(job, gettext("Merging")),
      error && h("p", { class: "field-error" }, error),
      rows.length > 0 && h("details", null, [h("summary", { class: "small" }, gettext("What was left, and why")), h("ul", { class: "small round-left" }, rows.map(([image, name, why]) => h("li", null, [h("a", { href: `${this.#options.page}images/${image}/` }, name), ` – ${why}`])))]),
    ]);
  }
}
