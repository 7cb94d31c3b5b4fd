import assert from "node:assert/strict";
import test from "node:test";

import { SpecDraft } from "../../static/js/training/spec_draft.js";
import { parseValue, problemOf, readFields } from "../../static/js/training/spec_fields.js";

globalThis.gettext = (text) => text;
globalThis.interpolate = (text, values) => values.reduce((done, value) => done.replace("%s", String(value)), text);

const SCHEMA = {
  properties: {
    task: { type: "string", enum: ["classification", "multilabel"], default: "classification", title: "Task", group: "Model" },
    preset: { type: "string", default: "compact_cnn", title: "Model", group: "Model" },
    weights: { anyOf: [{ type: "string" }, { $ref: "#/$defs/Weights" }], default: "none", title: "Start from", group: "Model" },
    epochs: { anyOf: [{ type: "integer", minimum: 1, maximum: 100 }, { type: "null" }], default: null, title: "Epochs", group: "Optimiser" },
    rate: { anyOf: [{ type: "number", exclusiveMinimum: 0 }, { type: "null" }], default: null, title: "Rate", group: "Optimiser", advanced: true },
    augmentation: { $ref: "#/$defs/Augmentation", title: "Augmentation", group: "Augmentation" },
  },
  $defs: {
    Weights: { type: "object", properties: { model: { type: "integer" } } },
    Augmentation: { type: "object", properties: { enabled: { type: "boolean", default: true }, rotate: { type: "number", default: 12, minimum: 0, maximum: 180, title: "Rotate" } } },
  },
};
const fields = readFields(SCHEMA);
const field = (path) => fields.find((each) => each.path === path);

test("nested objects give the fields inside them", () => {
  assert.deepEqual(fields.map((each) => each.path), ["task", "preset", "weights", "epochs", "rate", "augmentation.enabled", "augmentation.rotate"]);
  assert.equal(field("augmentation.rotate").group, "Augmentation");
});

test("kinds, bounds and automatic values are read", () => {
  assert.equal(field("task").kind, "choice");
  assert.equal(field("weights").kind, "text");
  assert.equal(field("augmentation.enabled").kind, "boolean");
  assert.deepEqual([field("epochs").kind, field("epochs").automatic, field("epochs").low, field("epochs").high], ["integer", true, 1, 100]);
  assert.equal(field("augmentation.rotate").automatic, false);
});

test("what is another default for a task follows it, and what somebody has set stays", () => {
  const draft = new SpecDraft(fields, { detection: { preset: "compact_detector", augmentation: { rotate: 0 } } });
  draft.set("epochs", 5);
  draft.set("task", "detection");
  assert.deepEqual([draft.get("preset"), draft.get("augmentation.rotate"), draft.get("epochs")], ["compact_detector", 0, 5]);
  assert.deepEqual(draft.spec, { task: "detection", preset: "compact_detector", epochs: 5 });
  assert.deepEqual(draft.inside("augmentation"), { enabled: true, rotate: 0 });
  draft.set("augmentation.rotate", 12);
  assert.deepEqual(draft.spec.augmentation, { rotate: 12 });
  draft.set("task", "classification");
  assert.equal(draft.get("preset"), "compact_cnn");
});

test("what another task makes no use of is forgotten with the task", () => {
  const own = [...fields, { ...field("rate"), path: "smoothing", tasks: ["classification"] }, { ...field("preset"), path: "monitor", fallback: "auto", choicesByTask: { classification: ["auto", "accuracy"], detection: ["auto", "map"] } }];
  const draft = new SpecDraft(own);
  draft.set("smoothing", 0.2);
  draft.set("monitor", "accuracy");
  draft.set("epochs", 5);
  draft.set("task", "detection");
  assert.deepEqual(draft.spec, { task: "detection", preset: "compact_cnn", epochs: 5 });
});

test("an empty text is automatic, and a comma is a point", () => {
  assert.equal(parseValue(field("epochs"), " "), null);
  assert.equal(parseValue(field("rate"), "0,01"), 0.01);
  assert.equal(problemOf(field("epochs"), null), "");
  assert.equal(problemOf(field("augmentation.rotate"), null), "This is needed.");
});

test("what is out of bounds is named", () => {
  assert.equal(problemOf(field("epochs"), 0), "At least 1.");
  assert.equal(problemOf(field("epochs"), 2.5), "Give a whole number.");
  assert.equal(problemOf(field("epochs"), 101), "At most 100.");
  assert.equal(problemOf(field("rate"), 0), "More than 0.");
  assert.equal(problemOf(field("rate"), NaN), "Give a number.");
  assert.equal(problemOf(field("rate"), 0.001), "");
});

test("a draft holds only what differs from the defaults", () => {
  const draft = new SpecDraft(fields);
  assert.deepEqual(draft.spec, { task: "classification", preset: "compact_cnn" });
  draft.set("augmentation.rotate", 30);
  draft.set("epochs", 5);
  draft.set("epochs", null);
  assert.deepEqual(draft.spec, { task: "classification", preset: "compact_cnn", augmentation: { rotate: 30 } });
  assert.ok(draft.changed("augmentation.rotate"));
  draft.reset("augmentation.rotate");
  assert.equal(draft.get("augmentation.rotate"), 12);
});

test("a whole spec is taken over, also the weights of a model and names that are not known", () => {
  const draft = new SpecDraft(fields);
  draft.set("epochs", 7);
  const spec = { task: "multilabel", preset: "x", weights: { model: 3 }, augmentation: { rotate: 12 }, new_field: 1 };
  draft.load(spec);
  assert.deepEqual(draft.get("weights"), { model: 3 });
  assert.deepEqual(draft.spec, { task: "multilabel", preset: "x", weights: { model: 3 }, new_field: 1 });
});

test("listeners hear of a change, and of nothing when nothing changes", () => {
  const draft = new SpecDraft(fields);
  const heard = [];
  draft.addEventListener("change", (event) => heard.push(event.detail));
  draft.set("epochs", 3);
  draft.set("epochs", 3);
  draft.reset("rate");
  assert.deepEqual(heard, ["epochs"]);
});
