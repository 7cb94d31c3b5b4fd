import { api } from "../api/client.js";
import { h } from "../lib/dom.js";
import { bytes, number, relative } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { confirmDialog } from "../widgets/dialog.js";
import { act, JobList } from "../jobs/job_list.js";
import { byWhom, progressBar, statusPill } from "../jobs/status.js";

/** The project's exports, newest first. */
export class Exports {
  #list;

  constructor(element) {
    this.#list = new JobList(element, element.dataset.exports, (jobs) => jobs.map((job) => this.#row(job)));
  }

  refresh() {
    this.#list.refresh();
  }

  #row(job) {
    return h("li", { class: "job card", "data-row": job.id }, [
      h("div", { class: "job-main" }, [
        h("div", { class: "row" }, [h("strong", { class: "truncate", title: job.file_name }, job.file_name), job.status !== "completed" && statusPill(job)]),
        byWhom(job),
        job.error && h("p", { class: "field-error" }, job.error),
        progressBar(job, job.file_name),
        job.file && this.#size(job),
      ]),
      h("div", { class: "row job-actions" }, this.#actions(job)),
    ]);
  }

  #size(job) {
    const rows = interpolate(ngettext("%s row", "%s rows", job.rows), [number(job.rows)]);
    const expiry = interpolate(gettext("this link expires %s"), [relative(job.file_expires_at)]);
    return h("span", { class: "hint" }, `${rows} · ${bytes(job.size_bytes)} · ${expiry}`);
  }

  #actions(job) {
    const post = (verb) => act(this.#list, () => api.post(`/api/exports/${job.id}/${verb}/`));
    const button = (verb, label) => h("button", { class: "btn btn-small", type: "button", "data-key": `${verb}-${job.id}`, on: { click: () => post(verb) } }, label);
    if (job.status === "queued" || job.status === "running") return [button("cancel", gettext("Cancel"))];
    return [
      job.file && h("a", { class: "btn btn-small", href: job.file, download: job.file_name, "data-key": `file-${job.id}` }, [icon("download"), gettext("Download")]),
      !job.file && button("retry", gettext("Try again")),
      h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", "aria-label": interpolate(gettext("Delete %s"), [job.file_name]), "data-key": `delete-${job.id}`, on: { click: () => this.#delete(job) } }, icon("trash-2")),
    ];
  }

  async #delete(job) {
    const sure = await confirmDialog({
      title: gettext("Delete this export?"),
      text: gettext("The file is deleted. The labels stay as they are; you can export them again."),
      confirm: gettext("Delete"),
      danger: true,
    });
    if (sure) act(this.#list, () => api.delete(`/api/exports/${job.id}/`));
  }
}
