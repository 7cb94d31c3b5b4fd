import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.gettext = (text) => text;
const { differenceText, isExact, timesAsFast } = await import("../../static/js/training/export_figures.js");

test("a decision in a thousand may differ", () => {
  assert.equal(isExact({ agreement: 0.999 }), true);
  assert.equal(isExact({ agreement: 0.99 }), false);
});

test("differences are short, however small they are", () => {
  assert.equal(differenceText(0), "none");
  assert.equal(differenceText(0.0000012), "1.2e-6");
  assert.equal(differenceText(0.2384), "0.24");
});

test("speed is told beside that of the model", () => {
  assert.equal(timesAsFast([100, 231]), "2.3×");
  assert.equal(timesAsFast([100, 48]), "0.48×");
});
