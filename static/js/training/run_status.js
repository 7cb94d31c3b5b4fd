import { h } from "../lib/dom.js";
import { moment, percent, relative, roughly } from "../lib/format.js";

const NAMES = {
  queued: () => gettext("Queued"),
  preparing: () => gettext("Preparing"),
  running: () => gettext("Running"),
  stopping: () => gettext("Stopping"),
  completed: () => gettext("Completed"),
  stopped: () => gettext("Stopped"),
  cancelled: () => gettext("Cancelled"),
  failed: () => gettext("Failed"),
  lost: () => gettext("Lost"),
};
const UNFINISHED = new Set(["queued", "preparing", "running", "stopping", "lost"]);

/** Whether something may still happen to a run. */
export const unfinished = (run) => UNFINISHED.has(run.status);

export const statusName = (status) => NAMES[status]?.() ?? status;

export const statusPill = (run) => h("span", { class: `pill pill-${run.status}` }, statusName(run.status));

/** "5 s left", or nothing while nothing can be said. */
export function timeLeft(run) {
  return !run.seconds_left ? "" : interpolate(gettext("%s left"), [roughly(run.seconds_left)]);
}

/** A bar with the epochs done and the time left while a run is unfinished; nothing otherwise. */
export function progressBar(run) {
  if (!unfinished(run) || run.status === "queued") return null;
  const epochs = interpolate(gettext("epoch %s of %s"), [run.epoch, run.epochs || "–"]);
  return h("div", { class: "run-progress" }, [
    h("progress", { class: "progress", max: 1, value: run.progress, "aria-label": interpolate(gettext("Progress of %s"), [run.name]) }),
    h("span", { class: "hint number" }, [epochs, timeLeft(run) && ` · ${timeLeft(run)}`]),
  ]);
}

/** Seconds from the start to the end, or to now; null before the start. */
export function secondsTaken(run, now = Date.now()) {
  if (!run.started_at) return null;
  const end = run.finished_at ? Date.parse(run.finished_at) : now;
  return Math.max(0, (end - Date.parse(run.started_at)) / 1000);
}

/** When it was, with the exact time as a tooltip. */
export const ago = (when) => h("time", { datetime: when, title: moment(when) }, relative(when));

/** A share such as an accuracy, or a dash. */
export const share = (value) => (value == null ? "–" : percent(value, 1));
