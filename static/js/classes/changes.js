import { api } from "../api/client.js";
import { $, h } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { jobsChanged } from "../jobs/changed.js";
import { act, JobList } from "../jobs/job_list.js";
import { byWhom, progressBar, statusPill } from "../jobs/status.js";
import { isUnfinished } from "../jobs/unfinished.js";
import { toast } from "../widgets/toast.js";

/** What was done to the classes, newest first, each with its undo; also tells when the page's own has ended. */
export class Changes {
  #list;
  #mayManage;
  #seen = new Map(); // id -> status, to notice what has ended
  #newest = Infinity;
  #awaited = false;
  #onEnded;
  #onGoing;

  /**
   * @param {HTMLElement} element
   * @param {{project: number, mayManage: boolean}} options
   * @param {{ended: () => void, going: (ids: Set<number>) => void}} observers ended: classes may be other ones now
   */
  constructor(element, { project, mayManage }, { ended, going }) {
    this.#mayManage = mayManage;
    this.#onEnded = ended;
    this.#onGoing = going;
    this.#list = new JobList($("ol", element), `/api/projects/${project}/class-changes/`, (changes) => this.#render(element, changes));
  }

  /** Something was done on this page: tell it once it has ended, with the way back. */
  told() {
    this.#awaited = true;
    jobsChanged();
    return this.#list.refresh();
  }

  #render(element, changes) {
    element.hidden = !changes.length;
    this.#notice(changes);
    return changes.map((change) => this.#row(change));
  }

  #notice(changes) {
    const going = changes.filter((each) => isUnfinished(each) && ["merged", "deleted"].includes(each.verb));
    this.#onGoing(new Set(going.map((each) => each.subject)));
    // Also what began and ended between two looks.
    const ended = this.#newest !== Infinity && changes.some((each) => !isUnfinished(each) && this.#seen.get(each.id) !== each.status);
    const newest = changes[0];
    if (ended) this.#onEnded();
    const fresh = newest && newest.id > this.#newest;
    if (this.#awaited && fresh && !isUnfinished(newest)) this.#tell(newest);
    // Nothing newer: what was asked for changed nothing.
    if (!fresh || !isUnfinished(newest)) this.#awaited = false;
    if (!this.#awaited || this.#newest === Infinity) this.#newest = newest?.id ?? 0;
    this.#seen = new Map(changes.map((each) => [each.id, each.status]));
  }

  #tell(change) {
    const action = change.undoable ? { label: gettext("Undo"), run: () => this.#undo(change) } : undefined;
    if (change.status === "failed") toast(`${change.title}: ${change.error}`, { kind: "error" });
    else if (change.notes.length) toast(`${change.title}. ${change.notes.join(" ")}`, { action, seconds: 20 });
    else toast(interpolate(gettext("Done: %s"), [change.title]), { kind: "success", action, seconds: 8 });
  }

  #row(change) {
    const { id, title, status, notes } = change;
    const button = (label, name, run) => h("button", { class: "btn btn-small", type: "button", "data-key": `${label}-${id}`, "aria-label": `${label}: ${title}`, on: { click: run } }, [icon(name), label]);
    const post = (verb) => () => act(this.#list, () => api.post(`/api/class-changes/${id}/${verb}/`));
    return h("li", { class: `job card class-change ${change.undone ? "class-change-undone" : ""}`, dataset: { change: id, row: id } }, [
      h("div", { class: "job-main" }, [
        h("div", { class: "row job-title" }, [
          h("span", { class: "class-change-title" }, title),
          status !== "completed" && statusPill(change),
          change.undone && h("span", { class: "pill pill-plain" }, gettext("Undone")),
        ]),
        h("p", { class: "hint" }, [byWhom(change), counted(change)]),
        notes.map((note) => h("p", { class: "small class-change-note" }, note)),
        change.error && h("p", { class: "field-error" }, change.error),
        progressBar(change, title),
      ]),
      this.#mayManage && h("div", { class: "row job-actions" }, [
        isUnfinished(change) && button(gettext("Cancel"), "x", post("cancel")),
        ["failed", "cancelled"].includes(status) && !change.undone && button(gettext("Try again"), "rotate-cw", post("retry")),
        change.undoable && button(gettext("Undo"), "undo-2", () => this.#undo(change)),
      ]),
    ]);
  }

  async #undo({ id }) {
    try {
      const undone = await api.post(`/api/class-changes/${id}/undo/`);
      this.told();
      if (!isUnfinished(undone)) this.#onEnded();
    } catch (error) {
      toast(error.message, { kind: "error" });
      this.#list.refresh();
    }
  }
}

function counted({ counts }) {
  if (!counts?.annotations) return "";
  return ` · ${interpolate(ngettext("%s annotation", "%s annotations", counts.annotations), [counts.annotations])}`;
}
