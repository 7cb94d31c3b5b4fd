import assert from "node:assert/strict";
import { test } from "node:test";

import { Listing } from "../../static/js/gallery/listing.js";

/** The list endpoint over images whose ids are their places. */
class Source {
  asked = [];
  failing = false;

  constructor(count) {
    this.count = count;
  }

  async get(url, { signal } = {}) {
    this.asked.push(url);
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (signal?.aborted) throw new DOMException("", "AbortError");
    if (this.failing) throw new Error("away");
    const query = new URL(url, "http://x").searchParams;
    const start = Number(query.get("start"));
    const size = Number(query.get("page_size") ?? query.get("count"));
    const images = Array.from({ length: Math.max(0, Math.min(size, this.count - start)) }, (_, index) => ({ id: start + index }));
    return url.includes("/ids/") ? { ids: images.map((each) => each.id) } : { results: images, total: this.count };
  }
}

async function opened(count) {
  const source = new Source(count);
  const listing = new Listing("/images/", source);
  listing.reset(new URLSearchParams("status=new"));
  await listing.loaded();
  return { source, listing };
}

test("only what is looked at is fetched, wherever it lies", async () => {
  const { source, listing } = await opened(100_000);
  assert.deepEqual([listing.length, source.asked.length], [100_000, 1]);
  listing.need(99_900, 100_000);
  await listing.loaded();
  assert.equal(listing.at(99_999).id, 99_999);
  assert.equal(listing.at(50_000), null);
  assert.equal(source.asked.length, 2);
  assert.match(source.asked[1], /status=new.*start=99800/);
});

test("however far one scrolls, few images are kept", async () => {
  const { listing } = await opened(100_000);
  for (let place = 0; place < 30_000; place += 200) {
    listing.need(place, place + 100);
    await listing.loaded();
  }
  const kept = Array.from({ length: 100_000 }, (_, place) => listing.at(place)).filter(Boolean);
  assert.ok(kept.length <= 5_000, String(kept.length));
  assert.equal(listing.at(29_850).id, 29_850);
});

test("what flew by while others were fetched is not fetched any more", async () => {
  const { source, listing } = await opened(100_000);
  for (let place = 1_000; place <= 40_000; place += 1_000) listing.need(place, place + 50);
  await listing.loaded();
  assert.equal(listing.at(40_010).id, 40_010);
  assert.ok(source.asked.length <= 4, String(source.asked.length));
});

test("when the number of images changes, what is known is read again where one looks", async () => {
  const { source, listing } = await opened(1_000);
  listing.need(400, 500);
  await listing.loaded();
  source.count = 990;
  listing.need(600, 700);
  await listing.loaded();
  assert.equal(listing.length, 990);
  assert.equal(listing.at(450).id, 450); // shown until it is read again
  const before = source.asked.length;
  listing.need(400, 500);
  await listing.loaded();
  assert.equal(source.asked.length, before + 1);
});

test("after a failure one can try again", async () => {
  const { source, listing } = await opened(1_000);
  source.failing = true;
  const failed = new Promise((resolve) => listing.addEventListener("failure", resolve, { once: true }));
  listing.need(800, 900);
  await failed;
  assert.equal(listing.error.message, "away");
  source.failing = false;
  listing.retry();
  await listing.loaded();
  assert.equal(listing.at(850).id, 850);
});

test("an empty list asks once", async () => {
  const { source, listing } = await opened(0);
  listing.need(0, 100);
  await listing.loaded();
  assert.deepEqual([listing.length, source.asked.length], [0, 1]);
});

test("what comes back into an emptied list is read again", async () => {
  const { source, listing } = await opened(30);
  source.count = 0;
  listing.refresh();
  listing.need(0, 100);
  await listing.loaded();
  assert.equal(listing.length, 0);
  source.count = 30;
  listing.refresh();
  listing.need(0, 0);
  await listing.loaded();
  assert.deepEqual([listing.length, listing.at(29).id], [30, 29]);
});

test("ids of a range come from what is loaded, or else from the server", async () => {
  const { source, listing } = await opened(50_000);
  assert.deepEqual(await listing.idsBetween(3, 5), [3, 4, 5]);
  assert.equal(source.asked.length, 1);
  const ids = await listing.idsBetween(10, 45_009);
  assert.deepEqual([ids.length, ids.at(-1)], [45_000, 45_009]);
});
