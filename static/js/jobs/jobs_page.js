import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, fill, h, on } from "../lib/dom.js";
import { redraw } from "../lib/redraw.js";
import { sureToCancel } from "../training/cancel_question.js";
import { Failure } from "../widgets/failure.js";
import { More } from "../widgets/more.js";
import { toast } from "../widgets/toast.js";
import { jobsChanged } from "./changed.js";
import { jobRow } from "./job_row.js";
import { ThumbnailsRow } from "./thumbnails_row.js";
import { unshownRow } from "./unshown_row.js";
import { WorkList } from "./work_list.js";

const PERIOD_MS = 1500;
const IDLE_PERIOD_MS = 10_000; // others may start something
const HIDDEN_PERIOD_MS = 30_000;
const NONE = { results: [], next: null, unprepared: 0, unshown: { count: 0, first: [], retry: null } };

/** All long work of the project: what goes on now, and what has ended. */
class JobsPage {
  #element;
  #filters;
  #more;
  #failure;
  #work = new WorkList();
  #thumbnails = new ThumbnailsRow();
  #asked = 0;
  #posting = new Set();
  #timer;

  constructor(element) {
    this.#element = element;
    this.#filters = $("[data-filters]", element);
    const query = new URLSearchParams(location.search);
    for (const name of ["kind", "state", "mine"]) this.#filters.elements[name].value = query.get(name) ?? "";
    on(this.#filters, "change", () => this.#changed());
    on(this.#filters, "submit", (event) => event.preventDefault());
    on(element, "click", "[data-clear]", () => {
      this.#filters.reset();
      this.#changed();
    });
    on(element, "click", "[data-verb]", (_event, button) => {
      const job = this.#work.find(button.closest("[data-row]").dataset.row);
      if (job) this.#do(button.dataset.verb, job);
    });
    on(element, "click", "[data-retry-thumbnails]", (_event, button) => this.#retryThumbnails(button.dataset.retryThumbnails));
    this.#failure = new Failure($("[data-ended]", element), () => this.#refresh());
    this.#more = new More($("[data-more] button", element), (page) => {
      this.#work.append(page.results);
      this.#drawEnded();
    });
    on(document, "visibilitychange", () => document.hidden || this.#refresh());
    this.#refresh();
  }

  get #chosen() {
    const chosen = new URLSearchParams();
    for (const [name, value] of new FormData(this.#filters)) if (value) chosen.set(name, String(value));
    return chosen;
  }

  #changed() {
    const chosen = this.#chosen;
    history.replaceState(null, "", chosen.size ? `?${chosen}` : location.pathname);
    this.#work.clear();
    this.#more.begin();
    $("[data-ended]", this.#element).setAttribute("aria-busy", "true"); // what is shown is not what is asked for
    this.#refresh();
  }

  async #refresh() {
    clearTimeout(this.#timer);
    const mine = (this.#asked += 1);
    try {
      const [ongoing, ended] = await this.#look();
      if (mine !== this.#asked) return; // other filters were chosen meanwhile
      this.#failure.clear();
      const whole = this.#work.look(ongoing.results, ended);
      if (whole && !this.#more.asking) this.#more.begin(ended.next);
      const unprepared = this.#chosen.size ? 0 : ongoing.unprepared;
      this.#draw(unprepared, this.#chosen.size ? NONE.unshown : ongoing.unshown);
      this.#soon(ongoing.results.length || unprepared ? PERIOD_MS : IDLE_PERIOD_MS);
    } catch (error) {
      if (mine !== this.#asked) return;
      this.#failure.show(error);
      if (error.passing) this.#soon(error.status === 429 ? IDLE_PERIOD_MS : PERIOD_MS);
    }
  }

  /** All that goes on, and the first page of what has ended; of both what the filters let through. */
  #look() {
    const chosen = this.#chosen;
    const state = chosen.get("state");
    const address = (of) => {
      chosen.set("state", of);
      return `${this.#element.dataset.jobsPage}?${chosen}`;
    };
    return Promise.all([
      state && state !== "ongoing" ? NONE : everything(address("ongoing")),
      state === "ongoing" ? NONE : api.get(address(state || "ended")),
    ]);
  }

  #soon(wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#refresh(), document.hidden ? HIDDEN_PERIOD_MS : wait);
  }

  #draw(unprepared, unshown) {
    const rows = [this.#thumbnails.draw(unprepared), unshownRow(unshown), ...this.#work.ongoing.map(jobRow)].filter(Boolean);
    $("[data-ongoing]", this.#element).hidden = !rows.length;
    redraw($("[data-ongoing] ul", this.#element), rows);
    this.#drawEnded();
  }

  #drawEnded() {
    const place = $("[data-ended]", this.#element);
    const ongoing = $("[data-ongoing] ul", this.#element).childElementCount;
    const rows = this.#work.ended.map(jobRow);
    place.removeAttribute("aria-busy");
    $("[data-ended-title]", this.#element).hidden = !ongoing || !rows.length;
    if (!rows.length) {
      const nothing = ongoing ? null : this.#nothing();
      if (!nothing || !place.firstElementChild?.isEqualNode(nothing)) fill(place, nothing);
      return;
    }
    if (!$(":scope > ul", place)) place.replaceChildren(h("ul", { class: "jobs" }));
    redraw($(":scope > ul", place), rows);
  }

  #nothing() {
    return $(this.#chosen.size ? "template[data-none]" : "template[data-empty]", this.#element).content.firstElementChild.cloneNode(true);
  }

  async #retryThumbnails(address) {
    try {
      await api.post(address);
    } catch (error) {
      toast(error.message, { kind: "error" });
    }
    this.#refresh();
  }

  /** @param {"stop"|"cancel"|"retry"|"undo"} verb @param {any} job */
  async #do(verb, job) {
    const address = job[verb];
    if (this.#posting.has(address)) return;
    if (verb === "cancel" && job.kind === "run" && !(await sureToCancel())) return;
    this.#posting.add(address);
    try {
      await (verb === "undo" ? api.delete(address) : api.post(address));
      if (verb === "retry") this.#work.drop(job);
      jobsChanged();
    } catch (error) {
      if (error.status === 404) this.#work.drop(job);
      toast(error.message, { kind: "error" });
    }
    this.#posting.delete(address);
    this.#refresh();
  }
}

/** All rows of a list at once. */
async function everything(address) {
  const whole = await api.get(`${address}&page_size=100`);
  for (let { next } = whole; next; ) {
    const page = await api.get(next);
    whole.results.push(...page.results);
    next = page.next;
  }
  return whole;
}

attach("data-jobs-page", (element) => new JobsPage(element));
