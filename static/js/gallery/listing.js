import { api } from "../api/client.js";

const PAGE = 400;

/** The images of one query, fetched page by page as somebody gets near them. Tells "change" and "failure". */
export class Listing extends EventTarget {
  #url;
  #next = null;
  #wanted = 0;
  #loading = null;
  #abort = new AbortController();

  /** @param {string} url of the list in the API */
  constructor(url) {
    super();
    this.#url = url;
    /** @type {any[]} */
    this.images = [];
    this.total = null; // null until the counts say
    this.error = null;
    this.complete = false;
  }

  /** Forget everything and begin with another query. @param {URLSearchParams} params */
  reset(params) {
    this.#abort.abort();
    this.#abort = new AbortController();
    const query = new URLSearchParams(params);
    if (!query.has("ordering")) query.set("ordering", "-id");
    query.set("page_size", String(PAGE));
    this.#next = `${this.#url}?${query}`;
    this.#loading = null;
    this.#wanted = 0;
    this.images = [];
    this.total = null;
    this.error = null;
    this.complete = false;
    this.need(PAGE);
  }

  /** How many places to show: those known to exist, or those loaded. */
  get length() {
    return this.complete ? this.images.length : Math.max(this.total ?? 0, this.images.length);
  }

  /** Have at least so many images, as far as there are. */
  need(count) {
    this.#wanted = Math.max(this.#wanted, count);
    if (!this.#loading && !this.error) this.#loading = this.#load(this.#abort.signal);
    return this.#loading;
  }

  retry() {
    this.error = null;
    return this.need(this.#wanted);
  }

  /** Take images out of the list. @param {Set<number>} ids */
  remove(ids) {
    const before = this.images.length;
    this.images = this.images.filter((image) => !ids.has(image.id));
    if (this.total !== null) this.total -= before - this.images.length;
    this.#tell("change");
  }

  /** @param {Set<number>} ids @param {(image: any) => void} change */
  update(ids, change) {
    for (const image of this.images) if (ids.has(image.id)) change(image);
    this.#tell("change");
  }

  async #load(signal) {
    try {
      while (this.#next && this.images.length < this.#wanted) {
        const page = await api.get(this.#next, { signal });
        this.images.push(...page.results);
        this.#next = page.next;
        this.complete = !page.next;
        this.#tell("change");
      }
    } catch (error) {
      if (error.name === "AbortError") return;
      this.error = error;
      this.#tell("failure");
    } finally {
      if (!signal.aborted) this.#loading = null;
    }
  }

  #tell(name) {
    this.dispatchEvent(new Event(name));
  }
}
