import { Backoff } from "../store/backoff.js";
import { foldersFirst, nextBatch } from "./batches.js";
import { FileList } from "./file_list.js";
import { Rate } from "./rate.js";
import { whyUnreadable } from "./source.js";

const AT_ONCE = 4;
const MOST_ERRORS = 6; // that a server answers with; a lost network is waited for without end
const PASSING = new Set([0, 408, 423, 425, 429, 500, 502, 503, 504]);
const NO_ROOM = new Set(["quota_exceeded", "disk_full"]);

/**
 * Sends files in batches, four at a time; what a lost network interrupts is sent again, unless it has arrived. Tells
 * "change", "settled" with the items of which it is known now what became of them, and "paused" when that changes.
 *
 * An item is a Source with {upload, status, reason, id, sent}; status: waiting, sending, added, duplicate, refused,
 * failed. `upload` is the row that it belongs to.
 */
export class UploadQueue extends FileList {
  #waiting = [];
  #running = new Set();
  #leading = false;
  #unpause = () => {};
  #unpaused = Promise.resolve();

  /**
   * @param {{
   *   send: (items: any[], options: any) => Promise<any>,
   *   follow: (item: any, archive: any, signal: AbortSignal) => Promise<void>,
   *   known?: (items: any[]) => Promise<any[]>,
   * }} calls `known` tells what the server has of these items, null for what it does not have
   */
  constructor({ send, follow, known = async (items) => items.map(() => null) }) {
    super();
    this.send = send;
    this.follow = follow;
    this.known = known;
    this.before = 0; // files that had arrived before this page was opened
    this.rate = new Rate();
    this.paused = false;
    this.problem = ""; // why nothing goes on by itself
    this.offline = false;
  }

  get sent() {
    let sent = this.bytes.done;
    for (const { loaded } of this.#running) sent += loaded;
    return sent;
  }

  /**
   * @param {import("./source.js").Source[]} sources
   * @param {any} [upload] the row that they belong to
   * @param {Map<any, any>} [known] what became of those that have arrived already
   */
  add(sources, upload = null, known = new Map()) {
    const idle = !this.#running.size;
    const items = sources.map((source) => {
      const size = source.size ?? source.file?.size ?? 0;
      return this.insert({ ...source, size, upload, status: "waiting", reason: "", id: null, sent: 0, location: "" });
    });
    const open = items.filter((item, place) => !this.#isKnown(item, known.get(sources[place])));
    const { first, rest } = foldersFirst(open);
    this.#leading = first.length > 1 && idle;
    this.#waiting = [...rest.reverse(), ...first.reverse(), ...this.#waiting];
    this.#work();
  }

  pause(problem = "") {
    this.problem = problem;
    if (!this.paused) this.#unpaused = new Promise((resolve) => (this.#unpause = () => resolve(undefined)));
    this.paused = true;
    this.dispatchEvent(new Event("paused"));
    this.tell();
  }

  resume() {
    const paused = this.paused;
    this.paused = false;
    if (paused) this.dispatchEvent(new Event("paused"));
    this.#unpause();
    this.problem = "";
    this.rate.reset();
    this.#work();
  }

  /** End what is under way and what waits; what is added afterwards is sent. */
  cancel() {
    for (const item of this.#waiting) this.mark(item, "failed", { reason: gettext("Cancelled") });
    this.#waiting = [];
    for (const { abort } of this.#running) abort.abort();
    this.offline = false;
    this.resume();
  }

  retryFailed() {
    this.#waiting.unshift(...this.reopenFailed().reverse());
    this.resume();
  }

  #isKnown(item, result) {
    if (!result || result.status === "partial") {
      item.location = result?.location ?? "";
      return false;
    }
    this.before += 1;
    if (result.archive) this.#run([item], (run) => this.#settleKnown(run, result)); // it may still be unpacked
    else this.end(item, result.status, result.reason, result.id);
    return true;
  }

  #work() {
    while (!this.paused && this.#waiting.length && this.#running.size < (this.#leading ? 1 : AT_ONCE)) {
      this.#run(nextBatch(this.#waiting), (run) => this.#attempt(run));
    }
    this.tell();
  }

  #run(batch, work) {
    const run = { batch, loaded: 0, errors: 0, backoff: new Backoff(), abort: new AbortController() };
    this.#running.add(run);
    for (const item of batch) this.mark(item, "sending");
    work(run).finally(() => {
      this.#running.delete(run);
      this.#leading = false;
      this.#work();
    });
  }

  async #attempt(run) {
    const { batch, abort } = run;
    const size = batch.reduce((sum, item) => sum + item.size, 0);
    const onProgress = (sent, total) => {
      run.loaded = total ? (sent / total) * size : 0;
      this.share(batch, run.loaded);
      this.rate.mark(this.sent, performance.now() / 1000);
      this.tell();
    };
    try {
      const { results } = await this.send(batch, { onProgress, signal: abort.signal, unpaused: () => this.#unpaused });
      this.offline = false;
      await this.#settleAll(batch, results, abort.signal);
    } catch (error) {
      if (error.name === "AbortError") this.fail(batch, gettext("Cancelled"));
      else await this.#again(run, error);
    } finally {
      run.loaded = 0;
    }
  }

  async #again(run, error) {
    if (NO_ROOM.has(error.code)) return this.#hold(run.batch, error.message);
    if (error.status === undefined || error.status === 0) {
      await this.#dropUnreadable(run);
      if (!run.batch.length) return undefined;
      if (error.status === undefined) return this.fail(run.batch, error.message);
    }
    if (error.status === 413 && run.batch.length > 1) {
      for (const item of run.batch) await this.#attempt({ ...run, batch: [item], loaded: 0, errors: 0, backoff: new Backoff() });
      return undefined;
    }
    if (error.status !== 0) run.errors += 1;
    if (!PASSING.has(error.status) || run.errors >= MOST_ERRORS) return this.#giveUp(run.batch, error);
    this.offline = error.status === 0;
    this.share(run.batch, 0);
    this.tell();
    await waited(run.backoff, run.abort.signal);
    if (run.abort.signal.aborted) return this.fail(run.batch, gettext("Cancelled"));
    return this.#afterAsking(run);
  }

  /** The answer may have been lost, not the files: what has arrived is not sent again. */
  async #afterAsking(run) {
    try {
      const known = await this.known(run.batch);
      this.offline = false;
      const here = run.batch.filter((_item, place) => known[place] && known[place].status !== "partial");
      await this.#settleAll(here, known.filter((each) => each && each.status !== "partial"), run.abort.signal);
      run.batch = run.batch.filter((item) => !here.includes(item));
    } catch (error) {
      if (error.name === "AbortError") return this.fail(run.batch, gettext("Cancelled"));
      return this.#again(run, error);
    }
    return run.batch.length ? this.#attempt(run) : undefined;
  }

  /** There is no room: nothing is lost, and it goes on when a person has made some. */
  #hold(batch, problem) {
    for (const item of batch) this.mark(item, "waiting", { sent: 0 });
    this.#waiting.push(...batch.toReversed());
    this.pause(problem);
  }

  #giveUp(batch, error) {
    this.fail(batch, error.message);
    if (error.code === "cancelled") {
      const { upload } = batch[0];
      upload.status = "cancelled";
      this.#waiting = this.#waiting.filter((item) => {
        if (item.upload === upload) this.mark(item, "failed", { reason: error.message });
        return item.upload !== upload;
      });
    }
    if ([401, 403, 404].includes(error.status)) this.pause(error.message);
  }

  async #dropUnreadable(run) {
    const reasons = await Promise.all(run.batch.map(whyUnreadable));
    for (const [place, item] of run.batch.entries()) if (reasons[place]) this.end(item, "failed", reasons[place]);
    run.batch = run.batch.filter((_item, place) => !reasons[place]);
  }

  async #settleKnown(run, result) {
    try {
      await this.#settleAll(run.batch, [result], run.abort.signal);
    } catch (error) {
      this.fail(run.batch, error.name === "AbortError" ? gettext("Cancelled") : error.message);
    }
  }

  async #settleAll(batch, results, signal) {
    for (const [place, item] of batch.entries()) await this.#settle(item, results[place], signal);
    this.dispatchEvent(new CustomEvent("settled", { detail: batch }));
  }

  async #settle(item, result, signal) {
    if (result.archive && result.archive.status !== "completed") {
      this.tell();
      await this.follow(item, result.archive, signal);
    } else if (result.results) this.members(item, result.results);
    this.end(item, item.problem ? "refused" : result.status, item.problem || result.reason, result.id);
  }
}

/** As long as it says, or less: until the network is back or it is cancelled. */
async function waited(backoff, signal) {
  const hurry = () => backoff.hurry();
  globalThis.addEventListener?.("online", hurry);
  signal.addEventListener("abort", hurry);
  const wait = backoff.wait();
  if (signal.aborted) hurry();
  await wait;
  globalThis.removeEventListener?.("online", hurry);
  signal.removeEventListener("abort", hurry);
}
