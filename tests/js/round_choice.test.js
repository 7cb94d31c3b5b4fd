import assert from "node:assert/strict";
import { test } from "node:test";
import { Choice, IMAGE, rowsOf } from "../../static/js/rounds/choice.js";

const row = (id, owner, shape = "box", label = 1) => ({ id, owner, shape, class: label, geometry: {} });
const rows = () => [row("a1", 1), row("a2", 1), row("b1", 2), row("t1", 1, "tag", 5), row("t2", 2, "tag", 5), row("t3", 2, "tag", 6), row("i1", IMAGE)];

test("what most agree on is taken at first, as far as it is still there", () => {
  const choice = new Choice(rows(), ["b1", "t1", "gone"], false);
  assert.deepEqual([...choice.taken], ["b1", "t1"]);
  assert.deepEqual([1, 2, IMAGE].map((owner) => choice.share(owner)), ["some", "some", "none"]);
});

test("single labels and whole people are taken and left", () => {
  const choice = new Choice(rows(), [], false);
  choice.toggle("b1");
  choice.toggleAll(1);
  assert.deepEqual([...choice.taken], ["b1", "a1", "a2", "t1"]);
  assert.equal(choice.share(1), "all");
  choice.toggleAll(1);
  choice.toggle("b1");
  assert.equal(choice.taken.size, 0);
  choice.only(2);
  assert.deepEqual([...choice.taken], ["b1", "t2", "t3"]);
  choice.majority();
  assert.equal(choice.taken.size, 0);
});

test("of tags of one class only the last that was taken stays, and in one-class projects of all tags", () => {
  const several = new Choice(rows(), ["t1"], false);
  several.toggle("t2");
  several.toggle("t3");
  assert.deepEqual([...several.taken], ["t2", "t3"]);
  const one = new Choice(rows(), ["t1"], true);
  one.toggle("t3");
  assert.deepEqual([...one.taken], ["t3"]);
});

test("the labels of everybody and of the image come as one list", () => {
  const image = { annotations: [{ id: "i" }], parts: [{ person: { id: 7 }, annotations: [{ id: "a" }, { id: "b" }] }] };
  assert.deepEqual(rowsOf(image).map(({ id, owner }) => [id, owner]), [["a", 7], ["b", 7], ["i", IMAGE]]);
});
