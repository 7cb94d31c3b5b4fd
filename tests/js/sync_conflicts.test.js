import assert from "node:assert/strict";
import { test } from "node:test";
import { box, Server, sitting, tag, until } from "./syncing.js";

const fox = (attributes) => ({ ...tag("a"), attributes });

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
