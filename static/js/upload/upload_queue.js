import { foldersFirst, nextBatch, patience } from "./batches.js";
import { Rate } from "./rate.js";

const AT_ONCE = 4;
const MOST_ATTEMPTS = 6; // of a server that answers with an error; a lost network is waited for without end
const PASSING = new Set([0, 408, 429, 500, 502, 503, 504]);

/**
 * Sends files in batches, four at a time; what a lost network interrupts is sent again. Tells "change".
 * An item is {file, path, size, status, reason, id, sent}; status: waiting, sending, added, duplicate, refused, failed.
 */
export class UploadQueue extends EventTarget {
  #waiting = [];
  #running = new Map();
  #leading = false;
  #timers = new Set();

  /**
   * @param {{send: (items: any[], options: any) => Promise<any>, follow: (item: any, archive: any, signal: AbortSignal) => Promise<void>}} calls
   */
  constructor({ send, follow }) {
    super();
    this.send = send;
    this.follow = follow;
    /** @type {any[]} */
    this.items = [];
    this.counts = { waiting: 0, sending: 0, added: 0, duplicate: 0, refused: 0, failed: 0 };
    this.bytes = { total: 0, done: 0 };
    this.rate = new Rate();
    this.paused = false;
    this.problem = ""; // why nothing goes on by itself
    this.offline = false;
  }

  get active() {
    return this.counts.waiting + this.counts.sending > 0;
  }

  get sent() {
    let sent = this.bytes.done;
    for (const { loaded } of this.#running.values()) sent += loaded;
    return sent;
  }

  /** @param {{file: File, path: string}[]} files */
  add(files) {
    const items = files.map(({ file, path }) => this.insert({ file, path, size: file.size, status: "waiting", reason: "", id: null, sent: 0 }));
    const { first, rest } = foldersFirst(items);
    this.#leading = first.length > 1 && !this.#running.size;
    this.#waiting = [...rest.reverse(), ...first.reverse(), ...this.#waiting];
    this.#work();
  }

  /** A line of the report; members of a ZIP have no file of their own. */
  insert(item) {
    this.items.push(item);
    this.counts[item.status] += 1;
    this.bytes.total += item.size;
    return item;
  }

  mark(item, status, fields = {}) {
    this.counts[item.status] -= 1;
    this.counts[status] += 1;
    Object.assign(item, fields, { status });
    if (status === "added" || status === "duplicate") item.file = null; // nothing keeps ten thousand files open
  }

  pause() {
    this.paused = true;
    this.#tell();
  }

  resume() {
    this.paused = false;
    this.problem = "";
    this.rate.reset();
    this.#work();
  }

  cancel() {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    for (const [abort] of this.#running) abort.abort();
    for (const item of this.#waiting) this.mark(item, "failed", { reason: gettext("Cancelled") });
    this.#waiting = [];
    this.#tell();
  }

  retryFailed() {
    const failed = this.items.filter((item) => item.status === "failed" && item.file);
    for (const item of failed) {
      this.mark(item, "waiting", { reason: "", sent: 0 });
      this.bytes.done -= item.size;
    }
    this.#waiting.unshift(...failed.reverse());
    this.resume();
  }

  #work() {
    while (!this.paused && this.#waiting.length && this.#running.size < (this.#leading ? 1 : AT_ONCE)) {
      this.#start(nextBatch(this.#waiting), 1);
    }
    this.#tell();
  }

  #start(batch, attempt) {
    const abort = new AbortController();
    const run = { batch, loaded: 0 };
    this.#running.set(abort, run);
    for (const item of batch) this.mark(item, "sending");
    this.#attempt(run, abort, attempt).finally(() => {
      this.#running.delete(abort);
      this.#leading = false;
      this.#work();
    });
  }

  async #attempt(run, abort, attempt) {
    const { batch } = run;
    const size = batch.reduce((sum, item) => sum + item.size, 0);
    const onProgress = (sent, total) => {
      run.loaded = total ? (sent / total) * size : 0;
      this.#share(batch, run.loaded);
      this.rate.mark(this.sent, performance.now() / 1000);
      this.#tell();
    };
    try {
      const { results } = await this.send(batch, { onProgress, signal: abort.signal });
      this.offline = false;
      for (const [index, item] of batch.entries()) await this.#settle(item, results[index], abort.signal);
    } catch (error) {
      if (error.name === "AbortError") this.#fail(batch, gettext("Cancelled"));
      else await this.#again(run, abort, attempt, error);
    } finally {
      run.loaded = 0;
    }
  }

  async #again(run, abort, attempt, error) {
    const { batch } = run;
    if (error.status === 0) {
      const gone = await unreadable(batch);
      for (const item of gone) this.#end(item, "failed", gettext("The file cannot be read any more; choose it again."));
      run.batch = batch.filter((item) => !gone.includes(item));
      if (!run.batch.length) return;
      if (gone.length) return this.#attempt(run, abort, attempt);
    }
    if (error.status === 413 && batch.length > 1) {
      for (const item of batch) await this.#attempt({ batch: [item], loaded: 0 }, abort, 1);
      return;
    }
    const passing = PASSING.has(error.status) && (error.status === 0 || attempt < MOST_ATTEMPTS);
    if (!passing) {
      this.#fail(run.batch, error.message);
      if (error.status === 401 || error.status === 403 || error.status === 404) {
        this.problem = error.message;
        this.paused = true;
      }
      return;
    }
    this.offline = error.status === 0;
    this.#share(run.batch, 0);
    this.#tell();
    await this.#wait(patience(attempt), abort.signal);
    if (abort.signal.aborted) this.#fail(run.batch, gettext("Cancelled"));
    else await this.#attempt(run, abort, attempt + 1);
  }

  async #settle(item, result, signal) {
    if (result.archive && result.archive.status !== "completed") {
      this.#tell();
      await this.follow(item, result.archive, signal);
    } else if (result.results) this.members(item, result.results);
    this.#end(item, item.problem ? "refused" : result.status, item.problem || result.reason, result.id);
  }

  /** Lines for what a ZIP held. */
  members(item, results) {
    for (const each of results) {
      this.insert({ file: null, path: `${item.path} › ${each.name}`, size: 0, status: each.status, reason: each.reason, id: each.id, sent: 0 });
    }
    this.#tell();
  }

  #end(item, status, reason, id = null) {
    this.mark(item, status, { reason, id, sent: item.size });
    this.bytes.done += item.size;
  }

  #fail(batch, reason) {
    for (const item of batch) if (item.status === "sending") this.#end(item, "failed", reason);
  }

  /** What is sent of a batch belongs to its files in turn. */
  #share(batch, loaded) {
    for (const item of batch) {
      item.sent = Math.max(0, Math.min(item.size, loaded));
      loaded -= item.size;
    }
  }

  #wait(seconds, signal) {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#timers.delete(timer);
        globalThis.removeEventListener?.("online", done);
        resolve(undefined);
      };
      const timer = setTimeout(done, seconds * 1000);
      this.#timers.add(timer);
      globalThis.addEventListener?.("online", done);
      signal.addEventListener("abort", done, { once: true });
    });
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}

async function unreadable(batch) {
  const gone = [];
  for (const item of batch) {
    try {
      await item.file.slice(0, 1).arrayBuffer();
    } catch {
      gone.push(item);
    }
  }
  return gone;
}

