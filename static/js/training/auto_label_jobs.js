import { api } from "../api/client.js";
import { act, JobList } from "../jobs/job_list.js";
import { byWhom, progressBar, statusPill } from "../jobs/status.js";
import { h } from "../lib/dom.js";
import { number, percent } from "../lib/format.js";
import { icon } from "../lib/icon.js";

/** What the model has labelled and is labelling: progress, outcome, and the way to the review. */
export class AutoLabelJobs {
  #list;
  #model;
  #project;

  /** @param {HTMLElement} element @param {number} model @param {string} project */
  constructor(element, model, project) {
    this.#model = model;
    this.#project = project;
    this.#list = new JobList(element, element.dataset.jobs, (jobs) => this.#rows(jobs));
  }

  refresh() {
    this.#list.refresh();
  }

  #rows(jobs) {
    return jobs.filter((job) => job.model === this.#model).map((job) => this.#row(job));
  }

  #row(job) {
    return h("li", { class: "job card", "data-row": job.id }, [
      h("div", { class: "job-main" }, [
        h("div", { class: "row" }, [h("strong", null, title(job)), job.status !== "completed" && statusPill(job)]),
        byWhom(job),
        job.status === "queued" && h("p", { class: "hint" }, gettext("Waits for the worker: trainings and auto-labelling take turns.")),
        job.status === "running" && !job.progress && h("p", { class: "hint" }, gettext("Loading the model…")),
        job.error && h("p", { class: "field-error" }, job.error),
        progressBar(job, gettext("Auto-labelling")),
        h("span", { class: "hint" }, details(job)),
      ]),
      h("div", { class: "row job-actions" }, this.#actions(job)),
    ]);
  }

  #actions(job) {
    const post = (verb) => act(this.#list, () => api.post(`/api/predictions/${job.id}/${verb}/`));
    const button = (verb, label) => h("button", { class: "btn btn-small", type: "button", "data-key": `${verb}-${job.id}`, on: { click: () => post(verb) } }, label);
    if (job.status === "queued" || job.status === "running") return button("cancel", gettext("Cancel"));
    if (job.status !== "completed") return button("retry", gettext("Try again"));
    if (!job.counts.suggestions) return null;
    return h("a", { class: "btn btn-small btn-primary", href: `/projects/${this.#project}/label/?order=uncertainty&suggested=1`, "data-key": `review-${job.id}` }, [icon("list-checks"), gettext("Review suggestions")]);
  }
}

function title({ counts }) {
  const made = counts.suggestions ?? 0;
  const seen = counts.images ?? 0;
  const suggestions = interpolate(ngettext("%s suggestion", "%s suggestions", made), [number(made)]);
  return interpolate(ngettext("%(suggestions)s on %(images)s image", "%(suggestions)s on %(images)s images", seen), { suggestions, images: number(seen) }, true);
}

function details({ counts, threshold }) {
  const parts = [];
  if (threshold) parts.push(interpolate(gettext("from a score of %s"), [percent(threshold)]));
  if (counts.failed) parts.push(interpolate(ngettext("%s image could not be read", "%s images could not be read", counts.failed), [number(counts.failed)]));
  return parts.join(" · ");
}
