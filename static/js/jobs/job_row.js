import { h } from "../lib/dom.js";
import { duration, moment, relative, roughly } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { progressBar, statusPill } from "./status.js";
import { keyOf } from "./work_list.js";

const ICONS = {
  version: () => icon("snowflake"),
  export: () => icon("download"),
  import: () => icon("file-up"),
  classchange: () => icon("shapes"),
  upload: () => icon("image-up"),
  archive: () => icon("file-archive"),
  deletion: () => icon("trash-2"),
  labelling: () => icon("tag"),
  detection: () => icon("scan-eye"),
  prediction: () => icon("wand-sparkles"),
  modelexport: () => icon("package"),
  run: () => icon("chart-spline"),
  trial: () => icon("flask-conical"),
};

/** One piece of long work; its buttons name with `data-verb` what can be done about it. */
export function jobRow(job) {
  const key = keyOf(job);
  const button = (verb, label, title) => job[verb] && h("button", { class: "btn btn-small", type: "button", title, dataset: { verb, key: `${verb}-${key}` }, "aria-label": `${label}: ${job.title}` }, label);
  return h("li", { class: "job card", dataset: { row: key } }, [
    h("div", { class: "job-main" }, [
      h("div", { class: "row job-title" }, [
        h("span", { class: "job-icon", "aria-hidden": "true" }, (ICONS[job.kind] ?? (() => icon("cog")))()),
        job.address ? h("a", { class: "job-name", href: job.address, title: job.title, "data-key": `link-${key}` }, job.title) : h("strong", { class: "job-name", title: job.title }, job.title),
        statusPill(job),
      ]),
      h("p", { class: "hint" }, [job.created_by, " · ", when(job), took(job), job.summary && ` · ${job.summary}`]),
      job.error && h("p", { class: "field-error" }, job.error),
      progressBar(job, job.title),
    ]),
    h("div", { class: "row job-actions" }, [
      button("stop", gettext("Stop"), gettext("End early and keep the best weights so far")),
      button("cancel", gettext("Cancel")),
      button("retry", gettext("Try again")),
      button("undo", gettext("Undo"), gettext("Take back what it has done, where nobody has changed it since")),
    ]),
  ]);
}

/** When it ended, by which the list is ordered, or was asked for; exact times as a tooltip. */
function when(job) {
  const asked = moment(job.created_at);
  if (!job.finished_at) return h("time", { datetime: job.created_at, title: asked }, relative(job.created_at));
  const title = interpolate(gettext("Asked for %s, ended %s"), [asked, moment(job.finished_at)]);
  return h("time", { datetime: job.finished_at, title }, interpolate(gettext("ended %s"), [relative(job.finished_at)]));
}

/** How long it took, or has been waiting or working. */
function took(job) {
  const end = job.finished_at ? new Date(job.finished_at) : new Date();
  const seconds = (end.getTime() - new Date(job.started_at ?? job.created_at).getTime()) / 1000;
  if (!job.started_at && job.finished_at) return "";
  if (!job.started_at) return ` · ${interpolate(gettext("waiting for %s"), [roughly(seconds)])}`;
  if (!job.finished_at && job.remark) return ""; // it is at nothing just now
  if (!job.finished_at) return ` · ${interpolate(gettext("at it for %s"), [roughly(seconds)])}`;
  return ` · ${interpolate(gettext("took %s"), [duration(Math.max(seconds, 0))])}`;
}
