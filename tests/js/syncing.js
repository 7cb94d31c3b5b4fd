import assert from "node:assert/strict";
import { MemoryJournal } from "../../static/js/store/memory_journal.js";
import { Store } from "../../static/js/store/store.js";
import { Sync } from "../../static/js/store/sync.js";

export const tag = (id, label = 1) => ({ id, class: label, shape: "tag", geometry: {} });
export const box = (id, x = 0) => ({ id, class: 1, shape: "box", geometry: { box: [x, 0, 9, 9] } });

/** A server in memory that keeps the rules of PATCH: base revision, idempotency, changes since. */
export class Server {
  revision = 0;
  rows = new Map();
  changes = [];
  status = "new";
  down = 0;
  refuses = null;
  loseAnswer = false;
  away = false;
  stored = (row) => row; // as it keeps what it is sent
  reads = 0;

  answer() {
    return { revision: this.revision, status: this.status, annotations: [...this.rows.values()] };
  }

  async get() {
    if (this.away) throw Object.assign(new Error("away"), { status: 0 });
    this.reads += 1;
    return { ...this.answer(), suggestions: [] };
  }

  async patch(_url, body) {
    if (this.down > 0) {
      this.down -= 1;
      throw Object.assign(new Error("down"), { status: 0 });
    }
    if (this.refuses) throw Object.assign(new Error("refused"), { status: this.refuses });
    const done = this.changes.find((each) => each.key === body.key);
    if (done?.answer) return done.answer; // as it was then
    if (!done) {
      if (body.base_revision !== this.revision) {
        const changes = this.changes.filter((each) => each.revision > body.base_revision);
        throw Object.assign(new Error("stale"), { status: 409, body: { revision: this.revision, changes } });
      }
      this.apply(body);
      this.changes.at(-1).answer = { ...this.answer(), annotations: (body.upsert ?? []).map((each) => this.rows.get(each.id)) };
    }
    if (this.loseAnswer) {
      this.loseAnswer = false;
      throw Object.assign(new Error("lost"), { status: 0 });
    }
    return this.changes.at(-1).answer;
  }

  apply({ key = "theirs", upsert = [], delete: gone = [], status = this.status, comment = undefined }) {
    this.revision += 1;
    for (const id of gone) this.rows.delete(id);
    for (const row of upsert) this.rows.set(row.id, this.stored(row));
    this.status = status;
    this.changes.push({ revision: this.revision, key, author: "her", upsert, delete: gone, status, comment });
  }
}

/** Web Locks, for tabs of one browser. */
export function locking() {
  let tail = Promise.resolve();
  return { request: (_name, run) => (tail = tail.then(run)) };
}

/** A BroadcastChannel: what one tab posts, the others hear. */
export function channels() {
  const all = [];
  return () => {
    const own = Object.assign(new EventTarget(), {
      postMessage: (data) => all.filter((each) => each !== own).forEach((each) => each.dispatchEvent(Object.assign(new Event("message"), { data: structuredClone(data) }))),
    });
    all.push(own);
    return own;
  };
}

export async function sitting(server, { oneClass = false, journal = new MemoryJournal(), ...parts } = {}) {
  const store = new Store();
  const sync = new Sync({ store, journal, api: server, project: { id: 1, oneClass, user: 1 }, ...parts });
  const states = [];
  sync.observe((state) => states.push(state.state));
  await sync.load(7);
  return { store, sync, journal, states, settled: () => until(() => states.at(-1) === "saved") };
}

export async function until(condition) {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail("It did not come to that.");
}
