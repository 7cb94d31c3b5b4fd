import { api } from "../api/client.js";
import { jobsChanged } from "../jobs/changed.js";
import { $, on } from "../lib/dom.js";
import { bytes, number } from "../lib/format.js";
import { readFilters } from "../versions/filters.js";
import { Sum } from "../versions/sum.js";
import { openDialog } from "../widgets/dialog.js";

/** Chooses format and images, tells how much it will be, and starts the export. */
export class ExportDialog {
  #dialog;
  #form;
  #sum;

  /**
   * @param {HTMLDialogElement} dialog
   * @param {() => void} started
   */
  constructor(dialog, started) {
    this.#dialog = dialog;
    this.#form = $("form", dialog);
    this.#sum = new Sum(dialog.dataset.estimate, () => this.#choices(), (answer) => this.#tell(answer));
    on(this.#form, "input", () => this.#sum.ask());
    on(this.#form, "submit", (event) => this.#start(event, started));
  }

  open() {
    $("[data-error]", this.#dialog).textContent = "";
    this.#sum.ask(0);
    openDialog(this.#dialog);
  }

  #choices() {
    const data = new FormData(this.#form);
    return { format: data.get("format"), filters: readFilters(this.#form), with_images: data.has("with_images") };
  }

  #tell(answer) {
    const images = answer && interpolate(ngettext("%s image", "%s images", answer.images), [number(answer.images)]);
    const rows = answer && interpolate(ngettext("%s row", "%s rows", answer.rows), [number(answer.rows)]);
    const text = answer ? `${images} · ${rows} · ≈ ${bytes(answer.size_bytes)}` : "";
    $("[data-sum]", this.#dialog).textContent = text;
    $("[type=submit]", this.#dialog).disabled = answer?.images === 0;
  }

  async #start(event, started) {
    event.preventDefault();
    const error = $("[data-error]", this.#dialog);
    error.textContent = "";
    try {
      await api.post(this.#dialog.dataset.exportDialog, this.#choices());
    } catch (problem) {
      error.textContent = problem.message;
      return;
    }
    this.#dialog.close();
    jobsChanged();
    started();
  }
}
