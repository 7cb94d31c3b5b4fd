import { madeOn } from "./made_on.js";

/** The same as Journal in memory: it lasts as long as the page. */
export class MemoryJournal {
  #entries = new Map();
  #last;

  /** @param {number} [after] entries are numbered from here on */
  constructor(after = 0) {
    this.#last = after;
  }

  get size() {
    return this.#entries.size;
  }

  has(entry) {
    return this.#entries.has(entry.seq);
  }

  /** Whether a change of this image is here. */
  names(image) {
    return [...this.#entries.values()].some((each) => each.image === image);
  }

  async add(entry) {
    this.#last += 1;
    this.#entries.set(this.#last, { ...entry, seq: this.#last });
    return this.#last;
  }

  async all() {
    return [...this.#entries.values()].sort((a, b) => a.seq - b.seq);
  }

  async put(entry) {
    if (this.has(entry)) this.#entries.set(entry.seq, entry);
  }

  async settle(entry, revision) {
    this.#entries.delete(entry.seq);
    for (const each of await this.all()) {
      if (madeOn(entry, each)) this.#entries.set(each.seq, { ...each, base: revision });
    }
  }

  async drop(which) {
    for (const each of await this.all()) if (which(each)) this.#entries.delete(each.seq);
  }
}
