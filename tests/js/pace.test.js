import assert from "node:assert/strict";
import test from "node:test";

import { Pace } from "../../static/js/training/pace.js";

const PRESETS = [{ name: "small", gflops: 0.1, input_size: 64 }, { name: "large", gflops: 1, input_size: 128 }];
const run = (speeds) => ({ name: "run 1", preset: "small", history: speeds.map((images_per_second) => ({ images_per_second })) });
const plan = (image_size) => ({ epochs: 5, image_size, train_images: 200 });

test("the same model on the same images takes what it took", () => {
  const pace = new Pace(run([10, 100, 100, 100]), 64, PRESETS);
  assert.equal(Math.round(pace.seconds(PRESETS[0], plan(64))), 10);
});

test("a costlier model and larger images take longer in proportion", () => {
  const pace = new Pace(run([100]), 64, PRESETS);
  assert.equal(Math.round(pace.seconds(PRESETS[1], plan(128))), 100);
  assert.equal(Math.round(pace.seconds(PRESETS[0], plan(128))), 40);
});

test("nothing is said of a run without speeds or with a preset that is gone", () => {
  assert.equal(new Pace(run([]), 64, PRESETS).seconds(PRESETS[0], plan(64)), 0);
  assert.equal(new Pace({ ...run([100]), preset: "gone" }, 64, PRESETS).seconds(PRESETS[0], plan(64)), 0);
});
