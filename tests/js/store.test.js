import assert from "node:assert/strict";
import { test } from "node:test";
import { History } from "../../static/js/store/history.js";
import { Store } from "../../static/js/store/store.js";

const tag = (id, label = 1) => ({ id, class: label, shape: "tag", geometry: {} });
const box = (id, x) => ({ id, class: 1, shape: "box", geometry: { box: [x, 0, 9, 9] } });

function storeWith(...annotations) {
  const store = new Store();
  store.load(7, { status: "new", annotations, suggestions: [{ id: "s", class: 1, shape: "tag", score: 0.5, state: "open" }] });
  return store;
}

test("a change tells what it replaced", () => {
  const store = storeWith(box("a", 1), box("b", 1));
  const events = [];
  store.observe((event) => events.push(event));
  store.change(7, { upsert: [box("a", 5)], delete: ["b", "gone"] }, "local");
  assert.deepEqual(store.annotations(7), [box("a", 5)]);
  assert.equal(events[0].origin, "local");
  assert.deepEqual(events[0].delete, ["b"]);
  assert.deepEqual(new Set(events[0].before.map((each) => each.id)), new Set(["a", "b"]));
});

test("a new image with annotations is in progress, an approved one that is changed is not approved", () => {
  const store = storeWith();
  store.change(7, { upsert: [tag("a")] }, "local");
  assert.equal(store.status(7), "in_progress");
  store.change(7, { status: "approved" }, "local");
  store.change(7, { delete: ["a"] }, "local");
  assert.equal(store.status(7), "labelled");
});

test("one undo takes one gesture back, with status and suggestions, and redo does it again", () => {
  const store = storeWith(tag("old", 2));
  const history = new History(store);
  store.change(7, { upsert: [tag("new")], delete: ["old"], status: "labelled", suggestions: { s: "accepted" } }, "local");
  history.undo();
  assert.deepEqual(store.annotations(7), [tag("old", 2)]);
  assert.equal(store.status(7), "new");
  assert.equal(store.suggestions(7).length, 1);
  history.redo();
  assert.deepEqual(store.annotations(7), [tag("new")]);
  assert.equal(store.status(7), "labelled");
  assert.equal(store.suggestions(7).length, 0);
});

test("history knows which image it would change and forgets what was undone when something else is done", () => {
  const store = storeWith();
  store.load(8, { status: "new", annotations: [], suggestions: [] });
  const history = new History(store);
  store.change(7, { upsert: [tag("a")] }, "local");
  store.change(8, { upsert: [tag("b")] }, "local");
  assert.equal(history.undoImage, 8);
  history.undo();
  assert.deepEqual([history.undoImage, history.redoImage], [7, 8]);
  store.change(7, { delete: ["a"] }, "local");
  assert.equal(history.canRedo(), false);
});

test("each image has its own steps, five hundred of them", () => {
  const store = storeWith();
  store.load(8, { status: "new", annotations: [], suggestions: [] });
  const history = new History(store, true);
  for (let step = 0; step < 510; step += 1) store.change(7, { upsert: [tag(`a${step}`)] }, "local");
  store.change(8, { upsert: [tag("b")] }, "local");
  history.undo(7);
  assert.deepEqual([store.annotations(7).length, store.annotations(8).length], [509, 1]);
  history.undo(8);
  store.change(7, { upsert: [tag("c")] }, "local");
  assert.deepEqual([history.canRedo(7), history.canRedo(8), history.canUndo(8)], [false, true, false]);
  for (let step = 0; step < 600; step += 1) history.undo(7);
  assert.equal(store.annotations(7).length, 10, "older steps are forgotten");
  history.redo(8);
  assert.equal(store.annotations(8).length, 1);
});

test("what others do is not in my history", () => {
  const store = storeWith();
  const history = new History(store);
  store.change(7, { upsert: [tag("a")] }, "remote");
  assert.equal(history.canUndo(), false);
});

const fox = (attributes, fields = {}) => ({ ...tag("a"), attributes, ...fields });

test("undo and redo leave alone what somebody else has changed of the same annotation since", () => {
  const store = storeWith(fox({ fur: "red", age: 1 }));
  const history = new History(store);
  store.change(7, { upsert: [fox({ fur: "grey", age: 1 })] }, "local");
  store.change(7, { upsert: [fox({ fur: "grey", age: 2 }, { class: 2 })], status: "approved" }, "remote");
  history.undo();
  assert.deepEqual([store.annotations(7), store.status(7)], [[fox({ fur: "red", age: 2 }, { class: 2 })], "labelled"]);
  history.redo();
  assert.deepEqual(store.annotations(7), [fox({ fur: "grey", age: 2 }, { class: 2 })]);
});

test("of a gesture that somebody else has replaced nothing is taken back", () => {
  const store = storeWith(tag("old", 2));
  const history = new History(store);
  store.change(7, { upsert: [tag("mine", 1)], delete: ["old"], status: "labelled" }, "local");
  store.change(7, { upsert: [tag("hers", 3)], delete: ["mine"] }, "remote");
  const told = [];
  store.observe((event) => told.push(event));
  history.undo();
  assert.deepEqual([store.annotations(7), store.status(7), told], [[tag("hers", 3)], "labelled", []]);
});

test("a verdict that is given again says why again", () => {
  const store = storeWith();
  const history = new History(store);
  store.change(7, { status: "sent_back", comment: "The left hand is missing." }, "local");
  history.undo();
  let told;
  store.observe((event) => (told = event));
  history.redo();
  assert.deepEqual([told.status, told.comment], ["sent_back", "The left hand is missing."]);
});

test("undo goes on to the step before where nothing is left of the last one", () => {
  const store = storeWith(box("a", 1), box("b", 1));
  const history = new History(store, true);
  store.change(7, { upsert: [box("b", 5)] }, "local");
  store.change(7, { upsert: [box("a", 5)] }, "local");
  store.change(7, { delete: ["a"] }, "remote");
  history.undo(7);
  assert.deepEqual(store.annotations(7), [box("b", 1)]);
  assert.equal(history.canUndo(7), false);
});

test("undo does not take back somebody else's verdict", () => {
  const store = storeWith();
  const history = new History(store);
  store.change(7, { upsert: [tag("a")], status: "labelled" }, "local");
  store.change(7, { status: "sent_back" }, "remote");
  history.undo();
  assert.deepEqual([store.annotations(7), store.status(7)], [[], "sent_back"]);
});
