import assert from "node:assert/strict";
import test from "node:test";

import { Ratios } from "../../static/js/versions/ratios.js";

const start = () => new Ratios({ train: 70, validation: 15, test: 15 });
const total = (ratios) => Object.values(ratios.shares).reduce((sum, each) => sum + each, 0);

test("the others share what one gives", () => {
  const ratios = start();
  ratios.set("train", 80);
  assert.deepEqual(ratios.shares, { train: 80, validation: 10, test: 10 });
});

test("the sum stays 100 whatever is set", () => {
  const ratios = start();
  for (let step = 0; step < 300; step += 1) {
    ratios.set(["train", "validation", "test"][step % 3], (step * 37) % 113);
    assert.equal(total(ratios), 100);
    assert.ok(Object.values(ratios.shares).every((each) => each >= 0));
  }
});

test("from everything in one part there is a way back", () => {
  const ratios = start();
  ratios.set("train", 100);
  ratios.set("train", 60);
  assert.equal(ratios.shares.train, 60);
  assert.equal(total(ratios), 100);
});

test("what is no number counts as none", () => {
  const ratios = start();
  ratios.set("test", NaN);
  assert.equal(ratios.shares.test, 0);
  assert.deepEqual(Object.values(ratios.fractions).reduce((sum, each) => sum + each, 0), 1);
});
