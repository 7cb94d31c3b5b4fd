/** The same as Journal where the browser allows no IndexedDB: it lasts as long as the page. */
export class MemoryJournal {
  #entries = new Map();
  #last = 0;

  async add(entry) {
    this.#last += 1;
    this.#entries.set(this.#last, { ...entry, seq: this.#last });
    return this.#last;
  }

  async all() {
    return [...this.#entries.values()].sort((a, b) => a.seq - b.seq);
  }

  async put(entry) {
    this.#entries.set(entry.seq, entry);
  }

  async settle(entry, revision) {
    this.#entries.delete(entry.seq);
    for (const each of await this.all()) {
      if (each.image === entry.image) this.#entries.set(each.seq, { ...each, base: revision });
    }
  }

  async drop(which) {
    for (const each of await this.all()) if (which(each)) this.#entries.delete(each.seq);
  }
}
