import { h } from "../lib/dom.js";
import { peopleOf } from "../lib/people_of.js";

const PAUSE_MS = 800; // until what was just done is saved

/** Who labelled the image at hand and who reviewed it; asked anew when its status becomes another one. */
export class PeopleLine {
  #element;
  #api;
  #known = new WeakMap(); // item -> the status of which it is known
  #timer = 0;
  #item = null;

  /** @param {HTMLElement} element @param {{get: (address: string) => Promise<any>}} api */
  constructor(element, api) {
    this.#element = element;
    this.#api = api;
  }

  /** @param {any} item of the queue @param {string} status that it has now */
  show(item, status) {
    this.#item = item;
    if (item && !this.#known.has(item)) this.#known.set(item, item.status);
    const known = !item || this.#known.get(item) === status;
    this.#write(known ? item : null);
    clearTimeout(this.#timer);
    if (!known) this.#timer = setTimeout(() => this.#ask(item, status), PAUSE_MS);
  }

  async #ask(item, status) {
    const row = await this.#api.get(`/api/images/${item.id}/`).catch(() => null);
    if (row?.status !== status) return; // not saved yet: the next change asks again
    for (const name of ["labelled_by", "labelled_at", "reviewed_by", "reviewed_at"]) item[name] = row[name];
    this.#known.set(item, status);
    if (item === this.#item) this.#write(item);
  }

  #write(item) {
    const said = item ? peopleOf(item) : [];
    this.#element.hidden = !said.length;
    this.#element.replaceChildren(...said.map((each) => h("span", null, each)));
  }
}
