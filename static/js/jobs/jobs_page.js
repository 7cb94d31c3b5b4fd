import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, h, on } from "../lib/dom.js";
import { duration, number } from "../lib/format.js";
import { toast } from "../widgets/toast.js";
import { jobRow } from "./job_row.js";

const PERIOD_MS = 1500;
const IDLE_PERIOD_MS = 10_000; // others may start something
const HIDDEN_PERIOD_MS = 30_000;

/** All long work of the project: what goes on now, and what has ended. */
class JobsPage {
  #element;
  #filters;
  #ended = [];
  #next = null;
  #timer;
  #asked = 0;
  #thumbnails = { most: 0, since: 0 };

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
    on($("[data-more] button", element), "click", () => this.#more());
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
    this.#ended = [];
    this.#refresh();
  }

  async #refresh() {
    clearTimeout(this.#timer);
    const mine = (this.#asked += 1);
    let page;
    try {
      page = await api.get(`${this.#element.dataset.jobsPage}?${this.#chosen}`);
    } catch (error) {
      if (error.status && error.status < 500) toast(error.message, { kind: "error" });
      else this.#soon(PERIOD_MS); // the connection may come back
      return;
    }
    if (mine !== this.#asked) return; // other filters were chosen meanwhile
    const fresh = page.results.filter((job) => !job.ongoing);
    const oldest = page.results.at(-1)?.created_at ?? "";
    const older = this.#ended.filter((job) => job.created_at < oldest);
    if (!older.length) this.#next = page.next;
    this.#ended = [...fresh, ...older];
    const ongoing = page.results.filter((job) => job.ongoing);
    this.#draw(ongoing, page.unprepared);
    this.#soon(ongoing.length || page.unprepared ? PERIOD_MS : IDLE_PERIOD_MS);
  }

  #soon(wait) {
    this.#timer = setTimeout(() => this.#refresh(), document.hidden ? HIDDEN_PERIOD_MS : wait);
  }

  async #more() {
    try {
      const page = await api.get(this.#next);
      this.#ended.push(...page.results);
      this.#next = page.next;
      this.#drawEnded();
    } catch (error) {
      toast(error.message, { kind: "error" });
    }
  }

  #draw(ongoing, unprepared) {
    const focused = /** @type {HTMLElement|null} */ (document.activeElement)?.dataset.key;
    const rows = [this.#thumbnailsRow(unprepared), ...ongoing.map((job) => this.#row(job))].filter(Boolean);
    $("[data-ongoing]", this.#element).hidden = !rows.length;
    $("[data-ongoing] ul", this.#element).replaceChildren(...rows);
    this.#drawEnded(rows.length);
    if (focused) $(`[data-key="${CSS.escape(focused)}"]`, this.#element)?.focus({ preventScroll: true });
  }

  #drawEnded(ongoing = $("[data-ongoing] ul", this.#element).childElementCount) {
    const place = $("[data-ended]", this.#element);
    place.removeAttribute("aria-busy");
    $("[data-ended-title]", this.#element).hidden = !ongoing || !this.#ended.length;
    $("[data-more]", this.#element).hidden = !this.#next;
    if (this.#ended.length) place.replaceChildren(h("ul", { class: "jobs" }, this.#ended.map((job) => this.#row(job))));
    else if (ongoing) place.replaceChildren();
    else place.replaceChildren($(this.#chosen.size ? "template[data-none]" : "template[data-empty]", this.#element).content.cloneNode(true));
  }

  #row(job) {
    return jobRow(job, async (address) => {
      try {
        await api.post(address);
      } catch (error) {
        toast(error.message, { kind: "error" });
      }
      this.#refresh();
    });
  }

  /** Thumbnails have no row of their own: how many wait is all that is known. */
  #thumbnailsRow(count) {
    const seen = this.#thumbnails;
    if (!count || this.#chosen.size) {
      this.#thumbnails = { most: 0, since: 0 };
      return null;
    }
    if (count > seen.most) Object.assign(seen, { most: count, since: performance.now() });
    const done = seen.most - count;
    const left = done ? ((performance.now() - seen.since) / 1000 / done) * count : 0;
    const waiting = interpolate(ngettext("%s image waits", "%s images wait", count), [number(count)]);
    return h("li", { class: "job card" }, h("div", { class: "job-main" }, [
      h("div", { class: "row job-title" }, [h("strong", null, gettext("Making thumbnails")), h("span", { class: "pill pill-running" }, gettext("Running"))]),
      h("p", { class: "hint" }, [waiting, left ? ` · ${interpolate(gettext("%s left"), [duration(left)])}` : ""]),
      h("progress", { class: "progress", max: seen.most, value: done, "aria-label": gettext("Making thumbnails") }),
    ]));
  }
}

attach("data-jobs-page", (element) => new JobsPage(element));
