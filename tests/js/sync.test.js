import assert from "node:assert/strict";
import { test } from "node:test";
import { KeptJournal } from "../../static/js/store/kept_journal.js";
import { MemoryJournal } from "../../static/js/store/memory_journal.js";
import { Store } from "../../static/js/store/store.js";
import { Sync } from "../../static/js/store/sync.js";

const tag = (id, label = 1) => ({ id, class: label, shape: "tag", geometry: {} });
const box = (id, x = 0) => ({ id, class: 1, shape: "box", geometry: { box: [x, 0, 9, 9] } });

/** A server in memory that keeps the rules of PATCH: base revision, idempotency, changes since. */
class Server {
  revision = 0;
  rows = new Map();
  changes = [];
  status = "new";
  down = 0;
  refuses = null;
  loseAnswer = false;
  away = false;

  answer() {
    return { revision: this.revision, status: this.status, annotations: [...this.rows.values()] };
  }

  async get() {
    if (this.away) throw Object.assign(new Error("away"), { status: 0 });
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
      this.changes.at(-1).answer = this.answer();
    }
    if (this.loseAnswer) {
      this.loseAnswer = false;
      throw Object.assign(new Error("lost"), { status: 0 });
    }
    return this.answer();
  }

  apply({ key = "theirs", upsert = [], delete: gone = [], status = this.status, comment = undefined }) {
    this.revision += 1;
    for (const id of gone) this.rows.delete(id);
    for (const row of upsert) this.rows.set(row.id, row);
    this.status = status;
    this.changes.push({ revision: this.revision, key, author: "her", upsert, delete: gone, status, comment });
  }
}

async function sitting(server, { oneClass = false, journal = new MemoryJournal() } = {}) {
  const store = new Store();
  const sync = new Sync({ store, journal, api: server, project: { id: 1, oneClass, user: 1 } });
  const states = [];
  sync.observe((state) => states.push(state.state));
  await sync.load(7);
  return { store, sync, journal, states, settled: () => until(() => states.at(-1) === "saved") };
}

async function until(condition) {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail("It did not come to that.");
}

test("gestures are saved in order, each on top of the other", async () => {
  const server = new Server();
  const { store, settled, states } = await sitting(server);
  for (let number = 0; number < 5; number += 1) store.change(7, { upsert: [box(`a${number}`)] }, "local");
  await settled();
  assert.equal(server.revision, 5);
  assert.deepEqual([...server.rows.keys()], ["a0", "a1", "a2", "a3", "a4"]);
  await until(() => states.at(-1) === "saved");
});

test("without a network changes are kept and sent later", async () => {
  const server = new Server();
  server.down = 1;
  const { store, sync, settled, states, journal } = await sitting(server);
  store.change(7, { upsert: [box("a")] }, "local");
  await until(() => states.at(-1) === "offline");
  assert.equal((await journal.all()).length, 1);
  await sync.hurry();
  await settled();
  assert.equal(server.rows.size, 1);
});

test("an answer that is lost does nothing twice", async () => {
  const server = new Server();
  server.loseAnswer = true;
  const { store, sync, settled, states } = await sitting(server);
  store.change(7, { upsert: [box("a")] }, "local");
  await until(() => states.at(-1) === "offline");
  await sync.hurry();
  await settled();
  assert.equal(server.revision, 1);
});

test("a page that comes back shows and sends what the journal holds", async () => {
  const server = new Server();
  server.down = 1;
  const first = await sitting(server);
  first.store.change(7, { upsert: [box("a")] }, "local");
  await until(() => first.states.at(-1) === "offline");
  const second = await sitting(server, { journal: first.journal });
  assert.deepEqual(second.store.annotations(7), [box("a")]);
  await second.sync.flush();
  assert.equal(server.rows.size, 1);
  await first.sync.hurry();
  assert.equal(server.revision, 1);
});

test("changes of different shapes are rebased and both stay", async () => {
  const server = new Server();
  const { store, settled } = await sitting(server);
  server.apply({ upsert: [box("theirs")] });
  store.change(7, { upsert: [box("mine")] }, "local");
  await settled();
  assert.deepEqual(new Set(server.rows.keys()), new Set(["theirs", "mine"]));
  await until(() => store.annotations(7).length === 2);
});

test("a conflict waits for the person, who may keep their own", async () => {
  const server = new Server();
  const { store, sync, settled, states, journal } = await sitting(server, { oneClass: true });
  server.apply({ upsert: [tag("theirs", 2)], status: "labelled" });
  store.change(7, { upsert: [tag("mine", 1)], status: "labelled" }, "local");
  await until(() => states.at(-1) === "problem");
  assert.equal((await journal.all()).length, 1);
  await sync.resolve(7, "mine");
  await settled();
  assert.deepEqual([...server.rows.keys()], ["mine"]);
});

test("or take the other's", async () => {
  const server = new Server();
  const { store, sync, states } = await sitting(server, { oneClass: true });
  server.apply({ upsert: [tag("theirs", 2)] });
  store.change(7, { upsert: [tag("mine", 1)] }, "local");
  await until(() => states.at(-1) === "problem");
  await sync.resolve(7, "theirs");
  assert.deepEqual(store.annotations(7), [tag("theirs", 2)]);
  assert.equal(states.at(-1), "saved");
});

test("what the server refuses is shown and can be dropped", async () => {
  const server = new Server();
  server.refuses = 400;
  const { store, sync, states } = await sitting(server);
  store.change(7, { upsert: [box("a")] }, "local");
  await until(() => states.at(-1) === "problem");
  await sync.resolve(7, "theirs");
  assert.deepEqual(store.annotations(7), []);
});

test("two tabs with one journal send each change once", async () => {
  const server = new Server();
  let tail = Promise.resolve();
  const locks = { request: (_name, run) => (tail = tail.then(run)) };
  const journal = new MemoryJournal();
  const tabs = [];
  for (let number = 0; number < 2; number += 1) {
    const store = new Store();
    const sync = new Sync({ store, journal, api: server, locks, project: { id: 1, oneClass: false, user: 1 } });
    await sync.load(7);
    tabs.push({ store, sync });
  }
  tabs[0].store.change(7, { upsert: [box("a")] }, "local");
  tabs[1].store.change(7, { upsert: [box("b")] }, "local");
  await Promise.all(tabs.map(({ sync }) => sync.flush()));
  await until(async () => !(await journal.all()).length);
  assert.equal(server.revision, 2);
  assert.equal(server.rows.size, 2);
});

const fox = (attributes) => ({ ...tag("a"), attributes });

test("what was changed offline on an image keeps what somebody else changed of it meanwhile", async () => {
  const server = new Server();
  server.apply({ upsert: [fox({}), box("b")] });
  const { store, settled, sync, states } = await sitting(server, { oneClass: true });
  server.down = 1;
  store.change(7, { upsert: [fox({ fur: "red" })] }, "local");
  store.change(7, { upsert: [fox({ fur: "red", age: 2 })] }, "local");
  await until(() => states.at(-1) === "offline");
  server.apply({ upsert: [fox({ note: "hers" })] });
  await sync.hurry();
  await settled();
  assert.deepEqual(server.rows.get("a").attributes, { fur: "red", age: 2, note: "hers" });
  assert.deepEqual(store.annotation(7, "a").attributes, { fur: "red", age: 2, note: "hers" });
});

test("a later change of what somebody else changed is not sent over it", async () => {
  const server = new Server();
  server.apply({ upsert: [box("b")] });
  const { store, sync, states, settled } = await sitting(server);
  server.down = 1;
  store.change(7, { upsert: [box("mine")] }, "local");
  store.change(7, { upsert: [box("b", 1)] }, "local");
  await until(() => states.at(-1) === "offline");
  server.apply({ upsert: [box("b", 2)] });
  await sync.hurry();
  await until(() => states.at(-1) === "problem");
  assert.deepEqual([server.rows.get("b"), server.rows.has("mine")], [box("b", 2), true]);
  await sync.resolve(7, "mine");
  await settled();
  assert.deepEqual(server.rows.get("b").geometry, box("b", 1).geometry);
});

test("mine is only what I changed: the other values stay theirs", async () => {
  const server = new Server();
  server.apply({ upsert: [fox({ fur: "red" })] });
  const { store, sync, states, settled } = await sitting(server, { oneClass: true });
  server.apply({ upsert: [fox({ fur: "white", note: "hers" })] });
  store.change(7, { upsert: [fox({ fur: "grey" })] }, "local");
  await until(() => states.at(-1) === "problem");
  await sync.resolve(7, "mine");
  await settled();
  assert.deepEqual(server.rows.get("a").attributes, { fur: "grey", note: "hers" });
});

test("one answer settles everything that names a class that went", async () => {
  for (const [edit, sent] of [[null, 0], [(change) => ({ ...change, upsert: change.upsert.map((each) => ({ ...each, class: 2 })) }), 3]]) {
    const server = new Server();
    server.refuses = 400;
    const { store, sync, states, settled } = await sitting(server);
    for (const image of [8, 9]) await sync.load(image);
    for (const image of [7, 8, 9]) store.change(image, { upsert: [tag(`on ${image}`)] }, "local");
    await until(() => states.at(-1) === "problem");
    assert.equal(await sync.naming([{ id: 1 }]), 3);
    assert.equal(await sync.naming([{ id: 3 }]), 0);
    server.refuses = null;
    await sync.resolveGone([{ id: 1 }], edit);
    await settled();
    assert.deepEqual([...server.rows.values()].map((each) => each.class), Array(sent).fill(2));
  }
});

/** A browser that has no room, or whose journal cannot even be opened. */
class FullJournal extends MemoryJournal {
  full = true;
  broken = false;

  async add(entry) {
    if (this.full || this.broken) throw new DOMException("No room.", "QuotaExceededError");
    return super.add(entry);
  }

  async all() {
    if (this.broken) throw new DOMException("It cannot be opened.", "UnknownError");
    return super.all();
  }
}

test("what the browser has no room for is kept in the page, told of, and sent all the same", async () => {
  for (const broken of [false, true]) {
    const server = new Server();
    server.down = 1;
    const stored = Object.assign(new FullJournal(), { broken });
    const { store, sync, states, settled } = await sitting(server, { journal: new KeptJournal(stored) });
    let told;
    sync.observe((state) => (told = state));
    store.change(7, { upsert: [box("a")] }, "local");
    await until(() => states.at(-1) === "offline");
    assert.deepEqual([told.count, told.fleeting], [1, 1]);
    stored.full = false; // there is room again: what comes later is sent later all the same
    store.change(7, { upsert: [box("a", 1)] }, "local");
    await sync.load(7);
    assert.deepEqual([store.annotations(7), told.fleeting], [[box("a", 1)], 2]);
    await sync.hurry();
    await settled();
    assert.deepEqual([server.rows.get("a"), server.revision, told.fleeting], [box("a", 1), 2, 0]);
  }
});

test("a conflict about what is only kept in the page can be decided", async () => {
  for (const choice of ["mine", "theirs"]) {
    const server = new Server();
    const journal = new KeptJournal(Object.assign(new FullJournal(), { broken: true }));
    const { store, sync, states } = await sitting(server, { oneClass: true, journal });
    server.apply({ upsert: [tag("theirs", 2)] });
    store.change(7, { upsert: [tag("mine", 1)] }, "local");
    await until(() => states.at(-1) === "problem");
    await sync.resolve(7, choice);
    assert.deepEqual([[...server.rows.keys()], journal.fleeting, states.at(-1)], [[choice], 0, "saved"]);
  }
});

test("giving way takes only what was asked about, and what was done on it", async () => {
  const server = new Server();
  server.apply({ upsert: [box("b")] });
  const { store, sync, states, settled, journal } = await sitting(server);
  server.apply({ upsert: [box("b", 2)] });
  store.change(7, { upsert: [box("b", 1)] }, "local");
  store.change(7, { upsert: [box("new")] }, "local");
  store.change(7, { upsert: [box("b", 3), box("also new")], status: "labelled" }, "local");
  store.change(7, { delete: ["b"] }, "local");
  await until(() => states.at(-1) === "problem");
  await until(async () => (await journal.all()).length === 4);
  await sync.resolve(7, "theirs");
  await settled();
  assert.deepEqual([...server.rows.values()], [box("b", 2), box("new"), box("also new")]);
  assert.deepEqual([server.status, store.annotations(7).length], ["new", 3]);
});

test("without a network a question stays to be decided", async () => {
  for (const choice of ["mine", "theirs"]) {
    const server = new Server();
    const { store, sync, states } = await sitting(server, { oneClass: true });
    server.apply({ upsert: [tag("theirs", 2)] });
    store.change(7, { upsert: [tag("mine", 1)] }, "local");
    await until(() => states.at(-1) === "problem");
    server.away = true;
    for (const _time of [1, 2]) await assert.rejects(sync.resolve(7, choice), { message: "away" });
    server.away = false;
    await sync.resolve(7, choice);
    assert.deepEqual([[...server.rows.keys()], states.at(-1)], [[choice], "saved"]);
  }
});

test("what was sent before is answered as it was then, and what came since stays on the page", async () => {
  const server = new Server();
  server.loseAnswer = true;
  const { store, sync, settled, states } = await sitting(server);
  store.change(7, { upsert: [box("mine")] }, "local");
  await until(() => states.at(-1) === "offline");
  server.apply({ upsert: [box("hers")] });
  await sync.load(7);
  await sync.hurry();
  await settled();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual([store.annotations(7).length, sync.revision(7)], [2, 2]);
});

test("another tab's older answer lowers nothing", async () => {
  const server = new Server();
  const channel = new EventTarget();
  const store = new Store();
  const sync = new Sync({ store, journal: new MemoryJournal(), api: server, channel, project: { id: 1, oneClass: false, user: 1 } });
  server.apply({ upsert: [box("a")] });
  const answer = server.answer();
  server.apply({ upsert: [box("b")] });
  await sync.load(7);
  channel.dispatchEvent(Object.assign(new Event("message"), { data: { image: 7, answer, more: false } }));
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual([store.annotations(7).length, sync.revision(7)], [2, 2]);
});

test("after a backup was restored one labels on", async () => {
  const server = new Server();
  const { store, sync, settled } = await sitting(server);
  for (const id of ["a", "b", "c"]) store.change(7, { upsert: [box(id)] }, "local");
  await settled();
  Object.assign(server, { revision: 1, changes: server.changes.slice(0, 1) });
  server.rows.delete("b");
  server.rows.delete("c");
  for (const id of ["d", "e"]) store.change(7, { upsert: [box(id)] }, "local");
  await until(() => server.rows.has("e"));
  await settled();
  await until(() => sync.revision(7) === 3);
  assert.deepEqual(store.annotations(7), [box("a"), box("d"), box("e")]);
});

test("a comment is sent with its verdict, also where the image has that already", async () => {
  const server = new Server();
  server.apply({ status: "sent_back" });
  const { store, settled } = await sitting(server);
  store.change(7, { status: "sent_back", comment: "So is the right hand." }, "local");
  await settled();
  assert.deepEqual([server.changes.at(-1).status, server.changes.at(-1).comment], ["sent_back", "So is the right hand."]);
});
