import assert from "node:assert/strict";
import { test } from "node:test";
import { rebase } from "../../static/js/store/rebase.js";

const tag = (id, label) => ({ id, class: label, shape: "tag", geometry: {} });
const box = (id) => ({ id, class: 1, shape: "box", geometry: {} });

test("changes of different shapes are both kept", () => {
  const mine = { upsert: [box("a")], delete: [], status: "labelled" };
  const result = rebase(mine, [{ upsert: [box("b")], delete: ["c"], status: "in_progress" }], false);
  assert.deepEqual(result, { kind: "rebased", change: mine });
});

test("changes of the same shape are a conflict", () => {
  assert.equal(rebase({ upsert: [box("a")] }, [{ upsert: [box("a")], delete: [] }], false).kind, "conflict");
  assert.equal(rebase({ upsert: [box("a")] }, [{ upsert: [], delete: ["a"] }], false).kind, "conflict");
});

test("where an image has one class, two tags are about the same thing", () => {
  assert.equal(rebase({ upsert: [tag("a", 1)] }, [{ upsert: [tag("b", 2)], delete: [] }], true).kind, "conflict");
  assert.equal(rebase({ upsert: [tag("a", 1)] }, [{ upsert: [tag("b", 2)], delete: [] }], false).kind, "rebased");
});

test("the same class given twice is no conflict", () => {
  assert.equal(rebase({ upsert: [tag("a", 2)] }, [{ upsert: [tag("b", 2)], delete: [] }], true).kind, "same");
});

test("a verdict given meanwhile stays", () => {
  const result = rebase({ upsert: [box("a")], status: "labelled" }, [{ upsert: [], delete: [], status: "sent_back" }], false);
  assert.deepEqual(result, { kind: "rebased", change: { upsert: [box("a")] } });
});

test("a verdict with a comment is not lost where somebody else gave one meanwhile", () => {
  const mine = { status: "sent_back", comment: "The left hand is missing." };
  assert.deepEqual(rebase(mine, [{ upsert: [], delete: [], status: "approved" }], false), { kind: "rebased", change: mine });
});

const fox = (attributes, fields = {}) => ({ ...tag("a", 1), attributes, ...fields });
const bases = new Map([["a", fox({ fur: "red", age: 1 })]]);
const both = (mine, theirs, oneClass = true) => rebase({ upsert: [mine] }, [{ upsert: [theirs], delete: [] }], oneClass, () => "tag", bases);

test("different attributes of one annotation are both kept, also those that were taken away", () => {
  assert.deepEqual(both(fox({ fur: "grey", age: 1 }), fox({ fur: "red", old: true })).change.upsert, [fox({ fur: "grey", old: true })]);
  assert.deepEqual(both(fox({ fur: "grey", age: 1 }), fox({ age: 1, fur: "grey" }), false).change.upsert, [fox({ fur: "grey", age: 1 })]);
});

test("one attribute that both changed is a conflict, and so is an attribute of a class that is another now", () => {
  assert.equal(both(fox({ fur: "grey", age: 1 }), fox({ fur: "white", age: 1 })).kind, "conflict");
  assert.equal(both(fox({ fur: "grey", age: 1 }), fox({ fur: "red", age: 1 }, { class: 2 }), false).kind, "conflict");
});

test("one moves a shape, the other describes it", () => {
  const [moved, described] = [{ box: [5, 5, 1, 1] }, { fur: "grey", age: 1 }];
  assert.deepEqual(both(fox({ fur: "red", age: 1 }, { geometry: moved }), fox(described), false).change.upsert, [fox(described, { geometry: moved })]);
});
