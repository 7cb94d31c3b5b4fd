import { api } from "../api/client.js";
import { jobsChanged } from "../jobs/changed.js";
import { $, $$, on } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { once } from "../widgets/busy.js";
import { openDialog } from "../widgets/dialog.js";
import { readFilters } from "./filters.js";
import { Ratios } from "./ratios.js";
import { Sum } from "./sum.js";

/** Chooses images and split of a new version, tells how many images that will be, and freezes it. */
export class FreezeDialog {
  #dialog;
  #form;
  #ratios;
  #sum;

  /**
   * @param {HTMLDialogElement} dialog
   * @param {() => void} frozen
   */
  constructor(dialog, frozen) {
    this.#dialog = dialog;
    this.#form = $("form", dialog);
    this.#ratios = new Ratios(Object.fromEntries($$("[data-ratio]", dialog).map((input) => [input.dataset.ratio, Number(input.value)])));
    this.#sum = new Sum(dialog.dataset.preview, () => ({ filters: readFilters(this.#form) }), (answer) => this.#tell(answer));
    on(this.#form, "input", "[data-ratio]", (_event, input) => {
      this.#ratios.set(input.dataset.ratio, Number(input.value));
      this.#drawRatios();
    });
    on(this.#form, "input", "[data-filters] *", () => this.#sum.ask());
    on(this.#form, "submit", (event) => {
      event.preventDefault();
      once($("[type=submit]", this.#form), () => this.#freeze(frozen));
    });
    this.#drawRatios();
  }

  open() {
    $("[data-error]", this.#dialog).textContent = "";
    this.#sum.ask(0);
    openDialog(this.#dialog);
  }

  #drawRatios() {
    for (const [part, share] of Object.entries(this.#ratios.shares)) {
      const input = $(`[data-ratio="${part}"]`, this.#dialog);
      input.value = share;
      input.nextElementSibling.textContent = `${share} %`;
      $(`[data-ratio-bar] .part-${part}`, this.#dialog).style.setProperty("--share", String(share / 100));
    }
  }

  #tell(answer) {
    const text = answer && interpolate(ngettext("%s image", "%s images", answer.images), [number(answer.images)]);
    const labels = answer && interpolate(ngettext("%s annotation", "%s annotations", answer.annotations), [number(answer.annotations)]);
    $("[data-sum]", this.#dialog).textContent = answer ? `${text} · ${labels}` : "";
    $("[type=submit]", this.#dialog).disabled = answer?.images === 0;
  }

  async #freeze(frozen) {
    const data = new FormData(this.#form);
    const error = $("[data-error]", this.#dialog);
    error.textContent = "";
    try {
      await api.post(this.#dialog.dataset.freezeDialog, {
        filters: readFilters(this.#form),
        split: this.#ratios.fractions,
        seed: Number(data.get("seed")),
        group_by: data.get("group_by"),
        stratify: data.has("stratify"),
        note: data.get("note"),
      });
    } catch (problem) {
      error.textContent = problem.message;
      return;
    }
    $("[name=note]", this.#form).value = "";
    this.#dialog.close();
    jobsChanged();
    frozen();
  }
}
