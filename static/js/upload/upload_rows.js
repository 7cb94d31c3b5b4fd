import { api as client } from "../api/client.js";
import { jobsChanged } from "../jobs/changed.js";
import { keyOf, markOf } from "./source.js";

const ASKED_AT_ONCE = 1000;
const ENDED = new Set(["completed", "failed", "cancelled"]);

/** The uploads of a project as the server and this browser's journal remember them. */
export class UploadRows {
  #held = new Map();
  #api;
  #locks;

  /**
   * @param {number} project
   * @param {any} journal
   * @param {{api?: any, locks?: any}} [parts] `locks`: null where the browser has none
   */
  constructor(project, journal, { api = client, locks = globalThis.navigator?.locks } = {}) {
    this.project = project;
    this.journal = journal;
    this.#api = api;
    this.#locks = locks;
  }

  /** Open one; throws an ApiError that says what is missing when there is no room. */
  async start(sources, handles, classFrom) {
    const size = sources.reduce((sum, each) => sum + each.size, 0);
    const body = { name: nameOf(sources), files: sources.length, size_bytes: size, class_from: classFrom };
    const upload = { ...(await this.#api.post(this.#address, body)), handles };
    jobsChanged();
    await this.take(upload);
    return upload;
  }

  /**
   * Those that this person has begun and not ended, each with its `handles`; without those that go on here or in another tab.
   * `elsewhere`: files of it have just come, and not from here.
   */
  async resumable() {
    const { results } = await this.#api.get(this.#address);
    await this.#note(() => this.journal.keepOnly(this.project, results.map((each) => each.id)));
    const held = new Set((await this.#locks?.query())?.held?.map((lock) => lock.name));
    const rows = results.filter((each) => !this.#held.has(each.id) && !held.has(lockOf(each)));
    return Promise.all(rows.map(async (each) => {
      const kept = await this.#note(() => this.journal.upload(each.id));
      // What this browser began and holds no more was broken off, however lately: its page was reloaded, say.
      const brokenOff = each.interrupted || Boolean(kept && this.#locks);
      return { ...each, handles: kept?.handles ?? [], elsewhere: !brokenOff };
    }));
  }

  /** What has arrived of these files: this browser's journal is asked first, for the rest the server, in bulk. */
  async known(upload, sources) {
    const arrived = (await this.#note(() => this.journal.arrived(upload.id))) ?? new Map();
    const known = new Map();
    for (const each of sources) if (arrived.has(keyOf(each))) known.set(each, arrived.get(keyOf(each)));
    const rest = sources.filter((each) => !known.has(each));
    for (let start = 0; start < rest.length; start += ASKED_AT_ONCE) {
      const some = rest.slice(start, start + ASKED_AT_ONCE);
      const results = await this.ask(upload, some);
      for (const [place, each] of some.entries()) if (results[place]) known.set(each, results[place]);
    }
    return known;
  }

  /** @param {{id: number}} upload @param {any[]} sources @returns {Promise<any[]>} null for what has not arrived */
  async ask(upload, sources) {
    const { results } = await this.#api.post(`/api/uploads/${upload.id}/known/`, { files: sources.map(markOf) });
    return Promise.all(results.map(async (each) => (each?.archive ? { ...each, archive: await this.#api.get(`/api/archives/${each.archive}/`) } : each)));
  }

  /** Tell the list of jobs that nothing comes for now, or again; files go their way whether it is heard or not. */
  async pause(upload, paused) {
    try {
      await this.#api[paused ? "post" : "delete"](`/api/uploads/${upload.id}/pause/`, undefined, { keepalive: true });
      jobsChanged();
    } catch {
      // Whoever looks at the list sees it when nothing has come for a while.
    }
  }

  /** From now on this page sends it. */
  async take(upload) {
    this.#hold(upload);
    await this.#note(() => this.journal.begin({ id: upload.id, project: this.project, handles: upload.handles }));
  }

  /** This page sends it no more, but it is not over. */
  async leave(upload) {
    await this.#release(upload);
  }

  /** One that was cancelled takes files again. */
  async reopen(upload) {
    await this.#call(upload, "retry");
    await this.take(upload);
  }

  /** Note in the journal what became of items of the queue. */
  settled(items) {
    const rows = items.filter((item) => item.upload).map((item) => ({ upload: item.upload.id, key: keyOf(item), status: item.status, id: item.id, reason: item.reason }));
    return this.#note(() => this.journal.settle(rows));
  }

  async finish(upload) {
    await this.#end(upload, "finish");
  }

  async cancel(upload) {
    await this.#end(upload, "cancel");
  }

  async #end(upload, verb) {
    await this.#call(upload, verb);
    await this.#release(upload);
    await this.#note(() => this.journal.forget(upload.id));
  }

  async #call(upload, verb) {
    try {
      Object.assign(upload, await this.#api.post(`/api/uploads/${upload.id}/${verb}/`));
      jobsChanged();
    } catch (error) {
      if (error.status !== 409) throw error; // it is so already
    }
  }

  /** While this page sends, another tab does not offer to go on with it. */
  #hold(upload) {
    const waiting = new AbortController();
    let end = () => {};
    const over = new Promise((resolve) => (end = () => resolve(undefined)));
    const released = this.#locks?.request(lockOf(upload), { signal: waiting.signal }, () => over).catch(() => {});
    this.#held.set(upload.id, () => {
      end();
      waiting.abort(); // should another tab have had it all the time
      return released;
    });
  }

  async #release(upload) {
    const release = this.#held.get(upload.id);
    this.#held.delete(upload.id);
    await release?.();
  }

  /** A browser without room for its journal still sends; then the server alone remembers. */
  async #note(run) {
    try {
      return await run();
    } catch {
      return undefined;
    }
  }

  get #address() {
    return `/api/projects/${this.project}/uploads/`;
  }
}

export const hasEnded = (upload) => ENDED.has(upload.status);

function lockOf(upload) {
  return `labelapp-upload-${upload.id}`;
}

/** The folder that all files lie in, or the first one's name. */
function nameOf(sources) {
  const first = sources[0].path.split("/")[0];
  return sources.every(({ path }) => path.split("/")[0] === first) ? first.slice(0, 200) : "";
}
