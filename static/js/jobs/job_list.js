import { api } from "../api/client.js";
import { $ } from "../lib/dom.js";
import { toast } from "../widgets/toast.js";

const UNFINISHED = new Set(["queued", "running"]);
const PERIOD_MS = 1000;
const HIDDEN_PERIOD_MS = 10000;

/** A list of jobs that asks the API again only while something in it is unfinished. */
export class JobList {
  #element;
  #url;
  #render;
  #empty;
  #timer;

  /**
   * @param {HTMLElement} element gets the rows
   * @param {string} url of the list
   * @param {(jobs: any[]) => Node} render
   */
  constructor(element, url, render) {
    this.#element = element;
    this.#url = `${url}?page_size=50`;
    this.#render = render;
    this.#empty = /** @type {HTMLTemplateElement|null} */ ($(":scope ~ template[data-empty]", element.parentElement) ?? $("template[data-empty]", element.parentElement));
    this.refresh();
  }

  async refresh() {
    clearTimeout(this.#timer);
    let jobs;
    try {
      jobs = (await api.get(this.#url)).results;
    } catch (error) {
      if (error.status === 0 || error.status >= 500) this.#wait(); // the connection may come back
      else toast(error.message, { kind: "error" });
      return;
    }
    this.#show(jobs);
    if (jobs.some((job) => UNFINISHED.has(job.status))) this.#wait();
  }

  #wait() {
    this.#timer = setTimeout(() => this.refresh(), document.hidden ? HIDDEN_PERIOD_MS : PERIOD_MS);
  }

  #show(jobs) {
    if (!jobs.length && this.#empty) {
      this.#element.replaceChildren(this.#empty.content.cloneNode(true));
      return;
    }
    const focused = focusKey(this.#element);
    this.#element.replaceChildren(this.#render(jobs));
    if (focused) $(`[data-key="${focused}"]`, this.#element)?.focus();
  }
}

/** The button that had the focus gets it back after the rows were drawn again. */
function focusKey(element) {
  return element.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.key : null;
}

/**
 * Do one thing with a job, then show the list anew.
 * @param {JobList} list
 * @param {() => Promise<any>} action
 */
export async function act(list, action) {
  try {
    await action();
  } catch (error) {
    toast(error.message, { kind: "error" });
  }
  list.refresh();
}
