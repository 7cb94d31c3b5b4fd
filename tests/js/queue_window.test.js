import assert from "node:assert/strict";
import { test } from "node:test";
import { QueueWindow } from "../../static/js/label/queue_window.js";

/** The queue endpoint over `count` images whose ids are their places. */
function api(count) {
  return {
    asked: 0,
    async get(url) {
      this.asked += 1;
      const query = new URL(url, "http://x").searchParams;
      const image = Number(query.get("image") ?? 0);
      const first = Math.max(0, image - Number(query.get("before") ?? 0));
      const last = Math.min(count - 1, image + Number(query.get("after")));
      const results = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => ({ id: first + index }));
      return { total: count, position: first, results };
    },
  };
}

async function opened(count, image) {
  const queue = new QueueWindow(api(count), 1, new URLSearchParams());
  await queue.open(image);
  return queue;
}

test("one can walk from the middle to both ends and no further", async () => {
  const queue = await opened(500, 250);
  assert.deepEqual([queue.position, queue.total], [251, 500]);
  let steps = 0;
  while (await queue.step(1)) steps += 1;
  assert.deepEqual([steps, queue.current.id, queue.position], [249, 499, 500]);
  steps = 0;
  while (await queue.step(-1)) steps += 1;
  assert.deepEqual([steps, queue.current.id, queue.position], [499, 0, 1]);
  assert.ok(queue.items.length <= 500);
});

test("a short queue is read once", async () => {
  const source = api(5);
  const queue = new QueueWindow(source, 1, new URLSearchParams());
  await queue.open(2);
  while (await queue.step(1));
  while (await queue.step(-1));
  assert.equal(source.asked, 1);
});

test("without a network the queue is not asked for again and again, and whoever waits for it is told", async () => {
  const source = api(500);
  const queue = new QueueWindow(source, 1, new URLSearchParams());
  await queue.open(250);
  source.get = async () => {
    source.asked += 1;
    throw new Error("away");
  };
  for (let frame = 0; frame < 10; frame += 1) {
    queue.growAhead("after");
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  assert.equal(source.asked, 2);
  queue.go(queue.items.length - 1);
  await assert.rejects(queue.step(1), { message: "away" });
});

test("an empty queue has no current image", async () => {
  const queue = await opened(0, null);
  assert.equal(queue.current, undefined);
  assert.equal(await queue.step(1), false);
});

test("in a long queue only the images around the current one are kept, and one can turn round", async () => {
  const queue = await opened(5_000, 1_000);
  for (let step = 0; step < 2_000; step += 1) await queue.step(1);
  assert.deepEqual([queue.current.id, queue.position], [3_000, 3_001]);
  assert.ok(queue.items.length < 700, String(queue.items.length));
  for (let step = 0; step < 2_500; step += 1) await queue.step(-1);
  assert.deepEqual([queue.current.id, queue.position], [500, 501]);
  assert.ok(queue.items.length < 700, String(queue.items.length));
});
