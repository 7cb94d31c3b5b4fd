import { Backoff } from "./backoff.js";
import { Problems } from "./problems.js";
import { Revisions } from "./revisions.js";
import { uuid } from "./uuid.js";

/**
 * Saves what a person changes: first into the journal, then to the server, in order, each once.
 *
 * Observers get {state, count, at, problem, fleeting}: state is "unknown" (until the journal has been read), "saved",
 * "saving", "offline" or "problem". A problem is {image, entry, error, theirs} and waits for
 * `resolve(image, "mine" | "theirs")`. `fleeting`: how many changes are kept nowhere but in this page.
 */
export class Sync {
  #store;
  #journal;
  #api;
  #project;
  #locks;
  #channel;
  #backoff = new Backoff();
  #revisions = new Revisions();
  #observers = new Set();
  #problems;
  #writing = Promise.resolve();
  #running = /** @type {Promise<void>|null} */ (null);
  #again = false;
  #state = { state: "unknown", count: 0, at: /** @type {Date|null} */ (null), problem: null, fleeting: 0 };

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
    const known = this.#revisions.of(image);
    return this.#take(image, await this.#read(image), known);
  }

  /** @param {number} image @param {any} labels @param {number} known revision when they were asked for */
  async #take(image, labels, known) {
    const waiting = await this.waiting(image);
    // What was saved while the answer was under way is newer than it. A server that is behind what it said before was
    // restored from a backup.
    if (this.#revisions.of(image) > Math.max(known, labels.revision)) return this.load(image);
    this.#revisions.set(image, labels.revision);
    this.#store.load(image, labels);
    for (const entry of waiting) this.#store.change(image, entry.change, "remote");
    return undefined;
  }

  #read(image) {
    return this.#api.get(`/api/images/${image}/annotations/`);
  }

  revision(image) {
    return this.#revisions.of(image);
  }

  /** Images with changes that are not saved yet. @returns {Promise<Set<number>>} */
  async unsaved() {
    await this.#writing;
    return new Set((await this.#journal.all()).map((each) => each.image));
  }

  /** Let an image go that nobody looks at and that has nothing unsaved: `load` brings it back. */
  forget(image) {
    this.#store.forget(image);
    this.#revisions.forget(image);
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
   * Decide a conflict or a refusal: keep "mine" (send it again, over theirs) or "theirs" (drop mine). Without the
   * network it stays to be decided.
   * @param {number} image @param {"mine"|"theirs"} choice
   */
  async resolve(image, choice) {
    const known = this.#revisions.of(image);
    const labels = await this.#read(image);
    await this.#problems.resolve(image, choice, labels);
    await this.#decided(() => this.#take(image, labels, known));
  }

  async #decided(show) {
    this.#tell({ problem: null });
    try {
      await show();
    } finally {
      await this.flush();
    }
  }

  /** What is not saved yet of an image, oldest first. @param {number} image */
  async waiting(image) {
    await this.#writing;
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
    await this.#decided(async () => {
      for (const image of images) if (this.#store.has(image)) await this.load(image);
    });
  }

  #note(event) {
    if (event.origin === "remote") return;
    const { image, upsert, delete: gone, before, status, statusBefore, suggestions, comment } = event;
    // A comment is of a verdict, also of one that is given again.
    const change = { upsert, delete: gone, suggestions, ...(status === statusBefore && !comment ? {} : { status }), ...(comment ? { comment } : {}) };
    const entry = { project: this.#project.id, image, key: uuid(), change, before };
    this.#tell({ state: this.#state.state === "offline" ? "offline" : "saving", count: this.#state.count + 1 });
    // The base is read when the entry is written: a confirmation may have come since, and settle() only moves entries
    // that are in the journal.
    this.#writing = this.#writing.then(() => this.#journal.add({ ...entry, base: this.#revisions.of(image) }));
    this.#writing.then(() => this.#tell({})); // where it is kept
    this.flush();
  }

  async #sendAll() {
    for (;;) {
      const writing = this.#writing;
      await writing;
      const waiting = await this.#journal.all().catch(() => null);
      if (!waiting) {
        await this.#backoff.wait(); // the browser cannot read them just now: they are not saved
        continue;
      }
      const next = waiting.find((entry) => !this.#problems.has(entry.image));
      if (!next) {
        if (writing !== this.#writing) continue; // another change came meanwhile: not all is saved
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
    const older = this.#revisions.learn(entry.image, answer.revision);
    await this.#journal.settle(entry, answer.revision);
    const more = (await this.#journal.all()).some((each) => each.image === entry.image);
    this.#show(entry.image, answer, older, more);
    this.#tell({ state: "saving", at: new Date() });
    this.#channel?.postMessage({ image: entry.image, answer, more });
  }

  #show(image, answer, older, more) {
    if (more || !this.#store.has(image)) return;
    if (older) this.load(image).catch(() => {}); // what is shown has this change already
    else this.#absorb(image, answer);
  }

  /** The stored rows carry times and the author; the same labels otherwise. Not while newer changes wait. */
  #absorb(image, answer) {
    this.#writing.then(async () => {
      const waiting = await this.#journal.all();
      if (!waiting.some((each) => each.image === image) && this.#revisions.of(image) === answer.revision) {
        this.#store.load(image, answer);
      }
    });
  }

  async #stale(entry, body) {
    if (await this.#problems.stale(entry, body)) await this.load(entry.image);
  }

  #heard({ image, answer, more }) {
    this.#show(image, answer, this.#revisions.learn(image, answer.revision), more);
    this.#tell({ at: new Date() });
    this.flush();
  }

  #tell(part) {
    this.#state = { ...this.#state, ...part, fleeting: this.#journal.fleeting ?? 0 };
    for (const observer of this.#observers) observer(this.#state);
  }
}

/** Sending the same again would not help. Signed out (401) is mended by signing in. */
function lasting({ status }) {
  return status >= 400 && status < 500 && ![401, 408, 425, 429].includes(status);
}
