import { openDB } from "idb";
import { madeOn } from "./made_on.js";

/**
 * Change sets that the server does not have yet, kept in IndexedDB: they survive a closed tab and a lost network.
 *
 * An entry: {seq, user, project, image, tab, key, base, change, before, theirs?, versions?}. `base` is the revision that
 * the change was made on, `before` the annotations that it replaced; entries of one image are sent in the order of `seq`.
 * `versions`: its annotations as they were, {row, base}, before it was fitted onto what others did.
 * `theirs`: what somebody else changed of the same thing; it is not sent before a person has decided.
 */
export class Journal {
  #name;
  #opening = /** @type {Promise<any>|null} */ (null);
  #user;

  /** @param {number} user whose changes; other people's of the same browser are left alone @param {string} [name] */
  constructor(user, name = "labelapp-journal") {
    this.#user = user;
    this.#name = name;
  }

  /** Once; again where that failed, or the browser has closed it. */
  async #database() {
    const forget = () => (this.#opening = null);
    this.#opening ??= openDB(this.#name, 1, {
      upgrade(database) {
        database.createObjectStore("changes", { keyPath: "seq", autoIncrement: true }).createIndex("user", "user");
      },
      terminated: forget,
    });
    return this.#opening.catch((error) => {
      forget();
      throw error;
    });
  }

  async add(entry) {
    const transaction = (await this.#database()).transaction("changes", "readwrite");
    const added = transaction.store.add({ ...entry, user: this.#user });
    // Not when the answer has come: the page may be closing.
    transaction.commit();
    await transaction.done;
    return added;
  }

  async all() {
    return (await this.#database()).getAllFromIndex("changes", "user", this.#user);
  }

  /** Change one; not one that another tab has sent or dropped meanwhile. */
  async put(entry) {
    await this.#write(async (store) => {
      if (await store.getKey(entry.seq)) await store.put(entry);
    });
  }

  /** The server has it: drop it, and let those that were made on top of it stand on the new revision, in one step. */
  async settle(entry, revision) {
    await this.#write(async (store) => {
      await store.delete(entry.seq);
      for (const each of await store.index("user").getAll(this.#user)) {
        if (madeOn(entry, each)) await store.put({ ...each, base: revision });
      }
    });
  }

  /** @param {(entry: any) => boolean} which */
  async drop(which) {
    await this.#write(async (store) => {
      for (const each of await store.index("user").getAll(this.#user)) {
        if (which(each)) await store.delete(each.seq);
      }
    });
  }

  /** All of it or nothing. Twice, as browsers give up what a page in the background leaves waiting for a minute. @param {(store: any) => Promise<void>} work */
  async #write(work, again = true) {
    const transaction = (await this.#database()).transaction("changes", "readwrite");
    try {
      await Promise.all([work(transaction.store), transaction.done]);
    } catch (error) {
      if (!again || error.name !== "AbortError") throw error;
      await this.#write(work, false);
    }
  }
}
