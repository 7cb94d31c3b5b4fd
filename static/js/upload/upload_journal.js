import { openDB } from "idb";

/**
 * What this browser knows of uploads that are not over: where their files lie, and which of them have arrived.
 *
 * An upload: {id, user, project, handles}; `handles` are FileSystemHandles, where the browser gives them. A file:
 * {upload, key, status, id, reason}, with the key of `keyOf`.
 */
export class UploadJournal {
  #opening;
  #user;

  /** @param {number} user whose uploads; other people's of the same browser are left alone @param {string} [name] */
  constructor(user, name = "labelapp-uploads") {
    this.#user = user;
    this.#opening = openDB(name, 1, {
      upgrade(database) {
        database.createObjectStore("uploads", { keyPath: "id" }).createIndex("user", "user");
        database.createObjectStore("files", { keyPath: ["upload", "key"] });
      },
    });
    this.#opening.catch(() => {}); // each call says so itself
  }

  async begin(upload) {
    await (await this.#opening).put("uploads", { ...upload, user: this.#user });
  }

  /** @param {number} id @returns {Promise<any>} undefined when this browser knows nothing of it */
  async upload(id) {
    const found = await (await this.#opening).get("uploads", id);
    return found?.user === this.#user ? found : undefined;
  }

  /** Note what became of files. @param {{upload: number, key: string, status: string, id: number|null, reason: string}[]} files */
  async settle(files) {
    const transaction = (await this.#opening).transaction("files", "readwrite");
    for (const each of files) transaction.store.put(each);
    await transaction.done;
  }

  /** @param {number} id @returns {Promise<Map<string, any>>} files that have arrived, by their keys */
  async arrived(id) {
    const rows = await (await this.#opening).getAll("files", this.#range(id));
    return new Map(rows.map((row) => [row.key, row]));
  }

  async forget(id) {
    const transaction = (await this.#opening).transaction(["uploads", "files"], "readwrite");
    transaction.objectStore("uploads").delete(id);
    transaction.objectStore("files").delete(this.#range(id));
    await transaction.done;
  }

  /** Forget uploads of a project that are over. @param {number} project @param {number[]} open ids of those that are not */
  async keepOnly(project, open) {
    const known = await (await this.#opening).getAllFromIndex("uploads", "user", this.#user);
    for (const each of known) if (each.project === project && !open.includes(each.id)) await this.forget(each.id);
  }

  #range(id) {
    return IDBKeyRange.bound([id, ""], [id, "\uffff"]);
  }
}

/** As the journal, where the browser allows no IndexedDB: everything is asked from the server. */
export class NoJournal {
  async begin() {}
  async upload() {}
  async settle() {}
  async arrived() {
    return new Map();
  }
  async forget() {}
  async keepOnly() {}
}
