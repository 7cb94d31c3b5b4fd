import assert from "node:assert/strict";
import test from "node:test";

import { grouped, nextGroup, occluded, ordered, regrouped, ungrouped } from "../../static/js/label/standing.js";
import { editsOf } from "../../static/js/store/edits.js";
import { rebase } from "../../static/js/store/rebase.js";

const box = (id, x = 0, more = {}) => ({ id, class: 1, shape: "box", geometry: { box: [x, 0, 10, 10] }, ...more });
const ids = (...names) => new Set(names);
const plain = (amendments) => Object.fromEntries(amendments);

test("what is selected is occluded, or no more where all of it was", () => {
  const shapes = [box("a"), box("b", 0, { occluded: true }), { id: "t", class: 1, shape: "tag", geometry: {} }];
  assert.deepEqual(plain(occluded(shapes, ids("a", "b", "t"))), { a: { occluded: true } });
  assert.deepEqual(plain(occluded(shapes, ids("b"))), { b: { occluded: false } });
});

test("a group gets a number that no other has, and one alone is none", () => {
  const shapes = [box("a"), box("b"), box("c", 0, { group: 4 }), box("d", 0, { group: 4 })];
  assert.deepEqual(plain(grouped(shapes, ids("a", "b"))), { a: { group: 5 }, b: { group: 5 } });
  assert.equal(grouped(shapes, ids("a")).size, 0);
  assert.equal(grouped(shapes, ids("c", "d")).size, 0, "it is a group already");
  assert.deepEqual(plain(grouped(shapes, ids("c", "a"))), { a: { group: 5 }, c: { group: 5 } });
  assert.deepEqual(plain(ungrouped(shapes, ids("a", "c"))), { c: { group: null } });
  assert.equal(nextGroup([]), 1);
});

test("copies belong together as what they were copied from does, and not with that", () => {
  const copied = [box("a", 0, { group: 2 }), box("b"), box("c", 0, { group: 2 }), box("d", 0, { group: 9 })];
  assert.deepEqual(regrouped(copied, copied), [10, null, 10, 11]);
});

test("to the front and to the back they stay as they are among each other", () => {
  const shapes = [box("a"), box("b", 0, { z_order: 3 }), box("c", 0, { z_order: 5 }), box("d", 0, { z_order: 7 })];
  assert.deepEqual(plain(ordered(shapes, ids("a", "c"), "toFront")), { a: { z_order: 8 }, c: { z_order: 13 } });
  assert.deepEqual(plain(ordered(shapes, ids("c", "d"), "toBack")), { c: { z_order: -3 }, d: { z_order: -1 } });
  assert.equal(ordered(shapes, ids("d"), "toFront").size, 0);
  assert.equal(ordered(shapes, ids("a"), "toBack").size, 0);
});

test("forward and backward go past what is overlapped next", () => {
  const shapes = [box("a"), box("far", 500, { z_order: 2 }), box("b", 5, { z_order: 4 }), box("c", 5, { z_order: 9 })];
  assert.deepEqual(plain(ordered(shapes, ids("a"), "forward")), { a: { z_order: 5 } });
  assert.deepEqual(plain(ordered(shapes, ids("c"), "backward")), { c: { z_order: 3 } });
  assert.equal(ordered(shapes, ids("c"), "forward").size, 0);
  const flat = [box("a"), box("b", 5), box("c", 500)];
  assert.deepEqual(plain(ordered(flat, ids("a"), "forward")), { a: { z_order: 1 } });
  assert.deepEqual(plain(ordered(flat, ids("b"), "backward")), { b: { z_order: -1 } });
  assert.equal(ordered(flat, ids("c"), "forward").size, 0);
});

test("what a browser kept before there were these fields is no change of them", () => {
  assert.equal(editsOf(box("a"), box("a", 0, { occluded: false, z_order: 0, group: null })).size, 0);
  assert.deepEqual([...editsOf(box("a"), box("a", 0, { group: 1, occluded: true }))], [["occluded", true], ["group", 1]]);
});

test("one person groups a shape, another marks it as occluded and a third moves it: all of it holds", () => {
  const base = box("a");
  const mine = { upsert: [{ ...base, group: 3 }] };
  const theirs = [{ author: "eva", upsert: [{ ...base, occluded: true }] }, { author: "ada", upsert: [{ ...base, occluded: true, geometry: { box: [5, 5, 9, 9] } }] }];
  const { kind, change } = rebase(mine, theirs, false, () => "box", new Map([["a", base]]));
  assert.equal(kind, "rebased");
  assert.deepEqual(change.upsert, [{ ...base, attributes: {}, group: 3, occluded: true, geometry: { box: [5, 5, 9, 9] } }]);
  const both = rebase({ upsert: [{ ...base, z_order: 1 }] }, [{ author: "eva", upsert: [{ ...base, z_order: 2 }] }], false, () => "box", new Map([["a", base]]));
  assert.equal(both.kind, "conflict");
});
