import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, $$, h, on } from "../lib/dom.js";
import { confirmDialog, makeDialog, openDialog } from "../widgets/dialog.js";
import { palette } from "../widgets/palette.js";
import { toast } from "../widgets/toast.js";
import { AutoLabelDialog } from "./auto_label_dialog.js";
import { AutoLabelJobs } from "./auto_label_jobs.js";
import { showCard } from "./model_card.js";
import { ModelDownloads } from "./model_downloads.js";
import { TryIt } from "./try_it.js";

/** One model: try it, let it label, what it is; rename and delete. */
class ModelPage {
  #element;

  constructor(element) {
    this.#element = element;
    const { modelId, project, mayTrain } = element.dataset;
    const card = JSON.parse($("#model-card").textContent);
    showCard(element, card);
    new TryIt($("[data-try]", element), `${element.dataset.model}predict/`, card.classes, element.dataset.answers !== "tags");
    const jobs = new AutoLabelJobs($("[data-jobs]", element), Number(modelId), project);
    new ModelDownloads($("[data-downloads]", element), { card, keras: `${element.dataset.model}files/keras/`, mayTrain: mayTrain !== undefined });
    if (mayTrain === undefined) return;
    const dialog = new AutoLabelDialog($("[data-auto-label-dialog]"), () => jobs.refresh());
    on(document, "click", "[data-auto-label]", () => dialog.open());
    on($("[data-rename]"), "click", () => this.#rename());
    on($("[data-delete]"), "click", () => this.#delete());
    palette.add([{ title: gettext("Auto-label with this model"), icon: "sparkles", run: () => dialog.open() }]);
    const opened = () => location.hash === "#auto-label" && dialog.open();
    on(globalThis, "hashchange", opened);
    opened();
  }

  async #rename() {
    const input = h("input", { class: "input", required: true, maxlength: 200, autofocus: true, "aria-label": gettext("Name"), value: $("[data-model-name]").textContent });
    const error = h("p", { class: "field-error", role: "alert" });
    const dialog = makeDialog({ title: gettext("Rename the model") });
    const save = async (event) => {
      event.preventDefault();
      try {
        const { name } = await api.patch(this.#element.dataset.model, { name: input.value });
        for (const place of $$("[data-model-name]")) place.textContent = name;
        dialog.close();
      } catch (problem) {
        error.textContent = problem.message;
      }
    };
    dialog.append(h("form", { method: "dialog", on: { submit: save } }, [
      h("div", { class: "dialog-body" }, [input, error]),
      h("div", { class: "dialog-foot" }, [
        h("button", { class: "btn", type: "button", "data-close": true }, gettext("Cancel")),
        h("button", { class: "btn btn-primary", type: "submit" }, gettext("Save")),
      ]),
    ]));
    await openDialog(dialog);
    dialog.remove();
  }

  async #delete() {
    const sure = await confirmDialog({
      title: interpolate(gettext("Delete %s?"), [$("[data-model-name]").textContent]),
      text: gettext("The model's files and its open suggestions are deleted. The run that made it stays, with its figures."),
      confirm: gettext("Delete"),
      danger: true,
    });
    if (!sure) return;
    try {
      await api.delete(this.#element.dataset.model);
      location.assign(this.#element.dataset.models);
    } catch (error) {
      toast(error.message, { kind: "error" });
    }
  }
}

attach("data-model", (element) => new ModelPage(element));
