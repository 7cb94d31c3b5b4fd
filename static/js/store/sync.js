import { Backoff } from "./backoff.js";
import { Problems } from "./problems.js";
import { uuid } from "./uuid.js";

/**
 * Saves what a person changes: first into the journal, then to the server, in order, each once.
 *
 * Observers get {state, count, at, problem}: state is "unknown" (until the journal has been read), "saved", "saving",
 * "offline" or "problem". A problem is {image, entry, error, theirs} and waits for `resolve(image, "mine" | "theirs")`.
 */
export class Sync {
  #store;
  #journal;
  #api;
  #project;
  #locks;
  #channel;
  #backoff = new Backoff();
  #revisions = new Map();
  #observers = new Set();
  #problems;
  #writing = Promise.resolve();
  #running = /** @type {Promise<void>|null} */ (null);
  #again = false;
  #state = { state: "unknown", count: 0, at: /** @type {Date|null} */ (null), problem: null };

  /**
   * @param {object} parts
   * @param {import("./store.js").Store} parts.store
   * @param {any} parts.journal
   * @param {{get: Function, patch: Function}} parts.api
   * @param {{id: number, oneClass: boolean, user: number}} parts.project
   * @param {any} [parts.locks] Web Locks: one tab at a time sends; without them the keys keep it harmless
   * @param {any} [parts.channel] a BroadcastChannel that tells the other tabs what was saved
   */
  constructor({ store, journal, api, project, locks, channel }) {
    this.#store = store;
    this.#journal = journal;
    this.#api = api;
    this.#project = project;
    this.#locks = locks ?? { request: (_name, run) => run() };
    this.#channel = channel;
    this.#problems = new Problems({ store, journal, labels: (image) => this.#read(image), oneClass: project.oneClass });
    store.observe((event) => this.#note(event));
    channel?.addEventListener("message", ({ data }) => this.#heard(data));
  }

  /** @param {(state: any) => void} observer */
  observe(observer) {
    this.#observers.add(observer);
    observer(this.#state);
    return () => this.#observers.delete(observer);
  }

  /** Read an image's labels; changes of the journal that the server does not have yet are put on top. */
  async load(image) {
    const labels = await this.#read(image);
    await this.#writing;
    const waiting = (await this.#journal.all()).filter((entry) => entry.image === image);
    // What was saved while the answer was under way is newer than it.
    if ((this.#revisions.get(image) ?? 0) > labels.revision) return this.load(image);
    this.#revisions.set(image, labels.revision);
    this.#store.load(image, labels);
    for (const entry of waiting) this.#store.change(image, entry.change, "remote");
    return undefined;
  }

  #read(image) {
    return this.#api.get(`/api/images/${image}/annotations/`);
  }

  revision(image) {
    return this.#revisions.get(image);
  }

  /** Send what is waiting. Ends when nothing is left to send or somebody has to decide. */
  flush() {
    this.#again = true;
    this.#running ??= this.#run().finally(() => (this.#running = null));
    return this.#running;
  }

  async #run() {
    while (this.#again) {
      this.#again = false;
      await this.#writing;
      await this.#locks.request(`labelapp-sync-${this.#project.user}`, () => this.#sendAll());
    }
  }

  /** The network is back. */
  hurry() {
    this.#backoff.hurry();
    return this.flush();
  }

  /**
   * Decide a conflict or a refusal: keep "mine" (send it again, over theirs) or "theirs" (drop mine).
   * @param {number} image @param {"mine"|"theirs"} choice
   */
  async resolve(image, choice) {
    await this.#problems.resolve(image, choice);
    await this.load(image);
    return this.flush();
  }

  /** What is not saved yet of an image, oldest first. @param {number} image */
  waiting(image) {
    return this.#problems.waiting(image);
  }

  /** How many changes that wait name these classes. @param {{id: number}[]} classes */
  async naming(classes) {
    return (await this.#problems.naming(classes)).length;
  }

  /**
   * Classes went: change everything that waits and names them, or drop it.
   * @param {{id: number}[]} classes @param {((change: any, labels: any) => any)|null} edit null: drop it
   */
  async resolveGone(classes, edit) {
    const images = await this.#problems.settleAll(await this.#problems.naming(classes), edit);
    for (const image of images) if (this.#store.has(image)) await this.load(image);
    return this.flush();
  }

  #note(event) {
    if (event.origin === "remote") return;
    const { image, upsert, delete: gone, before, status, statusBefore, suggestions, comment } = event;
    const change = { upsert, delete: gone, suggestions, ...(status === statusBefore ? {} : { status }), ...(comment ? { comment } : {}) };
    const entry = { project: this.#project.id, image, key: uuid(), change, before };
    this.#tell({ state: this.#state.state === "offline" ? "offline" : "saving", count: this.#state.count + 1 });
    // The base is read when the entry is written: a confirmation may have come since, and settle() only moves entries
    // that are in the journal.
    this.#writing = this.#writing.then(() => this.#journal.add({ ...entry, base: this.#revisions.get(image) }));
    this.flush();
  }

  async #sendAll() {
    for (;;) {
      const waiting = await this.#journal.all();
      const next = waiting.find((entry) => !this.#problems.has(entry.image));
      if (!next) {
        const problem = this.#problems.first;
        if (problem) this.#tell({ state: "problem", count: waiting.length, problem });
        else this.#tell({ state: "saved", count: 0, problem: null });
        return;
      }
      this.#tell({ state: this.#state.state === "offline" ? "offline" : "saving", count: waiting.length });
      await this.#send(next, waiting.length);
    }
  }

  async #send(entry, count) {
    if (entry.theirs) return this.#problems.conflict(entry, entry.theirs);
    try {
      const body = { base_revision: entry.base, key: entry.key, ...entry.change };
      const answer = await this.#api.patch(`/api/images/${entry.image}/annotations/`, body);
      this.#backoff.reset();
      await this.#confirm(entry, answer);
    } catch (error) {
      if (error.status === 409 && error.body?.changes) await this.#stale(entry, error.body);
      else if (lasting(error)) this.#problems.refused(entry, error);
      else {
        this.#tell({ state: "offline", count, error });
        await this.#backoff.wait();
      }
    }
    return undefined;
  }

  async #confirm(entry, answer) {
    this.#revisions.set(entry.image, answer.revision);
    await this.#journal.settle(entry, answer.revision);
    const more = (await this.#journal.all()).some((each) => each.image === entry.image);
    if (!more && this.#store.has(entry.image)) this.#absorb(entry.image, answer);
    this.#tell({ state: "saving", at: new Date() });
    this.#channel?.postMessage({ image: entry.image, answer, more });
  }

  /** The stored rows carry times and the author; the same labels otherwise. Not while newer changes wait. */
  #absorb(image, answer) {
    this.#writing.then(async () => {
      const waiting = await this.#journal.all();
      if (!waiting.some((each) => each.image === image) && this.#revisions.get(image) === answer.revision) {
        this.#store.load(image, answer);
      }
    });
  }

  async #stale(entry, body) {
    if (await this.#problems.stale(entry, body)) await this.load(entry.image);
  }

  #heard({ image, answer, more }) {
    this.#revisions.set(image, answer.revision);
    if (!more && this.#store.has(image)) this.#absorb(image, answer);
    this.#tell({ at: new Date() });
    this.flush();
  }

  #tell(part) {
    this.#state = { ...this.#state, ...part };
    for (const observer of this.#observers) observer(this.#state);
  }
}

/** Sending the same again would not help. Signed out (401) is mended by signing in. */
function lasting({ status }) {
  return status >= 400 && status < 500 && ![401, 408, 425, 429].includes(status);
}
