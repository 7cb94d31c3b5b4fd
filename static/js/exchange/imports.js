import { api } from "../api/client.js";
import { $, h } from "../lib/dom.js";
import { moment, number } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { confirmDialog } from "../widgets/dialog.js";
import { act, JobList } from "../jobs/job_list.js";
import { reportView } from "./report.js";
import { byWhom, progressBar, statusPill } from "../jobs/status.js";

/** The project's imports, newest first; the newest report is open. */
export class Imports {
  #list;
  #mayImport;
  #open = new Set();
  #wanted = Number(location.hash.match(/^#import-(\d+)$/)?.[1]); // whoever came here for the report of one
  #closed = new Set();

  constructor(element) {
    this.#mayImport = "mayImport" in element.dataset;
    if (this.#wanted) this.#open.add(this.#wanted);
    this.#list = new JobList(element, element.dataset.imports, (jobs) => this.#rows(jobs));
  }

  refresh() {
    this.#list.refresh();
  }

  #rows(jobs) {
    const rows = jobs.map((job, index) => this.#row(job, index === 0));
    const place = this.#wanted ? jobs.findIndex((job) => job.id === this.#wanted) : -1;
    if (place >= 0) requestAnimationFrame(() => $(`#import-${jobs[place].id}`)?.scrollIntoView({ block: "start" }));
    this.#wanted = 0;
    return rows;
  }

  #row(job, newest) {
    const found = "error_count" in job.report;
    return h("li", { class: "job job-import card", id: `import-${job.id}`, "data-row": job.id }, [
      h("div", { class: "job-main" }, [
        h("div", { class: "row" }, [h("strong", { class: "truncate", title: job.name }, job.name), this.#state(job)]),
        byWhom(job),
        job.error && h("p", { class: "field-error" }, job.error),
        progressBar(job, job.name),
      ]),
      h("div", { class: "row job-actions" }, this.#mayImport && this.#actions(job)),
      found && this.#report(job, newest),
    ]);
  }

  #state(job) {
    if (job.status !== "completed") return statusPill(job);
    if (job.applied_at) return h("span", { class: "pill pill-success", title: moment(job.applied_at) }, job.report.error_count ? interpolate(ngettext("Applied but for %s error", "Applied but for %s errors", job.report.error_count), [number(job.report.error_count)]) : gettext("Applied"));
    if (job.report.error_count) return h("span", { class: "pill pill-danger" }, gettext("Has errors: nothing changed"));
    if (!job.report.images_changed) return h("span", { class: "pill" }, gettext("Nothing would change"));
    return h("span", { class: "pill pill-info" }, gettext("Dry run: nothing changed yet"));
  }

  #report(job, newest) {
    const open = this.#open.has(job.id) || (newest && !this.#closed.has(job.id));
    const details = h("details", { class: "job-report", open, on: { toggle: () => this.#remember(job.id, details) } }, [
      h("summary", { "data-key": `report-${job.id}` }, gettext("Report")),
      reportView(job),
    ]);
    return details;
  }

  #remember(id, details) {
    (details.open ? this.#open : this.#closed).add(id);
    (details.open ? this.#closed : this.#open).delete(id);
  }

  #actions(job) {
    const post = (verb, body = undefined) => act(this.#list, () => api.post(`/api/imports/${job.id}/${verb}/`, body));
    const button = (verb, label, kind = "") => h("button", { class: `btn btn-small ${kind}`, type: "button", "data-key": `${verb}-${job.id}`, on: { click: () => post(verb) } }, label);
    if (job.status === "queued" || job.status === "running") return button("cancel", gettext("Cancel"));
    return [
      job.applicable && job.report.images_changed > 0 && button("apply", gettext("Apply"), "btn-primary"),
      job.partly_applicable && h("button", { class: "btn btn-small", type: "button", "data-key": `rest-${job.id}`, on: { click: () => this.#applyRest(job, post) } }, gettext("Apply the rest…")),
      job.status !== "completed" && button("retry", gettext("Try again")),
      job.status === "completed" && job.dry_run && !job.applied_at && button("retry", gettext("Dry run again")),
      h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", "aria-label": interpolate(gettext("Delete %s"), [job.name]), "data-key": `delete-${job.id}`, on: { click: () => this.#delete(job) } }, icon("trash-2")),
    ];
  }

  async #applyRest(job, post) {
    const { error_count: count, annotations, images_changed: images } = job.report;
    const left = interpolate(ngettext("What has the %s error is left out; the report stays here.", "What has the %s errors is left out; the report stays here.", count), [number(count)]);
    const rest = interpolate(gettext("%(added)s annotations are added and %(updated)s updated, on %(images)s images."), { added: number(annotations.added), updated: number(annotations.updated), images: number(images) }, true);
    const sure = await confirmDialog({
      title: interpolate(gettext("Apply the rest of “%s”?"), [job.name]),
      text: `${left} ${rest}`,
      confirm: gettext("Apply the rest"),
    });
    if (sure) post("apply", { leave_out_errors: true });
  }

  async #delete(job) {
    const sure = await confirmDialog({
      title: gettext("Delete this import from the list?"),
      text: gettext("The file and its report are deleted. Labels stay as they are."),
      confirm: gettext("Delete"),
      danger: true,
    });
    if (sure) act(this.#list, () => api.delete(`/api/imports/${job.id}/`));
  }
}
