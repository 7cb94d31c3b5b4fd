import assert from "node:assert/strict";
import { test } from "node:test";
import { KeptJournal } from "../../static/js/store/kept_journal.js";
import { MemoryJournal } from "../../static/js/store/memory_journal.js";
import { box, Server, sitting, tag, until } from "./syncing.js";

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

test("what is stored and cannot be read for a moment is neither saved nor forgotten", async () => {
  const server = new Server();
  server.down = 1;
  const stored = Object.assign(new FullJournal(), { full: false, broken: false });
  const { store, sync, states, settled } = await sitting(server, { journal: new KeptJournal(stored) });
  store.change(7, { upsert: [box("a")] }, "local");
  await until(() => states.at(-1) === "offline");
  stored.broken = true;
  const before = states.length;
  sync.hurry();
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.ok(!states.slice(before).includes("saved"));
  stored.broken = false;
  sync.hurry();
  await settled();
  assert.deepEqual(server.rows.get("a"), box("a"));
});
