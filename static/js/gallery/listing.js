import { api as client } from "../api/client.js";

const PAGE = 200;
const KEPT = 24;
const AT_ONCE = 2;
const MOST_IDS = 20_000;

/**
 * The images of one query by their places. Pages are fetched where somebody looks and only the last looked at are kept,
 * so that a hundred thousand images take no more memory than a thousand. Tells "change" and "failure".
 */
export class Listing extends EventTarget {
  #api;
  #url;
  #params = new URLSearchParams();
  #pages = new Map(); // number -> {images, stale}, last looked at last
  #wanted = [];
  #loading = new Set();
  #waiting = [];
  #abort = new AbortController();

  /** @param {string} url of the list in the API @param {{get: Function}} [api] */
  constructor(url, api = client) {
    super();
    this.#api = api;
    this.#url = url;
    this.total = /** @type {number|null} */ (null); // null until the first page says
    this.error = /** @type {any} */ (null);
  }

  /** Forget everything and begin with another query. @param {URLSearchParams} params */
  reset(params) {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#params = new URLSearchParams(params);
    this.#pages.clear();
    this.#loading.clear();
    this.total = null;
    this.error = null;
    this.need(0, PAGE);
  }

  /** How many places there are. */
  get length() {
    return this.total ?? 0;
  }

  /** The image at a place; null while it is not loaded. @param {number} place */
  at(place) {
    return this.#pages.get(Math.floor(place / PAGE))?.images[place % PAGE] ?? null;
  }

  /** Have the images from one place up to before another, and no others that were asked for before. */
  need(first, last) {
    const end = this.total === null ? last : Math.min(last, this.total);
    this.#wanted = [];
    for (let page = Math.floor(first / PAGE); page * PAGE < Math.max(end, 1); page += 1) this.#wanted.push(page);
    for (const page of this.#wanted) this.#touch(page);
    this.#pump();
  }

  /** Resolves when all that was asked for last is there. @returns {Promise<void>} */
  loaded() {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#pump();
    });
  }

  retry() {
    this.error = null;
    this.#pump();
  }

  /** Others have come or gone, or one's own change moved places: what is known is shown until it has been read again. */
  refresh() {
    for (const page of this.#pages.values()) page.stale = true;
    this.#tell("change");
  }

  /** @param {Set<number>} ids @param {(image: any) => void} change */
  update(ids, change) {
    for (const { images } of this.#pages.values()) for (const image of images) if (ids.has(image.id)) change(image);
    this.#tell("change");
  }

  /** Ids of the images from one place to another, both included. @returns {Promise<number[]>} */
  async idsBetween(first, last) {
    const ids = [];
    for (let place = first; place <= last; place += 1) {
      const image = this.at(place);
      if (!image) return this.#readIds(first, last);
      ids.push(image.id);
    }
    return ids;
  }

  async #readIds(first, last) {
    const ids = [];
    for (let start = first; start <= last; start += MOST_IDS) {
      const query = this.#query({ start, count: Math.min(MOST_IDS, last + 1 - start) });
      ids.push(...(await this.#api.get(`${this.#url}ids/?${query}`)).ids);
    }
    return ids;
  }

  #pump() {
    for (const page of this.#wanted) {
      if (this.error || this.#loading.size >= AT_ONCE) return;
      const known = this.#pages.get(page);
      if ((!known || known.stale) && !this.#loading.has(page)) this.#load(page, this.#abort.signal);
    }
    if (!this.#loading.size) for (const resolve of this.#waiting.splice(0)) resolve();
  }

  async #load(page, signal) {
    this.#loading.add(page);
    try {
      const answer = await this.#api.get(`${this.#url}?${this.#query({ start: page * PAGE, page_size: PAGE })}`, { signal });
      if (signal.aborted) return;
      // Places have moved: what else is known is no longer where it was.
      if (this.total !== null && answer.total !== this.total) for (const each of this.#pages.values()) each.stale = true;
      this.total = answer.total;
      this.#pages.set(page, { images: answer.results, stale: false });
      for (const old of this.#pages.keys()) {
        if (this.#pages.size <= KEPT) break;
        if (!this.#wanted.includes(old)) this.#pages.delete(old);
      }
      this.#tell("change");
    } catch (error) {
      if (signal.aborted) return;
      this.error = error;
      this.#tell("failure");
    } finally {
      if (!signal.aborted) {
        this.#loading.delete(page);
        this.#pump();
      }
    }
  }

  #touch(page) {
    const known = this.#pages.get(page);
    if (!known) return;
    this.#pages.delete(page);
    this.#pages.set(page, known);
  }

  #query(more) {
    const query = new URLSearchParams(this.#params);
    if (!query.has("ordering")) query.set("ordering", "-id");
    for (const [name, value] of Object.entries(more)) query.set(name, String(value));
    return query;
  }

  #tell(name) {
    this.dispatchEvent(new Event(name));
  }
}
