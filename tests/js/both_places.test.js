import assert from "node:assert/strict";
import test from "node:test";
import { partAround } from "../../static/js/label/both_places.js";
import { differences } from "../../static/js/label/differences.js";

const box = (id, ...box) => ({ id, class: 1, shape: "box", geometry: { box } });

test("of a shape that two people moved both versions are known", () => {
  const before = box("a", 0, 0, 10, 10), own = box("a", 5, 0, 10, 10), other = box("a", 0, 5, 10, 10);
  const [row] = differences([{ change: { upsert: [own] }, before: [before] }], [{ upsert: [other] }]);
  assert.deepEqual([row.about, row.versions], ["geometry", [own, other]]);
});

test("of one that somebody deleted the version of the other person is left", () => {
  const moved = box("a", 5, 0, 10, 10);
  const [theirs] = differences([{ change: { upsert: [moved] } }], [{ delete: ["a"] }]);
  assert.deepEqual(theirs.versions, [moved, null]);
  const [mine] = differences([{ change: { delete: ["a"] } }], [{ upsert: [moved] }]);
  assert.deepEqual(mine.versions, [null, moved]);
});

test("the part that is shown holds both, with something around it", () => {
  const { left, top, width, height } = partAround([box("a", 100, 100, 50, 50), box("a", 200, 120, 50, 50)]);
  assert.ok(left < 100 && top < 100 && left + width > 250 && top + height > 170);
  const dot = partAround([box("a", 10, 10, 1, 1)]);
  assert.ok(dot.width > 30, "a small shape is not shown without what is around it");
});
