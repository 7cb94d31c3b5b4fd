import { api } from "../api/client.js";
import { jobsChanged } from "../jobs/changed.js";
import { $, on } from "../lib/dom.js";
import { toast } from "../widgets/toast.js";

/** Takes a dropped or chosen file and starts its dry run. */
export class Upload {
  #form;
  #started;

  /**
   * @param {HTMLFormElement} form
   * @param {() => void} started
   */
  constructor(form, started) {
    this.#form = form;
    this.#started = started;
    const target = $(".drop-target", form);
    on(target, "dragover", (event) => {
      event.preventDefault();
      target.classList.add("over");
    });
    on(target, "dragleave", () => target.classList.remove("over"));
    on(target, "drop", (event) => {
      event.preventDefault();
      target.classList.remove("over");
      this.#send(event.dataTransfer.files[0]);
    });
    const input = $("[type=file]", form);
    on(input, "change", () => {
      this.#send(input.files[0]);
      input.value = "";
    });
  }

  async #send(file) {
    if (!file) return;
    const data = new FormData();
    data.set("file", file);
    const choices = new FormData(this.#form);
    for (const name of ["format", "replace", "skip_missing"]) if (choices.get(name)) data.set(name, /** @type {string} */ (choices.get(name)));
    const bar = $("progress", this.#form);
    bar.hidden = false;
    try {
      await api.upload(this.#form.dataset.import, data, { onProgress: (sent, total) => (bar.value = sent / total) });
      jobsChanged();
      this.#started();
    } catch (error) {
      toast(error.message, { kind: "error" });
    }
    bar.hidden = true;
  }
}
