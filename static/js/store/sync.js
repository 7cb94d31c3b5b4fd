import { Backoff } from "./backoff.js";
import { Problems } from "./problems.js";
import { ShownLabels } from "./shown_labels.js";
import { SyncState } from "./sync_state.js";
import { uuid } from "./uuid.js";

/**
 * Saves what a person changes: first into the journal, then to the server, in order, each once.
 *
 * Observers get what SyncState says; its problem is {image, entry, error, theirs} and waits for
 * `resolve(image, "mine" | "theirs")`.
 */
export class Sync {
  #journal;
  #api;
  #project;
  #locks;
  #channel;
  #backoff = new Backoff();
  #shown;
  #problems;
  #writing = Promise.resolve();
  #running = /** @type {Promise<void>|null} */ (null);
  #again = false;
  #tab = uuid();
  #state;

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
    this.#journal = journal;
    this.#state = new SyncState(() => journal.fleeting ?? 0);
    this.#api = api;
    this.#project = project;
    this.#locks = locks ?? { request: (_name, run) => run() };
    this.#channel = channel;
    this.#shown = new ShownLabels({ store, api, waiting: (image) => this.waiting(image) });
    this.#problems = new Problems({ store, journal, labels: (image) => this.#shown.read(image), oneClass: project.oneClass });
    store.observe((event) => this.#note(event));
    channel?.addEventListener("message", ({ data }) => this.#heard(data));
  }

  /** @param {(state: any) => void} observer */
  observe(observer) {
    return this.#state.observe(observer);
  }

  /** Read an image's labels; changes of the journal that the server does not have yet are put on top. */
  async load(image) {
    return this.#shown.load(image);
  }

  has(image) {
    return this.#shown.has(image);
  }

  revision(image) {
    return this.#shown.revision(image);
  }

  /** Somebody else has saved this revision of an image. @param {number} image @param {number} revision */
  heardOf(image, revision) {
    return this.#shown.renew(image, revision);
  }

  /** Images with changes that are not saved yet. @returns {Promise<Set<number>>} */
  async unsaved() {
    await this.#writing;
    return new Set((await this.#journal.all()).map((each) => each.image));
  }

  /** Let an image go that nobody looks at and that has nothing unsaved: `load` brings it back. */
  forget(image) {
    this.#shown.forget(image);
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
   * @param {number} image @param {"mine"|"theirs"} choice @param {() => void} [shown] told when the page shows it; sending may take longer
   */
  async resolve(image, choice, shown = () => {}) {
    const known = this.#shown.revision(image);
    const labels = await this.#shown.read(image);
    await this.#problems.resolve(image, choice, labels);
    this.#channel?.postMessage({ image, decided: true });
    await this.#decided(() => this.#shown.take(image, labels, known), shown);
  }

  async #decided(show, shown) {
    this.#state.tell({ problem: null });
    try {
      await show();
      shown();
    } finally {
      await this.flush();
    }
  }

  /**
   * What is not saved yet of an image, oldest first. Nothing has been changed here since it was read, as long as who
   * asks goes on at once.
   * @param {number} image
   */
  async waiting(image) {
    for (;;) {
      const writing = this.#writing;
      await writing;
      const waiting = await this.#problems.waiting(image);
      if (writing === this.#writing) return waiting;
    }
  }

  /** How many changes that wait name these classes. @param {{id: number}[]} classes */
  async naming(classes) {
    return (await this.#problems.naming(classes)).length;
  }

  /**
   * Classes went: change everything that waits and names them, or drop it.
   * @param {{id: number}[]} classes @param {((change: any, labels: any) => any)|null} edit null: drop it @param {() => void} [shown] as for `resolve`
   */
  async resolveGone(classes, edit, shown = () => {}) {
    const images = await this.#problems.settleAll(await this.#problems.naming(classes), edit);
    await this.#decided(async () => {
      for (const image of images) if (this.#shown.has(image)) await this.load(image);
    }, shown);
  }

  #note(event) {
    if (event.origin === "remote") return;
    const { image, upsert, delete: gone, before, status, statusBefore, suggestions, comment } = event;
    // A comment is of a verdict, also of one that is given again.
    const change = { upsert, delete: gone, suggestions, ...(status === statusBefore && !comment ? {} : { status }), ...(comment ? { comment } : {}) };
    // Made on what is shown, though more may be known by the time that it is written.
    const entry = { project: this.#project.id, image, tab: this.#tab, key: uuid(), base: this.#shown.base(image), change, before };
    this.#state.tell({ state: this.#state.working, count: this.#state.count + 1 });
    this.#writing = this.#writing.then(() => this.#journal.add(entry));
    this.#writing.then(() => {
      this.#state.tell({}); // where it is kept
      this.#channel?.postMessage({ image, waits: true });
    });
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
        if (problem) this.#state.tell({ state: "problem", count: waiting.length, problem });
        else this.#state.tell({ state: "saved", count: 0, problem: null });
        return;
      }
      this.#state.tell({ state: this.#state.working, count: waiting.length });
      await this.#send(next, waiting.length);
    }
  }

  async #send(entry, count) {
    if (entry.theirs) return this.#problems.conflict(entry, entry.theirs);
    try {
      const body = { base_revision: entry.base, key: entry.key, ...entry.change };
      const answer = await this.#api.patch(`/api/images/${entry.image}/annotations/`, body, { headers: { Prefer: "return=minimal" } });
      this.#backoff.reset();
      await this.#confirm(entry, { ...answer, delete: entry.change.delete ?? [] });
    } catch (error) {
      if (error.status === 409 && error.body?.changes) await this.#stale(entry, error.body);
      else if (lasting(error)) this.#problems.refused(entry, error);
      else {
        this.#state.tell({ state: "offline", count, error });
        await this.#backoff.wait();
      }
    }
    return undefined;
  }

  /** @param {any} entry @param {any} answer what the server keeps of it: an image may hold thousands of other shapes */
  async #confirm(entry, answer) {
    const older = this.#shown.saved(entry, answer, entry.tab === this.#tab);
    await this.#journal.settle(entry, answer.revision);
    const more = (await this.#journal.all()).some((each) => each.image === entry.image);
    this.#shown.show(entry.image, answer, older, more);
    this.#state.tell({ state: "saving", at: new Date() });
    this.#channel?.postMessage({ image: entry.image, answer, more });
  }

  async #stale(entry, body) {
    if (await this.#problems.stale(entry, body)) await this.load(entry.image);
    else if (!this.#problems.has(entry.image)) await this.#shown.showTheirs(entry.image, body);
  }

  /** Another tab of the same person has changed, saved or decided something. */
  #heard({ image, answer, more, waits, decided }) {
    if (waits) return void this.#shown.showWaiting(image);
    if (decided) {
      this.#problems.forget(image);
      if (this.#state.problem?.image === image) this.#state.tell({ problem: this.#problems.first });
    } else {
      this.#shown.show(image, answer, this.#shown.saved({ image }, answer, false), more);
      this.#state.tell({ at: new Date() });
    }
    this.flush();
  }
}

/** Sending the same again would not help. Signed out (401) is mended by signing in. */
function lasting({ status }) {
  return status >= 400 && status < 500 && ![401, 408, 425, 429].includes(status);
}
