import { api } from "../api/client.js";
import { jobsChanged } from "../jobs/changed.js";
import { $, $$, on } from "../lib/dom.js";
import { number, percent } from "../lib/format.js";
import { once } from "../widgets/busy.js";
import { openDialog } from "../widgets/dialog.js";

const PAUSE_MS = 250;

/** Chooses the images and the least score, tells how many images that is, and starts. */
export class AutoLabelDialog {
  #dialog;
  #form;
  #started;
  #timer;
  #counts = {};

  /** @param {any} dialog @param {() => void} started */
  constructor(dialog, started) {
    this.#dialog = dialog;
    this.#form = $("form", dialog);
    this.#started = started;
    on(this.#form, "change", () => this.#sum());
    on(this.#form.elements.search, "input", () => this.#soon());
    on(this.#form.elements.threshold, "input", () => ($("[data-threshold]", dialog).textContent = percent(Number(this.#form.elements.threshold.value))));
    on(this.#form, "submit", (event) => {
      event.preventDefault();
      once($("[type=submit]", this.#form), () => this.#start());
    });
  }

  open() {
    if (this.#dialog.open) return;
    $("[data-error]", this.#dialog).textContent = "";
    this.#count();
    openDialog(this.#dialog);
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#count(), PAUSE_MS);
  }

  async #count() {
    const search = this.#form.elements.search.value.trim();
    try {
      this.#counts = (await api.get(`${this.#dialog.dataset.counts}?search=${encodeURIComponent(search)}`)).status;
    } catch (error) {
      $("[data-error]", this.#dialog).textContent = error.message;
      return;
    }
    for (const place of $$("[data-count]", this.#dialog)) place.textContent = number(this.#counts[place.dataset.count] ?? 0);
    this.#sum();
  }

  #sum() {
    const images = this.#filters().status.reduce((sum, status) => sum + (this.#counts[status] ?? 0), 0);
    $("[data-sum]", this.#dialog).textContent = images
      ? interpolate(ngettext("%s image", "%s images", images), [number(images)])
      : gettext("No image fits: add images, or choose others.");
    $("[type=submit]", this.#dialog).disabled = !images;
  }

  #filters() {
    const data = new FormData(this.#form);
    const search = String(data.get("search")).trim();
    return { status: data.getAll("status").map(String), ...(search && { search }) };
  }

  async #start() {
    const { modelId, autoLabelDialog: url } = this.#dialog.dataset;
    try {
      await api.post(url, { model: Number(modelId), filters: this.#filters(), threshold: Number(this.#form.elements.threshold.value) });
    } catch (error) {
      $("[data-error]", this.#dialog).textContent = error.message;
      return;
    }
    this.#dialog.close();
    jobsChanged();
    this.#started();
  }
}
