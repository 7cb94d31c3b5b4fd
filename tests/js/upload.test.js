import assert from "node:assert/strict";
import { test } from "node:test";

import { foldersFirst, nextBatch } from "../../static/js/upload/batches.js";
import { foldersOf } from "../../static/js/upload/collect.js";
import { Rate } from "../../static/js/upload/rate.js";

globalThis.gettext = (text) => text;
globalThis.ngettext = (one, many, count) => (count === 1 ? one : many);
globalThis.interpolate = (text, values) => values.reduce((sum, each) => sum.replace("%s", each), text);

const item = (path, size = 10) => ({ path, size });

test("a batch is bounded by count and bytes, and a ZIP goes alone", () => {
  const waiting = [item("b.png"), item("a.zip"), ...Array.from({ length: 45 }, (_, index) => item(`${index}.png`)).reverse()];
  assert.equal(nextBatch(waiting).length, 40);
  assert.deepEqual(nextBatch(waiting).map((each) => each.path), ["40.png", "41.png", "42.png", "43.png", "44.png"]);
  assert.deepEqual(nextBatch(waiting).map((each) => each.path), ["a.zip"]);
  assert.deepEqual(nextBatch(waiting).map((each) => each.path), ["b.png"]);
  const large = [item("2.png", 12 << 20), item("1.png", 12 << 20)];
  assert.equal(nextBatch(large).length, 1);
});

test("one file of each folder goes first", () => {
  const { first, rest } = foldersFirst([item("a/1.png"), item("a/2.png"), item("b/1.png"), item("c.png")]);
  assert.deepEqual(first.map((each) => each.path), ["a/1.png", "b/1.png"]);
  assert.deepEqual(rest.map((each) => each.path), ["a/2.png", "c.png"]);
});

test("classes are the last folders of pictures, 2 before 10", () => {
  const folders = foldersOf(["x/10/a.png", "x/2/b.JPG", "x/2/c.jpg", "top.png", "x/notes.txt"].map((path) => ({ path })));
  assert.deepEqual([...folders], [["2", 2], ["10", 1]]);
});

test("speed is that of the last seconds", () => {
  const rate = new Rate();
  for (let now = 0; now <= 20; now += 1) rate.mark(now < 10 ? 0 : (now - 10) * 100, now);
  assert.equal(rate.speed, 100);
  assert.equal(rate.secondsFor(50), 0.5);
});
