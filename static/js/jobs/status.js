import { h } from "../lib/dom.js";
import { moment, percent, relative, roughly } from "../lib/format.js";

const NAMES = {
  queued: () => gettext("Queued"),
  preparing: () => gettext("Preparing"),
  running: () => gettext("Running"),
  stopping: () => gettext("Stopping"),
  completed: () => gettext("Completed"),
  stopped: () => gettext("Stopped"),
  failed: () => gettext("Failed"),
  cancelled: () => gettext("Cancelled"),
  lost: () => gettext("Lost"),
};
const AT_WORK = new Set(["preparing", "running", "stopping"]);

/** Its remark, where it has one, says more than its status. */
export function statusPill(job) {
  if (job.remark) return h("span", { class: `pill pill-${job.remark.tone}` }, job.remark.text);
  return h("span", { class: `pill pill-${job.status}` }, NAMES[job.status]?.() ?? job.status);
}

/** A bar with per cent and time left while the job runs; nothing otherwise. */
export function progressBar(job, label) {
  if (!AT_WORK.has(job.status)) return null;
  const left = job.seconds_left == null ? "" : interpolate(gettext("%s left"), [roughly(job.seconds_left)]);
  return h("div", { class: "job-progress" }, [
    h("progress", { class: "progress", max: 1, value: job.progress, "aria-label": label }),
    h("span", { class: "hint number" }, [percent(job.progress), left && ` · ${left}`]),
  ]);
}

/** Who and when, with the exact time as a tooltip. */
export function byWhom(job) {
  return h("span", { class: "hint" }, [
    job.created_by,
    " · ",
    h("time", { datetime: job.created_at, title: moment(job.created_at) }, relative(job.created_at)),
  ]);
}
