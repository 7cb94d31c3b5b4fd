import assert from "node:assert/strict";
import { test } from "node:test";
import { pinned, Threads } from "../../static/js/label/threads.js";

const thread = (id, number, more = {}) => ({ id, number, resolved_at: null, answers: [], ...more });

test("what comes for an image that was left meanwhile is not shown on the next one", async () => {
  const waiting = [];
  const threads = new Threads(/** @type {any} */ ({ get: (url) => new Promise((resolve) => waiting.push([url, resolve])) }));
  threads.leave(1);
  const first = threads.load();
  threads.leave(2);
  const second = threads.load();
  waiting[1][1]({ results: [thread(20, 1)] });
  waiting[0][1]({ results: [thread(10, 1)] });
  await Promise.all([first, second]);
  assert.deepEqual(waiting.map(([url]) => url), ["/api/images/1/comments/", "/api/images/2/comments/"]);
  assert.deepEqual(threads.list.map((each) => each.id), [20]);
});

test("threads stay in the order of their numbers, and resolved ones are not open", async () => {
  const answers = { 3: thread(3, 3), 1: thread(1, 1, { resolved_at: "2026-01-01" }) };
  const api = { post: async () => answers[3], put: async () => answers[1], delete: async () => null, get: async () => ({ results: [thread(1, 1), thread(2, 2, { answers: [{ id: 9 }] })] }) };
  const threads = new Threads(/** @type {any} */ (api));
  threads.leave(7);
  await threads.load();
  await threads.say(7, { text: "x" });
  await threads.settle(1, true);
  assert.deepEqual([threads.list.map((each) => each.id), threads.open.map((each) => each.id)], [[1, 2, 3], [2, 3]]);
  await threads.remove(9);
  assert.deepEqual(threads.list[1].answers, []);
  await threads.remove(2);
  assert.deepEqual(threads.list.map((each) => each.id), [1, 3]);
});

test("what is known stays where it cannot be asked for again", async () => {
  let away = true;
  const threads = new Threads(/** @type {any} */ ({ get: async () => (away ? Promise.reject(new Error("away")) : { results: [thread(1, 1)] }) }));
  threads.leave(7);
  await threads.load();
  assert.equal(threads.state, "failed");
  away = false;
  await threads.load();
  away = true;
  await threads.load();
  assert.deepEqual([threads.state, threads.list.length], ["here", 1]);
});

test("a pin goes with its shape, and stays where it is when the shape is gone", () => {
  const bounds = [100, 100, 200, 150];
  assert.deepEqual(pinned({ place: [120, 110] }, bounds), [120, 110]);
  assert.deepEqual(pinned({ place: [20, 110] }, bounds), [100, 110]);
  assert.deepEqual(pinned({ place: null }, bounds), [200, 100]);
  assert.deepEqual(pinned({ place: [20, 110] }, undefined), [20, 110]);
  assert.equal(pinned({ place: null }, undefined), null);
});
