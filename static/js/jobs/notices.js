import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, on } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { toast } from "../widgets/toast.js";
import { noticeOf } from "./notice.js";
import { Told } from "./told.js";

const BUSY_PERIOD_MS = 4000;
const PERIOD_MS = 20_000;

/** On every page of a project: how much long work goes on, and a notice when one's own has ended. */
class Notices {
  #url;
  #badge = $("[data-job-count]");
  #told;
  #asked = 0;
  #timer;

  constructor(element) {
    this.#url = element.dataset.jobNotices;
    this.#told = new Told(sessionStorage, `jobs-told ${this.#url}`);
    on(document, "visibilitychange", () => document.hidden || this.#look());
    on(document, "jobs-changed", () => this.#look());
    this.#look();
  }

  async #look() {
    clearTimeout(this.#timer);
    const mine = (this.#asked += 1);
    let page = null;
    try {
      page = await api.get(`${this.#url}?state=ended&mine=true&page_size=30`);
    } catch {
      // The page itself says when there is no connection.
    }
    if (mine !== this.#asked) return;
    if (page) this.#show(page);
    this.#soon(page?.ongoing ? BUSY_PERIOD_MS : PERIOD_MS);
  }

  #show({ results, ongoing }) {
    this.#badge.textContent = number(ongoing);
    this.#badge.hidden = !ongoing;
    this.#badge.title = interpolate(ngettext("%s goes on now", "%s go on now", ongoing), [number(ongoing)]);
    for (const job of this.#told.news(results)) this.#tell(job);
  }

  #soon(wait) {
    clearTimeout(this.#timer);
    if (!document.hidden) this.#timer = setTimeout(() => this.#look(), wait);
  }

  #tell(job) {
    if (job.status === "cancelled" || seen(job)) return; // they did it, or see it
    const action = job.address ? { label: gettext("Show"), run: () => location.assign(job.address) } : undefined;
    const { kind, text } = noticeOf(job);
    toast(text, kind === "error" ? { kind, action } : { kind, action, seconds: 8 });
  }
}

/** The page that is open shows it by itself. */
const seen = (job) => location.pathname === job.address.split("#")[0] || $(`[data-shows~="${job.kind}"]`) !== null;

attach("data-job-notices", (element) => new Notices(element));
