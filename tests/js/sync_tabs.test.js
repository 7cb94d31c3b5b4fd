import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryJournal } from "../../static/js/store/memory_journal.js";
import { box, channels, locking, Server, sitting, until } from "./syncing.js";

const fox = (attributes, x = 0) => ({ ...box("a", x), attributes });

/** Two tabs of one person, on an image with the box "a"; `deaf`: they hear nothing of each other. */
async function tabs(server, { deaf = false } = {}) {
  server.apply({ upsert: [fox({})] });
  const [journal, locks, channel] = [new MemoryJournal(), locking(), channels()];
  const parts = () => ({ journal, locks, ...(deaf ? {} : { channel: channel() }) });
  const [left, right] = [await sitting(server, parts()), await sitting(server, parts())];
  const allSent = () => until(async () => !(await journal.all()).length);
  return { journal, left, right, allSent };
}

test("a tab shows what another one has changed, also without a network", async () => {
  const server = new Server();
  const { left, right, allSent } = await tabs(server);
  server.down = 1;
  left.store.change(7, { upsert: [fox({}, 5)] }, "local");
  await until(() => right.store.annotation(7, "a").geometry.box[0] === 5);
  assert.equal(server.revision, 1);
  right.store.change(7, { upsert: [{ ...right.store.annotation(7, "a"), class: 2 }] }, "local");
  await left.sync.hurry();
  await allSent();
  assert.deepEqual([server.rows.get("a").class, server.rows.get("a").geometry.box[0], server.revision], [2, 5, 3]);
});

test("what two tabs change of one shape, before either hears of it, is merged", async () => {
  const server = new Server();
  const { left, right, allSent } = await tabs(server, { deaf: true });
  left.store.change(7, { upsert: [fox({ fur: "red" })] }, "local");
  right.store.change(7, { upsert: [fox({}, 5)] }, "local");
  await Promise.all([left.sync.flush(), right.sync.flush()]);
  await allSent();
  assert.deepEqual([server.rows.get("a").attributes, server.rows.get("a").geometry.box[0]], [{ fur: "red" }, 5]);
});

test("where both changed the same it is asked, in both tabs, until one is answered", async () => {
  const server = new Server();
  const { journal, left, right, allSent } = await tabs(server, { deaf: true });
  left.store.change(7, { upsert: [fox({}, 3)] }, "local");
  right.store.change(7, { upsert: [fox({}, 5)] }, "local");
  await until(() => left.states.at(-1) === "problem" || right.states.at(-1) === "problem");
  assert.deepEqual([server.rows.get("a").geometry.box[0], (await journal.all()).length], [3, 1]);
  await Promise.all([left.sync.flush(), right.sync.flush()]);
  await right.sync.resolve(7, "mine");
  await allSent();
  assert.equal(server.rows.get("a").geometry.box[0], 5);
});

test("an answer in one tab settles the question in the other", async () => {
  const server = new Server();
  const { left, right, allSent } = await tabs(server);
  server.apply({ upsert: [fox({}, 9)] });
  left.store.change(7, { upsert: [fox({}, 3)] }, "local");
  await until(() => left.states.at(-1) === "problem");
  await right.sync.flush();
  assert.equal(right.states.at(-1), "problem");
  await left.sync.resolve(7, "mine");
  await allSent();
  await until(() => right.states.at(-1) === "saved");
  await right.sync.resolve(7, "theirs"); // too late
  assert.equal(server.rows.get("a").geometry.box[0], 3);
});

test("what was made on an older revision than what is sent first is compared with all that came since", async () => {
  const server = new Server();
  const journal = new MemoryJournal();
  const [seen, now] = [{ ...box("a"), class: 3 }, { ...box("a"), class: 2 }];
  for (const upsert of [[box("a")], [seen], [now]]) server.apply({ upsert });
  const entry = { project: 1, image: 7, user: 1 };
  await journal.add({ ...entry, tab: "left", key: "k1", base: 3, change: { upsert: [box("b")] }, before: [] });
  // Its tab shows the second revision, but has something unsaved that was made on the first.
  await journal.add({ ...entry, tab: "right", key: "k2", base: 1, change: { upsert: [{ ...seen, geometry: { box: [5, 0, 9, 9] } }] }, before: [seen] });
  server.apply({ upsert: [box("c")] });
  const { sync, states } = await sitting(server, { journal });
  sync.flush();
  await until(() => states.at(-1) === "problem");
  assert.deepEqual([server.rows.get("a"), server.rows.has("b")], [now, true]);
});
