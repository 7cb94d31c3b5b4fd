import { api as client } from "../api/client.js";

/**
 * What became of the files of an upload or a ZIP, read as it is asked for; a `Report` shows it.
 *
 * `counts` are those of all, `items` what has been read so far.
 */
export class Arrivals {
  /** @type {any[]} */
  items = [];
  #files;
  #archive;
  #read = new Map();
  #unpacked = new Map();
  #api;

  /**
   * @param {{counts: Record<string, number>, files?: string, archive?: string}} options addresses: of an upload's files, or of one ZIP
   * @param {{get: (url: string) => Promise<any>}} [api]
   */
  constructor({ counts, files, archive }, api = client) {
    this.counts = counts;
    this.#files = files;
    this.#archive = archive;
    this.#api = api;
  }

  /**
   * Read all of one status, once. @param {string} status @param {() => void} [tell] after each page
   */
  read(status, tell = () => {}) {
    if (!this.#read.has(status)) {
      const reading = this.#readAll(status, tell);
      this.#read.set(status, reading);
      reading.catch(() => {
        this.#read.delete(status);
        this.items = this.items.filter((item) => item.status !== status); // another try reads them again
      });
    }
    return this.#read.get(status);
  }

  async #readAll(status, tell) {
    if (this.#archive) await this.#readArchive(this.#archive, "", status);
    let next = this.#files && `${this.#files}?status=${status}&page_size=1000`;
    while (next) {
      const page = await this.#api.get(next);
      for (const each of page.results) {
        if (each.archive) await this.#readArchive(`/api/archives/${each.archive}/`, `${each.name} › `, status);
        else this.#add(each, each.name);
      }
      tell();
      next = page.next;
    }
  }

  async #readArchive(address, prefix, status) {
    if (!this.#unpacked.has(address)) this.#unpacked.set(address, (await this.#api.get(address)).results);
    for (const each of this.#unpacked.get(address)) if (each.status === status) this.#add(each, prefix + each.name);
  }

  #add({ status, reason, id }, path) {
    this.items.push({ path, status, reason, id, size: 0, sent: 0 });
  }
}
