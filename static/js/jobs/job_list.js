import { api } from "../api/client.js";
import { $, h } from "../lib/dom.js";
import { redraw } from "../lib/redraw.js";
import { Failure } from "../widgets/failure.js";
import { toast } from "../widgets/toast.js";
import { jobsChanged } from "./changed.js";
import { isUnfinished } from "./unfinished.js";

const PERIOD_MS = 1000;
const HIDDEN_PERIOD_MS = 10000;

/** A list of jobs that asks the API again only while something in it is unfinished. */
export class JobList {
  #element;
  #url;
  #rows;
  #empty;
  #failure;
  #asked = 0;
  #timer;

  /**
   * @param {HTMLElement} element gets the rows, in a list of its own unless it is one
   * @param {string} url of the list
   * @param {(jobs: any[]) => HTMLElement[]} rows each known by its `data-row`
   */
  constructor(element, url, rows) {
    this.#element = element;
    this.#url = `${url}?page_size=50`;
    this.#rows = rows;
    this.#empty = /** @type {HTMLTemplateElement|null} */ ($(":scope ~ template[data-empty]", element.parentElement) ?? $("template[data-empty]", element.parentElement));
    this.#failure = new Failure(element, () => this.refresh());
    this.refresh();
  }

  /** Of the list, without a query. */
  get address() {
    return this.#url.split("?")[0];
  }

  async refresh() {
    clearTimeout(this.#timer);
    const mine = (this.#asked += 1);
    try {
      const jobs = (await api.get(this.#url)).results;
      if (mine !== this.#asked) return;
      this.#failure.clear();
      this.#show(jobs);
      if (jobs.some(isUnfinished)) this.#wait();
    } catch (error) {
      if (mine !== this.#asked) return;
      this.#failure.show(error);
      if (error.passing) this.#wait(error.status === 429 ? HIDDEN_PERIOD_MS : PERIOD_MS);
    }
  }

  #wait(period = PERIOD_MS) {
    this.#timer = setTimeout(() => this.refresh(), document.hidden ? HIDDEN_PERIOD_MS : period);
  }

  #show(jobs) {
    const rows = this.#rows(jobs);
    const bare = this.#element.matches("ol, ul");
    if (!rows.length && this.#empty) return this.#element.replaceChildren(this.#empty.content.cloneNode(true));
    if (!bare && !$(":scope > ul", this.#element)) this.#element.replaceChildren(h("ul", { class: "jobs" }));
    redraw(bare ? this.#element : $(":scope > ul", this.#element), rows);
  }
}

/**
 * Do one thing with a job, then show the list anew.
 * @param {JobList} list
 * @param {() => Promise<any>} action
 */
export async function act(list, action) {
  try {
    await action();
    jobsChanged();
  } catch (error) {
    toast(error.message, { kind: "error" });
  }
  list.refresh();
}
