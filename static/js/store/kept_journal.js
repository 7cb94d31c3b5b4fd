import { MemoryJournal } from "./memory_journal.js";

const AFTER_STORED = 2 ** 52; // so that no number is given twice

/**
 * A journal that loses nothing where the browser refuses to store it (no room, no IndexedDB): that is kept in memory,
 * which lasts as long as the page.
 */
export class KeptJournal {
  #stored;
  #memory = new MemoryJournal(AFTER_STORED);
  #opened = false; // what is stored could be read or written once

  /** @param {any} stored */
  constructor(stored) {
    this.#stored = stored;
  }

  /** How many changes a closed page would lose. */
  get fleeting() {
    return this.#memory.size;
  }

  async add(entry) {
    // What is stored is older than what is in memory: that keeps the changes of an image in order.
    if (this.#memory.names(entry.image)) return this.#memory.add(entry);
    try {
      const added = await this.#stored.add(entry);
      this.#opened = true;
      return added;
    } catch {
      return this.#memory.add(entry);
    }
  }

  /** Rejects where what is stored cannot be read just now; where it never could, nothing of this page is in it. */
  async all() {
    let stored = [];
    try {
      stored = await this.#stored.all();
      this.#opened = true;
    } catch (error) {
      if (this.#opened) throw error;
    }
    return [...stored, ...(await this.#memory.all())];
  }

  async put(entry) {
    return (this.#memory.has(entry) ? this.#memory : this.#stored).put(entry);
  }

  async settle(entry, revision) {
    if (!this.#memory.has(entry)) await this.#stored.settle(entry, revision);
    await this.#memory.settle(entry, revision);
  }

  /** @param {(entry: any) => boolean} which */
  async drop(which) {
    if ((await this.all()).some((each) => which(each) && !this.#memory.has(each))) await this.#stored.drop(which);
    await this.#memory.drop(which);
  }
}
