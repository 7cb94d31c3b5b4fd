import assert from "node:assert/strict";
import test from "node:test";

import { labelled, scale } from "../../static/js/charts/scatter_chart.js";
import { modelRows, viewed } from "../../static/js/training/model_rows.js";

const cost = (parameters, gflops) => ({ parameters, gflops, edge: 64, memory_bytes: 1e9 });
const PRESETS = [
  { name: "small", title: "Small", tasks: ["classification"], costs: { classification: cost(3e5, 0.1) }, scores: [], weights: [], licence: "MIT" },
  { name: "large", title: "Large", tasks: ["classification", "detection"], costs: { classification: cost(2e7, 8), detection: cost(2.1e7, 20) }, scores: [{ on: "ImageNet, top-1 accuracy", value: 0.75 }], weights: ["imagenet"], licence: "MIT" },
  { name: "middle", title: "Middle", tasks: ["classification"], costs: { classification: cost(3e6, 0.5) }, scores: [{ on: "MNIST", value: 0.99 }, { on: "ImageNet, top-1 accuracy", value: 0.7 }], weights: ["imagenet"], licence: "MIT" },
];
const VIEW = { size: "any", start: "any", by: "gflops", down: false };
const names = (rows) => rows.map((row) => row.name);
const rows = (task = "classification", measurements = []) => modelRows(PRESETS, task, measurements);

test("models of other tasks are left out, and each costs what it does for the task at hand", () => {
  assert.deepEqual(names(rows("detection")), ["large"]);
  assert.equal(rows("detection")[0].gflops, 20);
});

test("speeds are those that were measured for the task; what waits says so and keeps what was known", () => {
  const measured = { preset: "small", task: "classification", status: "waiting", measured_at: "2026-01-01", train_images_per_second: 90, predict_images_per_second: 300, error: "" };
  const other = { ...measured, preset: "large", task: "detection" };
  const [small, large] = rows("classification", [measured, other]);
  assert.deepEqual([small.train, small.predict, small.state], [90, 300, "waiting"]);
  assert.deepEqual([large.train, large.state], [null, ""]);
});

test("every column sorts both ways, and what has no value stays at the end", () => {
  assert.deepEqual(names(viewed(rows(), VIEW)), ["small", "middle", "large"]);
  assert.deepEqual(names(viewed(rows(), { ...VIEW, by: "score" })), ["middle", "large", "small"]);
  assert.deepEqual(names(viewed(rows(), { ...VIEW, by: "score", down: true })), ["large", "middle", "small"]);
  assert.deepEqual(names(viewed(rows(), { ...VIEW, by: "title" })), ["large", "middle", "small"]);
});

test("filters leave out by size and by published weights", () => {
  assert.deepEqual(names(viewed(rows(), { ...VIEW, size: "medium" })), ["middle"]);
  assert.deepEqual(names(viewed(rows(), { ...VIEW, size: "large" })), ["large"]);
  assert.deepEqual(names(viewed(rows(), { ...VIEW, start: "scratch" })), ["small"]);
  assert.deepEqual(names(viewed(rows(), { ...VIEW, start: "published" })), ["middle", "large"]);
});

test("an axis has lines at round values, also over powers of ten and for one value alone", () => {
  assert.deepEqual(scale([0, 1], 0, 100).ticks, [0, 0.5, 1]);
  assert.deepEqual(scale([1, 100], 0, 100, true).ticks, [1, 2, 5, 10, 20, 50, 100]);
  const { at } = scale([10, 1000], 0, 100, true);
  assert.equal(Math.round(at(100)), 50);
  assert.ok(Number.isFinite(scale([5], 0, 100).at(5)));
  assert.ok(Number.isFinite(scale([1], 0, 100, true).at(1)));
});

test("labels of points that lie together do not cover each other", () => {
  const places = labelled([{ label: "one", left: 100, top: 50 }, { label: "two", left: 104, top: 51 }, { label: "at the edge", left: 620, top: 50 }]);
  assert.ok(Math.abs(places[0].top - places[2].top) >= 12 || places[0].side !== places[2].side);
  assert.equal(places.find(({ point }) => point.label === "at the edge").side, "end");
});
