import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, on } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { toast } from "../widgets/toast.js";
import { Told } from "./told.js";

const BUSY_PERIOD_MS = 4000;
const PERIOD_MS = 20_000;

/** On every page of a project: how much long work goes on, and a notice when one's own has ended. */
class Notices {
  #url;
  #badge = $("[data-job-count]");
  #told;
  #timer;

  constructor(element) {
    this.#url = element.dataset.jobNotices;
    this.#told = new Told(sessionStorage, `jobs-told ${this.#url}`);
    on(document, "visibilitychange", () => document.hidden || this.#look());
    on(document, "job-started", () => this.#look());
    this.#look();
  }

  async #look() {
    clearTimeout(this.#timer);
    let jobs;
    try {
      jobs = (await api.get(`${this.#url}?page_size=30`)).results;
    } catch {
      this.#soon(PERIOD_MS); // the page itself says when there is no connection
      return;
    }
    const ongoing = jobs.filter((job) => job.ongoing).length;
    this.#badge.textContent = number(ongoing);
    this.#badge.hidden = !ongoing;
    this.#badge.title = interpolate(ngettext("%s goes on now", "%s go on now", ongoing), [number(ongoing)]);
    for (const job of this.#told.news(jobs.filter((each) => each.mine))) this.#tell(job);
    this.#soon(ongoing ? BUSY_PERIOD_MS : PERIOD_MS);
  }

  #soon(wait) {
    if (!document.hidden) this.#timer = setTimeout(() => this.#look(), wait);
  }

  #tell(job) {
    if (job.status === "cancelled" || location.pathname === job.address) return; // they did it, or see it
    const action = job.address ? { label: gettext("Show"), run: () => location.assign(job.address) } : undefined;
    if (job.status === "failed") toast(`${job.title}: ${job.error}`, { kind: "error", action });
    else toast(interpolate(gettext("Done: %s"), [job.title]), { kind: "success", action, seconds: 8 });
  }
}

attach("data-job-notices", (element) => new Notices(element));
