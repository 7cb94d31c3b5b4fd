import assert from "node:assert/strict";
import { test } from "node:test";

import { headlineOf } from "../../static/js/training/model_figures.js";

test("a model is known by its test accuracy", () => {
  assert.deepEqual(headlineOf({ test: { loss: 0.2, accuracy: 0.9 }, validation: { accuracy: 1 } }), { split: "test", name: "accuracy", value: 0.9 });
});

test("without test images the validation speaks, and a zero is a figure too", () => {
  assert.deepEqual(headlineOf({ test: null, validation: { mean_average_precision: 0, macro_f1: 0.5 } }), { split: "validation", name: "mean_average_precision", value: 0 });
});

test("a model that was never measured has no figure", () => {
  assert.equal(headlineOf({}), null);
});
