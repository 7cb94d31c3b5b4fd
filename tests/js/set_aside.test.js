import assert from "node:assert/strict";
import test from "node:test";

import { SetAside } from "../../static/js/label/set_aside.js";

function browser() {
  let kept = null;
  return { read: () => JSON.parse(kept ?? "null"), keep: (value) => void (kept = JSON.stringify(value)), get size() { return kept.length; } };
}

function at(image, kept) {
  const aside = new SetAside(kept);
  aside.image = image;
  return aside;
}

test("what is hidden and locked is kept for each image", () => {
  const kept = browser();
  const aside = at(1, kept);
  let told = 0;
  aside.observe(() => (told += 1));
  aside.set("hidden", ["a", "b"], true);
  aside.toggle("locked", ["c"]);
  aside.image = 2;
  assert.equal(aside.hidden.size, 0);
  aside.set("hidden", ["d"], true);
  const again = at(1, kept);
  assert.deepEqual([[...again.hidden], [...again.locked]], [["a", "b"], ["c"]]);
  assert.equal(told, 3);
});

test("all are set aside unless all were", () => {
  const aside = at(1, browser());
  aside.toggle("locked", ["a"]);
  aside.toggle("locked", ["a", "b"]);
  assert.deepEqual([...aside.locked], ["a", "b"]);
  aside.toggle("locked", ["a", "b"]);
  assert.equal(aside.locked.size, 0);
  assert.equal(aside.all("locked", []), false);
});

test("what was hidden last is seen again", () => {
  const aside = at(1, browser());
  aside.set("hidden", ["a"], true);
  aside.set("hidden", ["b", "c"], true);
  assert.equal(aside.showLast(), true);
  assert.deepEqual([...aside.hidden], ["a"]);
  assert.equal(aside.showLast(), false);
});

test("there is room for the images that were changed last", () => {
  const kept = browser();
  const many = Array.from({ length: 8000 }, (_each, place) => `${place}`);
  for (const image of [1, 2, 3]) at(image, kept).set("hidden", many, true);
  assert.deepEqual([1, 2, 3].map((image) => at(image, kept).hidden.size), [0, 8000, 8000]);
});

test("what was kept and makes no sense counts for nothing", () => {
  for (const value of [7, { a: 1 }, [[1, null]], [[1, { hidden: 3, locked: [] }]]]) {
    assert.equal(at(1, { read: () => value, keep() {} }).hidden.size, 0);
  }
});
