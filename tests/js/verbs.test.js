import assert from "node:assert/strict";
import { test } from "node:test";
import { accept, add, finish, give, nothing, refuse, relabel, remove, reshape, toggle } from "../../static/js/label/verbs.js";

const tag = (id, label) => ({ id, class: label, shape: "tag", geometry: {} });
const box = (id) => ({ id, class: 1, shape: "box", geometry: { box: [0, 0, 1, 1] } });
const suggestion = { id: "s", class: 3, shape: "tag", geometry: {}, score: 0.8, model: 5 };

test("giving a class replaces the other and finishes the image, but leaves shapes", () => {
  const change = give({ annotations: [tag("a", 1), box("b")], status: "new" }, 2);
  assert.deepEqual([change.upsert[0].class, change.delete, change.status], [2, ["a"], "labelled"]);
  assert.match(change.upsert[0].id, /^[0-9a-f-]{36}$/);
});

test("giving the class that is there changes at most the status", () => {
  assert.equal(give({ annotations: [tag("a", 1)], status: "labelled" }, 1), null);
  assert.deepEqual(give({ annotations: [tag("a", 1)], status: "sent_back" }, 1), { status: "labelled" });
});

test("toggling gives a class or takes it away", () => {
  assert.equal(toggle({ annotations: [tag("a", 1)] }, 2).upsert[0].class, 2);
  assert.deepEqual(toggle({ annotations: [tag("a", 1)] }, 1), { delete: ["a"] });
});

test("finishing a finished image changes nothing", () => {
  assert.equal(finish({ status: "approved" }), null);
  assert.deepEqual(finish({ status: "in_progress" }), { status: "labelled" });
  assert.deepEqual(nothing({ annotations: [tag("a", 1)] }), { delete: ["a"], status: "labelled" });
});

test("accepting keeps the suggestion's id, source, score and model", () => {
  const change = accept({ annotations: [tag("a", 1)] }, suggestion, true);
  assert.deepEqual(change.upsert[0], { id: "s", class: 3, shape: "tag", geometry: {}, attributes: {}, source: "auto", score: 0.8, model: 5 });
  assert.deepEqual([change.delete, change.status, change.suggestions], [["a"], "labelled", { s: "accepted" }]);
});

test("where images have several classes, accepting keeps the others and does not finish", () => {
  const change = accept({ annotations: [tag("a", 1), tag("b", 3)] }, suggestion, false);
  assert.deepEqual([change.delete, change.status], [["b"], undefined]);
  assert.deepEqual(refuse(suggestion), { suggestions: { s: "refused" } });
});

const shape = (id, label, source = "manual") => ({ id, class: label, shape: "box", geometry: { box: [0, 0, 4, 4] }, attributes: { far: true }, source, score: null, model: null });

test("what is drawn is a label of its own", () => {
  const { upsert } = add([{ class: 3, shape: "box", geometry: { box: [1, 2, 3, 4] }, attributes: { far: false } }]);
  assert.deepEqual({ ...upsert[0], id: "" }, { id: "", class: 3, shape: "box", geometry: { box: [1, 2, 3, 4] }, attributes: { far: false }, source: "manual", score: null, model: null, occluded: false, z_order: 0, group: null });
});

test("shapes that are changed keep the rest, and what a model drew is by both then", () => {
  const labels = { annotations: [shape("a", 1), shape("b", 1, "auto"), shape("c", 1)] };
  const { upsert } = reshape(labels, [{ id: "a", geometry: { box: [1, 1, 4, 4] } }, { id: "b", geometry: { box: [2, 2, 4, 4] } }]);
  assert.deepEqual(upsert.map(({ id, geometry, source, attributes }) => [id, geometry.box[0], source, attributes.far]), [["a", 1, "manual", true], ["b", 2, "semi-auto", true]]);
  assert.equal(reshape(labels, [{ id: "gone", geometry: {} }]), null);
});

test("of those selected, only those of another class get it, with its attributes", () => {
  const labels = { annotations: [shape("a", 1), shape("b", 2), shape("c", 1)] };
  const { upsert } = relabel(labels, new Set(["a", "b"]), 2, { near: 1 });
  assert.deepEqual(upsert.map(({ id, class: label, attributes }) => [id, label, attributes]), [["a", 2, { near: 1 }]]);
  assert.equal(relabel(labels, new Set(["b"]), 2), null);
});

test("what is selected is taken away", () => {
  const labels = { annotations: [shape("a", 1), shape("b", 2)] };
  assert.deepEqual(remove(labels, new Set(["b", "gone"])), { delete: ["b"] });
  assert.equal(remove(labels, new Set(["gone"])), null);
});

test("a shape that is put back where it was is not changed", () => {
  const labels = { annotations: [box("b"), box("c")] };
  const back = { id: "b", geometry: { box: [0, 0, 1, 1] } };
  assert.equal(reshape(labels, [back]), null);
  assert.deepEqual(reshape(labels, [back, { id: "c", geometry: { box: [5, 0, 1, 1] } }]).upsert.map((each) => each.id), ["c"]);
});
