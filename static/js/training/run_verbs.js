import { api } from "../api/client.js";
import { jobsChanged } from "../jobs/changed.js";
import { confirmDialog } from "../widgets/dialog.js";
import { toast } from "../widgets/toast.js";
import { sureToCancel } from "./cancel_question.js";

/** What a person can do to a run; the store is told what came of it. */
export class RunVerbs {
  #store;
  #list;
  #onResume;

  /** @param {import("./run_store.js").RunStore} store @param {string} list address of the page of all runs @param {() => void} onResume */
  constructor(store, list, onResume) {
    this.#store = store;
    this.#list = list;
    this.#onResume = onResume;
  }

  stop() {
    return this.#post("stop");
  }

  async cancel() {
    if (await sureToCancel()) await this.#post("cancel");
  }

  async resume() {
    if (await this.#post("resume")) this.#onResume();
  }

  async remove() {
    const { run } = this.#store;
    const sure = await confirmDialog({
      title: interpolate(gettext("Delete %s?"), [run.name]),
      text: run.model ? gettext("The run, its metrics and its model are deleted. Suggestions that the model made stay.") : gettext("The run and its log are deleted."),
      confirm: gettext("Delete"),
      danger: true,
    });
    if (!sure) return;
    try {
      await api.delete(this.#url());
      location.assign(this.#list);
    } catch (error) {
      toast(error.message, { kind: "error" });
    }
  }

  /** Ask the API how the run stands, with what events do not tell: the model, the times. */
  async refresh() {
    try {
      this.#store.replace(await api.get(this.#url()));
    } catch (error) {
      toast(error.message, { kind: "error" });
    }
  }

  async #post(verb) {
    try {
      this.#store.replace(await api.post(`${this.#url()}${verb}/`));
      jobsChanged();
      return true;
    } catch (error) {
      toast(error.message, { kind: "error" });
      return false;
    }
  }

  #url() {
    return `/api/runs/${this.#store.run.id}/`;
  }
}
