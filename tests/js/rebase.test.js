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
