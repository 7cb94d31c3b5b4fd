import { api } from "../api/client.js";
import { h } from "../lib/dom.js";
import { icon } from "../lib/icon.js";

const PERIOD_MS = 5000;
const START = "celery -A labelapp worker -Q train -c 1";

/** While a run waits: whether anybody will come for it, and how many are before it. */
export class RunQueue {
  #element;
  #store;
  #timer;
  #waiting = false;

  /** @param {HTMLElement} element @param {import("./run_store.js").RunStore} store */
  constructor(element, store) {
    this.#element = element;
    this.#store = store;
    store.observe(["run"], ({ run }) => this.#follow(run.status === "queued" || run.status === "lost"));
  }

  #follow(waiting) {
    if (waiting === this.#waiting) return;
    this.#waiting = waiting;
    this.#element.hidden = !waiting;
    clearTimeout(this.#timer);
    if (waiting) this.#ask();
  }

  async #ask() {
    const { run } = this.#store;
    try {
      const [workers, runs] = await Promise.all([api.get("/api/workers/"), api.get(`/api/projects/${run.project}/runs/?page_size=200`)]);
      if (!this.#waiting) return;
      const trainers = workers.results.filter((worker) => worker.alive && worker.queues.includes("train"));
      const before = runs.results.filter((each) => each.status === "queued" && each.id < run.id).length;
      const busy = runs.results.find((each) => ["preparing", "running", "stopping"].includes(each.status));
      this.#element.replaceChildren(trainers.length ? waits(this.#store.run, trainers, before, busy) : nobody());
    } catch {
      // The connection may come back: the next try tells.
    }
    if (this.#waiting) this.#timer = setTimeout(() => this.#ask(), PERIOD_MS);
  }
}

function waits(run, trainers, before, busy) {
  const alive = interpolate(ngettext("%s train worker is alive.", "%s train workers are alive.", trainers.length), [trainers.length]);
  const position = before
    ? interpolate(ngettext("%s queued run of this project is before it.", "%s queued runs of this project are before it.", before), [before])
    : gettext("It is the next of this project.");
  return panel("hourglass", "", gettext("Waiting for a worker"), [
    h("p", null, [alive, " ", position, busy && [" ", gettext("Now training:"), " ", h("a", { href: `/runs/${busy.id}/` }, busy.name)]]),
    run.message && h("p", { class: "muted" }, run.message),
  ]);
}

function nobody() {
  return panel("triangle-alert", "notice-warning", gettext("No train worker is alive"), [
    h("p", null, gettext("The run waits until one comes. “make run” starts one; to start another one by hand, on this or any other machine of the site:")),
    h("p", null, h("code", null, START)),
  ]);
}

function panel(picture, kind, title, content) {
  return h("section", { class: `notice run-queue ${kind}` }, [icon(picture), h("div", { class: "stack stack-tight" }, [h("h2", null, title), content])]);
}
