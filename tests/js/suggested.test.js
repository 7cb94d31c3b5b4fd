import assert from "node:assert/strict";
import { test } from "node:test";
import { Sitting } from "../../static/js/label/sitting.js";
import { History } from "../../static/js/store/history.js";
import { Store } from "../../static/js/store/store.js";

const suggested = (id, score, label = 1) => ({ id, class: label, shape: "box", geometry: { box: [0, 0, 4, 4] }, score, model: 5, state: "open" });

function sitting() {
  const store = new Store();
  store.load(7, { status: "new", annotations: [{ ...suggested("own", null), source: "manual" }], suggestions: [suggested("a", 0.9), suggested("b", 0.5, 2), suggested("c", 0.2)] });
  const made = new Sitting({ store, oneClass: false, onDone: () => {} });
  made.image = 7;
  made.classes = new Map([[1, {}], [2, { attributes: [{ name: "far", type: "checkbox", default: true }] }]]);
  return { store, made, history: new History(store), ids: () => store.annotations(7).map((each) => each.id) };
}

const asked = (made) => made.suggestions.map((each) => each.id);

test("below the threshold nothing is asked, and nothing is accepted with the rest", () => {
  const { made, ids } = sitting();
  made.threshold = 0.4;
  assert.deepEqual(asked(made), ["a", "b"]);
  assert.equal(made.open.length, 3);
  assert.equal(made.acceptAll(new Set(["a", "b", "c"])), true);
  assert.deepEqual(ids(), ["own", "a", "b"]);
  assert.deepEqual(asked(made), []);
});

test("all are accepted in one step, with what their class has by default, and come back by one undo", () => {
  const { store, made, history, ids } = sitting();
  made.acceptAll(new Set(["a", "b"]));
  assert.deepEqual(store.annotation(7, "b").attributes, { far: true });
  assert.deepEqual([store.annotation(7, "a").source, store.annotation(7, "a").score], ["auto", 0.9]);
  history.undo();
  assert.deepEqual([ids(), asked(made)], [["own"], ["a", "b", "c"]]);
});

test("a suggestion that is moved or gets another class becomes a label by both", () => {
  const { store, made } = sitting();
  made.reshape([{ id: "a", geometry: { box: [1, 1, 4, 4] } }, { id: "own", geometry: { box: [2, 2, 4, 4] } }]);
  assert.deepEqual([store.annotation(7, "a").source, store.annotation(7, "a").geometry.box[0], store.annotation(7, "own").geometry.box[0]], ["semi-auto", 1, 2]);
  made.relabel(new Set(["b", "own"]), 1);
  assert.deepEqual([store.annotation(7, "b").class, store.annotation(7, "b").source], [1, "semi-auto"]);
  assert.deepEqual(asked(made), ["c"]);
});

test("what is selected is deleted where it is a label, and refused where it is a suggestion", () => {
  const { made, ids } = sitting();
  made.remove(new Set(["own", "a"]));
  assert.deepEqual([ids(), asked(made)], [[], ["b", "c"]]);
  assert.equal(made.refuseAll(new Set(["own"])), false);
});
