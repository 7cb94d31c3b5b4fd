import assert from "node:assert/strict";
import test from "node:test";

import { points } from "../../static/js/charts/sparkline.js";
import { unpacked } from "../../static/js/lib/packed.js";
import { painted } from "../../static/js/training/class_map.js";
import { heatColors } from "../../static/js/training/heat_map.js";
import { RunStore } from "../../static/js/training/run_store.js";
import { SampleCourse } from "../../static/js/training/sample_course.js";

function course(...marks) {
  const made = new SampleCourse();
  made.marks = marks.map(([epoch, ...agreements]) => ({ epoch, agreements }));
  return made;
}

test("images are better or worse than at the place before, where one sees it", () => {
  const made = course([1, 0.2, 0.5, 0.5], [4, 0.6, 0.4, 0.51]);
  assert.deepEqual(made.changes(1), { better: 1, worse: 1 });
  assert.ok(made.change(0, 1) > 0.39);
  assert.equal(made.change(2, 1), 0);
  assert.deepEqual(made.changes(0), { better: 0, worse: 0 });
});

test("an epoch that is no longer kept leads to the next", () => {
  const made = course([1, 0], [4, 0], [8, 0]);
  assert.equal(made.placeOf(5), 2);
  assert.equal(made.placeOf(4), 1);
  assert.equal(made.placeOf(99), 2);
});

test("the store knows the last epoch that was told, also of a training that begins again", async () => {
  const store = new RunStore({ status: "running", epoch: 3, epochs: 9, history: [] });
  const seen = [];
  store.observe(["samples"], ({ samples }) => seen.push(samples));
  store.receive("samples", { epoch: 4 }, "5-0");
  store.receive("samples", { epoch: 5 }, "6-0");
  await Promise.resolve();
  store.receive("samples", { epoch: 1 }, "7-0");
  await Promise.resolve();
  assert.deepEqual(seen, [3, 5, 1]);
});

test("numbers come out as they were packed", async () => {
  assert.deepEqual([...(await unpacked("eJxjZGIGAAANAAc="))], [1, 2, 3]);
});

const [RED, BLUE] = [[255, 0, 0], [0, 0, 255]];
const pixel = (picture, at) => [...picture.slice(at * 4, at * 4 + 4)];

test("maps are looked at alone, or only where they differ; what nobody has labelled is not wrong", () => {
  const maps = { is: new Uint8Array([0, 1, 255, 2]), said: new Uint8Array([0, 0, 0, 2]), width: 4, colors: [RED, BLUE, null] };
  assert.deepEqual([0, 1, 2, 3].map((at) => pixel(painted(maps, "wrong"), at)[3] > 0), [false, true, false, false]);
  assert.deepEqual(pixel(painted(maps, "truth"), 1).slice(0, 3), BLUE);
  assert.deepEqual(pixel(painted(maps, "found"), 1).slice(0, 3), RED);
  assert.equal(pixel(painted(maps, "found"), 3)[3], 0, "the background is not drawn");
});

test("both at once show the edges of what is", () => {
  const maps = { is: new Uint8Array([0, 0, 1, 1]), said: new Uint8Array([0, 0, 1, 1]), width: 4, colors: [RED, BLUE] };
  assert.deepEqual([0, 1, 2, 3].map((at) => pixel(painted(maps, "both"), at)[3]), [120, 255, 120, 120]);
});

test("what does not speak for a class is not seen, and what most does is yellow", () => {
  const colors = heatColors(new Uint8Array([0, 255]));
  assert.equal(colors[3], 0);
  assert.deepEqual([...colors.slice(4)], [253, 224, 71, 255]);
});

test("a line between given edges does not fill its height", () => {
  assert.equal(points([0.5, 0.5], 10, 10, 0, 1), "2.0,5.0 8.0,5.0");
});
