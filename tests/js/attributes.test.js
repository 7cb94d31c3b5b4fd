import assert from "node:assert/strict";
import { test } from "node:test";

import { byPlace, defaultsOf, missingIn, toDrafts, toSend, withValue, writeOption } from "../../static/js/lib/attributes.js";
import { differences } from "../../static/js/label/differences.js";
import { moved } from "../../static/js/label/moved_classes.js";
import { Sitting } from "../../static/js/label/sitting.js";
import { Store } from "../../static/js/store/store.js";

const NOTE = { name: "note", type: "text" };
const FUR = { name: "fur", type: "select", options: ["red", "grey"], required: true };

test("a required value is missing when it is not there or empty, but not when it is false", () => {
  const attributes = [FUR, { name: "old", type: "checkbox", required: true }, { name: "note", type: "text" }];
  assert.deepEqual(missingIn(attributes, {}), ["fur", "old"]);
  assert.deepEqual(missingIn(attributes, { fur: "", old: false }), ["fur"]);
  assert.deepEqual(missingIn(undefined, {}), []);
  assert.deepEqual(defaultsOf([{ ...FUR, default: "red" }, { name: "old", type: "checkbox", default: false }]), { fur: "red", old: false });
  assert.deepEqual(withValue({ a: 1, b: 2 }, "a", ""), { b: 2 });
});

test("a form remembers what was renamed", () => {
  const [draft] = toDrafts([FUR]);
  assert.deepEqual(toSend([draft]), [FUR]);
  draft.name = "coat";
  draft.options[0].value = "ginger";
  draft.options.push({ value: "white" });
  const sent = toSend([draft]);
  assert.deepEqual(sent, [{ name: "coat", type: "select", was: "fur", options: ["ginger", "grey", "white"], renamed: { red: "ginger" }, required: true }]);
  assert.deepEqual(toSend(toDrafts(sent, new Set(["fur"]))), sent);
});

test("a new attribute was nothing before, also when an old name is given to it", () => {
  const sent = toSend([{ name: " size ", type: "number", options: [], min: "1", max: "", step: "0.5", default: 0 }]);
  assert.deepEqual(sent, [{ name: "size", type: "number", min: 1, step: 0.5, default: 0 }]);
});

test("nested problems are found by their place", () => {
  assert.deepEqual(byPlace({ 1: { options: { 0: ["twice"] } }, 2: { name: ["needed"] } }), { "1.options.0": "twice", "2.name": "needed" });
  assert.deepEqual(byPlace(["a list"]), { "": "a list" });
});

test("a change follows a merged class, and is left out where the image has the other already", () => {
  const tag = (id, label) => ({ id, class: label, shape: "tag", geometry: {} });
  const gone = [{ id: 1, into: { id: 2 } }];
  assert.deepEqual(moved({ upsert: [tag("a", 1)] }, { annotations: [] }, gone).upsert, [{ ...tag("a", 2), attributes: {} }]);
  assert.deepEqual(moved({ upsert: [tag("a", 1)] }, { annotations: [tag("b", 2)] }, gone).upsert, []);
  assert.deepEqual(moved({ upsert: [tag("a", 1)], delete: ["b"] }, { annotations: [tag("b", 2)] }, gone).upsert.length, 1);
});

function sitting(attributes) {
  const store = new Store();
  store.load(1, { status: "new", annotations: [], suggestions: [] });
  const told = [];
  const made = new Sitting({ store, oneClass: true, onDone: () => told.push("done"), onMissing: () => told.push("missing") });
  Object.assign(made, { image: 1, classes: new Map([[7, { id: 7, attributes }]]) });
  return { made, store, told };
}

test("an image is labelled when what is required is there, and gone on from when that is done with", () => {
  const { made, store, told } = sitting([FUR, NOTE]);
  made.pick(7);
  assert.deepEqual([store.status(1), told], ["in_progress", ["missing"]]);
  const [tag] = store.annotations(1);
  made.approve();
  assert.equal(store.status(1), "in_progress");
  made.described();
  made.describe(tag.id, "fur", "red");
  assert.deepEqual([store.status(1), told], ["labelled", ["missing", "missing"]]);
  made.describe(tag.id, "note", "shy");
  made.described();
  made.described();
  assert.deepEqual([store.annotations(1)[0].attributes, told.slice(2)], [{ fur: "red", note: "shy" }, ["done"]]);
});

test("without what is required an image is not labelled any more, until it is there again", () => {
  const { made, store, told } = sitting([FUR]);
  store.load(1, { status: "labelled", annotations: [{ id: "a", class: 7, shape: "tag", attributes: { fur: "red" } }], suggestions: [] });
  made.describe("a", "fur", "red");
  made.describe("a", "fur", "");
  assert.deepEqual([store.status(1), store.annotation(1, "a").attributes], ["in_progress", {}]);
  made.describe("a", "fur", "grey");
  assert.equal(store.status(1), "labelled");
  made.image = 2;
  made.image = 1;
  made.described();
  assert.deepEqual(told, []);
});

test("a labelled image of another class waits for what that one requires", () => {
  const { made, store } = sitting([FUR]);
  store.load(1, { status: "approved", annotations: [{ id: "a", class: 8, shape: "tag" }], suggestions: [] });
  made.pick(7);
  assert.equal(store.status(1), "in_progress");
});

test("a default is enough", () => {
  const { made, store, told } = sitting([{ ...FUR, default: "grey" }]);
  made.pick(7);
  assert.deepEqual([store.status(1), told, store.annotations(1)[0].attributes], ["labelled", ["done"], { fur: "grey" }]);
});

test("of a conflict the values that differ are told, and whose shape it is", () => {
  const box = (attributes, x, label = 7) => ({ id: "a", class: label, shape: "box", geometry: { box: [x, 0, 1, 1] }, attributes });
  const mine = [
    { change: { upsert: [box({ fur: "grey", age: 1 }, 2)] }, before: [box({ age: 1 }, 0)] },
    { change: { upsert: [box({ fur: "grey", age: 5 }, 2)], delete: ["b"] }, before: [box({ fur: "grey", age: 1 }, 2)] },
  ];
  const theirs = [{ upsert: [box({ age: 1 }, 3)] }, { upsert: [box({ fur: "red", age: 1 }, 3), { ...box({}, 0), id: "b" }], delete: [] }];
  assert.deepEqual(differences(mine, theirs).map(({ annotation, about, mine, theirs: other }) => [annotation.id, about, mine, other]), [
    ["a", "geometry", true, true],
    ["a", "attributes.fur", "grey", "red"],
    ["b", "deleted", true, false],
  ]);
});

test("the default goes along with its option, not with another one that is being typed", () => {
  const [draft] = toDrafts([{ ...FUR, default: "red" }]);
  const [red] = draft.options;
  const fresh = { value: "" };
  draft.options.push(fresh);
  for (const typed of ["r", "re", "red", "redd", "reddish"]) writeOption(draft, fresh, typed);
  assert.equal(draft.default, "red");
  for (const typed of ["", "ginger"]) writeOption(draft, red, typed);
  assert.deepEqual([draft.default, toSend([draft])[0].options], ["ginger", ["ginger", "grey", "reddish"]]);
  draft.default = undefined;
  const last = { value: "" };
  draft.options.push(last);
  writeOption(draft, last, "blue");
  assert.equal(draft.default, undefined);
});
