import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryJournal } from "../../static/js/store/memory_journal.js";
import { Store } from "../../static/js/store/store.js";
import { Sync } from "../../static/js/store/sync.js";
import { box, locking, Server, sitting, until } from "./syncing.js";

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

test("two tabs with one journal send each change once", async () => {
  const server = new Server();
  const locks = locking();
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

test("nothing is said to be saved while a change that has just come is still being written into the journal", async () => {
  const server = new Server();
  const journal = new MemoryJournal();
  const { store, sync } = await sitting(server, { journal });
  const told = [];
  sync.observe(({ state }) => told.push([state, server.rows.size]));
  const [add, patch] = [journal.add.bind(journal), server.patch.bind(server)];
  const slowly = async (entry) => {
    await new Promise((resolve) => setTimeout(resolve, 60)); // as on a loaded machine
    return add(entry);
  };
  server.patch = async (...given) => {
    const answer = await patch(...given);
    server.patch = patch;
    journal.add = slowly;
    store.change(7, { upsert: [box("b")] }, "local"); // while the answer is under way
    return answer;
  };
  store.change(7, { upsert: [box("a")] }, "local");
  told.length = 0;
  await until(() => told.at(-1)?.[0] === "saved" && server.rows.size === 2);
  assert.deepEqual(told.filter(([state, rows]) => state === "saved" && rows < 2), []);
});

test("what the server makes of a shape is shown, and the other shapes are not read again", async () => {
  const server = new Server();
  server.rows.set("there", box("there"));
  const { store, settled } = await sitting(server);
  server.stored = (row) => ({ ...row, created_by: 1 });
  store.change(7, { upsert: [box("new")] }, "local");
  await settled();
  await until(() => store.annotation(7, "new").created_by === 1);
  assert.deepEqual([store.annotations(7).length, server.reads], [2, 1]);
});

test("of several changes in a row what the server made of each is shown in the end", async () => {
  const server = new Server();
  const { store, settled } = await sitting(server);
  server.stored = (row) => ({ ...row, created_by: 1 });
  for (const id of ["a", "b", "c"]) store.change(7, { upsert: [box(id)] }, "local");
  await settled();
  await until(() => store.annotations(7).every((each) => each.created_by === 1));
  assert.deepEqual(store.annotations(7).map((each) => each.id), ["a", "b", "c"]);
});
