import { Revisions } from "./revisions.js";

/** What the store shows of each image: labels as the server has them, with what waits to be saved on top. */
export class ShownLabels {
  #store;
  #api;
  #waiting;
  #revisions = new Revisions();
  #wanted = new Map(); // revisions that others have saved, of images that are being read
  #behind = new Set(); // images of which something saved was not taken in: the next answer alone would not be all

  /**
   * @param {{store: import("./store.js").Store, api: {get: Function}, waiting: (image: number) => Promise<any[]>}} parts
   *   `waiting`: of an image; nothing is changed between its answer and what is done with that at once
   */
  constructor({ store, api, waiting }) {
    this.#store = store;
    this.#api = api;
    this.#waiting = waiting;
  }

  /** The newest revision that is known. */
  revision(image) {
    return this.#revisions.of(image);
  }

  /** The revision that a change which is made now is made on. */
  base(image) {
    return this.#revisions.shown(image);
  }

  read(image) {
    return this.#api.get(`/api/images/${image}/annotations/`);
  }

  async load(image) {
    const known = this.#revisions.of(image);
    return this.take(image, await this.read(image), known);
  }

  /** Until this revision is shown: one reading at a time, however often others save. @param {number} image @param {number} revision */
  async renew(image, revision) {
    const reading = this.#wanted.has(image);
    this.#wanted.set(image, Math.max(revision, this.#wanted.get(image) ?? 0));
    if (reading) return;
    try {
      for (let last = -1; last < this.revision(image) && this.revision(image) < this.#wanted.get(image) && this.has(image); ) {
        last = this.revision(image);
        await this.load(image);
      }
    } catch {
      // It is found out when something is changed.
    } finally {
      this.#wanted.delete(image);
    }
  }

  /** @param {number} image @param {any} labels @param {number} known revision when they were asked for */
  async take(image, labels, known) {
    const waiting = await this.#waiting(image);
    // What was saved while the answer was under way is newer than it. A server that is behind what it said before was
    // restored from a backup.
    if (this.#revisions.of(image) > Math.max(known, labels.revision)) return this.load(image);
    this.#revisions.set(image, labels.revision);
    this.#store.load(image, labels);
    this.#behind.delete(image);
    this.#putOnTop(image, labels.revision, waiting);
    return undefined;
  }

  has(image) {
    return this.#store.has(image);
  }

  forget(image) {
    this.#store.forget(image);
    this.#behind.delete(image);
    this.#revisions.forget(image);
  }

  /** A change was saved. @param {any} entry @param {any} answer @param {boolean} own it was made here @returns {boolean} whether a newer revision is known */
  saved(entry, answer, own) {
    if (own) this.#revisions.saved(entry, answer.revision);
    return this.#revisions.learn(entry.image, answer.revision);
  }

  /** What was saved, here or in another tab. @param {number} image @param {any} answer of that change set alone @param {boolean} older a newer one is known @param {boolean} more waits */
  show(image, answer, older, more) {
    if (!this.#store.has(image)) return;
    if (more) this.#behind.add(image);
    else if (older) this.load(image).catch(() => {}); // what is shown has this change already
    else this.#absorb(image, answer);
  }

  /** The stored rows carry times and the author; the same labels otherwise. Not while newer changes wait. */
  async #absorb(image, answer) {
    const waiting = await this.#waiting(image);
    if (waiting.length || this.#revisions.of(image) !== answer.revision) return void this.#behind.add(image);
    const next = this.#revisions.shown(image) >= answer.revision - 1;
    if (this.#behind.has(image) || !next) return this.load(image).catch(() => {});
    this.#store.change(image, { upsert: answer.annotations, delete: answer.delete, status: answer.status }, "remote");
    this.#revisions.show(image, answer.revision);
    return undefined;
  }

  /** What somebody else did, and what waits on top of it. @param {number} image @param {any} stale a server's answer */
  async showTheirs(image, { revision, changes }) {
    const waiting = await this.#waiting(image);
    if (!this.#store.has(image)) return;
    for (const { upsert, delete: gone } of changes) this.#store.change(image, { upsert, delete: gone }, "remote");
    this.#putOnTop(image, revision, waiting);
  }

  /** What waits by now, also of other tabs. */
  async showWaiting(image) {
    const waiting = await this.#waiting(image);
    if (this.#store.has(image)) this.#putOnTop(image, this.#revisions.shown(image), waiting);
  }

  #putOnTop(image, revision, waiting) {
    for (const entry of waiting) this.#store.change(image, entry.change, "remote");
    this.#revisions.show(image, revision, waiting);
  }
}
