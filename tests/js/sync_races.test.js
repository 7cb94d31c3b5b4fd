import assert from "node:assert/strict";
import { test } from "node:test";
import { box, locking, Server, sitting, until } from "./syncing.js";

const fox = (attributes, x = 0) => ({ ...box("a", x), attributes });

/** The next answer to what is sent comes after `act`. */
function beforeAnswer(server, act) {
  const patch = server.patch.bind(server);
  server.patch = async (...given) => {
    server.patch = patch;
    return patch(...given).finally(act);
  };
}

test("what is changed while the server says that the base is stale is not sent over theirs", async () => {
  const server = new Server();
  server.apply({ upsert: [fox({})] });
  const { store, journal, settled } = await sitting(server);
  server.apply({ upsert: [fox({ note: "hers" })] });
  const all = journal.all.bind(journal);
  beforeAnswer(server, () => {
    let reads = 0;
    journal.all = async () => {
      const found = await all();
      // What waits has been read to be fitted, and not shown yet.
      if ((reads += 1) === 1) store.change(7, { upsert: [fox({}, 5)] }, "local");
      return found;
    };
  });
  store.change(7, { upsert: [box("b")] }, "local");
  await until(() => server.rows.has("b"));
  await settled();
  assert.deepEqual([server.rows.get("a").attributes, server.rows.get("a").geometry.box[0]], [{ note: "hers" }, 5]);
});

test("a change on top of one that waits keeps what somebody else did meanwhile", async () => {
  const server = new Server();
  server.apply({ upsert: [fox({})] });
  const locks = locking();
  const first = await sitting(server, { locks });
  server.down = 1;
  first.store.change(7, { upsert: [fox({}, 5)] }, "local");
  await until(() => first.states.at(-1) === "offline");
  server.apply({ upsert: [fox({ note: "hers" })] });
  const again = await sitting(server, { journal: first.journal, locks }); // the page is read anew
  again.store.change(7, { upsert: [fox({ fur: "red" }, 5)] }, "local");
  await first.sync.hurry();
  await again.settled();
  const { attributes, geometry } = server.rows.get("a");
  assert.deepEqual([attributes, geometry.box[0]], [{ note: "hers", fur: "red" }, 5]);
});

test("who insists on one change does not undo what came after the question", async () => {
  const server = new Server();
  server.apply({ upsert: [fox({}), box("b")] });
  const { store, sync, states, settled } = await sitting(server);
  server.apply({ upsert: [fox({}, 9)] });
  store.change(7, { upsert: [fox({}, 3)] }, "local");
  store.change(7, { upsert: [box("b", 4)] }, "local");
  await until(() => states.at(-1) === "problem");
  server.apply({ upsert: [box("b", 8)] });
  await sync.resolve(7, "mine");
  await until(() => states.at(-1) === "problem" && server.rows.get("a").geometry.box[0] === 3);
  assert.equal(server.rows.get("b").geometry.box[0], 8);
  await sync.resolve(7, "theirs");
  await settled();
  assert.deepEqual(store.annotation(7, "b"), box("b", 8));
});

test("who insists brings nothing back unasked that was deleted meanwhile", async () => {
  const server = new Server();
  server.apply({ upsert: [fox({}), box("b")] });
  const { store, sync, states, settled } = await sitting(server);
  server.apply({ upsert: [fox({}, 9)] });
  server.apply({ upsert: [box("b", 9)] });
  server.apply({ delete: ["b"] });
  store.change(7, { upsert: [fox({}, 3)] }, "local");
  await until(() => states.at(-1) === "problem");
  store.change(7, { upsert: [box("b", 4)] }, "local"); // as in another tab, which asks nothing yet
  await sync.resolve(7, "mine");
  await until(() => states.at(-1) === "problem");
  assert.deepEqual([server.rows.get("a").geometry.box[0], server.rows.has("b")], [3, false]);
  await sync.resolve(7, "theirs");
  await settled();
  assert.deepEqual([...server.rows.keys()], ["a"]);
});

test("an answer is for what was asked about, not for the rest that waits", async () => {
  for (const [choice, kept] of [["mine", 3], ["theirs", 9]]) {
    const server = new Server();
    server.apply({ upsert: [fox({}), box("b")] });
    const { store, sync, states, settled, journal } = await sitting(server);
    server.down = 1;
    store.change(7, { upsert: [fox({}, 3)] }, "local");
    store.change(7, { upsert: [box("b", 4)] }, "local");
    await until(() => states.at(-1) === "offline");
    server.apply({ upsert: [fox({}, 9), box("b", 9)] });
    server.apply({ delete: ["b"] });
    await sync.hurry();
    await until(() => states.at(-1) === "problem");
    await sync.resolve(7, choice);
    await until(() => states.at(-1) === "problem");
    assert.deepEqual([server.rows.get("a").geometry.box[0], server.rows.has("b"), (await journal.all()).length], [kept, false, 1]);
    await sync.resolve(7, "mine");
    await settled();
    assert.equal(server.rows.get("b").geometry.box[0], 4);
  }
});

test("what was deleted and brought back is still what it was made of", async () => {
  const server = new Server();
  server.apply({ upsert: [fox({})] });
  const { store, sync, states, settled } = await sitting(server);
  server.down = 1;
  const boxes = [[4, {}], null, [4, {}], [4, { fur: "red" }], [4, {}]]; // moved, deleted, undone, described, undone
  for (const each of boxes) store.change(7, each ? { upsert: [fox(each[1], each[0])] } : { delete: ["a"] }, "local");
  await until(() => states.at(-1) === "offline");
  server.apply({ upsert: [fox({}, 9)] });
  await sync.hurry();
  for (;;) {
    await until(() => ["problem", "saved"].includes(states.at(-1)));
    if (states.at(-1) === "saved") break;
    await sync.resolve(7, "mine");
  }
  await settled();
  assert.equal(server.rows.get("a").geometry.box[0], 4);
});

test("what both deleted is no question", async () => {
  const server = new Server();
  server.apply({ upsert: [box("a"), box("b")] });
  const { store, settled } = await sitting(server);
  server.apply({ delete: ["a"] });
  store.change(7, { delete: ["a"] }, "local");
  store.change(7, { delete: ["b"] }, "local");
  await settled();
  assert.equal(server.rows.size, 0);
});

test("what is changed while labels are read stays on the page", async () => {
  const server = new Server();
  server.apply({ upsert: [fox({})] });
  const { store, sync, journal } = await sitting(server);
  const all = journal.all.bind(journal);
  server.down = 1;
  let reads = 0;
  journal.all = async () => {
    const found = await all();
    if ((reads += 1) === 1) store.change(7, { upsert: [fox({}, 5)] }, "local");
    return found;
  };
  await sync.load(7);
  assert.equal(store.annotation(7, "a").geometry.box[0], 5);
});
