import { api } from "../api/client.js";
import { act, JobList } from "../jobs/job_list.js";
import { progressBar, statusPill } from "../jobs/status.js";
import { $, h } from "../lib/dom.js";
import { bytes, number, percent } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { confirmDialog } from "../widgets/dialog.js";
import { differenceText, isExact, timesAsFast } from "./export_figures.js";

/** The formats that a model can leave in: what each is for, how it compares, and how to get it. */
export class ModelDownloads {
  #list;
  #formats;
  #keras;
  #mayTrain;

  /** @param {HTMLElement} element lists them @param {{card: any, keras: string, mayTrain: boolean}} options */
  constructor(element, { card, keras, mayTrain }) {
    this.#formats = JSON.parse($("#export-formats").textContent);
    this.#keras = { size: card.file_size, address: keras };
    this.#mayTrain = mayTrain;
    this.#list = new JobList(element, element.dataset.downloads, (jobs) => this.#rows(new Map(jobs.map((job) => [job.kind, job]))));
  }

  #rows(jobs) {
    return [this.#original(), ...this.#formats.map((format) => this.#row(format, jobs.get(format.kind)))];
  }

  #original() {
    const download = h("a", { class: "btn btn-small", href: this.#keras.address, download: true, "data-key": "file-keras", "aria-label": interpolate(gettext("Download %s"), ["Keras"]) }, [icon("download"), gettext("Download")]);
    return row("keras", ".keras", gettext("The model itself: to train on, and for programs that use Keras."), [figure(gettext("Size"), bytes(this.#keras.size))], null, [download]);
  }

  #row(format, job) {
    const done = job?.file && job.comparison;
    return row(format.kind, format.title, format.purpose, done ? figures(job) : [], job && !done ? notes(job) : null, this.#actions(format, job), job && !done && job.status !== "completed" && statusPill(job));
  }

  #actions(format, job) {
    const name = format.title;
    if (job?.status === "queued" || job?.status === "running") {
      return [this.#mayTrain && button("cancel", gettext("Cancel"), name, format, () => act(this.#list, () => api.post(`${this.#address(job)}cancel/`)))];
    }
    if (job?.file) {
      return [
        h("a", { class: "btn btn-small", href: job.file, download: true, "data-key": `file-${format.kind}`, "aria-label": interpolate(gettext("Download %s"), [name]) }, [icon("download"), gettext("Download")]),
        this.#mayTrain && h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", "aria-label": interpolate(gettext("Delete %s"), [name]), "data-key": `delete-${format.kind}`, on: { click: () => this.#delete(format, job) } }, icon("trash-2")),
      ];
    }
    if (format.missing.length) return [h("span", { class: "hint download-missing" }, [gettext("Not installed on this server. To install it:"), " ", h("code", null, format.install)])];
    const make = () => act(this.#list, () => api.post(this.#list.address, { format: format.name, int8: format.int8 }));
    return [this.#mayTrain && button("make", job ? gettext("Try again") : gettext("Make"), name, format, make)];
  }

  #address(job) {
    return `${this.#list.address}${job.id}/`;
  }

  async #delete(format, job) {
    const sure = await confirmDialog({
      title: interpolate(gettext("Delete %s?"), [format.title]),
      text: gettext("The file is deleted. It can be made again as long as the model is there."),
      confirm: gettext("Delete"),
      danger: true,
    });
    if (sure) act(this.#list, () => api.delete(this.#address(job)));
  }
}

/**
 * One format.
 * @param {string} kind @param {string} title @param {string} purpose @param {any[]} shown figures
 * @param {any} more what is told besides @param {any[]} actions @param {any} [pill]
 */
function row(kind, title, purpose, shown, more, actions, pill) {
  return h("li", { class: "job card download", "data-row": kind }, [
    h("div", { class: "job-main" }, [h("div", { class: "row" }, [h("strong", null, title), pill]), h("span", { class: "hint" }, purpose), more]),
    h("dl", { class: "download-figures" }, shown),
    h("div", { class: "row job-actions" }, actions),
  ]);
}

function notes(job) {
  return [
    job.status === "queued" && h("p", { class: "hint" }, gettext("Waits for the worker: it comes after trainings and auto-labelling that were asked for before.")),
    job.error && h("p", { class: "field-error" }, job.error),
    progressBar(job, gettext("Making it")),
  ];
}

function figures({ comparison: told }) {
  const rates = ([model, made]) => interpolate(gettext("%(made)s images a second, %(model)s as .keras"), { made: number(Math.round(made)), model: number(Math.round(model)) }, true);
  const compared = interpolate(ngettext("compared on %s image", "compared on %s images", told.images), [number(told.images)]);
  return [
    figure(gettext("Size"), bytes(told.model_size)),
    figure(gettext("Largest difference"), differenceText(told.largest_difference), compared),
    figure(gettext("Decides alike"), percent(told.agreement, isExact(told) ? 0 : 1), compared, isExact(told) ? "" : "download-differs"),
    figure(gettext("Speed, one at a time"), timesAsFast(told.one_per_second), rates(told.one_per_second)),
    figure(gettext("Speed, in batches"), timesAsFast(told.batch_per_second), rates(told.batch_per_second)),
  ];
}

/** @param {string} name @param {string} text @param {string} [title] @param {string} [extra] class of the value */
function figure(name, text, title = "", extra = "") {
  return h("div", { title: title || null }, [h("dt", null, name), h("dd", { class: `number ${extra}`.trim() }, text)]);
}

function button(verb, label, name, format, press) {
  return h("button", { class: "btn btn-small", type: "button", "data-key": `${verb}-${format.kind}`, "aria-label": `${label}: ${name}`, on: { click: press } }, label);
}
