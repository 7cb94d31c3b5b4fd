const MOST = 200;

/** Remembers, over the pages of a tab, of which ended jobs a person has been told. */
export class Told {
  #storage;
  #name;

  /** @param {{getItem: (name: string) => string|null, setItem: (name: string, value: string) => void}} storage @param {string} name */
  constructor(storage, name) {
    this.#storage = storage;
    this.#name = name;
  }

  /**
   * Those that have ended since the last look. What had ended before the first look is no news.
   * @param {{kind: string, id: number, ongoing: boolean, finished_at: string|null}[]} jobs
   */
  news(jobs) {
    const known = this.#read();
    const ended = jobs.filter((job) => !job.ongoing);
    const fresh = known ? ended.filter((job) => !known.has(key(job))) : [];
    if (fresh.length || !known) this.#write([...(known ?? []), ...(known ? fresh : ended).map(key)].slice(-MOST));
    return fresh;
  }

  #read() {
    try {
      const text = this.#storage.getItem(this.#name);
      return text === null ? null : new Set(JSON.parse(text));
    } catch {
      return null; // not ours, or no storage: begin anew
    }
  }

  #write(keys) {
    try {
      this.#storage.setItem(this.#name, JSON.stringify(keys));
    } catch {
      // A full or forbidden storage: the person is told again.
    }
  }
}

/** A job that is tried again ends once more: its end is part of what it is known by. */
function key({ kind, id, finished_at }) {
  return `${kind}-${id}-${finished_at}`;
}
