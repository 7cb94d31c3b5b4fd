import { h } from "../lib/dom.js";
import { duration } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { byWhom, progressBar, statusPill } from "./status.js";
import { keyOf } from "./work_list.js";

const ICONS = {
  version: () => icon("snowflake"),
  export: () => icon("download"),
  import: () => icon("file-up"),
  classchange: () => icon("shapes"),
  archive: () => icon("upload"),
  deletion: () => icon("trash-2"),
  labelling: () => icon("tag"),
  prediction: () => icon("wand-sparkles"),
  run: () => icon("chart-spline"),
};

/** One piece of long work; its buttons name with `data-verb` what can be done about it. */
export function jobRow(job) {
  const key = keyOf(job);
  const button = (verb, label, title) => job[verb] && h("button", { class: "btn btn-small", type: "button", title, dataset: { verb, key: `${verb}-${key}` }, "aria-label": `${label}: ${job.title}` }, label);
  return h("li", { class: "job card", dataset: { row: key } }, [
    h("div", { class: "job-main" }, [
      h("div", { class: "row job-title" }, [
        h("span", { class: "job-icon", "aria-hidden": "true" }, (ICONS[job.kind] ?? (() => icon("cog")))()),
        job.address ? h("a", { class: "truncate", href: job.address, title: job.title, "data-key": `link-${key}` }, job.title) : h("strong", { class: "truncate", title: job.title }, job.title),
        statusPill(job),
      ]),
      h("p", { class: "hint" }, [byWhom(job), took(job)]),
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

/** How long it took, or has been waiting or working. */
function took(job) {
  const end = job.finished_at ? new Date(job.finished_at) : new Date();
  const seconds = (end.getTime() - new Date(job.started_at ?? job.created_at).getTime()) / 1000;
  if (!job.started_at && job.finished_at) return "";
  if (!job.started_at) return ` · ${interpolate(gettext("waiting for %s"), [duration(seconds)])}`;
  return ` · ${interpolate(job.finished_at ? gettext("took %s") : gettext("at it for %s"), [duration(Math.max(seconds, 0))])}`;
}
