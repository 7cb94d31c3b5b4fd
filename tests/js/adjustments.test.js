import assert from "node:assert/strict";
import { test } from "node:test";
import { adjustmentsOf, curveOf, isNeutral, matrixOf, NEUTRAL, nextChannel, stepped } from "../../static/js/canvas/adjustments.js";

const ends = (curve) => [curve[0], curve[curve.length / 2 - 0.5], curve.at(-1)];

test("a picture that is not adjusted keeps every level", () => {
  assert.ok(curveOf(NEUTRAL).every((level, step, all) => Math.abs(level - step / (all.length - 1)) < 0.001));
  assert.equal(matrixOf(NEUTRAL), null);
});

test("inverted, dark is light", () => {
  assert.deepEqual(ends(curveOf({ ...NEUTRAL, invert: true })), [1, 0.5, 0]);
});

test("brightness moves all levels, and none beyond black and white", () => {
  assert.deepEqual(ends(curveOf({ ...NEUTRAL, brightness: 50 })), [0.5, 1, 1]);
});

test("without contrast all is grey; with most of it there is black and white", () => {
  assert.deepEqual(ends(curveOf({ ...NEUTRAL, contrast: -100 })), [0.5, 0.5, 0.5]);
  assert.equal(curveOf({ ...NEUTRAL, contrast: 100 }).filter((level) => level > 0 && level < 1).length, 7);
});

test("gamma lifts the middle and leaves black and white", () => {
  const [black, middle, white] = ends(curveOf({ ...NEUTRAL, gamma: 2 }));
  assert.deepEqual([black, white], [0, 1]);
  assert.ok(middle > 0.7);
});

test("one channel is shown as grey", () => {
  assert.deepEqual(matrixOf({ ...NEUTRAL, channel: "green" }).slice(0, 10), [0, 1, 0, 0, 0, 0, 1, 0, 0, 0]);
  assert.deepEqual(["red", "all"], [nextChannel(NEUTRAL).channel, nextChannel({ ...NEUTRAL, channel: "grey" }).channel]);
});

test("steps end where the sliders end, and gamma comes back to exactly one", () => {
  let values = { ...NEUTRAL };
  for (let step = 0; step < 30; step += 1) values = stepped(stepped(values, "brightness", -1), "gamma", 1);
  assert.deepEqual([values.brightness, values.gamma], [-100, 5]);
  const there = stepped(NEUTRAL, "gamma", 1);
  assert.ok(isNeutral(stepped(there, "gamma", -1)));
});

test("what was kept and makes no sense is as at first", () => {
  assert.deepEqual(adjustmentsOf(null), { ...NEUTRAL });
  assert.deepEqual(adjustmentsOf({ brightness: "much", contrast: 900, gamma: NaN, invert: 1, channel: "x" }), { ...NEUTRAL, contrast: 100 });
});
